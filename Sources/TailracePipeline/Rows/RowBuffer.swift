/// The values of one row on their way into the store. Used again for row after row, it allocates nothing: texts and
/// states stand one behind the other in one array.
public struct RowBuffer: Sendable {
    /// One value; texts and blobs are ranges of the buffer's bytes.
    public enum Cell: Sendable {
        case null
        case integer(Int64)
        case real(Double)
        case text(Range<Int>)
        case blob(Range<Int>)
    }

    /// In the order of the columns.
    public private(set) var cells: [Cell] = []
    private var writer = ByteWriter()

    public init() {}

    public var bytes: [UInt8] { writer.bytes }

    public mutating func removeAll() {
        cells.removeAll(keepingCapacity: true)
        writer.removeAll()
    }

    public mutating func append(_ value: RowValue) {
        switch value {
        case .null: cells.append(.null)
        case .integer(let number): cells.append(.integer(number))
        case .real(let number): cells.append(.real(number))
        case .text(let text):
            let start = writer.bytes.count
            writer.append(text.utf8)
            cells.append(.text(start..<writer.bytes.count))
        case .blob(let bytes): appendBlob { $0.append(bytes) }
        }
    }

    public mutating func append(contentsOf values: [RowValue]) { for value in values { append(value) } }

    /// Appends what the body writes, as a blob.
    mutating func appendBlob(_ body: (inout ByteWriter) -> Void) {
        let start = writer.bytes.count
        body(&writer)
        cells.append(.blob(start..<writer.bytes.count))
    }

    /// The values, one by one; for those who have the time.
    public var values: [RowValue] {
        cells.map {
            switch $0 {
            case .null: .null
            case .integer(let number): .integer(number)
            case .real(let number): .real(number)
            case .text(let range): .text(String(decoding: bytes[range], as: UTF8.self))
            case .blob(let range): .blob(Array(bytes[range]))
            }
        }
    }
}

extension StoreRow {
    /// The values, in the order of `columns`.
    public var values: [RowValue] {
        var row = RowBuffer()
        write(into: &row)
        return row.values
    }
}
