import TailracePipeline
import TailraceStore

/// Alerts as a table.
enum AlertTable {
    /// Alerts that match, those that fire first, then pending ones, then the latest.
    static func alerts(
        _ reader: StoreReader, state: String? = nil, rule: String? = nil, stage: String? = nil
    ) throws(StoreFault) -> ResultTable {
        try reader.table(
            """
            SELECT * FROM v1_alerts
            WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR rule = ?2) AND (?3 IS NULL OR stage = ?3)
            ORDER BY CASE state WHEN 'firing' THEN 0 WHEN 'pending' THEN 1 ELSE 2 END,
              CASE severity WHEN 'page' THEN 0 WHEN 'ticket' THEN 1 ELSE 2 END,
              coalesce(firing_at, pending_at) DESC, alert
            """,
            [.optional(state), .optional(rule), .optional(stage)])
    }

    /// The worst severity that fires on each stage.
    static func firing(_ reader: StoreReader) throws(StoreFault) -> [String: String] {
        let rows = try reader.rows("SELECT stage, severity FROM v1_alerts WHERE state = 'firing'")
        let found = rows.map { ($0.text("stage") ?? "", $0.text("severity") ?? "") }
        return Dictionary(found, uniquingKeysWith: { $0 == "page" ? $0 : $1 })
    }

    /// Red for a page, yellow for a ticket.
    static func style(_ severity: String?) -> Style {
        switch severity {
        case "page": .red
        case "ticket": .yellow
        default: .plain
        }
    }

    /// Rule and summary stand in the row where there is room, below it elsewhere.
    static func lines(_ alerts: [ViewRow], _ clock: StoreClock, _ terminal: Terminal, indent: Int = 0) -> [String] {
        let isWide = terminal.columns.map { $0 >= 140 } ?? true
        var table = TextTable(
            [
                .number("ID"), .text("SEVERITY"), .text("STATE"), .text("STAGE", narrowest: 8), .text("SINCE"),
                .text("FOR", dropRank: 1),
            ] + (isWide ? [.text("RULE"), .text("SUMMARY", narrowest: 30)] : []))
        for alert in alerts {
            let state = alert.text("state") ?? ""
            // What is over has no colour any more.
            let style = state == "resolved" ? Style.plain : style(alert.text("severity"))
            let since = alert.integer("firing_at") ?? alert.integer("pending_at")
            let rule = alert.text("rule") ?? ""
            let summary = alert.text("summary") ?? ""
            let cells: [TextTable.Cell] = [
                .init(alert["alert"].shown), .init(alert.text("severity") ?? Figure.unknown, style),
                .init(state, style),
                .init(alert.stage()), .init(clock.moment(since)), .init(length(alert, clock)),
            ]
            if isWide {
                table.add(cells + [.init(rule), .init(summary)])
            } else {
                table.add(cells, note: summary.isEmpty ? rule : "\(rule): \(summary)")
            }
        }
        return table.lines(terminal, indent: indent)
    }

    /// How long an alert has fired: until it was resolved, or until the end of what was read.
    static func length(_ alert: ViewRow, _ clock: StoreClock) -> String {
        guard let since = alert.integer("firing_at") ?? alert.integer("pending_at"),
            let until = alert.integer("resolved_at") ?? clock.end, until >= since
        else { return Figure.unknown }
        return Figure.duration(until - since)
    }
}
