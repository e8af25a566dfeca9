import CSQLite

/// Reads a store with SQLite alone, as anybody else's program does: the code under test does not check itself.
final class PlainReader {
    enum Value {
        case null
        case integer(Int)
        case real(Double)
        case text(String)

        var text: String {
            switch self {
            case .null: ""
            case .integer(let value): "\(value)"
            case .real(let value): "\(value)"
            case .text(let value): value
            }
        }

        var integer: Int {
            switch self {
            case .integer(let value): value
            case .real(let value): Int(value)
            case .null, .text: 0
            }
        }
    }

    struct Fault: Error { var message: String }

    private var connection: OpaquePointer?

    /// - Throws: where there is no file, or none that can be read.
    init(_ path: String) throws {
        guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY, nil) == SQLITE_OK else { throw fault }
        sqlite3_busy_timeout(connection, 2000)
    }

    deinit { sqlite3_close_v2(connection) }

    private var fault: Fault { Fault(message: String(cString: sqlite3_errmsg(connection))) }

    func rows(_ sql: String) throws -> [[Value]] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else { throw fault }
        defer { sqlite3_finalize(statement) }
        var rows: [[Value]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append((0..<sqlite3_column_count(statement)).map { value(statement, $0) })
            case SQLITE_DONE: return rows
            default: throw fault
            }
        }
    }

    private func value(_ statement: OpaquePointer?, _ column: Int32) -> Value {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(Int(sqlite3_column_int64(statement, column)))
        case SQLITE_FLOAT: .real(sqlite3_column_double(statement, column))
        case SQLITE_NULL: .null
        default: .text(sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "")
        }
    }
}
