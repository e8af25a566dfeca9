import Testing
import TestSupport

@testable import TailracePipeline

/// Line ends, byte order marks and zero bytes that no format has, and that real logs have all the same.
@Suite struct LineEndTests {
    private static let csvPlan = RecordPlan(
        kind: .csv(separator: nil),
        bindings: [
            .init(field: .time, names: ["time"]), .init(field: .item, names: ["item"]),
            .init(field: .stream, names: [], fallback: "ticket"),
            .init(field: .action, names: [], fallback: "complete"),
        ])

    private func line(_ item: String) -> String {
        "{\"time\":1,\"stream\":\"ticket\",\"action\":\"schedule\",\"item\":\"\(item)\"}"
    }

    /// `position+length item`, or the reason in brackets instead of the item.
    private func records(_ text: String, _ plan: RecordPlan = .tailrace(), limit: Int = 4 << 20) -> [String] {
        let batch = scanBatch(text, plan, settings: ScanSettings(recordLimitBytes: limit))
        return batch.records.map { record in
            let item =
                record.rejection.map { "(\($0.name))" }
                ?? String(decoding: batch.bytes(record.event.itemName), as: UTF8.self)
            return "\(record.position)+\(record.length) \(item)"
        }
    }

    private func items(_ text: String, _ plan: RecordPlan = .tailrace(), limit: Int = 4 << 20) -> [String] {
        records(text, plan, limit: limit).map { String($0.split(separator: " ", maxSplits: 1)[1]) }
    }

    // MARK: - Zero bytes

