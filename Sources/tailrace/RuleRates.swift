import TailracePipeline
import TailraceStore

/// What one rule did in a store: how often it fired, and how often for each stage and quarter that it watched.
struct RuleRate: Equatable {
    var rule: String
    /// Alerts that fired, by how urgent they became.
    var pages: Int64 = 0
    var tickets: Int64 = 0
    var infos: Int64 = 0
    /// Those that fire still.
    var open: Int64 = 0
    /// What a rule watches (stages, teams, sources), times 91 days; nil where nothing was watched.
    var watchedQuarters: Double?
    /// False alarms a stage and 91 days, where they were measured, and how.
    var falseAlarms: Double?
    var source: String?

    var alerts: Int64 { pages + tickets + infos }
    /// Alerts a stage and 91 days here, false ones and true ones.
    var perStageQuarter: Double? { watchedQuarters.map { Double(alerts) / $0 } }
    /// Alerts that would go out when they fire; the others wait for the weekly digest.
    var atOnce: Int64 { Self.sentAtOnce.contains(rule) ? alerts : pages }

    /// Rules whose alerts do not wait for the digest, however urgent.
    static let sentAtOnce: Set<String> = [
        "absorption-exceeded", "backlog-limit", "limit-exceeded", "source-corrupt", "source-silent",
    ]

    private static let quarter = 91 * 86_400.0

    /// Every rule of a store, in the order of `v1_rules`. O(alerts + windows of teams).
    static func all(_ reader: StoreReader, _ clock: StoreClock) throws(StoreFault) -> [RuleRate] {
        let rows = try reader.rows("SELECT * FROM v1_rules")
        var rates: [RuleRate] = []
        let watched = try Watched(reader, until: clock.end)
        let counts = try reader.rows(
            """
            SELECT rule, severity, count(*) AS alerts, sum(state = 'firing') AS open FROM v1_alerts
            WHERE firing_at IS NOT NULL GROUP BY rule, severity
            """)
        for row in rows {
            guard let name = row.text("rule") else { continue }
            var rate = RuleRate(rule: name)
            for count in counts where count.text("rule") == name {
                let alerts = count.integer("alerts") ?? 0
                rate.open += count.integer("open") ?? 0
                switch count.text("severity") {
                case "page": rate.pages += alerts
                case "info": rate.infos += alerts
                default: rate.tickets += alerts
                }
            }
            rate.watchedQuarters = watched.quarters(of: name)
            rate.falseAlarms = row.real("false_alarms_per_stage_quarter")
            rate.source = row.text("rate_source")
            rates.append(rate)
        }
        return rates
    }

    /// For how long what rules look at was there.
    private struct Watched {
        let stages: Double
        let teams: Double
        let sources: Double

        init(_ reader: StoreReader, until end: Int64?) throws(StoreFault) {
            let end = end ?? 0
            func seconds(_ sql: String) throws(StoreFault) -> Double {
                try reader.rows(sql, [.integer(end)]).first?.real("seconds") ?? 0
            }
            stages = try seconds("SELECT sum(max(0, ?1 - first_seen)) AS seconds FROM v1_stages")
            teams = try seconds(
                "SELECT sum(?1 - first) AS seconds FROM (SELECT min(time) AS first FROM v1_teams "
                    + "WHERE grain = 'week' GROUP BY team)")
            sources = try seconds(
                "SELECT count(*) * (?1 - (SELECT min(first_seen) FROM v1_stages)) AS seconds FROM v1_sources")
        }

        func quarters(of rule: String) -> Double? {
            let seconds = rule.hasPrefix("source-") ? sources : rule == "after-hours" ? teams : stages
            return seconds > 0 ? seconds / RuleRate.quarter : nil
        }
    }

    var json: JSONValue {
        .object([
            ("rule", .string(rule)), ("alerts", .integer(alerts)), ("pages", .integer(pages)),
            ("tickets", .integer(tickets)), ("infos", .integer(infos)), ("open", .integer(open)),
            ("sent_at_once", .integer(atOnce)), ("in_digest", .integer(alerts - atOnce)),
            ("watched_stage_quarters", JSONValue(watchedQuarters)),
            ("alerts_per_stage_quarter", JSONValue(perStageQuarter)),
            ("false_alarms_per_stage_quarter", JSONValue(falseAlarms)), ("rate_source", JSONValue(source)),
        ])
    }
}
