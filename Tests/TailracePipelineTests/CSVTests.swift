import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct CSVTests {
    private func plan(separator: UInt8? = nil, item: [String] = ["item"], absent: [String] = []) -> RecordPlan {
        RecordPlan(
            kind: .csv(separator: separator),
            bindings: [
                .init(field: .time, names: ["time"]), .init(field: .item, names: item, absent: absent),
                .init(field: .stage, names: ["stage"], absent: absent),
                .init(field: .stream, names: [], fallback: "ticket"),
                .init(
                    field: .action, names: ["what"], map: ["In Progress": "start", "DONE": "complete"],
                    fallback: "schedule"),
                .init(field: .bytes, names: ["size"]),
            ], itemFrom: [.workCase, .stage])
    }

    /// Item names, or the reason in brackets.
    private func items(_ text: String, _ plan: RecordPlan) -> [String] {
        let batch = scanBatch(text, plan)
        return batch.records.map { record in
            record.rejection.map { "(\($0.name))" }
                ?? String(decoding: batch.bytes(record.event.itemName), as: UTF8.self)
        }
    }

    @Test func `Rows are split as RFC 4180 says`() {
        let text = """
            time,item,stage
            1,a,s
            2,"b",s
            3,"c ""d"" e",s
            4,"f,g",s
            5,"h
            i",s
            6,j"k,s
            7,"l"m,s
            8,n,s,extra
            9,o
            10,"",s
            11,"p,s
            12,q,s
            """
        #expect(
            items(text, plan()) == [
                "a", "b", "c \"d\" e", "f,g", "h\ni", "j\"k", "(syntax)", "(columns)", "(columns)", "(missing-item)",
                "(syntax)", "q",
            ])
    }

    @Test(arguments: [",", ";", "\t", "|"])
    func `The separator is found in the header`(separator: String) {
        let text = "time,item,stage\n1,\"a\(separator)b\",s\r\n".replacing(",", with: separator)
        #expect(items(text, plan()) == ["a\(separator)b"])
        #expect(columnNames(ofHeader: Array("\u{FEFF}x\(separator)\"y \"\"z\"\"\"".utf8)) == ["x", "y \"z\""])
    }

    @Test func `A declared separator wins over what the header looks like`() {
        #expect(items("time:item,x:stage\n1:a:s\n", plan(separator: UInt8(ascii: ":"), item: ["item,x"])) == ["a"])
    }

    @Test func `Of columns that share a name each has a number`() {
        let text = "time,item,Item,ITEM \n1,a,b,c\n2,,b,c\n3,,,c\n"
        #expect(items(text, plan(item: ["item"])) == ["a", "(missing-item)", "(missing-item)"])
        #expect(items(text, plan(item: ["item#2"])) == ["b", "b", "(missing-item)"])
        #expect(items(text, plan(item: ["item#3", "item#1"])) == ["c", "c", "c"])
        #expect(items(text, plan(item: ["item", "item#2", "item#3"])) == ["a", "b", "c"])
    }

    @Test func `White space around a value is dropped and declared words are absent`() {
        let text = "time,item,stage\n1,  a  ,s\n2,?,s\n3,NULL,s\n4, ? ,s\n5,\" x \",s\n"
        let expected = ["a", "(missing-item)", "(missing-item)", "(missing-item)", "x"]
        #expect(items(text, plan(absent: ["?", "NULL"])) == expected)
    }

    @Test func `Words are mapped without regard to case and unknown ones are rejected`() {
        let batch = scanBatch("time,item,what\n1,a,in progress\n2,b,Done\n3,c,\n4,d,sleeping\n5,e,withdraw\n", plan())
        #expect(batch.records.map(\.rejection) == [nil, nil, nil, .unknownAction, nil])
        #expect(
            batch.records.filter { $0.rejection == nil }.map(\.event.action) == [
                .start, .complete, .schedule, .withdraw,
            ])
    }

    @Test func `Numbers in columns may be empty but not wrong`() {
        let batch = scanBatch("time,item,size\n1,a,12\n2,b,\n3,c,x\n4,d,-1\n1767225600000,e, 7 \n", plan())
        #expect(batch.records.map(\.rejection) == [nil, nil, .badField, .badField, nil])
        #expect(batch.records.map(\.event.bytes) == [12, -1, -1, -1, 7])
        #expect(batch.records[4].event.time.seconds == 1_767_225_600)
    }

    @Test func `Where no column names an item, other fields are joined to one`() {
        let plan = RecordPlan(
            kind: .csv(separator: nil),
            bindings: [
                .init(field: .time, names: ["time"]), .init(field: .workCase, names: ["case"]),
                .init(field: .stage, names: ["activity"]), .init(field: .stream, names: [], fallback: "ticket"),
                .init(field: .action, names: [], fallback: "complete"),
            ], itemFrom: [.workCase, .stage])
        let text = "case,activity,time\nC-1,Sign,1\nC-1,Check,2\nC-2,,3\n,Sign,4\na/b,c,5\na,b/c,6\n"
        #expect(items(text, plan) == ["C-1/Sign", "C-1/Check", "(missing-item)", "(missing-item)", "a/b/c", "a/b/c"])
        let events = scanBatch(text, plan).records.map(\.event)
        #expect(events[4].item != events[5].item, "names that look alike are different items")
        #expect(events[0].workCase == events[1].workCase)
    }

    @Test func `A header that is given lets a scan begin in the middle`() {
        var scanner = RecordScanner(
            plan: plan(), settings: ScanSettings(), header: Array("time;item;stage".utf8))
        var batch = ScannedBatch()
        let rows = Array("7;z;s\n".utf8)
        #expect(scanner.scan(rows.span, position: 1000, isFinal: true, into: &batch) == rows.count)
        #expect(batch.records.map(\.position) == [1000])
        #expect(batch.records.map(\.rejection) == [nil])
    }
}
