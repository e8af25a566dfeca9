/// A series as columns of text, with its threshold as a line and a mark under the place where the alert fired.
///
/// ```text
///  288 ┤            ▄█
///      │          ▂███
///  120 ┼╌╌╌╌╌╌╌╌▄█████   threshold
///      │  ▁▁▂▃▄███████
///    0 └─────────────
///              ^ fired
///       03-03       04-21
/// ```
/// Zero is the bottom. A value that is not measurable is a dot on the axis: it must not look like nothing.
struct AlertChart {
    /// Oldest first.
    let values: [Double?]
    /// What the first and the last value are of: dates or weeks.
    let labels: [String]
    let threshold: Double?
    /// Place of the value in whose window the alert fired; nil where it is not among them.
    let firedAt: Int?
    var height = 6

    private static let eighths: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// - Parameter terminal: how wide, and whether it can show more than ASCII.
    func lines(_ terminal: Terminal) -> [String] {
        let top = max(values.reduce(0) { max($0, $1 ?? 0) }, threshold ?? 0)
        guard values.count > 1, top > 0, top.isFinite else { return [] }
        let isPlain = terminal.isASCII
        let scale = Figure.number(top)
        let limit = threshold.map { Figure.number($0) } ?? ""
        let margin = max(scale.count, limit.count, 1) + 1
        let width = max(8, terminal.textColumns - margin - 14)
        let points = values.count <= width ? values : runs(width)
        let limitRow = threshold.map { min(height - 1, Int($0 / top * Double(height))) }
        var lines: [String] = []
        for row in (0..<height).reversed() {
            let isLimit = row == limitRow
            let label = isLimit ? limit : row == height - 1 ? scale : ""
            let axis = isPlain ? "|" : isLimit ? "┼" : row == height - 1 ? "┤" : "│"
            let text = points.map { point -> String in
                let cell = cell(point, row, top, isPlain)
                return cell == " " && isLimit ? (isPlain ? "-" : "╌") : String(cell)
            }.joined()
            let line = label.leftPadded(to: margin) + " " + axis + text + (isLimit ? "  threshold" : "")
            lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
        }
        let floor = points.map { $0 == nil ? (isPlain ? "." : "·") : (isPlain ? "-" : "─") }.joined()
        lines.append("0".leftPadded(to: margin) + " " + (isPlain ? "+" : "└") + floor)
        return lines + underline(points.count).map { String(repeating: " ", count: margin + 2) + $0 }
    }

    /// A mark where the alert fired, and the first and the last label.
    private func underline(_ width: Int) -> [String] {
        let (first, last) = (labels.first ?? "", labels.last ?? "")
        let gap = max(2, width - first.count - last.count)
        let ends = first + String(repeating: " ", count: gap) + last
        guard let firedAt else { return [ends] }
        let place = values.count <= width ? firedAt : firedAt * width / values.count
        return [String(repeating: " ", count: max(0, min(width - 1, place))) + "^ fired", ends]
    }

    private func cell(_ value: Double?, _ row: Int, _ top: Double, _ isPlain: Bool) -> Character {
        guard let value, value > 0 else { return " " }
        let filled = value / top * Double(height) - Double(row)
        if isPlain { return filled >= 0.5 || (row == 0 && value > 0) ? "#" : " " }
        let eighth = min(8, max(0, Int((filled * 8).rounded())))
        return AlertChart.eighths[row == 0 ? max(1, eighth) : eighth]
    }

    /// Equal runs of the series, each shown by its maximum, so that no peak is lost.
    private func runs(_ width: Int) -> [Double?] {
        (0..<width).map { run in
            values[run * values.count / width..<(run + 1) * values.count / width].lazy.compactMap { $0 }.max()
        }
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
