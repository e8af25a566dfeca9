import TailracePipeline
import Testing

@testable import TailraceStore

/// What a rule of the user's own may ask, and what it may not.
@Suite struct RuleReaderTests {
    private func refusal(_ sql: String) throws -> String? {
        let reader = try RuleReader.empty()
        do {
            _ = try reader.columns(of: sql)
            return nil
        } catch {
            return error.message
        }
    }

    @Test(arguments: [
        ("SELECT count(*) AS value FROM rejection", "no such table: rejection"),
        ("SELECT actor FROM item", "no such table: item"),
        ("SELECT 1 FROM period", "no such table: period"),
        ("SELECT count(*) FROM sqlite_master", "sqlite_master is no view"),
        ("SELECT count(*) FROM v1_sources", "v1_sources follows the machine and not the events"),
        ("SELECT name FROM sqlite_schema", "sqlite_master is no view"),
        ("SELECT data FROM state_segment", "no such table: state_segment"),
        ("SELECT (SELECT actor FROM item) AS value FROM v1_flow", "no such table: item"),
        ("WITH mine AS (SELECT actor FROM item) SELECT * FROM mine", "no such table: item"),
        ("SELECT path FROM v1_sources", "v1_sources follows the machine and not the events"),
        ("SELECT * FROM v1_alerts", "v1_alerts.acknowledged_by follows what people do with alerts and not the events"),
        ("SELECT stage FROM v1_flow WHERE random() > 0", "random() is no function for a rule"),
        ("SELECT load_extension('x') FROM v1_flow", "load_extension() is no function for a rule"),
        ("ATTACH 'x.sqlite' AS other", "ATTACH would read another file"),
        ("PRAGMA user_version", "PRAGMA user_version is no question to the views"),
        ("SELECT * FROM pragma_table_info('item')", "a rule can only read the v1_ views"),
        ("DELETE FROM v1_alerts", "a rule can only read the v1_ views"),
        ("UPDATE v1_flow SET backlog = 0", "a rule can only read the v1_ views"),
        ("CREATE TEMP TABLE t (x)", "a rule can only read the v1_ views"),
        ("BEGIN", "a rule can only read the v1_ views"),
        ("SELECT stage FROM v1_flow WHERE time = :then", "there is no parameter :then"),
        ("SELECT stage FROM v1_flow WHERE time = ?", "there is no parameter ?"),
        ("SELECT stage FROM v1_flow; SELECT 1", "more than one statement"),
        ("SELECT backlogg FROM v1_flow", "no such column: backlogg"),
        ("SELECT stage FROM v1_flows", "no such table: v1_flows"),
        ("SELEC stage", "near \"SELEC\": syntax error"), ("", "the query is empty"),
    ])
    func whatIsNoQuestionToTheViewsIsRefused(_ sql: String, _ message: String) throws {
        #expect(try refusal(sql) == message)
    }

    @Test(arguments: [
        "WITH v1_items AS (SELECT actor FROM item) SELECT * FROM v1_items",
        "WITH v1_items(a) AS (SELECT actor FROM item) SELECT * FROM v1_items",
        "WITH \"v1_items\" AS NOT MATERIALIZED (SELECT actor FROM item) SELECT * FROM v1_items",
        "WITH [V1_ITEMS] AS /* ( */ (SELECT actor FROM item) SELECT * FROM v1_items",
        "WITH 'v1_items' AS -- AS (\n (SELECT actor FROM item) SELECT * FROM v1_items",
    ])
    func aTableExpressionThatIsNamedLikeAViewOpensNothing(_ sql: String) throws {
        #expect(try refusal(sql) == "no such table: item")
    }

    @Test func everyViewButThatOfTheFilesCanBeRead() throws {
        let reader = try RuleReader.empty()
        for view in View.all where view.name != "v1_sources" {
            let unsteady = ["acknowledged_by", "useful", "rated", "precision_low", "precision_high"]
            let columns = view.columns.map(\.name).filter { !unsteady.contains($0) }
            let sql = "SELECT \(columns.joined(separator: ", ")) FROM \(view.name)"
            #expect(try reader.columns(of: sql) == columns, "\(view.name)")
        }
    }

    @Test(arguments: [
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n",
        "SELECT stage, max(backlog) OVER (PARTITION BY stage) FROM v1_flow AS v1",
        "SELECT f.stage FROM v1_flow AS f JOIN (SELECT stage FROM v1_stages) AS s ON s.stage = f.stage",
        "SELECT json_extract(evidence, '$.backlog') FROM v1_alerts", "SELECT 1 FROM v1_flow",
        "SELECT count(*) FROM v1_families",
        "SELECT stage FROM v1_flow WHERE time BETWEEN :start AND :now;",
    ])
    func ordinaryQuestionsAreTaken(_ sql: String) throws { #expect(try refusal(sql) == nil) }

    @Test func nowIsTheEndOfTheWindowAndNotTheClockOfTheMachine() throws {
        let reader = try RuleReader.empty()
        let sql = "SELECT datetime('now'), CURRENT_TIMESTAMP, unixepoch(), :now, :start"
        let table = try reader.answer(sql, start: 1_767_225_600, now: 1_767_312_000, timeLimit: .seconds(2))
        #expect(
            table.rows == [
                [
                    .text("2026-01-02 00:00:00"), .text("2026-01-02 00:00:00"), .integer(1_767_312_000),
                    .integer(1_767_312_000), .integer(1_767_225_600),
                ]
            ])
    }

    private static let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"

    @Test func whatTakesTooLongIsCutOffAndTheNextQuestionIsAnswered() throws {
        let reader = try RuleReader.empty()
        #expect(throws: RuleFault.tooSlow(.milliseconds(20))) {
            try reader.answer(
                Self.endless + " SELECT count(*) FROM n", start: 0, now: 0, timeLimit: .milliseconds(20))
        }
        #expect(try reader.answer("SELECT 1", start: 0, now: 0, timeLimit: .seconds(2)).rows == [[.integer(1)]])
    }

    @Test(arguments: [999, 1000, 1001]) func aThousandRowsAreTheMost(_ count: Int) throws {
        let sql = Self.endless + " SELECT i FROM n LIMIT \(count)"
        let reader = try RuleReader.empty()
        if count > RuleReader.rowLimit {
            #expect(throws: RuleFault.tooManyRows(1000)) {
                try reader.answer(sql, start: 0, now: 0, timeLimit: .seconds(2))
            }
        } else {
            #expect(try reader.answer(sql, start: 0, now: 0, timeLimit: .seconds(2)).rows.count == count)
        }
    }

    @Test func aTextThatWouldTakeAllMemoryIsAFault() throws {
        let reader = try RuleReader.empty()
        #expect(throws: RuleFault.self) {
            try reader.answer("SELECT length(zeroblob(100000000) || 'x')", start: 0, now: 0, timeLimit: .seconds(9))
        }
    }

    @Test func itSeesWhatIsCommittedAndHoldsNobodyUp() throws {
        let folder = try ScratchFolder()
        let store = try Store(path: folder.path(), create: true)
        let reader = try RuleReader(path: folder.path())
        for count in 1...3 as ClosedRange<Int64> {
            try store.checkpoint { try $0.upsert([StageRow(index: Int(count), name: "stage \(count)")]) }
            let table = try reader.answer(
                "SELECT count(*) FROM v1_stages", start: 0, now: 0, timeLimit: .seconds(2))
            #expect(table.rows == [[.integer(count)]])
        }
    }
}
