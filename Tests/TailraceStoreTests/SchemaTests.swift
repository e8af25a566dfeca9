import TailracePipeline
import Testing

@testable import TailraceStore

@Suite struct SchemaTests {
    let folder: ScratchFolder
    let store: Store

    init() throws {
        folder = try ScratchFolder()
        store = try Store(path: folder.path(), create: true)
    }

    private func columns(_ table: String) throws -> [(name: String, type: String, isKey: Bool)] {
        let statement = try store.connection.prepare("SELECT name, type, pk FROM pragma_table_xinfo('\(table)')")
        var columns: [(String, String, Bool)] = []
        while try statement.step() {
            columns.append((statement.text(0), statement.text(1), statement.integer(2) != 0))
        }
        return columns
    }

    @Test func everyRowTypeNamesTheColumnsOfItsTableInTheirOrder() throws {
        let types: [any StoreRow.Type] = [
            PeriodRow.self, StageRow.self, NameRow.self, FamilyRow.self, ItemRow.self, FamilyCostRow.self,
            FlowRow.self, WorkRow.self, OutputRow.self, EngagementRow.self, CohortRow.self, OutcomeRow.self,
            HandoffRow.self, TeamRow.self, StoredSource.self, StoredRejection.self,
        ]
        for type in types { #expect(try columns(type.table).map(\.name) == type.columns, "\(type.table)") }
    }

    @Test func anAlertRowNamesTheColumnsOfItsTableButThoseThatPeopleFill() throws {
        let names = try columns("alert").map(\.name)
        #expect(StoredAlert.columns == names.filter { $0 != "acknowledged_by" && $0 != "useful" })
    }

    @Test func everyTableIsStrictWithRowIdsAndAnIntegerKeyInFront() throws {
        let statement = try store.connection.prepare(
            "SELECT name, strict, wr FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        var tables = 0
        while try statement.step() {
            tables += 1
            #expect(statement.integer(1) == 1, "\(statement.text(0)) is not STRICT")
            #expect(statement.integer(2) == 0, "\(statement.text(0)) has no row ids")
            let first = try #require(try columns(statement.text(0)).first)
            #expect(first.isKey && first.type == "INTEGER")
        }
        #expect(tables == Schema.tables.count)
    }

    @Test func theViewsHaveTheColumnsOfTheContractInTheirOrder() throws {
        #expect(Set(View.all.map(\.name)) == Set(promisedViews.map(\.name)))
        for promised in promisedViews {
            let found = try columns(promised.name).map(\.name)
            let wanted = (promised.isWindowed ? windowColumns : []) + promised.columns
            #expect(Array(found.prefix(wanted.count)) == wanted, "\(promised.name)")
        }
    }

    @Test func everyColumnOfEveryViewKeepsItsDeclaredType() throws {
        for view in View.all {
            for column in try columns(view.name) {
                #expect(["INTEGER", "REAL", "TEXT"].contains(column.type), "\(view.name).\(column.name)")
            }
        }
    }

    @Test func theDictionaryHasEveryColumnOfEveryViewOnceAndNothingElse() throws {
        var found: [String] = []
        for view in View.all { found += try columns(view.name).map { "\(view.name).\($0.name)" } }
        let reader = try StoreReader(path: folder.path())
        let described = try reader.table("SELECT view_name, column_name FROM v1_dictionary").rows.map { row in
            if case .text(let view) = row[0], case .text(let column) = row[1] { return "\(view).\(column)" }
            return ""
        }
        #expect(described.sorted() == found.sorted())
        #expect(Set(described).count == described.count)
    }

    @Test func noEntryOfTheDictionaryIsEmpty() throws {
        let reader = try StoreReader(path: folder.path())
        let empty = try reader.table(
            "SELECT view_name, column_name FROM v1_dictionary WHERE unit = '' OR length(description) < 8 OR example = ''"
        )
        #expect(empty.rows.isEmpty)
    }

    @Test func theFileSaysWhoseItIs() throws {
        #expect(try store.connection.integer("PRAGMA application_id") == 0x5452_4C43)
        #expect(try store.connection.integer("PRAGMA user_version") == 7)
        #expect(try store.connection.integer("PRAGMA auto_vacuum") == 2)
        #expect(try store.connection.value("PRAGMA journal_mode") == .text("wal"))
    }

    @Test func schemaTextNamesEveryViewAndEveryColumn() throws {
        let list = try #require(Store.schemaText())
        for view in Store.viewNames {
            #expect(list.contains(view))
            let text = try #require(Store.schemaText(view: view))
            for column in try columns(view) { #expect(text.contains(column.name)) }
        }
        #expect(Store.schemaText(view: "flow") == Store.schemaText(view: "v1_flow"))
        #expect(Store.schemaText(view: "nonsense") == nil)
    }
}

private let windowColumns = ["time", "time_utc", "date_local", "week_local", "grain", "width_s", "closed"]

/// What people, dashboards and programs were promised; written down a second time so that nobody changes it in passing.
private let promisedViews: [(name: String, isWindowed: Bool, columns: [String])] = [
    (
        "v1_flow", true,
        """
        stage arrivals starts completions first_completions returns withdrawals unscheduled extra_completions late \
        backlog waiting oldest_age_s wait_p50_s wait_p90_s touch_p50_s touch_p90_s cycle_p50_s cycle_p90_s workers \
        capacity_per_day utilisation days_of_work late_backlog schedule_events complete_events return_events \
        rework_cycles duplicates minimum_backlog
        """
    ),
    (
        "v1_work", true,
        """
        stage origin arrivals completions returns approvals touch_sum_s touch_n wait_sum_s wait_n
        """
    ),
    (
        "v1_output", true,
        """
        stream stage origin items bytes redundant_items redundant_bytes exact_items near_items partial_items authors
        """
    ),
    (
        "v1_engagement", true,
        """
        stream stage origin sent recipients delivered reads clicks replies shares soft_bounces hard_bounces \
        unsubscribes complaints
        """
    ),
    ("v1_cohorts", false, "week_local stage origin sent replies_7d reads_7d mature"),
    ("v1_outcomes", true, "stage result outcomes"),
    (
        "v1_families", false,
        """
        family stream first_seen last_seen copies exact_copies reads reads_per_copy authors bytes status title \
        leader_item
        """
    ),
    ("v1_items", false, itemColumns), ("v1_family_items", false, itemColumns),
    ("v1_family_costs", false, "family stage touch_h touch_low touch_high coverage"),
    (
        "v1_stages", false,
        """
        stage kind owner first_seen last_seen workers capacity_per_day capacity_low capacity_high capacity_source \
        tolerance_days
        """
    ),
    ("v1_handoffs", true, "from_stage to_stage cases share_of_inflow share_of_outflow wait_p50_s first_seen"),
    ("v1_teams", true, "team human_events after_hours_events members suppressed"),
    (
        "v1_rebound", false,
        """
        stage period_start period_end expected_saving_h realised_saving_h rebound rebound_low rebound_high \
        volume_part review_part rework_part downstream_part coverage verdict
        """
    ),
    (
        "v1_alerts", false,
        """
        alert rule stage owner severity state pending_at firing_at resolved_at peak_at peak_value drained_at \
        forecast_drain_low forecast_drain_high value threshold unit cause summary evidence acknowledged_by useful
        """
    ),
    ("v1_rules", false, "rule fired rated useful precision_low precision_high false_alarms_per_stage_quarter"),
    (
        "v1_sources", false,
        """
        source path format state position size events rejected last_event_time lag_s behind_bytes detail
        """
    ),
    ("v1_rejections", false, "time source position reason count sample"),
    ("v1_measures", true, "stage measure value low high unit missing"),
    ("v1_dictionary", false, "view_name column_name unit description example"),
].map { (name: $0.0, isWindowed: $0.1, columns: $0.2.split(separator: " ").map(String.init)) }

private let itemColumns = """
    item stream stage team owner actor origin published_at bytes relation family containment containment_low \
    containment_high copies reads reads_missing
    """
