import TestSupport
import Testing

@testable import TailracePipeline

/// What is only told of a stage by the week.
@Suite struct StageWeekTests {
    /// Monday 2026-01-05 00:00 UTC.
    private static let monday: Int64 = 1_767_571_200
    private static let week: Int64 = 604_800

    private func event(
        _ action: Action, _ item: String, at hours: Double, stage: String = "review", actor: String? = "ann",
        team: String? = nil
    ) -> LogEvent {
        LogEvent(
            time: StageWeekTests.monday * 1000 + Int64(hours * 3_600_000), action: action, item: item,
            stream: .document,
            stage: stage, workCase: "case of \(item)", actor: actor, team: team)
    }

    private func rows(_ events: [LogEvent], _ settings: PipelineSettings = PipelineSettings()) throws -> [StageWeekRow]
    {
        try run(events, settings).stageWeeks.byID.values.sorted { $0.rowID < $1.rowID }
    }

    @Test func `A case is as old as its first entry, over all stages, and worked on as long as all of them took`()
        throws
    {
        var settings = PipelineSettings()
        settings.workingHours = (0..<5).map { $0 * 86_400 + 9 * 3600..<$0 * 86_400 + 17 * 3600 }
        let found = try rows(
            [
                event(.schedule, "a", at: 9, stage: "draft"), event(.start, "a", at: 10, stage: "draft"),
                event(.complete, "a", at: 12, stage: "draft"),
                event(.schedule, "a", at: 12), event(.start, "a", at: 16), event(.complete, "a", at: 24 + 10),
            ], settings)
        // Nine to five on Monday, nine to ten on Tuesday; two hours of drafting, two of review, no night.
        let last = try #require(found.last)
        #expect(last.caseAge.sum == 9 * 3_600_000)
        #expect(last.caseTouch == 4 * 3_600_000)
    }

    @Test func `A case whose beginning was not seen has no age`() throws {
        let found = try rows([
            event(.complete, "a", at: 9), event(.schedule, "b", at: 9), event(.complete, "b", at: 10),
        ])
        #expect(found.map(\.caseAge.count) == [1])
        #expect(found.map(\.finishers.total) == [2])
    }

    @Test func `An approval is quick if nobody could have looked through it, and nothing was changed`() throws {
        func visit(_ item: String, at hour: Double, seconds: Double, bytes: Int64?, revises: Bool = false) -> [LogEvent]
        {
            var made = event(.create, item, at: hour, stage: "draft")
            made.bytes = bytes
            return [made, event(.schedule, item, at: hour), event(.start, item, at: hour)]
                + (revises ? [event(.revise, item, at: hour + seconds / 7200)] : [])
                + [
                    event(.approve, item, at: hour + seconds / 3600),
                    event(.complete, item, at: hour + seconds / 3600),
                ]
        }
        // 6,000 bytes are a thousand words: twenty seconds.
        let events =
            visit("read", at: 1, seconds: 25, bytes: 6000) + visit("quick", at: 2, seconds: 15, bytes: 6000)
            + visit("changed", at: 3, seconds: 15, bytes: 6000, revises: true)
            + visit("huge", at: 4, seconds: 70, bytes: 1 << 30) + visit("unknown", at: 5, seconds: 1, bytes: nil)
        let row = try #require(try rows(events).first { $0.seenApprovals > 0 })
        // The length is known to the power of two: 4,096 bytes take 13.6 s at least.
        #expect((row.seenApprovals, row.quickApprovals) == (4, 0))
        let quicker = try rows(visit("quick", at: 2, seconds: 10, bytes: 6000)).first { $0.seenApprovals > 0 }
        #expect(quicker?.quickApprovals == 1)
    }

