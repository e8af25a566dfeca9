import Foundation
import Testing

@testable import TailracePipeline

/// Labelled mails with near-copies, where they are at hand: how often the right earlier family is named.
@Suite struct FamilyQualityTests {
    private struct Mail: Decodable {
        var id: String
        /// nil for a mail that belongs to none.
        var family: String?
        var kind: String
        var text: String
    }

    private struct Tally {
        var named = 0
        var right = 0
        /// Mails that have an earlier one of their family.
        var copies = 0
        var byKind: [String: (right: Int, of: Int)] = [:]
        var singles = 0
        var flaggedSingles = 0
        var precision: Double { Double(right) / Double(max(1, named)) }
        var recall: Double { Double(right) / Double(max(1, copies)) }
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "../shared/data/duplicates")

    private static func isThere(_ name: String) -> Bool {
        FileManager.default.isReadableFile(atPath: folder.appending(path: name).path)
    }

    private func mails(_ name: String) throws -> [Mail] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", FamilyQualityTests.folder.appending(path: name).path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Mail.self, from: $0) }
    }

    private func measure(_ mails: [Mail], containment: Double) -> Tally {
        var index = FamilyIndex(capacityBytes: 16 << 20)
        var contents = ContentReader()
        var labels: [UInt32: String] = [:]
        var seen: Set<String> = []
        var tally = Tally()
        for (i, mail) in mails.enumerated() {
            var hashes: [UInt64] = []
            let print = contents.read(Array(mail.text.utf8).span, of: .email, into: &hashes)
            let placement = hashes.withUnsafeBufferPointer {
                index.place(print, hashes: $0, sender: UInt64(i + 1), epoch: 1, newFamily: UInt32(i + 1))
            }
            if labels[placement.own] == nil { labels[placement.own] = mail.family ?? mail.id }
            let isNamed = placement.family != UInt32(i + 1) && placement.containment >= containment
            let isRight = isNamed && labels[placement.family] == mail.family
            tally.named += isNamed ? 1 : 0
            if let family = mail.family, !seen.insert(family).inserted {
                tally.copies += 1
                tally.right += isRight ? 1 : 0
                tally.byKind[mail.kind, default: (0, 0)].of += 1
                tally.byKind[mail.kind, default: (0, 0)].right += isRight ? 1 : 0
            } else if mail.kind == "single" {
                tally.singles += 1
                tally.flaggedSingles += isNamed ? 1 : 0
            }
        }
        return tally
    }

    private func show(_ name: String, _ containment: Double, _ tally: Tally) {
        let kinds = tally.byKind.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.right)/\($0.value.of)" }
        print(
            "\(name), containment ≥ \(containment): precision \(tally.precision), recall \(tally.recall),",
            "singles flagged \(tally.flaggedSingles)/\(tally.singles);", kinds.joined(separator: ", "))
    }

    @Test(.enabled(if: isThere("dev.jsonl.gz"), "the labelled mails are not at hand"))
    func `On labelled mails the right earlier family is named`() throws {
        let mails = try mails("dev.jsonl.gz")
        for containment in [0.2, 0.3, 0.5, 0.7] {
            show("dev", containment, measure(mails, containment: containment))
        }
        let tally = measure(mails, containment: 0.3)
        #expect(tally.precision >= 0.99)
        #expect(tally.recall >= 0.92)
        for kind in ["exact", "quote", "digits"] {
            let (right, of) = try #require(tally.byKind[kind])
            #expect(right * 100 >= of * 98, "\(kind): \(right) of \(of)")
        }
        #expect(tally.flaggedSingles <= 1)
    }

    @Test(.enabled(if: isThere("dev_boilerplate.jsonl.gz"), "the labelled mails are not at hand"))
    func `A disclaimer under every mail leads few astray`() throws {
        let mails = try mails("dev_boilerplate.jsonl.gz")
        let tally = measure(mails, containment: 0.3)
        show("dev_boilerplate", 0.3, tally)
        // Five disclaimers, and each is evidence until some nine leaders had it: 45 of the mails.
        #expect(tally.precision >= 0.94)
        #expect(tally.recall >= 0.91)
        #expect(tally.flaggedSingles == 0)
    }
}
