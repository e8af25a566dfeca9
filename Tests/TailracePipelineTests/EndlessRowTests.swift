import Testing
import TestSupport

@testable import TailracePipeline

/// Rows whose quotes do not close. Every line was looked through up to the record limit: 120 KB of `a","b` took 35
/// seconds, twice as much four times as long.
@Suite struct EndlessRowTests {
    private static let plan = RecordPlan(
        kind: .csv(separator: nil),
        bindings: [
            .init(field: .time, names: ["time"]), .init(field: .item, names: ["item"]),
            .init(field: .stream, names: [], fallback: "ticket"),
            .init(field: .action, names: [], fallback: "complete"),
        ])

    @Test(arguments: ["a\",\"b\n", "\"\"\",\"\n", "a\",\"b\r"])
    func `Many lines with open quotes are read at once, each as a row`(line: String) {
        let count = 150_000 / line.utf8.count
        let head = line.hasSuffix("\r") ? "time,item\r" : "time,item\n"
        let bytes = Array((head + String(repeating: line, count: count)).utf8)
        for size in [64 << 10] {
            var scanner = RecordScanner(plan: EndlessRowTests.plan, settings: ScanSettings())
            var (start, end, rows) = (0, 0, 0)
            while end < bytes.count {
                end = min(bytes.count, end + size)
                var batch = ScannedBatch()
                start += scanner.scan(
                    bytes[start..<end].span, position: Int64(start), isFinal: end == bytes.count, into: &batch)
                rows += batch.records.count
            }
            #expect(start == bytes.count && rows == count)
        }
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `What is remembered of a row without an end changes none of the rows behind it`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let pieces = ["\"", "\"", "\"\"", ",", "\",\"", "a", "xyz", "\n", "\n", "\r", "\r\n", "\"\n", "\n\"", "1,b\n"]
        for _ in 0..<60 {
            let head = generator.pick(["time,item\n", "time,item\r", "time,item\r\n", "\"time\",item,\"x\ny\"\n", ""])
            let bytes = Array((head + (0..<generator.below(120)).map { _ in generator.pick(pieces) }.joined()).utf8)
            for limit in [12, 40, 4 << 20] {
                let whole = rows(bytes, limit: limit, size: max(1, bytes.count), forgets: false)
                #expect(rows(bytes, limit: limit, size: 1, forgets: true) == whole, "\(generator): \(bytes)")
                #expect(rows(bytes, limit: limit, size: 1, forgets: false) == whole, "\(generator): \(bytes)")
                #expect(rows(bytes, limit: limit, size: 7, forgets: false) == whole, "\(generator): \(bytes)")
            }
        }
    }

    private func rows(_ bytes: [UInt8], limit: Int, size: Int, forgets: Bool) -> [String] {
        var scanner = RecordScanner(plan: EndlessRowTests.plan, settings: ScanSettings(recordLimitBytes: limit))
        var (start, end) = (0, 0)
        var rows: [String] = []
        while end < bytes.count {
            end = min(bytes.count, end + size)
            if forgets { scanner.endlessRow = nil }
            var batch = ScannedBatch()
            start += scanner.scan(
                bytes[start..<end].span, position: Int64(start), isFinal: end == bytes.count, into: &batch)
            rows += batch.records.map { describe($0, in: batch) }
        }
        return rows
    }
}
