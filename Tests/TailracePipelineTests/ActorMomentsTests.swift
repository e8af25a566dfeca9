import TestSupport
import Testing

@testable import TailracePipeline

@Suite struct ActorMomentsTests {
    /// Monday 2026-01-05 00:00 UTC.
    private static let monday: Int64 = 1_767_571_200_000

    private func event(_ action: Action, _ item: String, minute: Int, actor: String? = "ann") -> LogEvent {
        LogEvent(
            time: ActorMomentsTests.monday + Int64(minute) * 60_000, action: action, item: item, stage: "desk",
            actor: actor)
    }

    private func gaps(_ events: [LogEvent], _ settings: PipelineSettings = PipelineSettings()) throws -> (
        count: UInt64, minutes: Int64
    ) {
        let gaps = try run(events, settings).stageWeeks.byID.values.first?.gaps ?? Sketch()
        return (gaps.count, gaps.sum / 60_000)
    }

    @Test func `Work that nothing tells of began after what the same person did before`() throws {
        let arrivals = "abcdefg".map { event(.schedule, String($0), minute: 0, actor: nil) }
        let found = try gaps(
            arrivals + [
                event(.complete, "a", minute: 10),  // Nobody knows since when.
                event(.complete, "b", minute: 25), event(.read, "x", minute: 30), event(.complete, "c", minute: 42),
                // All at once: the time is spent once.
                event(.complete, "d", minute: 42), event(.complete, "e", minute: 50, actor: "bob"),
                event(.start, "f", minute: 60, actor: "bob"), event(.complete, "f", minute: 70, actor: "bob"),
                event(.complete, "g", minute: 75, actor: nil),
            ])
        #expect(found == (3, 15 + 12))
    }

    @Test func `Declared effort and programs leave nothing to estimate, and a night is no work`() throws {
        var settings = PipelineSettings()
        settings.workingHours = (0..<5).map { $0 * 86_400 + 9 * 3600..<$0 * 86_400 + 17 * 3600 }
        var declared = event(.complete, "b", minute: 620)
        declared.effort = 60
        var program = event(.complete, "c", minute: 630)
        program.actorKind = .automated
        let found = try gaps(
            "abcd".map { event(.schedule, String($0), minute: 0, actor: nil) } + [
                event(.read, "x", minute: 600), declared, program,
                // From twenty past ten in the morning to ten on the next day.
                event(.complete, "d", minute: 24 * 60 + 600),
            ], settings)
        #expect(found == (1, 400 + 60))
    }

    @Test(arguments: [1, 7, 40]) func `Gaps are those of a naive count, however often the program begins anew`(
        often: Int
    ) throws {
        var generator = SplitMix64(seed: 31)
        let people = (0..<30).map { "p\($0)" }
        var events: [LogEvent] = []
        for number in 0..<900 {
            let minute = 2 * number + generator.below(3)
            events.append(event(.schedule, "i\(number)", minute: minute, actor: generator.pick(people)))
            events.append(event(.complete, "i\(number)", minute: minute, actor: generator.pick(people)))
        }
        events.sort { $0.time < $1.time }
        // By hand: from the latest moment before; a moment's time goes to the first completion.
        var (latest, since): ([String: Int64], [String: Int64]) = ([:], [:])
        var expected: [Int64] = []
        for event in events {
            let actor = event.actor ?? ""
            if let last = latest[actor], event.time > last { since[actor] = last }
            latest[actor] = event.time
            guard event.action == .complete, let start = since[actor] else { continue }
            expected.append(event.time - start)
            since[actor] = event.time
        }
        var interruptions = SplitMix64(seed: 2)
        let store = try run(events, interrupt: { _ in interruptions.oneIn(often) ? .restarts : .never })
        let gaps = try #require(store.stageWeeks.byID.values.first?.gaps)
        #expect(gaps.count == UInt64(expected.count))
        #expect(gaps.sum == expected.reduce(0, +))
    }

    @Test func `Who is driven out is not known, and damage of a stored table is told`() {
        var moments = ActorMoments()
        let (ann, bob) = (UInt64(7), UInt64(7 + ActorMoments.limit))
        moments.note(ann, at: 10)
        moments.note(ann, at: 20)
        #expect(moments.take(ann, at: 20) == 10)
        #expect(moments.take(ann, at: 20) == 20)
        moments.note(ann, at: 15)
        #expect(moments.take(ann, at: 15) == nil)
        moments.note(bob, at: 30)
        moments.note(ann, at: 40)
        #expect(moments.take(ann, at: 40) == nil && moments.take(bob, at: 30) == nil)
        var damaged = ActorMoments()
        #expect(throws: StateDamage.self) { try damaged.load(segment: [1, 2, 3]) }
        #expect(throws: StateDamage.self) { try damaged.load(segment: Array(repeating: 0, count: 24)) }
    }
}
