/// Rows and columns of text, fitted to a terminal.
///
/// Where the rows are wider than the terminal, columns that may be cut are shortened first, down to their narrowest;
/// then the least important columns are left out; only then is the rest cut. Without an edge nothing is cut.
struct TextTable: Sendable {
    struct Column: Sendable {
        var title: String
        /// Numbers stand on the right.
        var isNumber = false
        /// The column may be cut to this width; nil where a cut value would mislead, as with numbers.
        var narrowest: Int?
        /// Which end a cut leaves out.
        var cut = String.Cut.end
        /// Columns with the highest rank are left out first; 0 is never left out.
        var dropRank = 0

        static func number(_ title: String, dropRank: Int = 0) -> Column {
            Column(title: title, isNumber: true, dropRank: dropRank)
        }
        static func text(
            _ title: String, narrowest: Int? = nil, cut: String.Cut = .end, dropRank: Int = 0
        ) -> Column {
            Column(title: title, narrowest: narrowest, cut: cut, dropRank: dropRank)
        }
    }

    struct Cell: Sendable, ExpressibleByStringLiteral {
        var text: String
        var style: Style

        init(_ text: String, _ style: Style = .plain) {
            self.text = text.printable
            self.style = style
        }
        init(stringLiteral value: String) { self.init(value) }
    }

    private struct Row {
        var cells: [Cell]
        var note: String?
    }

    let columns: [Column]
    private var rows: [Row] = []
    private static let gap = 2

    init(_ columns: [Column]) { self.columns = columns }

    var isEmpty: Bool { rows.isEmpty }

    /// - Parameter note: running text below the row, indented.
    mutating func add(_ cells: [Cell], note: String? = nil) {
        precondition(cells.count == columns.count, "a row has as many cells as the table has columns")
        rows.append(Row(cells: cells, note: note?.printable))
    }

    /// The table as lines, without a line end. Complexity: O(cells).
    func lines(_ terminal: Terminal, indent: Int = 0) -> [String] {
        let layout = fit(terminal.columns.map { max(10, $0 - indent) })
        let margin = String(repeating: " ", count: indent)
        var lines = [margin + line(columns.map { Cell($0.title, .faint) }, layout, terminal)]
        for row in rows {
            lines.append(margin + line(row.cells, layout, terminal))
            guard let note = row.note, !note.isEmpty else { continue }
            let width = max(10, (terminal.columns ?? 100) - indent - 4)
            lines += note.wrapped(to: min(width, 100)).map { margin + "    " + terminal.styled($0, .faint) }
        }
        return lines
    }

    /// A column that is shown, and how wide.
    private struct Place {
        var column: Int
        var width: Int
    }

    private func fit(_ available: Int?) -> [Place] {
        let natural = columns.indices.map { column in
            rows.reduce(columns[column].title.displayWidth) { max($0, $1.cells[column].text.displayWidth) }
        }
        var places = columns.indices.map { Place(column: $0, width: natural[$0]) }
        guard let available else { return places }
        while true {
            var excess = places.reduce(-Self.gap) { $0 + $1.width + Self.gap } - available
            shorten(&places, by: &excess) { columns[$0].narrowest }
            if excess <= 0 { return places }
            guard let least = places.filter({ columns[$0.column].dropRank > 0 }).max(by: isKept) else {
                shorten(&places, by: &excess) { columns[$0].isNumber ? nil : 4 }
                shorten(&places, by: &excess) { _ in 1 }
                return places
            }
            // The columns that stay get their full width back: there is more room now.
            places = places.filter { $0.column != least.column }.map {
                Place(column: $0.column, width: natural[$0.column])
            }
        }
    }

    private func isKept(_ a: Place, over b: Place) -> Bool {
        let (first, second) = (columns[a.column].dropRank, columns[b.column].dropRank)
        return first != second ? first < second : a.column < b.column
    }

    /// Takes from the widest column that may still give, one column of text at a time.
    private func shorten(_ places: inout [Place], by excess: inout Int, to narrowest: (Int) -> Int?) {
        while excess > 0 {
            let giving = places.indices.filter { index in
                narrowest(places[index].column).map { $0 < places[index].width } ?? false
            }
            guard let widest = giving.max(by: { places[$0].width < places[$1].width }) else { return }
            places[widest].width -= 1
            excess -= 1
        }
    }

    private func line(_ cells: [Cell], _ layout: [Place], _ terminal: Terminal) -> String {
        var line = ""
        // Spaces are owed until something follows: no line ends in them.
        var owed = 0
        for place in layout {
            let cell = cells[place.column]
            let column = columns[place.column]
            let text = cell.text.cut(to: place.width, column.cut)
            let space = max(0, place.width - text.displayWidth)
            if column.isNumber { owed += space }
            if !text.isEmpty {
                line += String(repeating: " ", count: owed) + terminal.styled(text, cell.style)
                owed = 0
            }
            owed += Self.gap + (column.isNumber ? 0 : space)
        }
        return line
    }
}
