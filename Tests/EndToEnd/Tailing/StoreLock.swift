import CSQLite

/// Somebody else holds the store: nobody can write until this is gone.
final class StoreLock {
    private var connection: OpaquePointer?

    init(_ path: String) throws {
        guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
            throw TailFailure(description: "the store cannot be opened to lock it")
        }
        sqlite3_busy_timeout(connection, 10_000)
        guard sqlite3_exec(connection, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK else {
            throw TailFailure(description: "the store cannot be locked: \(String(cString: sqlite3_errmsg(connection)))")
        }
    }

    deinit {
        sqlite3_exec(connection, "ROLLBACK", nil, nil, nil)
        sqlite3_close_v2(connection)
    }
}
