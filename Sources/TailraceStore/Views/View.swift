/// One of the views that are the store's interface: its SQL and its pages of the dictionary, written down together
/// so that neither can say what the other does not.
struct View {
    var name: String
    /// What one row stands for.
    var about: String
    /// The FROM and WHERE clauses.
    var from: String
    /// Rows come out in this order; always a table's row id, which costs no sort.
    var order: String
    var columns: [Column]

    struct Column {
        var name: String
        /// Where the value comes from: a plain column. A function or an expression would lose its type in readers
        /// that ask for declared types.
        var source: String
        var unit: String
        var description: String
        var example: String

        init(_ name: String, _ source: String, _ unit: String, _ description: String, _ example: String) {
            self.name = name
            self.source = source
            self.unit = unit
            self.description = description
            self.example = example
        }
    }

    var sql: String {
        let selected = columns.map { "\($0.source) AS \($0.name)" }.joined(separator: ", ")
        return "CREATE VIEW \(name) AS SELECT \(selected) FROM \(from) ORDER BY \(order)"
    }

    /// Every view, in the order in which `tailrace schema` lists them.
    static let all: [View] = [
        flow, work, output, engagement, cohorts, outcomes, handoffs, teams, measures, families, items, familyItems,
        familyCosts, stages, rebound, alerts, rules, sources, rejections, dictionary,
    ]

    /// A view of windowed rows: windows drive, and the rows of a window are a span of row ids. So a question about
    /// days reads no hours, and a question about a month reads that month.
    static func windowed(
        _ name: String, _ table: String, about: String, joins: String, where condition: String = "",
        columns: [Column]
    ) -> View {
        View(
            name: name, about: about,
            from: """
                period CROSS JOIN \(table) \
                ON \(table).id >= (period.id << 28) AND \(table).id < ((period.id + 1) << 28) \
                \(joins)\(condition.isEmpty ? "" : " WHERE \(condition)")
                """,
            order: "period.id, \(table).id", columns: window + columns)
    }

    static func joinStage(_ table: String) -> String { "CROSS JOIN stage ON stage.id = \(table).stage" }

    /// The columns with which every windowed view begins.
    static let window: [Column] = [
        Column(
            "time", "period.time", "epoch s",
            "Start of the window in UTC. Windows are half open: an event at the start of one belongs to it.",
            "1767567600"),
        Column(
            "time_utc", "period.time_utc", "text", "The same start as ISO 8601 text in UTC.", "2026-01-04T23:00:00Z"),
        Column(
            "date_local", "period.date_local", "text", "Local date of the window's start in the configured time zone.",
            "2026-01-05"),
        Column(
            "week_local", "period.week_local", "text", "ISO week of that local date; weeks begin on Monday.",
            "2026-W02"),
        Column(
            "grain", "period.grain", "text",
            "Width of the window: hour, day, week or month of the local clock. Every event is counted once in each, "
                + "so choose one grain before adding up.",
            "day"),
        Column(
            "width_s", "period.width_s", "s",
            "Length of the window. A day has 82800 or 90000 where clocks change; months differ.", "86400"),
        Column(
            "closed", "period.closed", "0/1",
            "1 once the window is complete. 0 while it is open: its numbers still grow, its gauges are of now.", "1"),
    ]

    static let stage = Column(
        "stage", "stage.name", "text",
        "Queue, team or step where it happened. Empty text where events name no stage; (other) beyond the limit of "
            + "stages.",
        "legal-review")

    /// How items were made; counts of the four origins add up to all.
    static func origin(_ table: String) -> Column {
        Column(
            "origin", "\(table).origin", "text",
            "How the items were produced: human, assisted, automated, or unknown where the log does not say.",
            "assisted")
    }

    static func stream(_ table: String) -> Column {
        Column("stream", "\(table).stream", "text", "What kind of item: email, ticket or document.", "document")
    }
}
