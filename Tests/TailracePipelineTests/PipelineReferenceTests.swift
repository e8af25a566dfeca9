import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct PipelineReferenceTests {
    private static var berlin: PipelineSettings {
        var settings = PipelineSettings()
        settings.zone = .foundation("Europe/Berlin")
        return settings
    }

    /// Weeks in which the clock goes forward and back.
    private static let starts: [Int64] = [1_774_000_000, 1_792_000_000]

    private func nonZero(_ rows: [String: [String: Int64]]) -> [String: [String: Int64]] {
        rows.mapValues { $0.filter { $0.value != 0 } }.filter { !$0.value.isEmpty }
    }

    private func compare(_ found: [String: [String: Int64]], _ expected: [String: [String: Int64]], _ what: Comment) {
        let (found, expected) = (nonZero(found), nonZero(expected))
        guard found != expected else { return }
        for key in Set(found.keys).union(expected.keys).sorted() where found[key] != expected[key] {
            Issue.record("\(what), \(key): \(found[key] ?? [:]), expected \(expected[key] ?? [:])")
            return
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>, starts)
    func `Every count of every window is that of the naive version`(seed: UInt64, start: Int64) throws {
        var stream = EventStream(generator: SplitMix64(seed: seed))
        let events = stream.events(1200, from: start, over: 16 * 86_400)
        let store = try run(events, PipelineReferenceTests.berlin)
        let hours = store.periods.values.map(\.window).filter { $0.grain == .hour }
        let naive = NaivePipeline(events, zone: "Europe/Berlin", hours: hours)
        let what: Comment = "seed \(seed), from \(start)"
        func place(_ stage: Int, _ window: Window) -> String {
            "\(store.stages[stage])|\(window.start)|\(window.grain)"
        }

        compare(
            store.flow.byID.values.reduce(into: [:]) { rows, row in
                rows[place(row.stage, row.window)] = [
                    "arrivals": row.arrivals, "starts": row.starts, "completions": row.completions,
                    "first": row.firstCompletions, "returns": row.returns, "withdrawals": row.withdrawals,
                    "unscheduled": row.unscheduled, "extra": row.extraCompletions, "rework": row.reworkCycles,
                    "schedule": row.scheduleEvents, "complete": row.completeEvents, "return": row.returnEvents,
                    "duplicates": row.duplicates, "late": row.late, "lateBacklog": row.lateBacklog,
                ]
            }, naive.flow, what)
        compare(
            store.work.byID.values.reduce(into: [:]) { rows, row in
                rows["\(place(row.stage, row.window))|\(row.origin)"] = [
                    "arrivals": row.arrivals, "completions": row.completions, "returns": row.returns,
                    "approvals": row.approvals, "touch": row.touchSum, "touches": row.touchCount, "wait": row.waitSum,
                    "waits": row.waitCount,
                ]
            }, naive.work, what)
        compare(
            store.output.byID.values.reduce(into: [:]) { rows, row in
                rows["\(place(row.key.stage, row.window))|\(row.key.stream)|\(row.key.origin)"] = [
                    "items": row.items, "bytes": row.bytes,
                ]
            }, naive.output, what)
        compare(
            store.engagement.byID.values.reduce(into: [:]) { rows, row in
                rows["\(place(row.key.stage, row.window))|\(row.key.stream)|\(row.key.origin)"] = [
                    "send": row.sent, "recipients": row.recipients, "read": row.reads, "click": row.clicks,
                    "reply": row.replies, "share": row.shares, "defer": row.softBounces, "bounce": row.hardBounces,
                    "unsubscribe": row.unsubscribes, "complain": row.complaints,
                ]
                #expect(row.delivered == row.recipients - row.hardBounces)
            }, naive.engagement, what)
        #expect(
            store.outcomes.byID.values.reduce(into: [:]) { rows, row in
                rows["\(place(row.stage, row.window))|\(store.names[.result]?[row.result] ?? "")"] = row.outcomes
            } == naive.outcomes, what)
        #expect(
            store.teams.byID.values.reduce(into: [:]) { rows, row in
                rows["\(store.names[.team]?[row.team] ?? "")|\(row.window.start)|\(row.window.grain)"] = [
                    row.humanEvents, row.contents,
                ]
            } == naive.teams, what)

        var known = 0
        for row in store.flow.byID.values where row.window.grain == .hour {
            let expected = naive.backlog["\(store.stages[row.stage])|\(row.window.end)"] ?? (0, 0)
            guard let backlog = row.backlog else { continue }
            known += 1
            #expect(backlog == expected.system && row.waiting == expected.waiting, "\(what): \(row.window)")
            #expect((row.oldestAge == nil) == (backlog == 0))
            #expect((row.minimumBacklog ?? -1) >= 0 && (row.minimumBacklog ?? 0) <= backlog)
        }
        #expect(known > store.flow.byID.count / 4)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>, [0, 40_000] as [Int])
    func `The backlog adds up in every window of every grain, with late events too`(seed: UInt64, jitter: Int) throws {
        var stream = EventStream(generator: SplitMix64(seed: seed))
        var events = stream.events(1500, from: 1_774_000_000, over: 16 * 86_400, stray: 100_000)
        if jitter > 0 {
            let order = events.map { event in
                event.time + (stream.generator.oneIn(3) ? Int64(stream.generator.below(jitter * 1000)) : 0)
            }
            events = zip(order, events).enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
                .map(\.element.1)
        }
        let store = try run(events, PipelineReferenceTests.berlin)
        let late = store.flow.byID.values.filter { $0.window.grain == .hour }.reduce(0) { $0 + $1.late }
        #expect((late > 0) == (jitter > 0))
        for grain in Grain.allCases {
            for stage in store.stages.indices where store.stages[stage] != "(outside)" {
                let rows = store.flow.byID.values.filter { $0.window.grain == grain && $0.stage == stage }
                var (before, owed) = (Int64(0), Int64(0))
                for row in rows.sorted(by: { $0.window < $1.window }) {
                    let moved = row.arrivals + row.returns - row.completions - row.withdrawals - row.lateBacklog
                    guard let backlog = row.backlog else {
                        // Late events before the first hour have a row, but no gauge.
                        #expect(row.late > 0 && moved == 0, "seed \(seed) \(row.window)")
                        continue
                    }
                    #expect(backlog == before + moved, "seed \(seed), \(store.stages[stage]): \(row.window)")
                    #expect(backlog >= 0)
                    (before, owed) = (backlog, owed + row.lateBacklog)
                }
            }
        }
    }

    @Test func `Every stage that existed has a row in every window that came after`() throws {
        let events = [
            LogEvent(time: 1_774_000_000_000, action: .schedule, item: "a", stage: "one"),
            LogEvent(time: 1_774_100_000_000, action: .schedule, item: "b", stage: "two"),
            LogEvent(time: 1_774_900_000_000, action: .complete, item: "a", stage: "one"),
        ]
        let store = try run(events, PipelineReferenceTests.berlin)
        for grain in Grain.allCases {
            let windows = store.periods.values.map(\.window).filter { $0.grain == grain }.sorted()
            for (a, b) in zip(windows, windows.dropFirst()) { #expect(a.end == b.start, "windows follow each other") }
            for (name, first) in [("one", 1_774_000_000), ("two", 1_774_100_000)] as [(String, Int64)] {
                let stage = try #require(store.stages.firstIndex(of: name))
                let rows = store.flow.byID.values.filter { $0.stage == stage && $0.window.grain == grain }
                #expect(rows.count == windows.filter { $0.end > first }.count, "\(name), \(grain)")
                #expect(rows.allSatisfy { $0.backlog != nil })
            }
        }
        #expect(store.periods.values.allSatisfy { $0.isClosed })
    }

    @Test func `The oldest age is exact at the end of each hour`() throws {
        let hour: Int64 = 3_600_000
        let base = 1_774_000_800_000 / hour * hour
        let events = [
            LogEvent(time: base + 1000, action: .schedule, item: "a", stage: "s"),
            LogEvent(time: base + 600_000, action: .schedule, item: "b", stage: "s"),
            LogEvent(time: base + hour + 5000, action: .complete, item: "a", stage: "s"),
            LogEvent(time: base + 3 * hour, action: .complete, item: "b", stage: "s"),
        ]
        let store = try run(events)
        let rows = store.flow.byID.values.filter { $0.window.grain == .hour && store.stages[$0.stage] == "s" }
        let ages = rows.sorted { $0.window < $1.window }.map(\.oldestAge)
        #expect(ages == [3599, 6600, 10_200, nil])
    }
}
