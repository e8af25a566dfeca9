import Testing
import TestSupport

@testable import TailracePipeline

/// Nothing is dropped uncounted: each byte of the input belongs to a record or is one of the few that belong to none.
@Suite struct AccountingTests {
    private static let pieces: [[UInt8]] =
        [
            "{\"time\":1,\"stream\":\"ticket\",\"action\":\"schedule\",\"item\":\"T\"}", "{}", "{", "\"", "\"\"", ",",
            ";", "a",
            "1,b", "\n", "\r", "\r\n", "\n\n", "\u{0}", "\u{0}\u{0}\u{0}", " ", "\t", "\u{1}", "\u{FEFF}", "é", "\\",
            "\"x\ny\"",
            "1,\"b\"", "time,item",
        ].map { Array($0.utf8) } + [[0xFF], [0xEF, 0xBB], [0xC3], Array(repeating: 0x78, count: 70)]

    private func hostile(_ generator: inout SplitMix64) -> [UInt8] {
        (0..<generator.below(24)).flatMap { _ in generator.pick(AccountingTests.pieces) }
    }

    /// Scans in pieces; gives the records, and the header row of CSV.
    private func scan(_ bytes: [UInt8], _ plan: RecordPlan, limit: Int, size: Int)
        -> (records: [ScannedRecord], described: [String], consumed: Int, header: [UInt8])
    {
        var scanner = RecordScanner(plan: plan, settings: ScanSettings(recordLimitBytes: limit))
        var (start, end) = (0, 0)
        var records: [ScannedRecord] = []
        var described: [String] = []
        repeat {
            end = min(bytes.count, end + size)
            var batch = ScannedBatch()
            let used = scanner.scan(
                bytes[start..<end].span, position: Int64(start), isFinal: end == bytes.count, into: &batch)
            start += used
            records += batch.records
            described += batch.records.map { describe($0, in: batch) }
        } while end < bytes.count
        return (records, described, start, scanner.header ?? [])
    }

    /// What belongs to no record: white space, zero bytes, byte order marks.
    private func isFree(_ bytes: [UInt8], _ at: Int) -> Bool {
        if bytes[at] == 0 || bytes[at] == 0x20 || (0x09...0x0D).contains(bytes[at]) { return true }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return (0..<3).contains { back in
            at - back >= 0 && at - back + 3 <= bytes.count && Array(bytes[(at - back)..<(at - back + 3)]) == mark
        }
    }

    private func check(_ bytes: [UInt8], _ plan: RecordPlan, limit: Int, _ generator: SplitMix64) {
        let whole = scan(bytes, plan, limit: limit, size: max(1, bytes.count))
        #expect(whole.consumed == bytes.count, "\(generator)")
        var isCovered = Array(repeating: false, count: bytes.count)
        var end = 0
        for record in whole.records {
            #expect(record.position >= Int64(end), "\(generator): records overlap")
            end = Int(record.position + record.length)
            guard end <= bytes.count else {
                Issue.record("\(generator): a record ends behind the input")
                return
            }
            for at in Int(record.position)..<end { isCovered[at] = true }
        }
        let lost = bytes.indices.filter { !isCovered[$0] && !isFree(bytes, $0) }.map { bytes[$0] }
        let header = whole.header.indices.filter { !isFree(whole.header, $0) }.map { whole.header[$0] }
        // Between records of JSON over several lines stand commas, and nothing is their header.
        let isRight = header == [UInt8(ascii: "[")] ? lost.allSatisfy { ",[]".utf8.contains($0) } : lost == header
        #expect(isRight, "\(generator), limit \(limit): \(lost) of \(bytes) belong to nothing")
        for size in 1..<max(2, bytes.count) {
            let described = scan(bytes, plan, limit: limit, size: size).described
            #expect(described == whole.described, "\(generator), limit \(limit), pieces of \(size): \(bytes)")
            if described != whole.described { return }
        }
    }

    @Test(arguments: 1...24 as ClosedRange<UInt64>)
    func `Every byte of hostile lines is accounted for, whatever the pieces`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<3 {
            let bytes = hostile(&generator)
            for limit in [60, 4 << 20] { check(bytes, .tailrace(), limit: limit, generator) }
        }
    }

    @Test(arguments: 1...24 as ClosedRange<UInt64>)
    func `Every byte of hostile rows is accounted for, whatever the pieces`(seed: UInt64) {
        let plan = RecordPlan(
            kind: .csv(separator: nil),
            bindings: [
                .init(field: .time, names: ["time"]), .init(field: .item, names: ["item"]),
                .init(field: .stream, names: [], fallback: "ticket"),
                .init(field: .action, names: [], fallback: "complete"),
            ])
        var generator = SplitMix64(seed: seed)
        for _ in 0..<3 {
            let head = generator.pick(["", "time,item\n", "time,item\r", "time,item\r\n"])
            let bytes = Array(head.utf8) + hostile(&generator)
            for limit in [60, 4 << 20] { check(bytes, plan, limit: limit, generator) }
        }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `Of lines without strange line ends each that is not blank is one record`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let plain = AccountingTests.pieces.filter { piece in
            !piece.contains { $0 == 0 || $0 == 0x0D || $0 == 0xEF || $0 == 0xBB }
        }
        for _ in 0..<50 {
            // The first line says that each is a record.
            let bytes = Array("{}\n".utf8) + (0..<generator.below(60)).flatMap { _ in generator.pick(plain) }
            let lines = bytes.split(separator: UInt8(ascii: "\n")).count { $0.contains { $0 != 0x20 && $0 != 0x09 } }
            let found = scan(bytes, .tailrace(), limit: 4 << 20, size: 1 + generator.below(100)).records.count
            #expect(found == lines, "\(generator): \(bytes)")
        }
    }
}
