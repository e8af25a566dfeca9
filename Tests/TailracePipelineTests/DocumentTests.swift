import Testing

@testable import TailracePipeline

/// JSON whose records are not lines.
@Suite struct DocumentTests {
    private func items(_ text: String, _ plan: RecordPlan = .tailrace()) -> [String] {
        let batch = scanBatch(text, plan)
        return batch.records.map { record in
            record.rejection?.name ?? String(decoding: batch.bytes(record.event.itemName), as: UTF8.self)
        }
    }

    private func record(_ item: String) -> String {
        #"{"time": 1, "stream": "ticket", "action": "schedule", "item": "\#(item)"}"#
    }

    private func pretty(_ item: String, _ space: String) -> String {
        record(item).replacing("{", with: "{\n\(space)  ").replacing(", ", with: ",\n\(space)  ").replacing(
            "}", with: "\n\(space)}")
    }

    @Test func `Arrays, in one line or in many, and objects over lines hold records`() {
        let (a, b) = (record("a"), record("b"))
        for text in [
            "[\(a),\(b)]", "[\(a)]\n[\(b)]\n", "[\n\(a),\n\(b)\n]\n", "[\(a)\n, \(b)\n]", "[[\(a)],[],[\(b)]]",
            "[\n  \(pretty("a", "  ")),\n  \(pretty("b", "  "))\n]", "\(pretty("a", ""))\n\(pretty("b", ""))\n",
        ] {
            #expect(items(text) == ["a", "b"], "\(text)")
        }
    }

    @Test func `A log of lines stays one, whatever is broken in its first`() {
        #expect(items("{\"a\n\(record("b"))\n") == ["syntax", "b"])
        #expect(items("x[\n\(record("b"))\n") == ["syntax", "b"])
        #expect(items("\n \n\(record("a"))\n{\n\(record("b"))\n") == ["a", "syntax", "b"])
    }

    @Test func `A record that nobody closed does not take its neighbours with it`() {
        #expect(items("[\n  \(record("a").dropLast()),\n  \(record("b")),\n  \(record("c"))]") == ["syntax", "b", "c"])
        let open = pretty("a", "  ").dropLast(4)
        #expect(items("[\n  \(open)\n  \(pretty("b", "  "))\n]") == ["syntax", "b"])
        #expect(items("[\n\(record("a")),\nwords, \(record("x"))\n\(record("b"))]") == ["a", "syntax", "b"])
    }

    private func wrapped(_ inside: [String], kind: RecordPlan.Kind = .json) -> RecordPlan {
        var plan = RecordPlan.tailrace(kind: kind)
        plan.inside = inside
        plan.isStrict = false
        return plan
    }

    @Test func `The real record may lie inside of another, as an object, an array or a text`() {
        let plan = wrapped(["payload", "log.message"])
        let quoted = record("t").replacing("\"", with: "\\\"")
        #expect(items("{\"payload\":\(record("a")),\"item\":\"x\"}", plan) == ["a"])
        #expect(items("{\"payload\":[\(record("a")),{},\(record("b"))]}", plan) == ["a", "b", "missing-time"])
        #expect(items("{\"log\":{\"message\":\"\(quoted)\"}}", plan) == ["t"])
        #expect(items("{\"log\":{\"message\":\"[\(quoted),\(quoted)]\"}}", plan) == ["t", "t"])
        #expect(items(record("itself"), plan) == ["itself"])
        for other in ["\"words\"", "\"\"", "7", "true", "null"] {
            #expect(items("{\"payload\":\(other)}\n\(record("b"))", plan) == ["missing-time", "b"], "\(other)")
        }
        for broken in ["\"", "\"{\"", "\"[{}\"", "\"[{}] x\"", "\"{}{\""] {
            let found = items("{\"payload\":\(broken)}\n\(record("b"))", plan)
            #expect(found.count == 2 && found.last == "b" && found.first == "syntax", "\(broken): \(found)")
        }
    }

    @Test func `What a collector has put into a record of its own is read where that says nothing itself`() {
        var plan = RecordPlan.tailrace()
        plan.isStrict = false
        let quoted = record("t").replacing("\"", with: "\\\"")
        #expect(items("{\"@timestamp\":\"x\",\"host\":{},\"message\":\"\(quoted)\"}", plan) == ["t"])
        #expect(items("{\"log\":\"\(quoted)\\n\",\"stream\":\"stdout\",\"time\":1}", plan) == ["t"])
        #expect(items("{\"log\":\"words\",\"stream\":\"stdout\"}", plan) == ["missing-time"])
        let own = record("own").dropLast() + ",\"message\":\(record("inner"))}"
        #expect(items(String(own), plan) == ["own"], "what says something itself is the record")
        #expect(items("{\"log\":\"\(quoted)\"}") == ["missing-time"], "not in the words of the contract")
    }

    @Test func `A column of CSV may hold the record`() {
        let plan = wrapped(["AuditData"], kind: .csv(separator: nil))
        let quoted = record("a, or b").replacing("\"", with: "\"\"")
        #expect(items("id,AuditData,item\n1,\"\(quoted)\",x\n2,\"{\",x\n", plan) == ["a, or b", "syntax"])
    }
}
