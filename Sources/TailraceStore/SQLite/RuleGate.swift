import CSQLite

/// What a rule of the user's own may do: read the `v1_` views, and call functions that always answer alike.
///
/// SQLite asks before it compiles each access (https://www.sqlite.org/c3ref/set_authorizer.html). A column below the
/// views may be read only within a view that shows it. Which view is known by its name alone, and a table expression
/// in the query may carry the name of a view: so the pairs of view and column that the views really have are learned
/// first, and a lookalike gets at nothing that its view would not show. What is named without a column (a row that is
/// only counted) tells of no view at all: `RuleReader` has the query compiled first where there is nothing below the
/// views.
///
/// Invariant: lives as long as the connection that it guards; used by one thread at a time.
final class RuleGate {
    private struct Cell: Hashable {
        var view: String
        var table: String
        var column: String
    }

    private var shown: Set<Cell> = []
    private var isLearning = true
    /// What the last refused statement wanted, for people; nil where none was refused.
    private(set) var refusal: (what: String, mend: String)?

    static let views = Set(View.all.map(\.name))

    /// Columns that follow people or the machine and not the logs: an alert must not depend on them.
    private static let unsteady: [String: Set<String>] = [
        "v1_alerts": ["acknowledged_by", "useful"],
        "v1_rules": ["rated", "useful", "precision_low", "precision_high"],
    ]

    private static let functions: Set<String> = Set(
        """
        abs avg ceil ceiling char coalesce concat concat_ws count cume_dist current_date current_time current_timestamp \
        date datetime dense_rank exp first_value floor format glob group_concat hex ifnull iif instr json json_array \
        json_array_length json_extract json_group_array json_group_object json_object json_quote \
        json_type json_valid julianday lag last_value lead length like likelihood likely ln log log10 log2 lower ltrim \
        max min mod nth_value ntile nullif percent_rank pow power printf quote rank replace round row_number rtrim sign \
        sqrt strftime string_agg substr substring sum time timediff total trim trunc typeof unicode unixepoch unlikely \
        upper -> ->>
        """.split(separator: " ").map(String.init))

    /// Learns the views of a connection, a store or `Facade`, and guards it from then on.
    init(_ connection: Connection) throws(StoreFault) {
        sqlite3_set_authorizer(
            connection.handle,
            { gate, action, first, second, _, accessor in
                guard let gate else { return SQLITE_DENY }
                func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
                return Unmanaged<RuleGate>.fromOpaque(gate).takeUnretainedValue()
                    .judge(action, text(first) ?? "", text(second) ?? "", text(accessor))
            }, Unmanaged.passUnretained(self).toOpaque())
        for view in View.all { _ = try connection.prepare("SELECT * FROM \(view.name)") }
        isLearning = false
    }

    func forget() { refusal = nil }

    private func judge(_ action: Int32, _ first: String, _ second: String, _ view: String?) -> Int32 {
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_READ: return judgeRead(first, second, view)
        case SQLITE_FUNCTION:
            // SQLite leaves the first argument empty here, and calls operators by the names of functions.
            if isLearning || RuleGate.functions.contains(second.lowercased()) { return SQLITE_OK }
            return refuse(
                "\(second)() is no function for a rule", "use one whose answer depends on its arguments alone")
        case SQLITE_ATTACH: return refuse("ATTACH would read another file", "a rule reads the v1_ views only")
        case SQLITE_PRAGMA: return refuse("PRAGMA \(first) is no question to the views", "write one SELECT")
        default: return refuse("a rule can only read the v1_ views", "write one SELECT over them")
        }
    }

    private func judgeRead(_ table: String, _ column: String, _ view: String?) -> Int32 {
        if isLearning {
            if let view { shown.insert(Cell(view: view, table: table, column: column)) }
            return SQLITE_OK
        }
        if RuleGate.views.contains(table) {
            if table == "v1_sources" {
                return refuse(
                    "v1_sources follows the machine and not the events",
                    "the rules source-silent and source-corrupt watch the logs themselves")
            }
            if RuleGate.unsteady[table]?.contains(column) == true {
                return refuse(
                    "\(table).\(column) follows what people do with alerts and not the events", "leave it out")
            }
            return SQLITE_OK
        }
        let isInternal = ["sqlite_", "pragma_", "dbstat"].contains { table.lowercased().hasPrefix($0) }
        if column.isEmpty, !isInternal { return SQLITE_OK }
        if let view, shown.contains(Cell(view: view, table: table, column: column)) { return SQLITE_OK }
        return refuse("\(table) is no view", "read the v1_ views; `tailrace schema` lists them")
    }

    private func refuse(_ what: String, _ mend: String) -> Int32 {
        if refusal == nil { refusal = (what, mend) }
        return SQLITE_DENY
    }
}
