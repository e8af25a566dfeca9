import Foundation
import CSQLite
public import TailracePipeline

/// The store, opened for reading only: what the reading commands use. Works while a daemon writes.
///
/// Used by one thread at a time.
public struct StoreReader {
    public let path: String
    let connection: Connection

    /// - Throws: `.missing`, `.folderMissing`, `.notReadable`, `.notSQLite`, `.otherApplication`, `.newerVersion`,
    ///   `.empty`, `.damaged`.
    public init(path: String) throws(StoreFault) {
        self.path = path
        try StoreFile.makeReady(path, create: false)
        do {
            connection = try StoreReader.open(path, StoreFile.name(path))
        } catch let fault where fault.kind == .notReadable || fault.kind == .notWritable {
            // Without a right to make the side files, a store that nobody has open can still be read: nobody can
            // be writing, or the side files would be there.
            guard let quiet = StoreReader.quietName(path) else { throw fault }
            connection = try StoreReader.open(path, quiet)
        }
    }

    private static func open(_ path: String, _ name: String) throws(StoreFault) -> Connection {
        let connection = try Connection(
            path: path, opening: name, flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX)
        // Keeps the log's index in memory, so that no -shm file is needed. Asks for a lock that only writers get,
        // hence without locks.
        if name.hasSuffix(unlocked) { try connection.execute("PRAGMA locking_mode = EXCLUSIVE") }
        _ = try connection.check(allowingEmpty: false)
        return connection
    }

    private static let unlocked = "vfs=unix-none"

    /// A URI that reads the store without side files; nil where a writer may have it open.
    private static func quietName(_ path: String) -> String? {
        var status = stat()
        if stat(path + "-shm", &status) == 0 { return nil }
        let uri = URL(fileURLWithPath: path).absoluteString
        let hasLog = stat(path + "-wal", &status) == 0 && status.st_size > 0
        return uri + (hasLog ? "?" + StoreReader.unlocked : "?immutable=1")
    }

    /// The answer to one SQL statement over the `v1_` views; `?` or `?1` stand for the arguments.
    ///
    /// - Throws: `.query` where the SQL is wrong or would write; `.locked`, `.damaged`.
    public func table(_ sql: String, _ arguments: [RowValue] = []) throws(StoreFault) -> ResultTable {
        let statement = try connection.prepare(sql)
        guard statement.isReadOnly else {
            throw StoreFault(.query, path: path, message: "this statement would write", mend: "ask with SELECT")
        }
        try statement.bind(arguments)
        let columns = statement.columnNames
        var rows: [[RowValue]] = []
        while try statement.step() { rows.append(columns.indices.map { statement.value($0) }) }
        return ResultTable(columns: columns, rows: rows)
    }

    /// Runs several questions on one state of the store, whatever is written meanwhile.
    public func snapshot<T>(_ body: (StoreReader) throws -> T) throws -> T {
        try connection.execute("BEGIN")
        defer { if connection.isInTransaction { try? connection.execute("COMMIT") } }
        return try body(self)
    }
}
