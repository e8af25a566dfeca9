import ArgumentParser
import TailracePipeline
import TailraceStore

/// Everything that speaks for one alert, before it is shown.
struct AlertStory {
    let alert: ViewRow
    let evidence: AlertEvidence
    /// The rows that it was raised on, and what gives them.
    let query: EvidenceQuery
    let rows: ResultTable
    /// The series that it is about; nil where there is none.
    let series: AlertSeries?
    let points: [(label: String, value: Double?)]
    /// The place among the points of the window in which it fired.
    let firedAt: Int?
    /// Numbers of the evidence that can be asked for again.
    let numbers: [EvidenceNumber]
    /// What would end it.
    let ending: String
    /// How often its rule is wrong; nil where that was not measured.
    let rate: RuleRate?

    /// - Parameter end: the end of the last window, seconds since 1970 UTC.
    init(_ alert: ViewRow, _ reader: StoreReader, end: Int64?) throws(StoreFault) {
        self.alert = alert
        evidence = AlertEvidence(alert)
        let rules = try SQLRuleStatus.all(reader)
        query = EvidenceQuery(alert, end: end, rules: rules)
        // A rule of the user's own was asked of another state of the store; it may have no answer now.
        rows =
            rules.contains { $0.name == alert.text("rule") }
            ? (try? reader.table(query.sql)) ?? ResultTable(columns: [], rows: []) : try reader.table(query.sql)
        series = AlertSeries(alert, evidence: evidence, end: end)
        points =
            try series.map { series throws(StoreFault) in
                try reader.rows(series.sql).map { ($0.text("label") ?? "", $0.real("value")) }
            } ?? []
        ending = AlertEnding(alert, evidence: evidence, rules: rules).text
        let rule = alert.text("rule") ?? ""
        rate = try RuleRate.all(reader, StoreClock(reader)).first { $0.rule == rule && $0.falseAlarms != nil }
        let fired = alert.integer("firing_at") ?? alert.integer("pending_at") ?? 0
        // It fires at the end of its window, which begins the next.
        let window = try reader.rows(
            "SELECT date_local, week_local FROM v1_flow WHERE grain = 'hour' AND time = ?1 LIMIT 1",
            [.integer(fired - 3600)]
        ).first
        let names = [window?.text("date_local"), window?.text("week_local")].compactMap { $0 }
        firedAt = points.firstIndex { names.contains($0.label) }
        numbers =
            rule == "absorption-exceeded"
            ? evidence.number("told_at").map {
                EvidenceNumber.absorption(stage: (alert.text("stage") ?? "").sqlText, end: Int64($0))
            } ?? [] : []
    }

    /// Where it is written what to do.
    var runbook: String {
        let rule = alert.text("rule") ?? ""
        let isOwn = !AlertStory.documented.contains(rule)
        return "docs/runbooks.md#\(isOwn ? "rules-of-your-own" : rule)"
    }

    private static let documented: Set<String> = [
        "absorption-exceeded", "backlog-limit", "limit-exceeded", "hollow-volume", "harm-creep", "redundancy-surge",
        "zombie-growth", "rework-expansion", "validation-share", "decoupling", "framing-convergence", "after-hours",
        "control-step-added", "bottleneck-moved", "unowned-stage", "source-silent", "source-corrupt", "time-to-send",
        "two-speed", "rubber-stamp", "single-person-queue", "pilot-state", "rebound-backfire", "process-drift",
        "flow-bought-with-strain", "common-friction",
    ]

    /// What can be done about it from here: of the commands that this program has.
    var commands: [(name: String, command: String)] {
        let number = alert["alert"].shown
        let stage = (alert.text("stage") ?? "").shellWord
        let known = Set(Tailrace.configuration.subcommands.compactMap { $0.configuration.commandName })
        return [
            ("ack", "acknowledge", "tailrace ack \(number)"),
            ("silence", "silence", "tailrace silence add --rule \(alert.text("rule") ?? "") --stage \(stage)"),
            ("feedback", "was it useful?", "tailrace feedback \(number) useful|noise"),
        ].filter { known.contains($0.0) }.map { ($0.1, $0.2) }
    }

    var json: JSONValue {
        guard case .object(let members) = alert.json else { return alert.json }
        let points = points.map { JSONValue.object([("label", .string($0.label)), ("value", JSONValue($0.value))]) }
        let numbers = numbers.map { JSONValue.object([("name", .string($0.name)), ("sql", .string($0.sql))]) }
        return .object(
            members + [
                ("ends_with", .string(ending)), ("runbook", .string(runbook)), ("sql", .string(query.sql)),
                ("rows", rows.json), ("series_title", JSONValue(series?.title)), ("series_sql", JSONValue(series?.sql)),
                ("series_threshold", JSONValue(series?.threshold)), ("series", .array(points)),
                ("numbers", .array(numbers)),
            ])
    }
}
