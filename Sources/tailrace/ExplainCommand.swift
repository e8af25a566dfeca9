import ArgumentParser
import TailracePipeline
import TailraceStore

/// One alert with everything that speaks for it, and the SQL that shows more.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain one alert: its evidence in words and numbers, and the SQL behind it."
    )

    @Argument(help: ArgumentHelp("The alert's number, as `tailrace alerts` lists it.", valueName: "alert"))
    var alert: Int64
    @OptionGroup var reading: ReadingOptions

    func run() throws {
        try reading.print { reader, terminal in
            let found = try reader.table("SELECT * FROM v1_alerts WHERE alert = ?1", [.integer(alert)])
            guard let row = found.viewRows.first else {
                try fail("there is no alert \(alert)", "`tailrace alerts` lists them", .usage)
            }
            let clock = try StoreClock(reader)
            let story = try AlertStory(row, reader, end: clock.end)
            if reading.json { return JSONValue.array([story.json]).lines }
            return ExplainScreen(story: story, clock: clock, terminal: terminal).text
        }
    }
}

/// The rows that an alert was raised on, as SQL that anybody can run again.
struct EvidenceQuery: Equatable {
    let sql: String

    /// The measures that a rule looks at, as literals of SQL.
    private static func measures(of rule: String) -> String {
        let names =
            switch rule {
            case "time-to-send": ["time_to_send_p85", "time_to_send_touch_share"]
            case "two-speed": ["speed_spread", "effective_servers"]
            case "rubber-stamp": ["quick_approval_share"]
            case "pilot-state": ["active_teams"]
            default: [rule]
            }
        return names.map(\.sqlText).joined(separator: ", ")
    }

    /// - Parameter end: the end of the last window, seconds since 1970 UTC; where an alert is not over.
    init(_ alert: ViewRow, end: Int64?, rules: [(name: String, rule: SQLRuleStatus)] = []) {
        let rule = alert.text("rule") ?? ""
        if let own = rules.first(where: { $0.name == rule }) {
            sql = own.rule.sql(endingAt: alert.integer("peak_at") ?? alert.integer("firing_at") ?? 0)
            return
        }
        let stage = alert.text("stage") ?? ""
        let fired = alert.integer("firing_at") ?? alert.integer("pending_at") ?? 0
        // A week before, to see what was usual; two weeks on at most, and not beyond the alert's end.
        let from = (alert.integer("pending_at") ?? fired) - 7 * 86_400
        let until = min(alert.integer("resolved_at") ?? end ?? fired, fired + 14 * 86_400) + 86_400
        let windows = "grain = 'day' AND time BETWEEN \(from) AND \(until)"
        let quoted = stage.sqlText
        let isStage = "stage = \(quoted)"
        sql =
            switch rule {
            case "absorption-exceeded", "backlog-limit", "bottleneck-moved", "single-person-queue":
                """
                SELECT date_local, arrivals, returns, completions, backlog, days_of_work, workers
                FROM v1_flow WHERE \(windows) AND \(isStage) ORDER BY time
                """
            case "rework-expansion":
                """
                SELECT date_local, first_completions, completions, returns, backlog
                FROM v1_flow WHERE \(windows) AND \(isStage) ORDER BY time
                """
            case "validation-share":
                """
                SELECT date_local, stage, SUM(completions) AS completions, SUM(approvals) AS approvals,
                SUM(touch_sum_s) / 3600 AS touch_h, SUM(touch_n) AS touch_n
                FROM v1_work WHERE \(windows) AND (\(isStage) OR stage IN
                (SELECT from_stage FROM v1_handoffs WHERE \(windows) AND to_\(isStage)))
                GROUP BY date_local, stage ORDER BY date_local, stage
                """
            case "hollow-volume":
                """
                SELECT week_local, origin, sent, replies_7d, reads_7d, mature
                FROM v1_cohorts WHERE \(isStage) AND time BETWEEN \(from - 8 * 604_800) AND \(until) ORDER BY time
                """
            case "harm-creep":
                """
                SELECT date_local, origin, sent, delivered, soft_bounces, hard_bounces, unsubscribes, complaints
                FROM v1_engagement WHERE \(windows) AND \(isStage) ORDER BY time
                """
            case "redundancy-surge", "framing-convergence":
                """
                SELECT date_local, origin, items, redundant_items, bytes, redundant_bytes
                FROM v1_output WHERE \(windows) AND \(isStage) ORDER BY time
                """
            case "decoupling":
                """
                SELECT date_local, result, outcomes
                FROM v1_outcomes WHERE \(windows) AND \(isStage) ORDER BY time
                """
            case "after-hours", "flow-bought-with-strain":
                """
                SELECT date_local, team, human_events, after_hours_events, members
                FROM v1_teams WHERE \(windows) AND team = \(quoted) ORDER BY time
                """
            case "zombie-growth":
                """
                SELECT family, copies, reads, authors, bytes, title
                FROM v1_families WHERE status = 'zombie' ORDER BY copies DESC, family
                """
            case "process-drift":
                """
                SELECT date_local, from_stage, to_stage, cases, wait_p50_s
                FROM v1_handoffs WHERE \(windows) AND (to_\(isStage) OR from_\(isStage)) ORDER BY time
                """
            case "common-friction":
                """
                SELECT rule, stage, owner, severity, firing_at, summary
                FROM v1_alerts WHERE state = 'firing' ORDER BY rule, stage
                """
            case "control-step-added":
                """
                SELECT date_local, from_stage, to_stage, cases, wait_p50_s
                FROM v1_handoffs WHERE \(windows) AND to_\(isStage) ORDER BY time
                """
            case "rebound-backfire":
                """
                SELECT period_start, expected_saving_h, realised_saving_h, rebound, rebound_low, rebound_high, verdict
                FROM v1_rebound WHERE \(isStage) ORDER BY period_start
                """
            case "source-silent", "source-corrupt":
                """
                SELECT path, state, position, size, events, rejected, detail
                FROM v1_sources WHERE state NOT IN ('ok', 'reading', 'ended')
                """
            case "limit-exceeded":
                """
                SELECT alert, stage, value, peak_value, unit, severity FROM v1_alerts
                WHERE rule = 'limit-exceeded' AND \(isStage) ORDER BY alert
                """
            case "unowned-stage":
                "SELECT stage, kind, owner, first_seen, last_seen FROM v1_stages WHERE \(isStage)"
            default:
                """
                SELECT week_local, measure, value, low, high, unit, missing
                FROM v1_measures WHERE grain = 'week' AND time BETWEEN \(from - 8 * 604_800) AND \(until)
                AND \(isStage) AND measure IN (\(EvidenceQuery.measures(of: rule))) ORDER BY time, measure
                """
            }
    }
}
