import Testing
import TestSupport

@testable import TailracePipeline

/// Whatever a text consists of: the ranges are whole lines, cover it, and cost no more than a multiple of its length.
@Suite struct OwnTextPropertyTests {
    /// No text may cost more looks at a byte.
    private static let stepsPerByte = 40

    /// Lines that matter to some rule, or nearly.
    private static let lines: [String] =
        OwnTextFixtures.attributions + OwnTextFixtures.separators + OwnTextFixtures.headers + OwnTextFixtures.closings
        + OwnTextFixtures.devices + OwnTextFixtures.allOwn
        + [
            "", "", "", " ", "\r", "> quoted", ">> twice", ">", "| bar", "JD> initials", "＞ wide", "--", "-- ", "---",
            "wrote:",
            "A line of plain text.", "Another, which goes on for longer than the others do, and then ends.", "Jane Doe",
            "jane@example.org", "+1 555 123 4567", "________________________________", "From:", "Subject: x", "To: y",
            ":",
            "@@ -1,2 +1,2 @@", "diff --git a/b b/b", "\u{200F}", "\u{A0}", "写道：",
        ]

    private func check(_ bytes: [UInt8], _ splitter: inout OwnText) -> Bool {
        let isSplit = bytes.withUnsafeBytes { splitter.split($0) }
        guard splitter.steps <= 200 + OwnTextPropertyTests.stepsPerByte * bytes.count else { return false }
        guard isSplit else {
            return splitter.own.isEmpty && splitter.quoted.isEmpty && splitter.signature.isEmpty
        }
        for ranges in [splitter.own, splitter.quoted, splitter.signature] {
            for (one, next) in zip(ranges, ranges.dropFirst()) where one.upperBound > next.lowerBound { return false }
        }
        let all = (splitter.own + splitter.quoted + splitter.signature).sorted { $0.lowerBound < $1.lowerBound }
        var at = 0
        for range in all {
            let isLineStart = at == 0 || bytes[at - 1] == UInt8(ascii: "\n")
            guard range.lowerBound == at, !range.isEmpty, isLineStart else { return false }
            at = range.upperBound
        }
        let hasLetter = splitter.own.contains { range in
            bytes[range].contains { $0 >= 0x80 || ($0 | 0x20) &- 0x61 < 26 }
        }
        return at == bytes.count && hasLetter && splitter.quoted.count + splitter.signature.count > 0
    }

    @Test func `The ranges ascend, are whole lines, and cover the text`() {
        var random = SplitMix64(seed: 0x6F77_6E74_6578_74)
        print(random)
        var splitter = OwnText()
        for round in 0..<4000 {
            var text: [UInt8] = []
            for _ in 0..<random.below(24) {
                text += Array(OwnTextPropertyTests.lines[random.below(OwnTextPropertyTests.lines.count)].utf8)
                if !random.oneIn(8) { text.append(UInt8(ascii: "\n")) }
            }
            #expect(check(text, &splitter), "round \(round): \(String(decoding: text, as: UTF8.self))")
            // Cut anywhere, and broken somewhere: no UTF-8 any more.
            guard !text.isEmpty else { continue }
            text.removeLast(random.below(text.count))
            if !text.isEmpty { text[random.below(text.count)] = UInt8(truncatingIfNeeded: random.next()) }
            #expect(check(text, &splitter), "round \(round), cut: \(text)")
        }
    }

    @Test func `A used splitter says the same as a new one`() {
        var used = OwnText()
        for text in OwnTextPropertyTests.lines.map({ "Text.\n\n" + $0 + "\n\nText.\n" }) {
            let bytes = Array(text.utf8)
            let again = SplitText(bytes, &used)
            let new = SplitText(text)
            #expect(again.own == new.own && again.quoted == new.quoted && again.signature == new.signature)
        }
    }

    @Test(arguments: [
        ">", "> ", ">\n", ">\na\n", "a\n>\n", "a:\n>\n", "\n", " ", " \n", "-", "--\n", "-- \na\n", "_", "|", "|\n",
        ":", ":\n", "a:\n",
        "From:\n", "From: a\n", "From: a\n\n", "Subject: a\n", "From: a\nTo: b\n", "On 1\n",
        "On 10:12 wrote:\n\n\n\n\n\n\n\n",
        "On 10:12\n", "10:12 wrote\n", "1", "1 ", "1.", "1\n", "wrote", "wrote:\n", "12:12 2024 wrote\n", "a@", "a@b",
        "www.", "http",
        "-----\n", "----- ", "-----Original Message", "-----Original Message\n", "____________________\n", "Thanks,\n",
        "Thanks,\nA\n",
        "Thanks", "Regards and ", "Jane\n\n", "Jane\na@b.c\n\n", "JD> ", "JD> \n", "JD> a\nJE> b\n", "\u{A0}",
        "\u{200F}\n", "＞", "：",
        "：\n", "Đ", "\r\n", "\r", "*", "*From*", "*From:*\n", ">>> a\n", "5c5\n> a\n", "diff --git \n", "@@ -\n",
        "sent from my \n",
        "sent", "iphone", "您好，\n此致\n", "写道：\n", "x\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
    ])
    func `Any amount of one mark costs a few looks at each byte`(_ mark: String) {
        var splitter = OwnText()
        // The count of looks grows with the length or it does not: more bytes show no more.
        let count = (128 << 10) / mark.utf8.count
        for (head, foot) in [("a\n", "\na\n"), ("Dear Joe,\n\nOn 5 May 2024 Jane wrote:\n", "\nJane")] {
            var bytes = Array(head.utf8)
            for _ in 0..<count { bytes += mark.utf8 }
            bytes += Array(foot.utf8)
            #expect(check(bytes, &splitter), "\(mark): \(splitter.steps) looks at \(bytes.count) bytes")
        }
    }

    @Test(arguments: [">", ">\n", "\n", "On 10:12 Jane wrote:\n", "From: a\n"])
    func `Four megabytes of one mark cost a few looks at each byte`(_ mark: String) {
        var splitter = OwnText()
        var bytes = Array("a\n".utf8)
        bytes.reserveCapacity(4 << 20 + 64)
        while bytes.count < 4 << 20 { bytes += mark.utf8 }
        #expect(check(bytes, &splitter), "\(mark): \(splitter.steps) looks at \(bytes.count) bytes")
    }

    @Test func `Beyond so many pieces the rest is own`() {
        var bytes: [UInt8] = []
        for _ in 0..<10_000 { bytes += Array("> no\nyes\n".utf8) }
        var splitter = OwnText()
        #expect(check(bytes, &splitter))
        #expect(splitter.own.count <= OwnText.maximumPieces + 1)
        #expect(splitter.own.last?.upperBound == bytes.count)
    }
}
