public import TailracePipeline

/// The answer to a query: named columns and their rows.
public struct ResultTable: Sendable, Equatable {
    public var columns: [String]
    /// Each row has one value per column.
    public var rows: [[RowValue]]

    public init(columns: [String], rows: [[RowValue]]) {
        self.columns = columns
        self.rows = rows
    }
}
