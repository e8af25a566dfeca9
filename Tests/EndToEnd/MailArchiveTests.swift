import Foundation
import TestSupport
import Testing

@testable import TailraceIngest
@testable import TailracePipeline

/// Archives that nobody here wrote. They lie beside the checkout or nowhere.
enum MailArchives {
    static let folder = Program.checkout.deletingLastPathComponent()
        .appendingPathComponent("shared/data/email/linux-mips").path
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    static var areThere: Bool { !names.isEmpty }
}

/// Real mail archives beside another reader: Python's `mailbox` and `email`.
@Suite(
    .enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)),
    .enabled(if: MailArchives.areThere, Comment(rawValue: ReplayedStore.RealLog.absent)))
struct MailArchiveTests {
    private static let names = ["subject", "text", "from.address", "thread", "parent", "attachments", "recipients"]

    /// What a mail reads as, beside its place.
    private func read(_ path: String) throws -> [[String: Any]] {
        var archive = try ArchiveReader(path: path)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while case .bytes(let count) = try archive.read(into: &buffer, from: 0) { bytes += buffer[..<count] }
        let plan = RecordPlan(
            kind: .mbox,
            bindings: [
                .init(field: .time, names: ["date", "envelope.date"]), .init(field: .item, names: ["envelope"]),
                .init(field: .stream, names: [], fallback: "email"), .init(field: .action, names: [], fallback: "send"),
            ])
        var scanner = RecordScanner(plan: plan, settings: ScanSettings())
        var batch = ScannedBatch()
        _ = scanner.scan(bytes.span, position: 0, isFinal: true, into: &batch)
        #expect(batch.records.allSatisfy { $0.rejection == nil })
        let mail = MailRecord(names: Self.names)
        return try batch.records.map { record in
            var arena: [UInt8] = []
            var slots = Array(repeating: FieldSlot(), count: Self.names.count)
            let start = Int(record.position)
            try mail.read(bytes.span, from: start, to: start + Int(record.length) - 1, into: &arena, &slots)
            var found: [String: Any] = [:]
            for (name, slot) in zip(Self.names, slots) {
                let name = name == "from.address" ? "from" : name
                if slot.kind == .count {
                    found[name] = Int(slot.start)
                } else {
                    found[name] = String(decoding: arena[Int(slot.start)..<Int(slot.end)], as: UTF8.self)
                }
            }
            return found
        }
    }

    @Test(arguments: MailArchives.names) func `Messages, threads, subjects, texts and attachments are those of Python`(
        name: String
    ) throws {
        let path = MailArchives.folder + "/" + name
        let lines = try read(path).map { try JSONSerialization.data(withJSONObject: $0) }
        let folder = try TemporaryFolder()
        try folder.write(Array(lines.joined(separator: Data("\n".utf8))), to: "decoded")
        #expect(try Program.oracle("mail", [path, folder.path("decoded")]) == "")
    }
}
