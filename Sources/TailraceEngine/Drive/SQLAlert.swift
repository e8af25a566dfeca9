internal import Foundation
internal import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// What one row of a rule of the user's own says of a stage.
struct SQLAlert: Equatable {
    var stage: String
    /// nil: not measurable; the alert stays as it is.
    var value: Double?
    var threshold: Double?
    var unit = ""
    var summary = ""
    var evidence = "{}"

    /// Names longer than this are cut: they come from logs, and go into messages.
    private static let longestName = 200
    private static let longestSummary = 500

    /// The rows by stage, in the order of stages. Of several rows of a stage the one with the greatest value counts,
    /// and one that cannot be measured counts less than all: so the order of rows, which SQL leaves open, decides
    /// nothing.
    ///
    /// - Returns: nil where a value is no number.
    static func all(in table: ResultTable, of rule: Configuration.SQLRule) -> [SQLAlert]? {
        var alerts: [String: SQLAlert] = [:]
        for row in table.rows {
            guard let alert = SQLAlert(row, table.columns, rule) else { return nil }
            if let known = alerts[alert.stage], !alert.isWorse(than: known) { continue }
            alerts[alert.stage] = alert
        }
        return alerts.values.sorted { $0.stage < $1.stage }
    }

    private func isWorse(than other: SQLAlert) -> Bool {
        guard let value else { return false }
        guard let otherValue = other.value else { return true }
        return (value, summary, evidence) > (otherValue, other.summary, other.evidence)
    }

    private init?(_ row: [RowValue], _ columns: [String], _ rule: Configuration.SQLRule) {
        stage = ""
        var own: [(String, RowValue)] = []
        var said: String?
        for (name, cell) in zip(columns, row) {
            switch name {
            case "stage": stage = SQLAlert.shown(cell, atMost: SQLAlert.longestName)
            case "value":
                guard let number = SQLAlert.number(cell) else { return nil }
                value = number.value
            case "threshold": threshold = SQLAlert.number(cell)?.value
            case "unit": unit = SQLAlert.shown(cell, atMost: SQLAlert.longestName)
            case "summary": if cell != .null { said = SQLAlert.shown(cell, atMost: SQLAlert.longestSummary) }
            default: own.append((name, cell))
            }
        }
        summary = said ?? rule.summary.map { SQLAlert.filled($0, columns, row) } ?? usualSummary(rule.name)
        evidence = SQLAlert.json([("value", value.map(RowValue.real) ?? .null)] + own)
    }

    private func usualSummary(_ rule: String) -> String {
        let limit = threshold.map { ", alert beyond \(SQLAlert.shown(.real($0), atMost: 40))" } ?? ""
        let place = stage.isEmpty ? "the unnamed stage" : stage
        let number = value.map { SQLAlert.shown(.real($0), atMost: 40) } ?? "not measurable"
        return "\(place): \(number)\(unit.isEmpty ? "" : " " + unit)\(limit) (\(rule))"
    }

    private static func filled(_ template: String, _ columns: [String], _ row: [RowValue]) -> String {
        var text = template
        for (name, cell) in zip(columns, row) {
            let isUnnamed = name == "stage" && (cell == .text("") || cell == .null)
            text = text.replacingOccurrences(
                of: "{\(name)}", with: isUnnamed ? "the unnamed stage" : shown(cell, atMost: longestName))
        }
        return String(text.prefix(longestSummary))
    }

    /// nil: a text or a blob, which is no number.
    private static func number(_ cell: RowValue) -> (value: Double?, Void)? {
        switch cell {
        case .null: (nil, ())
        case .integer(let number): (Double(number), ())
        case .real(let number): number.isFinite ? (number, ()) : nil
        case .text, .blob: nil
        }
    }

    private static func shown(_ cell: RowValue, atMost limit: Int) -> String {
        switch cell {
        case .null: ""
        case .integer(let number): String(number)
        case .real(let number):
            number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : figure(number, 2)
        case .text(let text): String(text.prefix(limit))
        case .blob(let bytes): "\(bytes.count) bytes"
        }
    }

    /// A flat JSON object in the order of the columns.
    private static func json(_ members: [(String, RowValue)]) -> String {
        func quoted(_ text: String) -> String {
            (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        }
        let parts = members.map { name, cell in
            let value =
                switch cell {
                case .null: "null"
                case .integer, .real: shown(cell, atMost: 40)
                case .text, .blob: quoted(shown(cell, atMost: longestName))
                }
            return "\(quoted(name)):\(value)"
        }
        return "{" + parts.joined(separator: ",") + "}"
    }
}

/// The life of alerts of rules of the user's own.
extension AlertBook {
    /// Takes the answer to a rule at the end of a window: a stage among the rows is on, one that is not is over.
    ///
    /// - Parameter owner: the owner of a stage, where the rule names none.
    mutating func take(_ alerts: [SQLAlert], of rule: Configuration.SQLRule, at: Int64, owner: (String) -> String?) {
        for alert in alerts {
            let key = "\(rule.name) \(alert.stage)"
            // What cannot be measured begins nothing and ends nothing.
            guard let value = alert.value else { continue }
            let old = open[key]
            var row = old ?? newRow()
            (row.rule, row.stage) = (rule.name, alert.stage)
            row.owner = rule.owner ?? owner(alert.stage)
            row.severity = StoredAlert.Severity(rawValue: rule.severity.rawValue) ?? .ticket
            row.pendingAt = row.pendingAt ?? at
            if at - (row.pendingAt ?? at) >= rule.hold.components.seconds || row.state == .firing {
                row.state = .firing
                row.firingAt = row.firingAt ?? at
            }
            (row.value, row.threshold, row.unit) = (value, alert.threshold, alert.unit)
            if value > row.peakValue ?? -.infinity { (row.peakValue, row.peakAt) = (value, at) }
            (row.summary, row.evidence) = (alert.summary, alert.evidence)
            if row != old { put(row, key) }
        }
        let seen = Set(alerts.map(\.stage))
        for (key, row) in open.sorted(by: { $0.value.id < $1.value.id })
        where row.rule == rule.name && !seen.contains(row.stage) {
            if row.state == .pending { lapse(key) } else { close(key, at: at) }
        }
    }
}
