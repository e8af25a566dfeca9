import TestSupport
import Testing

@testable import TailracePipeline

/// What a definition can say beyond "one record, one event": conditions, several events, elements, parts of texts.
@Suite struct EventRuleTests {
    private typealias Binding = RecordPlan.Binding
    private typealias Condition = RecordPlan.Condition

    private func plan(
        _ bindings: [RecordPlan.Binding], rules: [RecordPlan.Rule] = [], ignored: [[RecordPlan.Condition]] = [],
        each: String? = nil
    ) -> RecordPlan {
        var plan = RecordPlan(
            kind: .json,
            bindings: [
                RecordPlan.Binding(field: .time, names: ["at"]),
                RecordPlan.Binding(field: .stream, names: [], fallback: "ticket"),
            ] + bindings)
        (plan.rules, plan.ignored, plan.each, plan.isStrict) = (rules, ignored, each, false)
        return plan
    }

    /// Each event as `action item`, each rejection as its name.
    private func outcome(_ text: String, _ plan: RecordPlan) -> [String] {
        let batch = scanBatch(text, plan)
        return batch.records.map { record in
            record.rejection?.name
                ?? "\(record.event.action.name) \(String(decoding: batch.bytes(record.event.itemName), as: UTF8.self))"
        }
    }

    private func constant(_ action: Action) -> RecordPlan.Binding {
        Binding(field: .action, names: [], fallback: action.name)
    }

