import Foundation
import TailraceStore

/// One alert as a screen.
struct ExplainScreen {
    let alert: ViewRow
    let clock: StoreClock
    let terminal: Terminal

    private static let mostRows = 28

    /// - Parameter evidence: what the query answered.
    func text(_ query: EvidenceQuery, evidence: ResultTable) -> String {
        let summary = alert.text("summary") ?? "\(alert.text("rule") ?? "") on \(alert.stage())"
        var lines = "Alert \(alert["alert"].shown): \(summary.printable)".wrapped(to: terminal.textColumns).map {
            terminal.styled($0, .strong)
        }
        for (name, text) in facts + said { lines += fact(name, text) }
        if !evidence.rows.isEmpty {
            var shown = evidence
            shown.rows = Array(evidence.rows.prefix(Self.mostRows))
            lines += [""] + picture(evidence) + TextTable(shown).lines(terminal)
            if shown.rows.count < evidence.rows.count {
                lines.append("… and \(evidence.rows.count - shown.rows.count) more rows.")
            }
        }
        // The SQL is not broken to fit: it is there to be copied.
        lines += ["", terminal.styled("SQL", .faint)] + query.sql.split(separator: "\n").map { "  " + $0 }
        lines += [""] + "Times are \(clock.name).".wrapped(to: terminal.textColumns).map { terminal.styled($0, .faint) }
        return lines.joined(separator: "\n")
    }

    private func fact(_ name: String, _ text: String) -> [String] {
        let margin = 22
        return text.printable.wrapped(to: max(10, terminal.textColumns - margin)).enumerated().map { place, line in
            terminal.styled((place == 0 ? name : "").cut(to: margin - 2).padded(to: margin), .faint) + line
        }
    }

    /// What the columns say, in the order in which people ask.
    private var facts: [(String, String)] {
        var facts: [(String, String)] = [
            ("rule", "\(alert.text("rule") ?? "") (\(alert.text("severity") ?? "–"))"),
            ("stage", alert.stage()), ("owner", alert.text("owner") ?? "nobody is named"), ("state", state),
        ]
        let unit = alert.text("unit").map { " " + $0 } ?? ""
        if let value = alert.real("value") {
            let threshold = alert.real("threshold").map { ", threshold \(Figure.number($0))" } ?? ""
            facts.append(("value", Figure.number(value) + unit + threshold))
        }
        if let peak = alert.real("peak_value") {
            facts.append(("peak", "\(Figure.number(peak))\(unit) at \(clock.moment(alert.integer("peak_at")))"))
        }
        if let cause = alert.text("cause") { facts.append(("cause", cause)) }
        if let low = alert.integer("forecast_drain_low"), let high = alert.integer("forecast_drain_high") {
            facts.append(("drains", "between \(clock.date(low)) and \(clock.date(high)), 80 times in 100 (forecast)"))
        }
        if let drained = alert.integer("drained_at") { facts.append(("drained", "at \(clock.moment(drained))")) }
        if let person = alert.text("acknowledged_by") { facts.append(("acknowledged", "by \(person)")) }
        if let useful = alert.integer("useful") { facts.append(("rated", useful == 0 ? "noise" : "useful")) }
        return facts
    }

    private var state: String {
        let length = AlertTable.length(alert, clock)
        let state = alert.text("state") ?? ""
        guard let firing = alert.integer("firing_at") else {
            return "\(state) since \(clock.moment(alert.integer("pending_at")))"
        }
        let since = "since \(clock.moment(firing))"
        guard let resolved = alert.integer("resolved_at") else { return "\(state) \(since), \(length) so far" }
        return "\(state) at \(clock.moment(resolved)) after \(length), firing \(since)"
    }

    /// The evidence column: the members of a JSON object one by one, any other text as it stands.
    private var said: [(String, String)] {
        guard let text = alert.text("evidence"), !text.isEmpty else { return [] }
        guard text.hasPrefix("{"),
            let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        else { return [("evidence", text)] }
        // The order of the text, which its writer chose, not that of a hash table.
        func place(_ key: String) -> String.Index { text.range(of: "\"\(key)\"")?.lowerBound ?? text.endIndex }
        return object.sorted { (place($0.key), $0.key) < (place($1.key), $1.key) }.map { key, value in
            (key.replacing("_", with: " "), shown(value, key))
        }
    }

    private func shown(_ value: Any, _ key: String) -> String {
        switch value {
        case let text as String: return text
        case let number as NSNumber:
            if key.hasSuffix("_at") || key.hasSuffix("_since") { return clock.moment(number.int64Value) }
            if key.hasSuffix("_s") { return Figure.duration(number.doubleValue) }
            return Figure.number(number.doubleValue)
        case is NSNull: return "not measurable"
        case let list as [Any]: return list.map { shown($0, key) }.joined(separator: ", ")
        case let object as [String: Any]:
            return object.keys.sorted().map { "\($0) \(object[$0].map { shown($0, "") } ?? "")" }.joined(
                separator: ", ")
        default: return "\(value)"
        }
    }

    /// The backlog of the rows below as one line, where they have one.
    private func picture(_ evidence: ResultTable) -> [String] {
        guard evidence.columns.contains("backlog") else { return [] }
        let series = evidence.viewRows.map { $0.real("backlog") }
        guard series.count > 2 else { return [] }
        return [
            terminal.styled("backlog", .faint) + "  " + Sparkline.text(series, width: terminal.textColumns - 10), "",
        ]
    }
}
