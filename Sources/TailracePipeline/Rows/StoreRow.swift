/// One value of a row, as SQLite keeps it.
public enum RowValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// A nil is "not measurable", never 0.
    public static func optional(_ value: Int64?) -> RowValue { value.map(RowValue.integer) ?? .null }
    public static func optional(_ value: Double?) -> RowValue { value.map(RowValue.real) ?? .null }
    public static func optional(_ value: String?) -> RowValue { value.map(RowValue.text) ?? .null }
}

/// A row that a checkpoint writes: it knows its table and its columns, not the database.
public protocol StoreRow: Sendable {
    /// The table's name. Tables may change between versions; the `v1_` views are the interface.
    static var table: String { get }
    /// Column names; the first is the table's INTEGER PRIMARY KEY.
    static var columns: [String] { get }
    /// Appends the values, in the order of `columns`.
    func write(into row: inout RowBuffer)
}

/// A row of a window: can be taken up again after a restart, and added to.
public protocol WindowRow: StoreRow {
    /// The window this row belongs to.
    var window: Window { get set }
    /// Two indices that tell the rows of a window apart (stage and origin, team and 0, …), each below 2^14.
    var indices: (Int, Int) { get }
    /// Everything `merge` needs, as bytes; the last column, `state`.
    func encodeState(into writer: inout ByteWriter)
    init(window: Window, indices: (Int, Int), state: inout ByteReader) throws(StateDamage)
    /// Adds what the other row counted. Commutative and associative in everything but gauges, which take the
    /// later row's value.
    mutating func merge(_ other: Self)
}

extension WindowRow {
    /// The row's primary key: ascends with window, then indices.
    public var rowID: Int64 { Self.id(window, indices) }

    static func id(_ window: Window, _ indices: (Int, Int)) -> Int64 {
        window.key << 28 | Int64(indices.0) << 14 | Int64(indices.1)
    }
}