    @Test func `A hole of zero bytes before a record is passed over and the record is kept where it stands`() {
        let hole = String(repeating: "\u{0}", count: 1000)
        let text = line("a")
        let length = text.utf8.count + 1
        #expect(records("\(hole)\(text)\n", limit: 100) == ["1000+\(length) a"])
        #expect(
            records("\(text)\n\(hole)\(text)\n\(hole)", limit: 100) == [
                "0+\(length) a", "\(length + 1000)+\(length) a",
            ])
        #expect(items("\(hole)time,item\n\(hole)1,a\n2,b\n", LineEndTests.csvPlan, limit: 100) == ["a", "b"])
    }

    @Test func `A hole larger than the record limit costs no memory, whatever the pieces`() {
        var scanner = RecordScanner(plan: .tailrace(), settings: ScanSettings(recordLimitBytes: 100))
        var batch = ScannedBatch()
        let hole = [UInt8](repeating: 0, count: 100_000)
        var position: Int64 = 0
        for _ in 0..<20 {
            #expect(scanner.scan(hole.span, position: position, isFinal: false, into: &batch) == hole.count)
            position += Int64(hole.count)
        }
        let rest = Array("\(line("a"))\n".utf8)
        #expect(scanner.scan(rest.span, position: position, isFinal: false, into: &batch) == rest.count)
        #expect(batch.records.map(\.position) == [2_000_000])
        #expect(batch.records.map(\.rejection) == [nil])
    }

    @Test func `A zero byte inside a value belongs to it`() {
        #expect(items("\(line("a\u{0}b"))\n") == ["a\u{0}b"])
        #expect(
            items("time,item\n1,a\u{0}\u{0}b\n2,\"c\u{0}d\"\n", LineEndTests.csvPlan) == ["a\u{0}\u{0}b", "c\u{0}d"])
        #expect(items("{\"a\":\u{0}1}\n") == ["(syntax)"])
    }

    @Test func `Half a record with zero bytes behind it does not take the next one with it`() {
        let torn = "{\"time\":1,\"item\":\"to"
        let text = "\(torn)\u{0}\u{0}\u{0}\(line("a"))\n\(line("b"))\n"
        let length = line("a").utf8.count + 1
        #expect(
            records(text) == [
                "0+\(torn.utf8.count) (syntax)", "\(torn.utf8.count + 3)+\(length) a",
                "\(torn.utf8.count + 3 + length)+\(length) b",
            ])
        #expect(
            items("time,item\n1,a\u{0}\u{0}2,b\n3,\u{0}\u{0}\u{0}4,d\n", LineEndTests.csvPlan) == [
                "a", "b", "(missing-item)", "d",
            ])
    }

    // MARK: - Carriage returns

    @Test func `Records that end in carriage returns alone are so many records`() {
        let length = line("a").utf8.count + 1
        let expected = ["0+\(length) a", "\(length)+\(length) b", "\(2 * length)+\(length) c"]
        #expect(records("\(line("a"))\r\(line("b"))\r\(line("c"))\n") == expected)
        #expect(records("\(line("a"))\r\(line("b"))\r\(line("c"))\r") == expected)
        #expect(items("\(line("a"))\rbroken\r\r\n\(line("b"))\r\n") == ["a", "(syntax)", "b"])
        #expect(items("\r\(line("a"))\n") == ["a"], "white space in JSON")
    }

    @Test func `A source that ends its lines in carriage returns alone may be longer than a record`() {
        let names = (0..<50).map { "item-\($0)" }
        let text = names.map(line).joined(separator: "\r")
        for limit in [80, 100, 200, 1000] {
            #expect(items(text, limit: limit) == names)
            let long = text + "\r" + String(repeating: "x", count: 2000) + "\r" + text
            #expect(items(long, limit: limit) == names + ["(oversize)"] + names)
        }
    }

    @Test func `Rows end at carriage returns where the header does`() {
        let plan = LineEndTests.csvPlan
        #expect(items("time,item\r1,a\r2,\"b\rc\"\r3,d", plan) == ["a", "b\rc", "d"])
        #expect(items("\u{FEFF}time,item\r\r\n1,a\r\r\n2,b\r\r\n", plan) == ["a", "b"])
        #expect(items("time,item\n1,a\r2,b\n3,c\n", plan) == ["a", "b", "c"], "one line that holds two rows")
        #expect(items("time,item\n1,a\rx\n", plan) == ["a\rx"], "part of a value where the row can be read")
        // What is quoted is one text, whatever it holds.
        #expect(items("time,item\n\"1\",\"x\r2,b\r\",3\n4,c\n", plan) == ["(columns)", "c"])
    }

    @Test func `A header that ends in a carriage return says so to a later start`() {
        let whole = Array("time,item\r1,a\r2,b\r".utf8)
        var first = RecordScanner(plan: LineEndTests.csvPlan, settings: ScanSettings())
        var batch = ScannedBatch()
        let (head, rest) = (Array(whole[..<14]), Array(whole[14...]))
        #expect(first.scan(head.span, position: 0, isFinal: false, into: &batch) == 14)
        var second = RecordScanner(plan: LineEndTests.csvPlan, settings: ScanSettings(), header: first.header)
        #expect(second.scan(rest.span, position: 14, isFinal: false, into: &batch) == 4)
        #expect(batch.records.map(\.position) == [10, 14])
        #expect(columnNames(ofHeader: first.header ?? []) == ["time", "item"])
    }

    @Test func `Damage behind records that end in carriage returns tears the last one alone`() {
        var scanner = RecordScanner(plan: .tailrace(), settings: ScanSettings())
        var batch = ScannedBatch()
        let rest = Array("\(line("a"))\r\(line("b"))\r{\"ti".utf8)
        scanner.tear(rest.span, position: 0, into: &batch)
        #expect(batch.records.map(\.rejection) == [nil, nil, .torn])
    }

    // MARK: - Byte order marks

    @Test func `A byte order mark before a record is no part of it`() {
        let length = line("a").utf8.count + 1
        let text = "\u{FEFF}\(line("a"))\n\u{FEFF}\(line("b"))\n"
        #expect(records(text) == ["3+\(length) a", "\(length + 6)+\(length) b"])
    }

    @Test func `Control characters are no blank space`() {
        #expect(items("\u{1}\n \t\u{B}\u{C}\r\n\u{1F}\n") == ["(syntax)", "(syntax)"])
    }
}
