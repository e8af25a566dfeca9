import Foundation
import TailracePipeline
import TestSupport
import Testing

/// The scanner against Python's json, record by record. What they are meant to see differently stands as a rule in
/// `Oracles/records.py`.
@Suite struct JSONDifferenceTests {
    private static let recordsARound = 2500

    @Test(.enabled(if: Program.hasPython, "\(Program.needsPython)"), arguments: 0..<UInt64(4 * Torture.factor))
    func `Records mean what Python's json makes of them, and the same ones are none`(round: UInt64) throws {
        let seed = Torture.seed &+ round
        var records = HostileRecords(generator: SplitMix64(seed: seed))
        // A sound record first: a byte order mark at the start of a file is another matter.
        var bytes = Array(#"{"time":1,"stream":"email","action":"send","item":"first"}"#.utf8) + [10]
        for _ in 0..<JSONDifferenceTests.recordsARound {
            bytes += (records.generator.oneIn(3) ? records.record() : records.damaged()) + [10]
        }
        let folder = try TemporaryFolder()
        let theirs = try Program.oracle("records", [folder.write(bytes, to: "records.ndjson")])
            .split(separator: "\n").map(String.init)
        let ours = described(bytes)
        if let index = (0..<min(ours.count, theirs.count)).first(where: { ours[$0] != theirs[$0] }) {
            let position = Int(ours[index].prefix { $0 != " " }) ?? 0
            let line = Array(bytes[position...].prefix { $0 != 10 })
            Issue.record(
                """
                TAILRACE_SEED=\(seed), at \(position): \(String(decoding: line, as: UTF8.self))
                \(line)
                scanner: \(ours[index])
                Python:  \(theirs[index])
                """)
            return
        }
        #expect(ours.count == theirs.count, "TAILRACE_SEED=\(seed): \(theirs.last ?? "")")
        let events = ours.count { !$0.hasSuffix("broken") && !$0.hasSuffix("unfit") }
        #expect(events > ours.count / 10 && events < ours.count * 9 / 10, "neither all good nor all bad")
    }

    /// What the scanner finds, in the words of the oracle.
    private func described(_ bytes: [UInt8]) -> [String] {
        let plan = RecordPlan(
            kind: .json, bindings: RecordPlan.Field.allCases.map { RecordPlan.Binding(field: $0, names: [$0.name]) })
        var scanner = RecordScanner(plan: plan, settings: ScanSettings())
        var batch = ScannedBatch()
        _ = scanner.scan(bytes.span, position: 0, isFinal: true, into: &batch)
        return batch.records.map { record in
            switch record.rejection {
            case nil: "\(record.position) \(fields(of: record.event, in: batch))"
            case .syntax, .encoding, .nesting: "\(record.position) broken"
            default: "\(record.position) unfit"
            }
        }
    }

    private func fields(of event: Event, in batch: ScannedBatch) -> String {
        func hex(_ range: TextRange) -> String {
            batch.bytes(range).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
        let kinds = ["\(event.time.milliseconds)", event.stream.name, event.action.name, event.origin.name]
        let items = [
            "\(event.actorKind)", hex(event.itemName), "\(event.workCase == event.item)",
            "\(event.refersTo == event.item)", "\(event.recipient != 0)",
        ]
        let names = [
            event.stage, event.actor, event.team, event.title, event.category, event.result, event.reason,
            event.currency,
        ]
        let counts = [event.bytes, Int64(event.recipients), event.effort, event.amount, event.limit]
        return (kinds + items + names.map(hex) + counts.map { "\($0)" } + ["\(event.fingerprint != nil)"])
            .joined(separator: "|")
    }
}
