import TailraceStore

/// One number of an alert's evidence with the question that gives it again.
struct EvidenceNumber: Equatable {
    var name: String
    /// Selects one value.
    var sql: String

    /// The numbers that an `absorption-exceeded` alert was last told with.
    ///
    /// - Parameters:
    ///   - end: the end of the hour that was judged last while it fired, seconds.
    ///   - quoted: the stage as an SQL text.
    static func absorption(stage quoted: String, end: Int64) -> [EvidenceNumber] {
        func hour(_ column: String) -> String {
            "SELECT \(column) FROM v1_flow WHERE grain = 'hour' AND time = \(end - 3600) AND stage = \(quoted)"
        }
        func sum(_ columns: String, _ seconds: Int64) -> String {
            "SELECT sum(\(columns)) FROM v1_flow WHERE grain = 'hour' AND time >= \(end - seconds) AND time < \(end) "
                + "AND stage = \(quoted)"
        }
        return [
            .init(name: "backlog", sql: hour("backlog")), .init(name: "days_of_work", sql: hour("days_of_work")),
            .init(name: "capacity_per_day", sql: hour("capacity_per_day")),
            .init(name: "in_24h", sql: sum("arrivals + returns", 86_400)),
            .init(name: "out_24h", sql: sum("completions + withdrawals", 86_400)),
            .init(name: "in_7d", sql: sum("arrivals + returns", 7 * 86_400)),
            .init(name: "out_7d", sql: sum("completions + withdrawals", 7 * 86_400)),
        ]
    }
}
