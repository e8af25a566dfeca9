import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct TableTests {
    // MARK: - Names

    @Test func `Names get indices in the order of their appearance and keep them through a reload`() {
        var table = NameTable()
        #expect(["b", "a", "", "b", "ä", "a"].map { table.index($0) } == [0, 1, 2, 0, 3, 1])
        #expect(table.drainNew().map(\.name) == ["b", "a", "", "ä"])
        #expect(table.drainNew().isEmpty)
        #expect(table.index("new") == 4)
        #expect(table.drainNew().map(\.index) == [4])
        var loaded = NameTable()
        loaded.load(table.names)
        #expect(["new", "ä", "", "a", "b", "newer"].map { loaded.index($0) } == [4, 3, 2, 1, 0, 5])
        #expect(loaded.drainNew().map(\.name) == ["newer"])
    }

    @Test func `Beyond the limit every new name is (other) and the old ones stay`() {
        var table = NameTable()
        for number in 0..<(NameTable.limit - 1) { #expect(table.index("stage \(number)") == number) }
        #expect(["x", "y", "z"].map { table.index($0) } == [9999, 9999, 9999])
        #expect(table.names.count == NameTable.limit && table.names.last == "(other)")
        #expect(table.index("stage 77") == 77)
        var loaded = NameTable()
        loaded.load(table.names)
        #expect(loaded.index("unheard of") == 9999 && loaded.names.count == NameTable.limit)
    }

    // MARK: - Oldest

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `The oldest arrival still in the queue is the least of all that are`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var oldest = OldestFirst()
        var present: [Hash128: Int64] = [:]
        for step in 0..<6000 {
            if generator.below(5) < 3 {
                let key = Hash128(high: UInt64(generator.below(500)), low: 1)
                let time = Int64(generator.below(10_000))
                present[key] = time
                oldest.insert(time, key)
            } else if let key = present.keys.sorted().first(where: { $0.high >= UInt64(generator.below(500)) }) {
                present[key] = nil
            }
            if step % 37 == 0 {
                let found = oldest.oldest { key, time in present[key] == time }
                #expect(found == present.values.min(), "seed \(seed), step \(step)")
            }
        }
    }

    @Test func `One old item does not keep the ones that came and went after it`() {
        var oldest = OldestFirst()
        oldest.insert(0, Hash128(high: 1, low: 1))
        for time in 1...Int64(20_000) {
            oldest.insert(time, Hash128(high: 2, low: UInt64(time)))
            if time % 100 == 0 { #expect(oldest.oldest { key, _ in key.high == 1 } == 0) }
        }
        #expect(oldest.count < 5000)
    }

    // MARK: - Rows

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `Folding at any moment gives the same rows of all four grains`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let calendar = WindowCalendar(zone: .foundation("Europe/Berlin"))
        var windows = RecentWindows(calendar)
        var (often, once) = (RowTable<WorkRow>(), RowTable<WorkRow>())
        var counts: [Int64: Int64] = [:]
        for _ in 0..<600 {
            let moment = 1_774_600_000 + Int64(generator.below(400_000))
            let row = WorkRow(
                window: calendar.window(.hour, holding: moment), stage: generator.below(3),
                origin: generator.pick([.human, .unknown]))
            let amount = Int64(generator.below(10))
            often.count(row) { $0.arrivals += amount }
            once.count(row) { $0.arrivals += amount }
            for grain in Grain.allCases {
                var wide = row
                wide.window = calendar.window(grain, holding: moment)
                counts[wide.rowID, default: 0] += amount
            }
            if generator.oneIn(10) { _ = often.fold(&windows, grains: Grain.allCases) { _ in true } }
            if generator.oneIn(20) { often.foldStaged(&windows) }
        }
        _ = often.fold(&windows, grains: Grain.allCases) { _ in true }
        #expect(once.fold(&windows, grains: Grain.allCases) { _ in true }.isEmpty)
        often.foldStaged(&windows)
        once.foldStaged(&windows)
        let rows = often.drainDirty()
        #expect(rows.map(\.values) == once.drainDirty().map(\.values))
        #expect(rows.reduce(into: [:]) { $0[$1.rowID] = $1.arrivals } == counts)
        #expect(often.drainDirty().isEmpty)
    }

    @Test func `What belongs to a closed window becomes an addition, and closing removes just its rows`() {
        let calendar = WindowCalendar(zone: .utc)
        var windows = RecentWindows(calendar)
        var table = RowTable<OutcomeRow>()
        let (old, new) = (calendar.window(.hour, holding: 0), calendar.window(.hour, holding: 3600))
        for (hour, result) in [(old, 1), (new, 1), (new, 2), (old, 1)] {
            table.count(OutcomeRow(window: hour, stage: 0, result: result)) { $0.outcomes += 1 }
        }
        let late = table.fold(&windows, grains: [.hour, .day]) { $0.end > 3600 }
        table.foldStaged(&windows)
        #expect(late == [old])
        let additions = table.drainLate()
        #expect(additions.map(\.outcomes) == [2] && additions.map(\.window) == [old])
        #expect(table.drainLate().isEmpty)
        #expect(table.close(new).map(\.outcomes) == [1, 1])
        #expect(table.close(new).isEmpty)
        #expect(table.close(calendar.window(.day, holding: 0)).map(\.outcomes) == [3, 1])
    }

    @Test func `Every kind of row comes back from its stored state`() throws {
        let window = Window(grain: .hour, start: 3600, end: 7200)
        func roundTrip<Row: WindowRow>(_ row: Row) throws {
            var writer = ByteWriter()
            row.encodeState(into: &writer)
            var reader = ByteReader(writer.bytes)
            let read = try Row(window: row.window, indices: row.indices, state: &reader)
            #expect(reader.isAtEnd)
            #expect(read.rowID == row.rowID)
            #expect(read.values == row.values)
            #expect(Row.columns.count == row.values.count)
            for cut in writer.bytes.indices {
                var short = ByteReader(Array(writer.bytes[..<cut]))
                #expect(throws: StateDamage.self) { try Row(window: row.window, indices: row.indices, state: &short) }
            }
        }
        var flow = FlowRow(window: window, stage: 3)
        (flow.arrivals, flow.lateBacklog, flow.backlog, flow.waiting, flow.oldestAge) = (5, -2, 0, nil, 77)
        (flow.net, flow.netWaiting, flow.leastNet, flow.utilisation, flow.minimumGroup) = (-3, 4, -9, 0.5, 2)
        for value in [1, 1000, 1_000_000] as [Int64] { flow.wait.add(value) }
        for actor in 1...3 as ClosedRange<UInt64> { flow.workers.insert(actor) }
        try roundTrip(flow)
        var work = WorkRow(window: window, stage: 1, origin: .automated)
        (work.touchSum, work.approvals) = (123_456, 1)
        try roundTrip(work)
        var output = OutputRow(window: window, key: StreamKey(stage: 2, stream: .document, origin: .assisted))
        output.items = 4
        output.authors.insert(9)
        try roundTrip(output)
        var engagement = EngagementRow(window: window, key: output.key)
        engagement.delivered = -1
        try roundTrip(engagement)
        try roundTrip(CohortRow(window: window, stage: 1, origin: .human))
        try roundTrip(OutcomeRow(window: window, stage: 1, result: 9999))
        var handoff = HandoffRow(window: window, from: 1, to: 2)
        (handoff.cases, handoff.firstSeen) = (2, 4000)
        handoff.wait.add(60_000)
        try roundTrip(handoff)
        var team = TeamRow(window: window, team: 7)
        (team.humanEvents, team.minimumGroup, team.hasHours) = (3, 1, true)
        team.members.insert(5)
        try roundTrip(team)
    }
}
