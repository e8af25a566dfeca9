import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct PipelineRestartTests {
    private func settings(_ zone: String = "Europe/Berlin") -> PipelineSettings {
        var settings = PipelineSettings()
        settings.zone = .foundation(zone)
        settings.minimumGroup = 1
        settings.workingHours = [32_400..<61_200]
        return settings
    }

    private func expectSame(_ a: MemoryStore, _ b: MemoryStore, _ what: String) {
        let (a, b) = (a.text, b.text)
        guard a != b else { return }
        let difference = zip(a, b).first { $0 != $1 }
        let lines = difference.map { "\($0.prefix(1500))\n\($1.prefix(1500))" } ?? ""
        Issue.record("\(what): \(a.count) and \(b.count) rows; \(lines)")
    }

    private func shuffled(_ events: [LogEvent], _ generator: inout SplitMix64, by seconds: Int) -> [LogEvent] {
        let order = events.map { event in
            event.time + (generator.oneIn(3) ? Int64(generator.below(seconds * 1000)) : 0)
        }
        return order.indices.sorted { (order[$0], $0) < (order[$1], $1) }.map { events[$0] }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>, [0, 30_000] as [Int])
    func `Drains and restarts at any moment change nothing in the end`(seed: UInt64, jitter: Int) throws {
        var stream = EventStream(generator: SplitMix64(seed: seed))
        let events = shuffled(
            stream.events(400, from: 1_774_600_000, over: 4 * 86_400), &stream.generator, by: max(1, jitter))
        // The analysis has a say in the rows, too.
        let assess = { (hour: ClosedHour) in
            hour.flow.reduce(into: [:]) { figures, row in
                figures[row.stage] = StageFigures(
                    capacityPerDay: Double(row.completions), utilisation: nil, daysOfWork: Double(hour.localHour))
            }
        }
        let whole = try run(events, settings(), assess: assess)
        for (often, kind) in [(1, Interruption.drains), (9, .restarts), (60, .restarts)] {
            var generator = SplitMix64(seed: seed)
            let parts = try run(
                events, settings(), interrupt: { _ in generator.oneIn(often) ? kind : .never }, assess: assess)
            expectSame(parts, whole, "seed \(seed), jitter \(jitter), \(kind) every \(often)")
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `A week's answers are those of the cohort whose seven days are over, restarted or not`(seed: UInt64) throws {
        var stream = SplitMix64(seed: seed)
        let base: Int64 = 1_774_600_000_000
        // Mails over four weeks; most are answered, some of those too late.
        let events = (0..<400).flatMap { number -> [LogEvent] in
            let sent = base + Int64(stream.below(28 * 86_400)) * 1000
            let answered = sent + Int64(stream.below(10 * 86_400)) * 1000
            let stage = EventStream.stages[1 + stream.below(3)]
            let origin = Origin.allCases[stream.below(4)]
            return [
                LogEvent(
                    time: sent, action: .send, item: "m\(number)", stream: .email, stage: stage, origin: origin),
                LogEvent(
                    time: answered, action: .reply, item: "r\(number)", stream: .email, stage: "inbox",
                    refersTo: "m\(number)"),
            ].dropLast(stream.oneIn(4) ? 1 : 0)
        }.sorted { ($0.time, $0.item) < ($1.time, $1.item) }
        for kind in [Interruption.never, .restarts] {
            var generator = SplitMix64(seed: seed)
            var weeks: [ClosedWeek] = []
            let store = try run(
                events, settings(), interrupt: { _ in generator.oneIn(100) ? kind : .never },
                review: { weeks.append($0) })
            var answered: Int64 = 0
            #expect(weeks.count >= 4, "seed \(seed)")
            for week in weeks {
                let cohort = store.cohorts.byID.values
                    .filter { $0.window.end == week.window.start && $0.sent > 0 }
                    .map { SentCohort(stage: $0.stage, origin: $0.origin, sent: $0.sent, replies: $0.replies) }
                    .sorted { ($0.stage, $0.origin.rawValue) < ($1.stage, $1.origin.rawValue) }
                #expect(week.answers == cohort, "seed \(seed), week of \(week.window.start)")
                answered += week.answers.reduce(0) { $0 + $1.replies }
            }
            #expect(answered > 50, "seed \(seed)")
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `A log that was ended and goes on later counts as if it had never ended`(seed: UInt64) throws {
        var stream = EventStream(generator: SplitMix64(seed: seed))
        let events = stream.events(300, from: 1_774_600_000, over: 4 * 86_400)
        let whole = try run(events, settings())
        for cut in [1, 100, 220] {
            // Not within an hour: what comes back to a closed hour is late.
            let hour = events[cut].time / 3_600_000
            let first = events.prefix { $0.time / 3_600_000 <= hour }
            var store = try run(Array(first), settings())
            store = try run(Array(events.dropFirst(first.count)), settings(), store: store)
            expectSame(store, whole, "seed \(seed), ended after \(first.count)")
        }
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>)
    func `A silence of more than 400 days has no rows, and what was open before it still adds up`(seed: UInt64) throws {
        var stream = EventStream(generator: SplitMix64(seed: seed))
        let before = stream.events(150, from: 1_600_000_000, over: 2 * 86_400, stray: 100_000)
        let after = stream.events(150, from: 1_640_000_000, over: 2 * 86_400, stray: 100_000)
        let events = before + after
        let whole = try run(events, settings())
        #expect(whole.periods.values.count { $0.window.grain == .hour } < 110)
        for often in [5, 60] {
            var generator = SplitMix64(seed: seed)
            let parts = try run(events, settings()) { _ in generator.oneIn(often) ? .restarts : .never }
            expectSame(parts, whole, "seed \(seed), restarts every \(often)")
        }
        for stage in whole.stages.indices where whole.stages[stage] != "(outside)" {
            let rows = whole.flow.byID.values.filter { $0.window.grain == .hour && $0.stage == stage }
            var last: Int64 = 0
            for row in rows.sorted(by: { $0.window < $1.window }) {
                let moved = row.arrivals + row.returns - row.completions - row.withdrawals - row.lateBacklog
                #expect(row.backlog == last + moved, "seed \(seed): \(row.window)")
                last = row.backlog ?? last
            }
        }
    }

    @Test func `Open items are forgotten after 400 days as withdrawn, at the end of the log too`() throws {
        let day: Int64 = 86_400_000
        // Monday 2026-01-05 00:00 UTC.
        let base: Int64 = 1_767_571_200_000
        var events = [LogEvent(time: base, action: .schedule, item: "old", stage: "s")]
        for number in 1...60 {
            events.append(
                LogEvent(time: base + Int64(number) * 7 * day - 1000, action: .schedule, item: "n\(number)", stage: "s")
            )
            events.append(
                LogEvent(time: base + Int64(number) * 7 * day - 500, action: .complete, item: "n\(number)", stage: "s"))
        }
        let first = try run(events)
        let again = [LogEvent(time: base + 422 * day, action: .schedule, item: "new", stage: "s")]
        let store = try run(again, store: first)
        let stage = try #require(store.stages.firstIndex(of: "s"))
        let hours = store.flow.byID.values.filter { $0.window.grain == .hour && $0.stage == stage }
            .sorted { $0.window < $1.window }
        #expect(hours.reduce(0) { $0 + $1.withdrawals } == 1)
        #expect(hours.last?.backlog == 1)
        var last: Int64 = 0
        for row in hours {
            #expect(
                row.backlog == last + row.arrivals + row.returns - row.completions - row.withdrawals - row.lateBacklog)
            last = row.backlog ?? last
        }
    }

    @Test func `Damaged state is an error and never a crash`() throws {
        var stream = EventStream(generator: SplitMix64(seed: 5))
        let store = try run(stream.events(200, from: 1_774_400_000, over: 86_400), settings(), finishes: false)
        for cut in 0..<store.core.count {
            var damaged = store
            damaged.core = Array(store.core.prefix(cut))
            #expect(throws: StateDamage.self) { try damaged.restored(settings()) }
        }
        var damaged = store
        damaged.core[0] = 99
        #expect(throws: StateDamage.self) { try damaged.restored(settings()) }
        damaged = store
        damaged.segments.append(("unheard of", []))
        #expect(throws: StateDamage.self) { try damaged.restored(settings()) }
    }
}