    @Test func `Decisions are as late as their items are old, and laid aside is laid aside`() throws {
        let row = try #require(
            try rows([
                event(.schedule, "a", at: 9), event(.assign, "a", at: 9.5), event(.start, "a", at: 10),
                event(.suspend, "a", at: 11), event(.escalate, "a", at: 12), event(.resume, "a", at: 14),
                event(.reject, "a", at: 15), event(.complete, "a", at: 15), event(.approve, "unknown", at: 16),
            ]).first)
        #expect([row.decisions, row.escalations, row.assignments] == [1, 1, 1])
        #expect(row.decisionLatency.sum == 6 * 3_600_000)
        #expect(row.suspendedTime == 3 * 3_600_000)
    }

    @Test func `Time laid aside belongs to the reason of the suspension, and what has none to none`() throws {
        func visit(_ item: String, at hour: Double, for hours: Double, _ reason: String?) -> [LogEvent] {
            var aside = event(.suspend, item, at: hour + 1)
            aside.reason = reason
            // Of another reason, which does not count: it was aside already.
            var again = event(.suspend, item, at: hour + 1.25)
            again.reason = "again"
            return [
                event(.schedule, item, at: hour), event(.start, item, at: hour + 0.5), aside, again,
                event(.resume, item, at: hour + 1 + hours), event(.complete, item, at: hour + 2 + hours),
            ]
        }
        let long = String(repeating: "long ", count: 20)
        let events =
            visit("a", at: 1, for: 2, "waits for customer") + visit("b", at: 10, for: 3, "spare part")
            + visit("c", at: 20, for: 4, "waits for customer") + visit("d", at: 30, for: 5, nil)
            + visit("e", at: 40, for: 6, long) + visit("f", at: 50, for: 7, "")
        let row = try #require(try rows(events).first)
        var told: [UInt64: Int64] = [:]
        for entry in row.suspendedReasons.entries { told[entry.key] = entry.count / 3_600_000 }
        #expect(
            told == [
                Pipeline.tagKey("waits for customer"): 6, Pipeline.tagKey("spare part"): 3,
                Pipeline.tagKey("(other)"): 6,
            ])
        #expect(row.suspendedTime == 27 * 3_600_000)
    }

    @Test func `More reasons than are told apart are others, wherever the program begins anew`() throws {
        let events = (0..<400).flatMap { number -> [LogEvent] in
            let hour = Double(number) / 8
            var aside = event(.suspend, "i\(number)", at: hour + 1)
            aside.reason = "reason \(number % 300)"
            return [
                event(.schedule, "i\(number)", at: hour), event(.start, "i\(number)", at: hour + 0.5), aside,
                event(.resume, "i\(number)", at: hour + 1.5),
            ]
        }.sorted { $0.time < $1.time }
        let whole = try run(events)
        let row = try #require(whole.stageWeeks.byID.values.first)
        #expect(row.suspendedReasons.total == 400 * 1_800_000)
        #expect(row.suspendedReasons.entries.count == Pipeline.tagLimit)
        #expect(whole.names[.reason]?.last == "(other)")
        var generator = SplitMix64(seed: 5)
        let interrupted = try run(events, interrupt: { _ in generator.oneIn(30) ? .restarts : .never })
        #expect(interrupted.text == whole.text)
    }

    @Test func `An item that is sent back once more counts again, by the category that the return tells`() throws {
        var generator = SplitMix64(seed: 23)
        var events: [LogEvent] = []
        // By hand: what was sent back, by category, and what of it had been before.
        var (all, again): ([UInt64: Int64], [UInt64: Int64]) = ([:], [:])
        var returned: Set<String> = []
        for number in 0..<300 {
            let item = "i\(generator.below(60))"
            let category = generator.pick(["offer", "notice", nil])
            var back = event(.return, item, at: Double(number) / 4)
            back.category = category
            events += [back, event(.complete, item, at: Double(number) / 4 + 0.1)]
            let key = category.map(Pipeline.tagKey) ?? 0
            all[key, default: 0] += 1
            if !returned.insert(item).inserted { again[key, default: 0] += 1 }
            // Told twice, it happened once.
            if generator.oneIn(5) { events.insert(back, at: events.count - 1) }
        }
        let row = try #require(try rows(events).first)
        func counts(_ tally: Tally) -> [UInt64: Int64] {
            tally.entries.reduce(into: [:]) { $0[$1.key] = $1.count }
        }
        #expect(counts(row.sentBack) == all)
        #expect(counts(row.sentBackAgain) == again)
    }

    @Test func `A return is charged to the stage that made the item, by its origin, wherever it is sent back`() throws {
        func made(_ item: String, by origin: Origin?) -> LogEvent {
            var made = event(.create, item, at: 1, stage: "draft")
            made.origin = origin
            return made
        }
        let found = try rows([
            made("a", by: .human), made("b", by: .assisted), made("c", by: .automated), made("d", by: nil),
            // In its own queue; where it is looked at, and is open; there again, after it was done.
            event(.return, "a", at: 2, stage: "draft"),
            event(.schedule, "b", at: 3), event(.return, "b", at: 4), event(.complete, "b", at: 5),
            event(.return, "b", at: 6), event(.return, "c", at: 7), event(.return, "d", at: 8),
            // What comes once more without being sent back is no fault of who made it.
            event(.schedule, "c", at: 9), event(.complete, "c", at: 10), event(.schedule, "c", at: 11),
            // Nobody was seen to make it.
            event(.return, "x", at: 12),
        ])
        let draft = try #require(found.first)
        #expect(Origin.allCases.map(draft.charged) == [1, 1, 2, 1])
        #expect(found.map(\.unchargedReturns) == [0, 1])
        #expect(found.last.map { row in Origin.allCases.map(row.charged) } == [0, 0, 0, 0])
    }

    @Test func `What a machine wrote and nobody changed is sent unrevised`() throws {
        func made(_ item: String, _ action: Action, at hours: Double, by kind: ActorKind?, _ origin: Origin?)
            -> LogEvent
        {
            var made = event(action, item, at: hours, stage: "outreach")
            (made.origin, made.actorKind) = (origin, kind)
            return made
        }
        let found = try rows([
            made("a", .create, at: 9, by: .automated, .automated), made("a", .send, at: 10, by: nil, nil),
            made("b", .create, at: 9, by: nil, .assisted), made("b", .revise, at: 9.5, by: .human, nil),
            made("b", .send, at: 10, by: nil, nil), made("b", .send, at: 11, by: nil, nil),
            made("c", .create, at: 9, by: .automated, .automated), made("c", .revise, at: 9.5, by: .automated, nil),
            made("c", .send, at: 10, by: nil, nil), made("d", .send, at: 10, by: nil, .human),
        ])
        #expect(found.map { [$0.assistedSends, $0.unrevisedSends] } == [[3, 2]])
    }

    @Test func `Programs finish nothing for a person or a team`() throws {
        var automated = event(.complete, "a", at: 10, actor: "robot", team: "sales")
        automated.actorKind = .automated
        let found = try rows([event(.schedule, "a", at: 9), automated])
        #expect(found.allSatisfy { $0.finishers.isEmpty && $0.teams.isEmpty })
    }

    /// The weeks that a review looks back on are the same after a restart at any event.
    @Test(arguments: [1, 5, 40]) func `Four weeks are four weeks, however often the program begins anew`(often: Int)
        throws
    {
        var stream = EventStream(generator: SplitMix64(seed: 7))
        let events = stream.events(600, from: StageWeekTests.monday, over: 45 * 86_400)
        func weeks(_ interrupt: (Int) -> Interruption) throws -> [String] {
            var seen: [String] = []
            _ = try run(
                events, interrupt: interrupt,
                review: { week in
                    seen.append(
                        "\(week.window) "
                            + week.stageWeeks.map { rows in "\(rows.map(\.values))" }.joined(separator: "; "))
                })
            return seen
        }
        let whole = try weeks { _ in .never }
        #expect(whole.count == 6)
        var generator = SplitMix64(seed: 3)
        #expect(try weeks { _ in generator.oneIn(often) ? .restarts : .never } == whole)
    }

    @Test func `A tally beyond its limit counts the rest as one, and merges as it counts`() {
        var generator = SplitMix64(seed: 11)
        var (whole, left, right) = (Tally(), Tally(), Tally())
        for _ in 0..<5000 {
            let key = UInt64(generator.below(900))
            whole.add(key)
            if generator.oneIn(2) { left.add(key) } else { right.add(key) }
        }
        left.merge(right)
        #expect(left == whole)
        for key in 0..<UInt64(Tally.limit) { whole.add(key) }
        let before = whole.total
        whole.add(1 << 40)
        #expect((whole.rest, whole.total) == (1, before + 1))
    }
}
