import TailracePipeline
import TailraceStore

/// The dictionary as text.
enum SchemaScreen {
    /// Each view with what one row of it is, and the names of its columns.
    static func views(_ dictionary: ResultTable, _ terminal: Terminal) -> String {
        var columns: [String: [String]] = [:]
        var names: [String] = []
        for row in dictionary.viewRows {
            guard let view = row.text("view_name"), let column = row.text("column_name") else { continue }
            if columns[view] == nil { names.append(view) }
            columns[view, default: []].append(column)
        }
        guard !names.isEmpty else { return "This store has no dictionary." }
        var lines: [String] = []
        for name in names {
            lines.append(terminal.styled(name, .strong))
            lines += (about[name] ?? "").wrapped(to: terminal.textColumns - 2).map { "  " + $0 }
            let list = (columns[name] ?? []).joined(separator: " ")
            lines += list.wrapped(to: terminal.textColumns - 2).map {
                "  " + terminal.styled($0, .faint)
            }
        }
        lines.append("")
        lines += "`tailrace schema VIEW` says what each column means; v1_dictionary says it in SQL.".wrapped(
            to: terminal.textColumns
        ).map { terminal.styled($0, .faint) }
        return lines.joined(separator: "\n")
    }

    /// What one row of each view is. The dictionary describes columns only.
    private static var about: [String: String] {
        let lines = (Store.schemaText() ?? "").split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
        return Dictionary(
            lines.filter { $0.count == 2 }.map { (String($0[0]), String($0[1])) }, uniquingKeysWith: { $1 })
    }

    /// The columns of one view, with units and meanings.
    static func columns(_ dictionary: ResultTable, _ terminal: Terminal) -> String {
        let rows = dictionary.viewRows
        let nameWidth = rows.map { $0.text("column_name")?.displayWidth ?? 0 }.max() ?? 0
        let unitWidth = min(rows.map { $0.text("unit")?.displayWidth ?? 0 }.max() ?? 0, 16)
        let left = nameWidth + unitWidth + 4
        let view = rows.first?.text("view_name") ?? ""
        var lines = [terminal.styled(view, .strong)]
        lines += (about[view] ?? "").wrapped(to: terminal.textColumns)
        for row in rows {
            let name = (row.text("column_name") ?? "").padded(to: nameWidth)
            let unit = (row.text("unit") ?? "").cut(to: unitWidth).padded(to: unitWidth)
            var text = row.text("description") ?? ""
            if row["example"] != .null { text += " Example: \(row["example"].shown)." }
            // Where the meaning would be a thin column on the right, it stands below.
            let isBelow = terminal.textColumns - left < 32
            let margin = isBelow ? 4 : left
            let meaning = text.printable.wrapped(to: max(10, terminal.textColumns - margin))
            let head = terminal.styled(name, .strong) + "  " + terminal.styled(unit, .faint)
            if isBelow {
                lines.append(head)
                lines += meaning.map { String(repeating: " ", count: margin) + $0 }
            } else {
                lines.append(meaning.isEmpty ? head : head + "  " + meaning[0])
                lines += meaning.dropFirst().map { String(repeating: " ", count: margin) + $0 }
            }
        }
        return lines.joined(separator: "\n")
    }
}
