import Testing

@testable import TailracePipeline

@Suite struct TextTemplateTests {
    /// What a template finds in a text, by name; nil where it does not fit.
    private func found(_ template: String, _ text: String, pairs: [String] = []) throws -> [String: String]? {
        let names = TextTemplate.names(template) + pairs
        let wanted = pairs.map { (key: $0, slot: names.firstIndex(of: $0) ?? 0) }
        let made = try TextTemplate(template, wanted: wanted) { names.firstIndex(of: $0) }
        var slots = Array(repeating: FieldSlot(), count: names.count)
        let bytes = Array(text.utf8)
        guard made.match(bytes.span, from: 0, to: bytes.count, into: &slots) else {
            #expect(slots.allSatisfy { $0.kind == .absent }, "nothing stays of what does not fit")
            return nil
        }
        var values: [String: String] = [:]
        for (name, slot) in zip(names, slots) where slot.kind == .string {
            values[name] = String(decoding: bytes[Int(slot.start)..<Int(slot.end)], as: UTF8.self)
        }
        return values
    }

    @Test func `A place with a plus takes as much as it can`() throws {
        #expect(try found("{+a} from {b}; {_}", "x from y from z; w; v") == ["a": "x from y", "b": "z"])
        #expect(try found("{+a} from {b}", " from z") == nil)
        #expect(try found("{+a}aa", "aaaa") == ["a": "aa"])
        #expect(try found("{+a}: ", "x: y: ") == ["a": "x: y"])
        #expect(TextTemplate.names("{+a} from {b} {*}") == ["a", "b"])
    }

    @Test func `A place takes as little as it can and never nothing`() throws {
        #expect(try found("{a}: {b}", "x: y: z") == ["a": "x", "b": "y: z"])
        #expect(try found("{a}: {b}", ": y") == nil)
        #expect(try found("{a}: {b}", "x: ") == nil)
        #expect(try found("{a}b", "bbb") == nil, "the first b of two ends the place, and the rest is more than it")
        #expect(try found("{a}b", "xb") == ["a": "x"])
        #expect(try found("from {_} to {a}", "from here to there") == ["a": "there"])
        #expect(try found("removed", "removed") == [:])
        #expect(try found("removed", "removed!") == nil)
        #expect(try found("{a} [{b}]", "x [y]") == ["a": "x", "b": "y"])
        #expect(try found("é{a}", "éü") == ["a": "ü"])
    }

    @Test func `Pairs are found by their keys, with brackets, quotes, words between them, and a detail behind`() throws
    {
        let keys = ["to", "status", "detail", "S", "T"]
        #expect(
            try found("{q}: {*}", "4F1: to=<a@b>, relay=none, status=sent (250 Ok (really))", pairs: keys)
                == ["q": "4F1", "to": "a@b", "status": "sent", "detail": "250 Ok (really)"])
        #expect(try found("{*}", "H=x [192.0.2.1] S=12 T=\"a \\\" b\"", pairs: keys) == ["S": "12", "T": "a \\\" b"])
        #expect(try found("{q}: {*}", "warning: nothing of the kind", pairs: keys) == nil)
        #expect(try found("{*}", "to=", pairs: keys) == [:])
        #expect(try found("{*}", "to=<a", pairs: keys) == ["to": "a"])
        #expect(try found("{*}", "T=\"a\\", pairs: keys) == ["T": "a\\"])
    }

    @Test(arguments: ["", "{a", "{a}{b}", "{*} x"])
    func `What is no template says why`(text: String) {
        #expect(TextTemplate.fault(in: text) != nil)
    }
}
