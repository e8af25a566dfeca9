import Foundation
import TailraceStore

/// The series that an alert is about: what to draw, and the question that gives it.
///
/// Rows are `label` (a date or week), `value`, oldest first. nil value: not measurable.
struct AlertSeries: Equatable {
    /// What is drawn, with its unit.
    var title: String
    var sql: String
    /// In the unit of the series; nil where the rule's threshold is not one of this series.
    var threshold: Double?

    /// nil for an alert that has no series: of a log, or of money.
    ///
    /// - Parameter end: the end of the last window, seconds since 1970 UTC; where an alert is not over.
    init?(_ alert: ViewRow, evidence: AlertEvidence, end: Int64?) {
        let rule = alert.text("rule") ?? ""
        let stage = (alert.text("stage") ?? "").sqlText
        let fired = alert.integer("firing_at") ?? alert.integer("pending_at") ?? 0
        let until = min(alert.integer("resolved_at") ?? end ?? fired, fired + 56 * 86_400) + 86_400
        let days = "grain = 'day' AND time BETWEEN \(fired - 28 * 86_400) AND \(until) AND stage = \(stage)"
        // Half a year before: the baseline that weekly rules compare with.
        let span = "time BETWEEN \(fired - 26 * 604_800) AND \(until)"
        let weeks = "grain = 'week' AND closed = 1 AND \(span) AND stage = \(stage)"
        func weekly(_ value: String, _ view: String) -> String {
            "SELECT week_local AS label, \(value) AS value\nFROM \(view) WHERE \(weeks)\nGROUP BY time ORDER BY time"
        }
        func measured(_ measure: String) -> String {
            "SELECT week_local AS label, value FROM v1_measures\nWHERE \(weeks) AND measure = '\(measure)' ORDER BY time"
        }
        threshold = alert.real("threshold")
        switch rule {
        case "absorption-exceeded":
            (title, threshold) = ("backlog by day, items", evidence.number("threshold_items"))
            sql = "SELECT date_local AS label, backlog AS value FROM v1_flow\nWHERE \(days) ORDER BY time"
        case "backlog-limit":
            let isAge = alert.text("unit") == "seconds"
            title = isAge ? "oldest age by day, seconds" : "backlog by day, items"
            sql =
                "SELECT date_local AS label, \(isAge ? "oldest_age_s" : "backlog") AS value FROM v1_flow\nWHERE \(days) "
                + "ORDER BY time"
        case "hollow-volume":
            (title, threshold) = ("replies per send, by week of sending", nil)
            sql =
                "SELECT week_local AS label, 1.0 * sum(replies_7d) / nullif(sum(sent), 0) AS value\n"
                + "FROM v1_cohorts WHERE mature = 1 AND \(span) AND stage = \(stage)\nGROUP BY time ORDER BY time"
        case "harm-creep":
            let isBounce = alert.text("summary")?.contains("soft bounces") ?? false
            title = isBounce ? "soft bounces per 1,000 sent, by week" : "unsubscribes per 1,000 delivered, by week"
            sql = weekly(
                isBounce
                    ? "1000.0 * sum(soft_bounces) / nullif(sum(sent), 0)"
                    : "1000.0 * sum(unsubscribes) / nullif(sum(delivered), 0)", "v1_engagement")
        case "redundancy-surge":
            title = "redundant bytes over bytes, by week"
            let whose = evidence.text("series").flatMap { $0 == "all" ? nil : " AND origin = \($0.sqlText)" } ?? ""
            sql =
                "SELECT week_local AS label, 1.0 * sum(redundant_bytes) / nullif(sum(bytes), 0) AS value\n"
                + "FROM v1_output WHERE \(weeks)\(whose)\nGROUP BY time ORDER BY time"
        case "rework-expansion":
            title = "returns and rework cycles per first completion, by week"
            sql = weekly("1.0 * sum(returns + rework_cycles) / nullif(sum(first_completions), 0)", "v1_flow")
        case "validation-share":
            (title, threshold) = ("hours of touch in the stage, by week", nil)
            sql = weekly("sum(touch_sum_s) / 3600.0", "v1_work")
        case "decoupling":
            (title, threshold) = ("outcomes, by week", nil)
            sql = weekly("sum(outcomes)", "v1_outcomes")
        case "zombie-growth": (title, sql) = ("unread copies over contents, by week", measured("zombie_share"))
        case "framing-convergence":
            (title, sql) = ("effective number of contents, by week", measured("effective_contents"))
        case "after-hours":
            title = "human events outside of working hours over all, by week"
            sql =
                "SELECT week_local AS label, 1.0 * after_hours_events / nullif(human_events, 0) AS value\n"
                + "FROM v1_teams WHERE grain = 'week' AND closed = 1 AND \(span) AND team = \(stage) ORDER BY time"
        case "control-step-added":
            (title, threshold) = ("cases that come into the stage, by week", nil)
            sql =
                "SELECT week_local AS label, sum(cases) AS value FROM v1_handoffs\n"
                + "WHERE grain = 'week' AND closed = 1 AND \(span) AND to_stage = \(stage)\nGROUP BY time ORDER BY time"
        case "time-to-send":
            (title, sql) = ("p85 from entry to the last stage, hours, by week", measured("time_to_send_p85"))
        case "two-speed":
            (title, sql) = ("ninth decile over median of what each finished, by week", measured("speed_spread"))
        case "rubber-stamp":
            (title, sql) = ("approvals at a glance over all, by week", measured("quick_approval_share"))
        case "single-person-queue":
            (title, threshold, sql) = ("days of work, by week", nil, weekly("max(days_of_work)", "v1_flow"))
        case "pilot-state":
            (title, threshold, sql) = ("teams that finished something, by week", nil, measured("active_teams"))
        case "process-drift":
            (title, threshold) = ("cases that come into the stage, by week", nil)
            sql = weekly("sum(arrivals + returns)", "v1_flow")
        case "rebound-backfire":
            title = "rebound, by period"
            sql =
                "SELECT date(period_end, 'unixepoch') AS label, rebound AS value\n"
                + "FROM v1_rebound WHERE stage = \(stage) ORDER BY period_end"
        case "flow-bought-with-strain":
            (title, threshold) = ("human events outside of working hours over all, by week", nil)
            sql =
                "SELECT week_local AS label, 1.0 * after_hours_events / nullif(human_events, 0) AS value\n"
                + "FROM v1_teams WHERE grain = 'week' AND closed = 1 AND \(span) AND team = \(stage) ORDER BY time"
        case "common-friction":
            (title, threshold) = ("alerts that began to fire, by day", nil)
            sql =
                "SELECT date(firing_at, 'unixepoch') AS label, count(*) AS value FROM v1_alerts\n"
                + "WHERE firing_at BETWEEN \(fired - 28 * 86_400) AND \(until) GROUP BY label ORDER BY label"
        case "bottleneck-moved": (title, sql) = ("days of work, by week", weekly("max(days_of_work)", "v1_flow"))
        case "unowned-stage":
            (title, threshold) = ("completions, by week", nil)
            sql = weekly("sum(completions + unscheduled)", "v1_flow")
        case "source-silent", "source-corrupt", "limit-exceeded": return nil
        default:
            (title, threshold, sql) = (
                "backlog by day, items", nil,
                "SELECT date_local AS label, backlog AS value FROM v1_flow\nWHERE \(days) ORDER BY time"
            )
        }
    }
}

/// The evidence of an alert: a flat JSON object, or a text as it stands.
struct AlertEvidence {
    private let object: [String: Any]
    private let source: String

    init(_ alert: ViewRow) {
        source = alert.text("evidence") ?? ""
        object =
            (source.hasPrefix("{") ? try? JSONSerialization.jsonObject(with: Data(source.utf8)) : nil)
            as? [String: Any] ?? [:]
    }

    func number(_ name: String) -> Double? { (object[name] as? NSNumber)?.doubleValue }
    func text(_ name: String) -> String? { object[name] as? String }

    /// In the order of the text, which its writer chose, not that of a hash table.
    var members: [(name: String, value: Any)] {
        func place(_ key: String) -> String.Index { source.range(of: "\"\(key)\"")?.lowerBound ?? source.endIndex }
        return object.sorted { (place($0.key), $0.key) < (place($1.key), $1.key) }.map { ($0.key, $0.value) }
    }
}

extension String {
    /// As an SQL literal.
    var sqlText: String { "'" + replacing("'", with: "''") + "'" }
}
