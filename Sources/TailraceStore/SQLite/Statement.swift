import CSQLite
import TailracePipeline

/// A compiled statement, with its parameters and its current row.
///
/// Invariant: `handle` is finalized once, in `deinit`, before its connection closes (SQLite keeps a closing
/// connection alive until then).
final class Statement {
    private let handle: OpaquePointer
    private unowned let connection: Connection

    init(_ handle: OpaquePointer, of connection: Connection) {
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// SQLite copies the bytes before a bind returns.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    var columnNames: [String] {
        (0..<sqlite3_column_count(handle)).map { sqlite3_column_name(handle, $0).map { String(cString: $0) } ?? "" }
    }

    var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

    /// The names of the parameters with their sign, `:now`; empty text for one without a name.
    var parameterNames: [String] {
        (1...max(1, sqlite3_bind_parameter_count(handle))).prefix(Int(sqlite3_bind_parameter_count(handle))).map {
            sqlite3_bind_parameter_name(handle, $0).map { String(cString: $0) } ?? ""
        }
    }

    /// Binds the values to the parameters 1, 2, 3 …
    func bind(_ values: [RowValue]) throws(StoreFault) {
        try checkCount(values.count)
        var index: Int32 = 0
        for value in values {
            index += 1
            let code = bind(value, at: index)
            guard code == SQLITE_OK else { throw connection.fault(code) }
        }
    }

    private func checkCount(_ count: Int) throws(StoreFault) {
        guard count == Int(sqlite3_bind_parameter_count(handle)) else {
            throw StoreFault(
                .query, path: connection.path,
                message: "\(count) values for \(sqlite3_bind_parameter_count(handle)) parameters")
        }
    }

    private func bind(_ value: RowValue, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let number): return sqlite3_bind_int64(handle, index, number)
        case .real(let number): return sqlite3_bind_double(handle, index, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { chars in
                    // A null pointer would bind NULL, and an empty text is not NULL.
                    guard let base = chars.baseAddress else {
                        return sqlite3_bind_text(handle, index, "", 0, Statement.copied)
                    }
                    return sqlite3_bind_text(handle, index, base, Int32(clamping: chars.count), Statement.copied)
                }
            }
        case .blob(let bytes):
            return bytes.withUnsafeBytes { raw in
                guard let base = raw.baseAddress, !raw.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
                return sqlite3_bind_blob64(handle, index, base, UInt64(raw.count), Statement.copied)
            }
        }
    }

    /// Binds a row's values in place, and steps to the end. The buffer outlives the run, and whoever runs the statement
    /// again binds anew, so nothing is copied.
    func run(_ row: borrowing RowBuffer) throws(StoreFault) {
        try checkCount(row.cells.count)
        let bytes = row.bytes
        let code = bytes.withUnsafeBytes { raw in
            for (index, cell) in row.cells.enumerated() {
                let code = bind(cell, of: raw, at: Int32(index + 1))
                if code != SQLITE_OK { return code }
            }
            while true {
                let code = sqlite3_step(handle)
                if code != SQLITE_ROW { return code }
            }
        }
        guard code == SQLITE_DONE else {
            let fault = connection.fault(code)
            sqlite3_reset(handle)
            throw fault
        }
        sqlite3_reset(handle)
    }

    private func bind(_ cell: RowBuffer.Cell, of bytes: UnsafeRawBufferPointer, at index: Int32) -> Int32 {
        switch cell {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let number): return sqlite3_bind_int64(handle, index, number)
        case .real(let number): return sqlite3_bind_double(handle, index, number)
        case .text(let range):
            // A null pointer would bind NULL, and an empty text is not NULL.
            guard let base = bytes.baseAddress, !range.isEmpty else {
                return sqlite3_bind_text(handle, index, "", 0, Statement.copied)
            }
            let chars = (base + range.lowerBound).assumingMemoryBound(to: CChar.self)
            return sqlite3_bind_text(handle, index, chars, Int32(clamping: range.count), nil)
        case .blob(let range):
            guard let base = bytes.baseAddress, !range.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
            return sqlite3_bind_blob64(handle, index, base + range.lowerBound, UInt64(range.count), nil)
        }
    }

    /// Advances to the next row; false at the end. Resets itself at the end and on a fault.
    func step() throws(StoreFault) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else {
            let fault = connection.fault(code)
            sqlite3_reset(handle)
            throw fault
        }
        sqlite3_reset(handle)
        return false
    }

    /// Binds, and steps to the end.
    func run(_ values: [RowValue]) throws(StoreFault) {
        try bind(values)
        while try step() {}
    }

    /// Ends reading early, so that the next `bind` finds the statement idle.
    func reset() { sqlite3_reset(handle) }

    /// A column of the current row. Text that is not UTF-8 is repaired.
    func value(_ column: Int) -> RowValue {
        let index = Int32(column)
        switch sqlite3_column_type(handle, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(handle, index) else { return .text("") }
            let count = Int(sqlite3_column_bytes(handle, index))
            return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
        case SQLITE_BLOB: return .blob(blob(column))
        default: return .null
        }
    }

    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

    func optionalInteger(_ column: Int) -> Int64? {
        sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL ? nil : integer(column)
    }

    func optionalReal(_ column: Int) -> Double? {
        sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL ? nil : sqlite3_column_double(handle, Int32(column))
    }

    func optionalText(_ column: Int) -> String? {
        if case .text(let text) = value(column) { return text }
        return nil
    }

    func text(_ column: Int) -> String { optionalText(column) ?? "" }

    func optionalBlob(_ column: Int) -> [UInt8]? {
        if case .blob(let bytes) = value(column) { return bytes }
        return nil
    }

    func blob(_ column: Int) -> [UInt8] {
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        guard count > 0, let base = sqlite3_column_blob(handle, Int32(column)) else { return [] }
        return Array(UnsafeRawBufferPointer(start: base, count: count))
    }
}
