import TailracePipeline
import Testing

@testable import TailraceStore

@Suite struct PlanTests {
    private func plan(_ sql: String, in store: Store) throws -> [String] {
        let statement = try store.connection.prepare("EXPLAIN QUERY PLAN \(sql)")
        var lines: [String] = []
        while try statement.step() { lines.append(statement.text(3)) }
        return lines
    }

    @Test(arguments: [false, true]) func noViewSortsItsRows(hasIndexes: Bool) throws {
        let folder = try ScratchFolder()
        let store = try Store(path: folder.path(), create: true)
        if hasIndexes { try store.buildIndexes() }
        for view in Store.viewNames {
            let lines = try plan("SELECT * FROM \(view)", in: store)
            #expect(!lines.contains { $0.contains("B-TREE") }, "\(view): \(lines)")
        }
    }

    @Test(arguments: [
        ("v1_flow", "flow"), ("v1_work", "work"), ("v1_output", "output"), ("v1_engagement", "engagement"),
        ("v1_cohorts", "cohort"), ("v1_outcomes", "outcome"), ("v1_handoffs", "handoff"),
        ("v1_teams", "team_activity"), ("v1_measures", "measure"),
    ])
    func aQuestionAboutDaysReadsNoRowsOfHours(view: String, table: String) throws {
        let folder = try ScratchFolder()
        let store = try Store(path: folder.path(), create: true)
        let lines = try plan("SELECT * FROM \(view) WHERE grain = 'day' AND time >= 1767571200", in: store)
        #expect(
            lines.contains { $0.hasPrefix("SEARCH \(table) USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)") },
            "\(lines)")
        #expect(!lines.contains { $0.contains("B-TREE") || $0.contains("AUTOMATIC") }, "\(lines)")
    }

    @Test func membersOfOneFamilyAreFoundByIndex() throws {
        let folder = try ScratchFolder()
        let store = try Store(path: folder.path(), create: true)
        try store.buildIndexes()
        try store.buildIndexes()
        let lines = try plan("SELECT * FROM v1_family_items WHERE family = 12", in: store)
        #expect(lines.contains { $0.contains("item_by_family") }, "\(lines)")
        #expect(!lines.contains { $0.contains("B-TREE") }, "\(lines)")
    }

    @Test func rowsComeInOrderOfWindowThenStageWhateverTheOrderOfWriting() throws {
        let folder = try ScratchFolder()
        let store = try Store(path: folder.path(), create: true)
        var keys: [(Window, Int)] = []
        for index in 0..<30 as Range<Int64> { for stage in 0..<3 { keys.append((hour(index), stage)) } }
        for index in 0..<2 as Range<Int64> { for stage in 0..<3 { keys.append((day(index), stage)) } }
        var generator = SplitMix64(state: 20_261_121)
        let shuffled = keys.shuffled(using: &generator)
        try store.checkpoint { checkpoint in
            try checkpoint.upsert((0..<3).map { StageRow(index: $0, name: "stage \($0)") })
            try checkpoint.upsert([NameRow(kind: .result, index: 5, text: "won")])
            try checkpoint.upsert(shuffled.map { SpanRow(window: $0.0, isClosed: true) })
            try checkpoint.upsert(shuffled.map { TallyRow(window: $0.0, stage: $0.1, result: 5, count: 1) })
        }
        let table = try StoreReader(path: folder.path()).table("SELECT time, grain, stage, result FROM v1_outcomes")
        let expected = keys.sorted { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }.map { key in
            [
                RowValue.integer(key.0.start), .text(key.0.grain.name), .text("stage \(key.1)"), .text("won"),
            ]
        }
        #expect(table.rows == expected)
    }

    @Test func thePlaceWhereWorkEntersIsNoStageButStandsInHandoffs() throws {
        let folder = try ScratchFolder()
        let store = try Store(path: folder.path(), create: true)
        var handoff = HandoffRow(window: day(0), from: 0, to: 1)
        handoff.cases = 4
        try store.checkpoint { checkpoint in
            try checkpoint.upsert([StageRow(index: 0, name: "(outside)"), StageRow(index: 1, name: "review")])
            try checkpoint.upsert([SpanRow(window: day(0), isClosed: true)])
            try checkpoint.upsert([handoff])
            try checkpoint.upsert([FlowRow(window: day(0), stage: 0), FlowRow(window: day(0), stage: 1)])
        }
        let reader = try StoreReader(path: folder.path())
        #expect(try reader.table("SELECT stage FROM v1_flow").rows == [[.text("review")]])
        #expect(try reader.table("SELECT stage FROM v1_stages").rows == [[.text("review")]])
        let pairs = try reader.table("SELECT from_stage, to_stage, cases FROM v1_handoffs")
        #expect(pairs.rows == [[.text("(outside)"), .text("review"), .integer(4)]])
    }
}