    @Test func `A record gives an event for each rule whose conditions hold, and none where it is to be ignored`() {
        let plan = plan(
            [Binding(field: .item, names: ["issue.number"])],
            rules: [
                .init(
                    conditions: [Condition(name: "verb", values: ["opened", "re*"])], bindings: [constant(.schedule)]),
                .init(conditions: [Condition(name: "verb", values: ["*OPENED"])], bindings: [constant(.assign)]),
                .init(
                    conditions: [
                        Condition(name: "verb", values: ["closed"]),
                        Condition(name: "issue.reason", values: nil, isNegated: true),
                    ], bindings: [constant(.complete)]),
                .init(
                    conditions: [Condition(name: "issue.reason", values: nil), Condition(name: "n", values: ["7"])],
                    bindings: [constant(.withdraw), Binding(field: .item, names: ["issue.reason"])]),
            ],
            ignored: [[Condition(name: "verb", values: ["labeled"])]])
        let at = #""at":1772439300"#
        #expect(outcome("{\(at),\"verb\":\"opened\",\"issue\":{\"number\":4}}", plan) == ["schedule 4", "assign 4"])
        #expect(
            outcome("{\(at),\"verb\":\"re\\u006Fpened\",\"issue\":{\"number\":4}}", plan) == ["schedule 4", "assign 4"])
        #expect(outcome("{\(at),\"verb\":\"reviewed\",\"issue\":{\"number\":4}}", plan) == ["schedule 4"])
        #expect(outcome("{\(at),\"verb\":\"closed\",\"issue\":{\"number\":4}}", plan) == ["complete 4"])
        #expect(
            outcome("{\(at),\"verb\":\"closed\",\"n\":7,\"issue\":{\"number\":4,\"reason\":\"x\"}}", plan) == [
                "withdraw x"
            ])
        #expect(outcome("{\(at),\"verb\":\"labeled\",\"issue\":{\"number\":4}}", plan) == [])
        #expect(outcome("{\(at),\"verb\":\"pinned\",\"issue\":{\"number\":4}}", plan) == ["unmapped"])
        #expect(outcome("{\(at),\"verb\":\"opened\"}", plan) == ["missing-item"])
        #expect(outcome("{\(at),\"verb\":", plan) == ["syntax"])
    }

    @Test func `Elements are events of their own, each with what the record says of all`() {
        let plan = plan(
            [
                Binding(field: .item, names: ["events[].parameters[name=doc].value"]),
                Binding(field: .actor, names: ["actor.email"]), Binding(field: .recipients, names: ["count(events)"]),
            ],
            rules: [
                .init(conditions: [Condition(name: "events[].name", values: ["view"])], bindings: [constant(.read)]),
                .init(conditions: [Condition(name: "events[].name", values: ["edit"])], bindings: [constant(.revise)]),
            ], ignored: [[Condition(name: "events[].name", values: ["acl*"])]], each: "events")
        let text = """
            {"at":1772439300,"actor":{"email":"kim"},"events":[\
            {"name":"view","parameters":[{"name":"owner","value":"x"},{"name":"doc","value":"D-1"}]},\
            {"name":"acl_change"},{"name":"edit","parameters":[{"value":"D-2","name":"doc"}]},\
            {"name":"edit","parameters":[]}]}
            """
        let batch = scanBatch(text, plan)
        #expect(outcome(text, plan) == ["read D-1", "revise D-2", "missing-item"])
        #expect(batch.records.map(\.length) == [Int64(text.utf8.count), 0, 0])
        #expect(batch.records.map(\.position) == [0, 1, 2])
        #expect(batch.records.prefix(2).allSatisfy { $0.event.recipients == 4 })
        #expect(
            batch.records.prefix(2).allSatisfy { String(decoding: batch.bytes($0.event.actor), as: UTF8.self) == "kim" }
        )
        #expect(
            outcome(#"{"at":1772439300,"events":[]}"#, plan) == ["unmapped"], "nobody has said that this is nothing")
        #expect(outcome(#"{"at":1772439300,"events":[{"name":"other"}]}"#, plan) == ["unmapped"])
        let mixed = #"{"name":"other"},{"name":"view","parameters":[{"name":"doc","value":"D-1"}]}"#
        #expect(
            outcome("{\"at\":1772439300,\"events\":[\(mixed)]}", plan) == ["read D-1", "unmapped"],
            "what is unknown does not vanish among what is known")
    }

    @Test func `A rule that names nothing of the elements is made once for the record`() {
        let plan = plan(
            [Binding(field: .item, names: ["key"])],
            rules: [
                .init(conditions: [Condition(name: "created", values: nil)], bindings: [constant(.schedule)]),
                .init(conditions: [Condition(name: "changes[].to", values: ["done"])], bindings: [constant(.complete)]),
            ], ignored: [[Condition(name: "changes[].rank", values: nil)]], each: "changes")
        let head = #""at":1772439300,"key":"K","created":1"#
        #expect(
            outcome("{\(head),\"changes\":[{\"rank\":1},{\"to\":\"done\"}]}", plan) == ["schedule K", "complete K"])
        #expect(outcome("{\(head),\"changes\":[]}", plan) == ["schedule K"])
        #expect(outcome("{\(head)}", plan) == ["schedule K"])
        #expect(outcome("{\(head),\"changes\":[{\"to\":\"x\"}]}", plan) == ["schedule K", "unmapped"])
    }

    @Test func `An empty text is nothing, for conditions and where several places may have a value`() {
        let plan = plan(
            [Binding(field: .item, names: ["a", "b"])],
            rules: [
                .init(conditions: [Condition(name: "old", values: nil, isNegated: true)], bindings: [constant(.start)])
            ])
        let at = #""at":1772439300"#
        #expect(outcome("{\(at),\"a\":\"\",\"b\":\"B\",\"old\":\"\"}", plan) == ["start B"])
        #expect(outcome("{\(at),\"b\":\"B\",\"old\":\"x\"}", plan) == ["unmapped"])
    }

    @Test func `Joined names and parts of texts make a name`() {
        var repository = Binding(field: .item, names: ["repo", "number"])
        repository.joint = "#"
        var stage = Binding(field: .stage, names: ["url"])
        (stage.after, stage.before) = ("//", "/")
        let plan = plan([repository, stage, constant(.start)])
        let batch = scanBatch(#"{"at":1772439300,"repo":"a\/b","number":12,"url":"https://host.example/x/y"}"#, plan)
        let event = batch.records.first?.event
        #expect(event.map { String(decoding: batch.bytes($0.itemName), as: UTF8.self) } == "a/b#12")
        #expect(event.map { String(decoding: batch.bytes($0.stage), as: UTF8.self) } == "host.example")
        #expect(outcome(#"{"at":1772439300,"repo":"a/b"}"#, plan) == ["missing-item"], "all of the names are wanted")
    }

    @Test func `Of several places the first that means something tells the origin`() {
        let origin = Binding(
            field: .origin, names: ["kind", "login"], map: ["Bot": "automated", "*[bot]": "automated", "User": "human"])
        let plan = plan([Binding(field: .item, names: ["i"]), origin, constant(.create)])
        func found(_ rest: String) -> Origin? {
            scanBatch("{\"at\":1772439300,\"i\":\"x\",\(rest)}", plan).records.first?.event.origin
        }
        #expect(found(#""kind":"bot""#) == .automated)
        #expect(found(#""kind":"App","login":"renovate[BOT]""#) == .automated)
        #expect(found(#""kind":"user","login":"renovate[bot]""#) == .human)
        #expect(found(#""login":"kim""#) == .unknown)
    }

    @Test(arguments: [
        ("a*", "abc", true), ("a*", "ba", false), ("*a", "cba", true), ("*b*", "abc", true), ("*b*", "ac", false),
        ("a*c", "ac", true), ("a*c", "abcb", false), ("a*a", "a", false), ("*", "", true), ("a\\*", "a*", true),
        ("a\\*", "ab", false), ("A B", "a b", true), ("a*b*c", "a-b-b-c", true), ("", "", true), ("", "x", false),
    ])
    func `A star stands for anything and nothing else does`(pattern: String, text: String, isMatch: Bool) {
        #expect(PatternTable([pattern]).matches(0, Array(text.utf8).span) == isMatch)
    }

    @Test func `Chunks of any size give the same events of records that give several`() {
        let plan = plan(
            [Binding(field: .item, names: ["items[].id"]), constant(.create)],
            ignored: [[Condition(name: "x", values: nil)]],
            each: "items")
        for seed in 1...20 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            let text = (0..<30).map { number -> String in
                let items = (0..<generator.below(5)).map { "{\"id\":\"\(number)-\($0)\"}" }.joined(separator: ",")
                return
                    "{\"at\":\(1_772_439_300 + number),\"items\":[\(items)]\(generator.oneIn(6) ? ",\"x\":1" : "")}\n"
            }.joined()
            let whole = scan(Array(text.utf8), plan)
            #expect(scan(Array(text.utf8), plan, pieces: { _ in 1 + generator.below(90) }) == whole, "seed \(seed)")
        }
    }
}
