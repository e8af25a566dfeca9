import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct PipelineFamilyTests {
    private static let day: Int64 = 86_400
    private static let start: Int64 = 1_767_571_200

    private static func words(_ seed: UInt64, _ count: Int) -> [String] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            String((0..<3 + generator.below(6)).map { _ in generator.pick(Array("abcdefghijklmnopqrstuvwxyz")) })
        }
    }

    private func content(
        _ item: String, day: Int64, _ text: String, actor: String? = nil, second: Int64 = 0
    ) -> LogEvent {
        LogEvent(
            time: (PipelineFamilyTests.start + day * PipelineFamilyTests.day + second) * 1000, action: .publish,
            item: item,
            stream: .document, stage: "wiki", actor: actor, bytes: 1000, text: text)
    }

    private func read(_ item: String, day: Int64, second: Int64 = 0) -> LogEvent {
        LogEvent(
            time: (PipelineFamilyTests.start + day * PipelineFamilyTests.day + second) * 1000, action: .read,
            item: item,
            stream: .document)
    }

    @Test func `Leader, exact, near and partial copies, novel and short contents are told apart`() throws {
        let base = PipelineFamilyTests.words(1, 300)
        let other = PipelineFamilyTests.words(2, 300)
        var near = base
        near.replaceSubrange(10..<25, with: PipelineFamilyTests.words(3, 15))
        let partial = Array(base[..<130]) + PipelineFamilyTests.words(4, 170)
        func text(_ words: [String]) -> String { words.joined(separator: " ") }
        let events = [
            content("leader", day: 0, text(base), actor: "ann"),
            content("novel", day: 1, text(other), actor: "bob"),
            content("exact", day: 2, text(base).uppercased(), actor: "bob"),
            content("near", day: 3, text(near), actor: "ann"),
            content("partial", day: 4, text(partial), actor: "cem"),
            content("short", day: 5, "thanks"),
            content("short too", day: 6, "Thanks!"),
            content("near", day: 7, text(other), actor: "a revision is not compared"),
        ]
        var settings = PipelineSettings()
        settings.actors = .keep
        let store = try run(events, settings)
        let items = store.items.values.reduce(into: [:]) { $0[$1.item] = $1 }
        #expect(
            items.mapValues(\.relation) == [
                "leader": "leader", "exact": "exact", "near": "near", "partial": "partial", "short": "leader",
                "short too": "exact",
            ])
        let family = try #require(store.families.values.first { $0.leaderItem == "leader" })
        #expect((family.copies, family.exactCopies, family.authors, family.bytes) == (2, 1, 2, 3000))
        #expect(
            items["leader"]?.copies == 2 && items["exact"]?.family == family.id && items["near"]?.family == family.id)
        #expect(items["partial"]?.family == family.id, "the family that it repeats in part")
        let containment = try #require(items["near"]?.containment)
        #expect((0.8...1).contains(containment))
        #expect(try #require(items["near"]?.containmentLow) < containment)
        #expect((0.2..<0.7).contains(try #require(items["partial"]?.containment)))
        #expect((items["exact"]?.actor, items["exact"]?.reads, items["exact"]?.readsMissing) == ("bob", nil, "read"))
        #expect(store.families.count == 2)

        let month = store.output.byID.values.filter { $0.window.grain == .month }
        #expect(month.reduce(0) { $0 + $1.items } == 7)
        #expect(month.reduce(0) { $0 + $1.exactItems } == 2)
        #expect(month.reduce(0) { $0 + $1.nearItems } == 1)
        #expect(month.reduce(0) { $0 + $1.partialItems } == 1)
        #expect(month.reduce(0) { $0 + $1.redundantItems } == 3)
        let bytes = month.reduce(0) { $0 + $1.redundantBytes }
        #expect(bytes > 2000 && bytes < 4000)
    }

    @Test func `With every item kept novel ones have a row, too`() throws {
        var settings = PipelineSettings()
        settings.keepsAllItems = true
        let text = PipelineFamilyTests.words(7, 100).joined(separator: " ")
        let store = try run([content("a", day: 0, text), content("b", day: 1, "x")], settings)
        #expect(store.items.values.map(\.relation).sorted() == ["novel", "short"])
    }

    /// The family's status at the end of a log whose last event comes on the given day.
    private func status(_ events: [LogEvent], until day: Int64) throws -> (status: String, reads: Int64?) {
        var all = events + [content("last", day: day, "the end")]
        all.sort { $0.time < $1.time }
        let family = try #require(try run(all).families.values.first { $0.leaderItem == "a" })
        let restarted = try run(all) { _ in .restarts }.families.values.first { $0.leaderItem == "a" }
        #expect((family.status, family.reads) == (restarted?.status ?? "", restarted?.reads))
        return (family.status, family.reads)
    }

    @Test func `A family is young, then a zombie if hardly read, and living while it is read`() throws {
        let text = PipelineFamilyTests.words(5, 200).joined(separator: " ")
        let copies = [content("a", day: 0, text), content("b", day: 1, text), content("c", day: 2, text)]
        // Somebody reads something, else nobody can tell.
        let elsewhere = [read("x", day: 3)]
        #expect(try status(copies, until: 60) == ("young", nil))
        #expect(try status(copies + elsewhere, until: 20) == ("young", 0))
        #expect(try status(copies + elsewhere, until: 35) == ("zombie", 0))
        let reads = [read("a", day: 30), read("b", day: 31), read("c", day: 32)]
        #expect(try status(copies + elsewhere + reads, until: 40) == ("living", 3))
        #expect(try status(copies + elsewhere + reads.dropLast(), until: 40) == ("zombie", 2))
        // Thirty days after its third last read it is one again.
        #expect(try status(copies + elsewhere + reads, until: 59) == ("living", 3))
        #expect(try status(copies + elsewhere + reads, until: 61) == ("zombie", 3))
    }

    @Test func `Reads count for the item and its family, those of the leader before its first copy too`() throws {
        let text = PipelineFamilyTests.words(6, 200).joined(separator: " ")
        let events = [
            content("a", day: 0, text), read("a", day: 1), read("a", day: 2), content("b", day: 3, text),
            read("b", day: 4), read("a", day: 5), read("unknown", day: 6),
        ]
        for often in [0, 1] {
            let store = try run(events) { _ in often == 1 ? .restarts : .never }
            let items = store.items.values.reduce(into: [:]) { $0[$1.item] = $1.reads }
            #expect(items == ["a": 3, "b": 1])
            #expect(store.families.values.map(\.reads) == [4])
        }
    }

    @Test func `What a copy cost where it was handled is charged to its family`() throws {
        let text = PipelineFamilyTests.words(8, 200).joined(separator: " ")
        let base = PipelineFamilyTests.start * 1000
        var events = [content("a", day: 0, text), content("b", day: 0, text, second: 60)]
        for (at, action) in [(100, Action.schedule), (200, .start), (3800, .complete)] as [(Int64, Action)] {
            events.append(LogEvent(time: base + at * 1000, action: action, item: "b", stage: "review"))
        }
        events.append(LogEvent(time: base + 5_000_000, action: .schedule, item: "a", stage: "review"))
        events.append(LogEvent(time: base + 6_000_000, action: .complete, item: "a", stage: "review"))
        let store = try run(events) { _ in .restarts }
        let cost = try #require(store.costs.values.first)
        #expect(store.costs.count == 1)
        #expect((cost.touch, cost.measured, cost.handled) == (3_600_000, 1, 2))
        #expect(cost.values.suffix(4) == [.real(1), .real(1), .real(3), .real(0.5)])
    }

    @Test func `Replies and reads within seven days of sending belong to the week of sending`() throws {
        let day = PipelineFamilyTests.day * 1000
        let base = PipelineFamilyTests.start * 1000
        func mail(_ action: Action, _ item: String, day at: Int64, of other: String? = nil) -> LogEvent {
            LogEvent(
                time: base + at * day + 1000, action: action, item: item, stream: .email, stage: "sales",
                origin: .human,
                refersTo: other)
        }
        let events = [
            mail(.send, "m", day: 6), mail(.reply, "r1", day: 8, of: "m"), mail(.read, "m", day: 9),
            mail(.reply, "r2", day: 13, of: "m"), mail(.reply, "r3", day: 14, of: "m"),
            mail(.reply, "r4", day: 14, of: "?"),
        ]
        for often in [0, 1] {
            let store = try run(events) { _ in often == 1 ? .restarts : .never }
            let rows = store.cohorts.byID.values.sorted { $0.window < $1.window }
            #expect(rows.count == 1)
            #expect(rows.map(\.window.start) == [PipelineFamilyTests.start])
            #expect(rows.map { [$0.sent, $0.replies, $0.reads] } == [[1, 2, 1]])
        }
    }

    @Test func `A family that nothing can reach any more is forgotten at the same moment, restarted or not`() throws {
        func text(_ seed: UInt64) -> String { PipelineFamilyTests.words(seed, 60).joined(separator: " ") }
        // Copies, then more than 400 days of other things, then the first read of all: it would touch every family.
        var events = [content("a", day: 0, text(1)), content("b", day: 1, text(1))]
        for week in 1...60 as ClosedRange<Int64> {
            events.append(content("n\(week)", day: 7 * week, text(UInt64(week) + 9)))
        }
        events += [read("n60", day: 422), content("m", day: 424, text(2)), content("o", day: 440, text(3))]
        let whole = try run(events, PipelineSettings())
        let family = try #require(whole.families.values.first { $0.leaderItem == "a" })
        #expect(family.reads == nil && family.copies == 1)
        for often in [1, 3] {
            var generator = SplitMix64(seed: UInt64(often))
            let parts = try run(
                events, PipelineSettings(), interrupt: { _ in generator.oneIn(often) ? .restarts : .drains })
            #expect(parts.text == whole.text)
        }
    }

    @Test func `An answer is a part of what it quotes, and no repetition; a quote that nobody has seen is content`()
        throws
    {
        func text(_ seed: UInt64, _ count: Int) -> String {
            PipelineFamilyTests.words(seed, count).joined(separator: " ")
        }
        func quote(_ text: String) -> String { "On 3 May 2024 at 10:12 Jo wrote:\\n> " + text + "\\n" }
        func mail(_ item: String, day: Int64, _ text: String) -> LogEvent {
            var event = content(item, day: day, text, actor: item)
            (event.stream, event.action) = (.email, .send)
            return event
        }
        let (first, second) = (text(1, 120), text(2, 120))
        let store = try run(
            [
                mail("question", day: 0, first), mail("other", day: 0, second),
                mail("answer", day: 1, "Yes, please go ahead.\\n\\n" + quote(first)),
                mail("same words", day: 2, "Yes, please go ahead.\\n\\n" + quote(second)),
                mail("long answer", day: 3, text(3, 200) + "\\n\\n" + quote(text(1, 20))),
                mail("of a stranger", day: 4, "See below.\\n\\n" + quote(text(4, 120))),
                mail("forwarded", day: 5, text(4, 120)),
            ], PipelineSettings())
        let items = store.items.values.reduce(into: [:]) { $0[$1.item] = $1 }
        let leaders = Dictionary(uniqueKeysWithValues: [("answer", UInt32(1)), ("same words", 2)])
        for (item, family) in leaders {
            let answer = try #require(items[item])
            #expect(answer.relation == "partial" && answer.family == family && answer.containment ?? 0 > 0.7)
        }
        #expect(items["long answer"] == nil)
        // What the stranger wrote was new when it was quoted; whoever sends it later repeats the quote.
        #expect(items["of a stranger"]?.relation == "leader" && items["forwarded"]?.relation == "near")
        let week = store.output.byID.values.filter { $0.window.grain == .week }
        #expect(week.reduce(0) { $0 + $1.redundantItems } == 1 && week.reduce(0) { $0 + $1.partialItems } == 0)
        #expect((1900...2150).contains(week.reduce(0) { $0 + $1.quotedBytes }))
    }

    @Test func `A family knows how many people read its members, and a team how much of what it makes repeats`() throws
    {
        func text(_ seed: UInt64) -> String { PipelineFamilyTests.words(seed, 120).joined(separator: " ") }
        func made(_ item: String, _ day: Int64, _ text: String, team: String) -> LogEvent {
            var event = content(item, day: day, text, actor: "ann")
            event.team = team
            return event
        }
        func seen(_ item: String, _ day: Int64, by actor: String) -> LogEvent {
            var event = read(item, day: day)
            event.actor = actor
            return event
        }
        let store = try run([
            made("a", 0, text(1), team: "sales"), made("b", 1, text(1), team: "sales"),
            made("c", 2, text(2), team: "sales"), made("d", 2, text(2), team: "legal"),
            seen("a", 3, by: "x"), seen("b", 3, by: "x"), seen("b", 4, by: "y"),
        ])
        #expect(store.families.values.first { $0.leaderItem == "a" }?.readers == 2)
        let contents = store.teams.byID.values.filter { $0.window.grain == .month }
            .reduce(into: [:]) { $0[store.names[.team]?[$1.team] ?? ""] = [$1.contents, $1.copies] }
        #expect(contents == ["sales": [3, 1], "legal": [1, 1]])
    }

    /// Went wrong: a member's reads from before its text was logged were its own and not the family's.
    @Test func `Reads from before a member's text came are reads of its family`() throws {
        let text = PipelineFamilyTests.words(3, 120).joined(separator: " ")
        let bare = LogEvent(
            time: (PipelineFamilyTests.start + 86_400) * 1000, action: .publish, item: "b", stream: .document,
            stage: "wiki")
        let store = try run([
            content("a", day: 0, text), bare, read("b", day: 2), read("b", day: 2, second: 5),
            content("b", day: 3, text), read("b", day: 4), read("a", day: 5),
        ])
        let family = try #require(store.families.values.first)
        #expect(family.reads == 4)
        #expect(store.items.values.reduce(0) { $0 + ($1.reads ?? 0) } == 4)
    }
}
