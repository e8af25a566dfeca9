import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct JoinTests {
    private static let key = Hash128(high: 1, low: 1)

    private func known(_ table: JoinTable, at position: Int64, _ key: Hash128 = key) -> [Int: String] {
        var values: [Int: String] = [:]
        table.each(key, at: position) { values[$0] = String(decoding: $1, as: UTF8.self) }
        return values
    }

    private func keep(_ table: inout JoinTable, _ index: Int, _ text: String, at position: Int64, _ key: Hash128 = key)
    {
        table.keep(key, index, Array(text.utf8).span, at: position)
    }

    @Test func `A value counts for a stretch of the log and no longer`() {
        var table = JoinTable(count: 2)
        keep(&table, 0, "a", at: 100)
        keep(&table, 1, "b", at: 200)
        let last = 100 + JoinTable.reachBytes
        #expect(known(table, at: last) == [0: "a", 1: "b"])
        #expect(known(table, at: last + 1) == [1: "b"])
        keep(&table, 1, "c", at: last + 50)
        #expect(known(table, at: last + 101) == [1: "c"])
        table.forget(JoinTests.key)
        #expect(known(table, at: last + 101) == [:])
    }

    @Test func `What is known at a place hangs on the stretch before it alone`() {
        var generator = SplitMix64(seed: 7)
        var kept: [(key: Hash128, index: Int, text: String, position: Int64)] = []
        var position: Int64 = 0
        for number in 0..<4000 {
            position += Int64(generator.below(20_000))
            let key = Hash128(high: UInt64(generator.below(300)), low: 1)
            kept.append((key, generator.below(3), "v\(number)", position))
        }
        var whole = JoinTable(count: 3)
        for value in kept {
            keep(&whole, value.index, value.text, at: value.position, value.key)
            guard generator.oneIn(200) else { continue }
            // A reader that is taken up here has read the stretch before again.
            var fresh = JoinTable(count: 3)
            for old in kept where old.position <= value.position {
                if old.position < value.position - JoinTable.reachBytes { continue }
                keep(&fresh, old.index, old.text, at: old.position, old.key)
            }
            for number in 0..<300 {
                let key = Hash128(high: UInt64(number), low: 1)
                #expect(known(fresh, at: value.position, key) == known(whole, at: value.position, key), "\(generator)")
            }
        }
    }

    @Test func `A reader that is taken up in the middle knows what the one before it knew`() {
        var plan = RecordPlan(
            kind: .text,
            bindings: [
                .init(field: .time, names: ["t"]), .init(field: .item, names: ["q"]),
                .init(field: .title, names: ["kept.s"]), .init(field: .stream, names: [], fallback: "email"),
                .init(field: .action, names: [], fallback: "send"),
            ])
        plan.templates = ["{q}: {*}"]
        plan.join = .init(by: ["q"], keep: [("s", "s")], begins: [.init(name: "new", values: nil)])
        var generator = SplitMix64(seed: 3)
        let lines = (0..<300).map { number in
            "Q\(generator.below(20)): t=\(1_700_000_000 + number)"
                + generator.pick(["", ", s=subject\(number)", ", new=1", ", new=1, s=fresh\(number)"]) + "\n"
        }
        let bytes = Array(lines.joined().utf8)
        let whole = scan(bytes, plan)
        #expect(whole.contains { $0.contains("subject") })
        for cut in [1, 100, 150, 299] {
            let start = lines[..<cut].reduce(0) { $0 + $1.utf8.count }
            var scanner = RecordScanner(plan: plan, settings: ScanSettings())
            let (before, behind) = (Array(bytes[..<start]), Array(bytes[start...]))
            scanner.remember(before.span, position: 0, isTorn: false)
            var batch = ScannedBatch()
            _ = scanner.scan(behind.span, position: Int64(start), isFinal: true, into: &batch)
            #expect(batch.records.map { describe($0, in: batch) } == Array(whole[cut...]), "cut at line \(cut)")
        }
    }
}
