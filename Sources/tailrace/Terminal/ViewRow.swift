import TailracePipeline
import TailraceStore

/// One row of a view, its values by column name.
struct ViewRow {
    fileprivate let places: [String: Int]
    let values: [RowValue]

    /// A column that the view does not have reads as null: an older store shows less, it does not fail.
    subscript(column: String) -> RowValue { places[column].map { values[$0] } ?? .null }

    func text(_ column: String) -> String? {
        if case .text(let text) = self[column] { return text }
        return nil
    }

    func integer(_ column: String) -> Int64? {
        switch self[column] {
        case .integer(let value): value
        case .real(let value): Int64(exactly: value.rounded())
        default: nil
        }
    }

    func real(_ column: String) -> Double? {
        switch self[column] {
        case .integer(let value): Double(value)
        case .real(let value): value
        default: nil
        }
    }

    /// The row as an object under the view's own column names, in the view's own order.
    var json: JSONValue {
        .object(places.sorted { $0.value < $1.value }.map { ($0.key, JSONValue(values[$0.value])) })
    }

    /// A stage's name; the absent stage has one too.
    func stage(_ column: String = "stage") -> String { (text(column) ?? "").stageName }
}

extension String {
    /// The absent stage is stored as an empty text.
    var stageName: String { isEmpty ? "(no stage)" : self }
}

extension ResultTable {
    var viewRows: [ViewRow] {
        let places = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return rows.map { ViewRow(places: places, values: $0) }
    }

    /// The rows as an array of objects with the view's own column names, in the view's own order.
    var json: JSONValue {
        .array(rows.map { row in .object(zip(columns, row).map { ($0, JSONValue($1)) }) })
    }
}

extension StoreReader {
    /// The rows of a query, by column name.
    func rows(_ sql: String, _ arguments: [RowValue] = []) throws(StoreFault) -> [ViewRow] {
        try table(sql, arguments).viewRows
    }
}

extension RowValue {
    /// The value as a person reads it.
    var shown: String {
        switch self {
        case .null: Figure.unknown
        case .integer(let value): String(value)
        case .real(let value): Figure.number(value)
        case .text(let text): text
        case .blob(let bytes): "\(bytes.count) bytes"
        }
    }

    var isNumber: Bool {
        switch self {
        case .integer, .real: true
        default: false
        }
    }
}

extension TextTable {
    /// The rows of a query as they are, under the view's own column names.
    init(_ result: ResultTable) {
        self.init(
            result.columns.enumerated().map { place, name in
                let values = result.rows.lazy.map { $0[place] }
                let isNumber = values.contains { $0.isNumber } && values.allSatisfy { $0.isNumber || $0 == .null }
                return isNumber ? .number(name) : .text(name, narrowest: 12)
            })
        for row in result.rows { add(row.map { Cell($0.shown) }) }
    }
}
