import Foundation
import Testing

@testable import TailracePipeline

/// Real mails with labelled signatures and quotes, where they are at hand: what is found, and what is wrongly taken.
@Suite struct OwnTextQualityTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "../shared/data/duplicates")

    private static func isThere(_ name: String) -> Bool {
        FileManager.default.isReadableFile(atPath: folder.appending(path: name).path)
    }

    /// The files of an archive below a folder, by name.
    private func files(_ archive: String, below prefix: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "own-text-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "tar", "-xzf", OwnTextQualityTests.folder.appending(path: archive).path, "-C", folder.path,
        ]
        try process.run()
        process.waitUntilExit()
        let place = folder.appending(path: prefix)
        return try FileManager.default.contentsOfDirectory(atPath: place.path).sorted().map {
            ($0, Array(try Data(contentsOf: place.appending(path: $0))))
        }
    }

    private struct Tally {
        var signed = 0
        var found = 0
        var own = 0
        var eaten = 0
    }

    /// Counts lines that are not empty; a labelled one begins with `#sig#`.
    private func tally(_ set: String) throws -> Tally {
        let label = Array("#sig#".utf8)
        var tally = Tally()
        var splitter = OwnText()
        for file in try files("signatures.tar.gz", below: "signatures/\(set)") where file.name.hasSuffix("_body") {
            var bytes: [UInt8] = []
            var lines: [(start: Int, isSigned: Bool)] = []
            for line in file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
                let isSigned = line.starts(with: label)
                let text = isSigned ? line.dropFirst(label.count) : line
                if text.contains(where: { $0 > 0x20 }) { lines.append((bytes.count, isSigned)) }
                bytes += text + [UInt8(ascii: "\n")]
            }
            let isSplit = bytes.withUnsafeBytes { splitter.split($0) }
            for line in lines {
                let isOwn = !isSplit || splitter.own.contains { $0.contains(line.start) }
                let isFound = splitter.signature.contains { $0.contains(line.start) }
                tally.signed += line.isSigned ? 1 : 0
                tally.found += line.isSigned && isFound ? 1 : 0
                tally.own += line.isSigned ? 0 : 1
                tally.eaten += line.isSigned || isOwn ? 0 : 1
            }
        }
        return tally
    }

    @Test(.enabled(if: isThere("signatures.tar.gz"), "the labelled signatures are not at hand"))
    func `Of labelled signatures most lines are found, of other texts hardly one is taken`() throws {
        let (signed, unsigned) = (try tally("P"), try tally("N"))
        for (name, set) in [("P", signed), ("N", unsigned)] {
            print(
                "signatures, \(name): \(set.found) of \(set.signed) lines found, \(set.eaten) of \(set.own) own ones taken"
            )
        }
        #expect(signed.signed > 100 && unsigned.own > 400, "the archive has another shape")
        #expect(signed.found * 100 >= signed.signed * 80)
        #expect(signed.eaten == 0)
        #expect(unsigned.eaten * 1000 <= unsigned.own * 5)
    }

    /// By file: words of the reply that stay, and of the quote or signature that go. Of `email_1_7.txt` nothing goes: what
    /// its writer wrote has no letter.
    private static let replies: [(name: String, stays: [String], goes: [String])] = [
        ("correct_sig.txt", ["correct -- signature"], ["rick"]),
        ("email_1_1.txt", ["Java HTTP API"], ["-Abhishek", "mailing list"]),
        ("email_1_2.txt", ["You can list", "would do it", "individually"], ["On Tue", "Hi folks", "mailman"]),
        ("email_1_3.txt", ["Oh thanks", "great"], ["On 01/03/11", "Hi folks", "riak-users mailing"]),
        ("email_1_4.txt", ["Awesome"], ["On Aug 22", "Loader"]),
        ("email_1_5.txt", ["One: Here", "- And another one", "for a while."], []),
        ("email_1_6.txt", ["I get proper rendering as well"], ["On Dec 16", "Was this", "Reply to this"]),
        ("email_1_8.txt", ["I will reply", "and under this"], ["> okay", "Tim Haines", "this is my signature"]),
        ("email_2_1.txt", ["Outlook with a reply"], ["Google Apps", "----"]),
        ("email_2_2.txt", ["directly above line"], ["____", "CRM", "I am replying"]),
        ("email_2_3.txt", ["directly above line"], ["CRM", "I am replying"]),
        ("email_BlackBerry.txt", ["Here is another email"], ["Sent from"]),
        ("email_bullets.txt", ["test 2", "and another"], ["On Fri", "Give us", "Joe Smith"]),
        ("email_iPhone.txt", ["Here is another email"], ["Sent from"]),
        ("email_long_quote.txt", ["What is the best way", "running a test?"], ["\n>>>>"]),
        ("email_multi_word_sent_from_my_mobile_device.txt", ["Here is another email"], ["Sent from"]),
        ("email_one_is_not_on.txt", ["One outstanding question", "Locally"], ["On Oct 1", "better query"]),
        ("email_sent_from_my_not_signature.txt", ["Here is another email", "Sent from my desk"], []),
        ("email_sig_delimiter_in_middle_of_line.txt", ["Stuff happened", "kthxbai"], []),
        ("greedy_on.txt", ["On your remote host", "telnet", "is not working"], ["On 9 Jan", "I am having"]),
        ("pathological.txt", ["I think you're onto", "back to a computer"], ["On Dec 8", "I think your code"]),
    ]

    @Test(.enabled(if: isThere("quoted-reply-fixtures.tar.gz"), "the replies with quotes are not at hand"))
    func `Of real replies what is written stays and what is quoted goes`() throws {
        let files = try files("quoted-reply-fixtures.tar.gz", below: "email_reply_parser-fixtures/test/emails")
        var splitter = OwnText()
        var (right, of) = (0, 0)
        for (name, stays, goes) in OwnTextQualityTests.replies {
            let bytes = try #require(files.first { $0.name == name }).bytes
            let own = SplitText(bytes, &splitter).own
            #expect(splitter.steps <= 40 * bytes.count + 200)
            of += stays.count + goes.count
            right += stays.count { own.contains($0) } + goes.count { !own.contains($0) }
            for words in stays { #expect(own.contains(words), "\(name) lost: \(words)") }
            for words in goes { #expect(!own.contains(words), "\(name) kept: \(words)") }
        }
        print("replies with quotes: \(right) of \(of) marks right in \(OwnTextQualityTests.replies.count) mails")
    }

    @Test(.enabled(if: isThere("quoted-reply-fixtures.tar.gz"), "the replies with quotes are not at hand"))
    func `Of the replies of mail programs the greeting alone stays`() throws {
        let files = try files("quoted-reply-fixtures.tar.gz", below: "talon-fixtures/tests/fixtures/standard_replies")
        var splitter = OwnText()
        var right = 0
        var programs = 0
        for file in files where file.name.hasSuffix(".eml") {
            guard let text = plainText(file.bytes) else { continue }
            programs += 1
            let own = SplitText(Array(text.utf8), &splitter).own.split { $0.isWhitespace }.joined(separator: " ")
            if own == "Hello" { right += 1 } else { print("reply by \(file.name): \(own)") }
        }
        print("replies by mail programs: \(right) of \(programs) right")
        #expect(programs >= 8 && right == programs)
    }

    /// The first plain part of a mail that needs no decoding.
    private func plainText(_ bytes: [UInt8]) -> String? {
        let mail = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        guard let head = mail.range(of: "\n\n") else { return nil }
        guard let mark = mail.range(of: "boundary=") else {
            return String(mail[head.upperBound...]).replacing("=\n", with: "")
        }
        let boundary = mail[mark.upperBound...].prefix { !$0.isNewline && $0 != ";" }.trimmingCharacters(in: ["\""])
        let parts = mail[head.upperBound...].components(separatedBy: "--" + boundary)
        guard parts.count > 1, !parts[1].contains("base64"), let body = parts[1].range(of: "\n\n") else { return nil }
        return String(parts[1][body.upperBound...])
    }
}
