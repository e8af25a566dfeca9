import Foundation
import TailraceStore

/// One alert as a screen.
struct ExplainScreen {
    let story: AlertStory
    let clock: StoreClock
    let terminal: Terminal

    private static let mostRows = 14

    private var alert: ViewRow { story.alert }

    var text: String {
        let summary = alert.text("summary") ?? "\(alert.text("rule") ?? "") on \(alert.stage())"
        var lines = "Alert \(alert["alert"].shown): \(summary.printable)".wrapped(to: terminal.textColumns).map {
            terminal.styled($0, .strong)
        }
        for (name, text) in facts + said + steps { lines += fact(name, text) }
        lines += chart
        if !story.rows.rows.isEmpty {
            var shown = story.rows
            // The last ones: those before it fired are in the picture.
            shown.rows = Array(story.rows.rows.suffix(Self.mostRows))
            let rest = story.rows.rows.count - shown.rows.count
            lines += [""] + (rest > 0 ? [terminal.styled("… \(rest) rows before", .faint)] : [])
            lines += TextTable(shown).lines(terminal)
        }
        lines += sql
        lines += [""] + "Times are \(clock.name).".wrapped(to: terminal.textColumns).map { terminal.styled($0, .faint) }
        return lines.joined(separator: "\n")
    }

    /// The series that the alert is about.
    private var chart: [String] {
        guard let series = story.series, !story.points.isEmpty else { return [] }
        let chart = AlertChart(
            values: story.points.map(\.value), labels: story.points.map(\.label), threshold: series.threshold,
            firedAt: story.firedAt)
        let lines = chart.lines(terminal)
        return lines.isEmpty ? [] : ["", terminal.styled(series.title, .faint)] + lines
    }

    /// Each question with what it tells. Not broken to fit: they are there to be copied.
    private var sql: [String] {
        var lines = ["", terminal.styled("SQL of the rows", .faint)] + block(story.query.sql)
        if let series = story.series, !story.points.isEmpty {
            lines += [terminal.styled("SQL of the picture", .faint)] + block(series.sql)
        }
        if !story.numbers.isEmpty {
            lines.append(terminal.styled("SQL of each number", .faint))
            for number in story.numbers {
                lines.append("  -- \(number.name.replacing("_", with: " "))")
                lines += block(number.sql + ";")
            }
        }
        return lines
    }

    private func block(_ sql: String) -> [String] { sql.split(separator: "\n").map { "  " + $0 } }

    /// What ends it, and what to do until then.
    private var steps: [(String, String)] {
        var steps: [(String, String)] = []
        if alert.text("state") != "resolved" { steps.append(("ends with", story.ending)) }
        if let rate = story.rate {
            steps.append(
                ("false alarms", "\(Figure.number(rate.falseAlarms)) a stage and quarter; \(rate.source ?? "")"))
        }
        return steps + [("runbook", story.runbook)] + story.commands.map { ($0.name, $0.command) }
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
        // What was foreseen says nothing once it is over.
        if alert.text("state") != "resolved", let low = alert.integer("forecast_drain_low"),
            let high = alert.integer("forecast_drain_high")
        {
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
        let members = story.evidence.members
        guard members.isEmpty else {
            return members.map { ($0.name.replacing("_", with: " "), shown($0.value, $0.name)) }
        }
        guard let text = alert.text("evidence"), !text.isEmpty, text != "{}" else { return [] }
        return [("evidence", text)]
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
}
