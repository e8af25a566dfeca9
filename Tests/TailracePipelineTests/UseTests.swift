import TestSupport
import Testing

@testable import TailracePipeline

/// What becomes of what was made.
@Suite struct UseTests {
    /// Monday 2026-01-05 00:00 UTC.
    private static let monday: Int64 = 1_767_571_200
    private static let day: Int64 = 86_400
    private static let week: Int64 = 7 * day

    private func event(
        _ action: Action, _ item: String, day: Double, stage: String = "draft", actor: String? = "ann",
        refersTo: String? = nil, stream: TailracePipeline.Stream = .document
    ) -> LogEvent {
        var event = LogEvent(
            time: UseTests.monday * 1000 + Int64(day * 86_400_000), action: action, item: item, stream: stream,
            stage: stage, actor: actor)
        event.refersTo = refersTo
        return event
    }

    /// Made, used and in streams without reads; by stage and the week of making, from 0.
    private func told(_ events: [LogEvent]) throws -> [String: [Int64]] {
        // Four weeks more, so that all is settled.
        let last = LogEvent(
            time: (events.map(\.time).max() ?? 0) + 4 * UseTests.week * 1000, action: .schedule, item: "last",
            stage: "end")
        let store = try run(events.sorted { $0.time < $1.time } + [last])
        var found: [String: [Int64]] = [:]
        for row in store.stageWeeks.byID.values where row.assetsMade + row.assetsUnread + row.assetsUsed > 0 {
            let week = (row.window.start - UseTests.monday) / UseTests.week - 2
            found["\(store.stages[row.stage]) \(week)"] = [row.assetsMade, row.assetsUsed, row.assetsUnread]
        }
        return found
    }

    @Test func `An asset is used once somebody else has read, clicked, answered or shared it within fourteen days`()
        throws
    {
        let makes = "abcdefgh".map { event(.create, String($0), day: 1) }
        let found = try told(
            makes + [
                event(.read, "a", day: 2, actor: "bob"), event(.read, "a", day: 3, actor: "cem"),
                event(.click, "b", day: 15.9, actor: "bob"),
                event(.share, "c", day: 16, actor: "bob"),
                event(.reply, "answer", day: 4, actor: "bob", refersTo: "d"),
                // Its maker's own look, and that of a program that is not told.
                event(.read, "e", day: 2), event(.read, "f", day: 2, actor: nil),
            ])
        #expect(found == ["draft 0": [8, 4, 0]])
    }

    @Test func `What another item refers to is used, by whomever that is made`() throws {
        let found = try told([
            event(.create, "a", day: 1), event(.create, "b", day: 8, refersTo: "a"),
            event(.create, "c", day: 8, refersTo: "c"), event(.create, "d", day: 8, refersTo: "nowhere"),
            event(.read, "nothing", day: 9),
        ])
        #expect(found == ["draft 0": [1, 1, 0], "draft 1": [3, 0, 0]])
    }

    @Test func `What another stage sends is used, and is that stage's own from then on`() throws {
        let found = try told([
            event(.create, "a", day: 1), event(.send, "a", day: 8, stage: "outreach"),
            event(.create, "b", day: 1), event(.send, "b", day: 8), event(.create, "c", day: 1),
            event(.read, "a", day: 20, actor: "bob"), event(.read, "b", day: 20, actor: "bob"),
        ])
        #expect(found == ["draft 0": [3, 1, 0], "outreach 1": [1, 1, 0]])
    }

    @Test func `Where no read of a stream was ever logged, nothing is known of its use`() throws {
        let found = try told([
            event(.create, "a", day: 1), event(.create, "b", day: 1, stream: .email),
            event(.share, "a", day: 2, actor: "bob"), event(.read, "b", day: 2, actor: "bob"),
        ])
        #expect(found == ["draft 0": [1, 1, 1]])
    }

    @Test(arguments: [1, 8, 60]) func `Uses are those of a naive count, however often the program begins anew`(
        often: Int
    ) throws {
        var generator = SplitMix64(seed: 41)
        var events: [LogEvent] = []
        for number in 0..<1500 {
            let day = Double(number) / 20
            let item = "i\(generator.below(400))"
            let action: Action = generator.pick([.create, .create, .read, .share, .revise])
            var event = event(action, item, day: day, actor: generator.pick(["ann", "bob", "cem"]))
            if action == .create, generator.oneIn(6) { event.refersTo = "i\(generator.below(400))" }
            events.append(event)
        }
        // By hand.
        var made: [String: (day: Int64, actor: String?)] = [:]
        var expected: [Int64: [Int64]] = [:]
        var used: Set<String> = []
        for event in events {
            let day = (event.time / 1000 - UseTests.monday) / UseTests.day
            let isContent = event.action == .create || event.action == .revise
            if isContent, made[event.item] == nil {
                made[event.item] = (day, event.actor)
                expected[day / 7, default: [0, 0, 0]][0] += 1
            }
            let target = isContent ? event.refersTo : event.item
            guard let target, !isContent || target != event.item, let own = made[target], !used.contains(target)
            else { continue }
            guard isContent || own.actor != event.actor else { continue }
            used.insert(target)
            if day - own.day <= 14 { expected[own.day / 7, default: [0, 0, 0]][1] += 1 }
        }

        var interruptions = SplitMix64(seed: 9)
        let last = event(.schedule, "last", day: 110)
        let store = try run(events + [last], interrupt: { _ in interruptions.oneIn(often) ? .restarts : .never })
        var found: [Int64: [Int64]] = [:]
        for row in store.stageWeeks.byID.values where row.assetsMade > 0 {
            found[(row.window.start - UseTests.monday) / UseTests.week - 2] = [row.assetsMade, row.assetsUsed, 0]
        }
        #expect(found == expected)
    }
}
