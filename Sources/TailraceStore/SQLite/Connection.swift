import Foundation
import CSQLite
import TailracePipeline

/// An open database: the one place that owns an `sqlite3` handle.
///
/// Invariant: `handle` is open from `init` to `deinit`, and every statement of `prepared` belongs to it.
/// Used by one thread at a time.
final class Connection {
    let path: String
    let handle: OpaquePointer
    private var prepared: [String: Statement] = [:]

    /// SQLite waits this long for another connection's lock before it gives up.
    static let busyTimeoutMilliseconds: Int32 = 5000

    /// - Parameters:
    ///   - name: what SQLite opens: a path, or a `file:` URI of it.
    ///   - system: the name of what stands for the operating system; nil: SQLite's own.
    init(path: String, opening name: String, flags: Int32, system: String? = nil) throws(StoreFault) {
        self.path = path
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_EXRESCODE, system)
        guard code == SQLITE_OK, let handle = opened else {
            let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw StoreFault(sqlite: code, path: path, message: message)
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, Connection.busyTimeoutMilliseconds)
    }

    deinit {
        prepared.removeAll()
        sqlite3_close_v2(handle)
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") != 0 }

    /// The fault behind a result code.
    func fault(_ code: Int32) -> StoreFault {
        // SQLite knows ENOSPC as "full"; a quota, and no room for the log's index, come as failed input or output.
        let isIOError = code & 0xFF == SQLITE_IOERR
        if isIOError, [ENOSPC, EDQUOT].contains(sqlite3_system_errno(handle)) {
            return StoreFault(sqlite: SQLITE_FULL, path: path, message: "")
        }
        return StoreFault(sqlite: code, path: path, message: String(cString: sqlite3_errmsg(handle)))
    }

    /// Runs statements that return nothing of interest.
    func execute(_ sql: String) throws(StoreFault) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw fault(code) }
    }

    /// Compiles the first statement of a text. Throws `.query` where the text holds none, or more than one.
    func prepare(_ sql: String) throws(StoreFault) -> Statement {
        var compiled: OpaquePointer?
        var code: Int32 = SQLITE_OK
        var hasMore = false
        sql.withCString { text in
            var tail: UnsafePointer<CChar>?
            code = sqlite3_prepare_v2(handle, text, -1, &compiled, &tail)
            while let next = tail, next.pointee != 0 {
                if !Connection.isFiller(next.pointee) { hasMore = true }
                tail = next + 1
            }
        }
        guard code == SQLITE_OK else { throw fault(code) }
        guard let compiled else {
            throw StoreFault(.query, path: path, message: "the query is empty", mend: "write one SELECT")
        }
        let statement = Statement(compiled, of: self)
        if hasMore {
            throw StoreFault(.query, path: path, message: "more than one statement", mend: "ask them one by one")
        }
        return statement
    }

    private static func isFiller(_ byte: CChar) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x3B
    }

    /// The same, kept for the next time; for texts that come again and again.
    func cached(_ sql: String) throws(StoreFault) -> Statement {
        if let statement = prepared[sql] { return statement }
        let statement = try prepare(sql)
        prepared[sql] = statement
        return statement
    }

    /// The first column of the first row; nil where there is no row.
    func value(_ sql: String, _ arguments: [RowValue] = []) throws(StoreFault) -> RowValue? {
        let statement = try prepare(sql)
        try statement.bind(arguments)
        return try statement.step() ? statement.value(0) : nil
    }

    func integer(_ sql: String) throws(StoreFault) -> Int64 {
        if case .integer(let value) = try value(sql) { return value }
        return 0
    }

    /// Keeps `-wal` and `-shm` when the last connection closes, so that readers without write access can still open.
    func keepWriteAheadLog() {
        var on: Int32 = 1
        sqlite3_file_control(handle, "main", SQLITE_FCNTL_PERSIST_WAL, &on)
    }
}

extension StoreFault {
    /// Tells a result code in words; the extended part is only in the message.
    init(sqlite code: Int32, path: String, message: String) {
        switch code & 0xFF {
        case SQLITE_FULL:
            self.init(
                .diskFull, path: path, message: "no space left for the store",
                mend: "free space on its file system; what is committed stays, and the same command goes on from there")
        case SQLITE_BUSY, SQLITE_LOCKED:
            self.init(
                .locked, path: path, message: "locked by another connection",
                mend: "end the program that holds a write transaction on it")
        case SQLITE_NOTADB:
            self.init(.notSQLite, path: path, message: "not an SQLite database", mend: "name another file as store")
        case SQLITE_CORRUPT:
            self.init(
                .damaged, path: path, message: "damaged (\(message))",
                mend: "restore a backup, or move it away and replay the logs into a new store")
        case SQLITE_READONLY, SQLITE_PERM:
            self.init(
                .notWritable, path: path, message: "cannot be written (\(message))",
                mend: "give this user write access to the file and its folder")
        case SQLITE_CANTOPEN, SQLITE_AUTH:
            self.init(
                .notReadable, path: path, message: "cannot be opened (\(message))",
                mend: "give this user access to the file and its folder")
        case SQLITE_IOERR:
            self.init(
                .other, path: path, message: "input or output failed (\(message), code \(code))",
                mend: "look at the file system and the kernel's log")
        case SQLITE_ERROR: self.init(.query, path: path, message: message, mend: "correct the query")
        default: self.init(.other, path: path, message: "\(message) (SQLite code \(code))")
        }
    }
}
