import CSQLite
import TailracePipeline

/// The store, opened for writing: one SQLite file in which positions, windows and states are committed together.
///
/// One owner writes, from one thread at a time, and looks up what is committed (`leaderSegment`, `restartPoints`) from
/// one thread at a time, which may be another; readers (`StoreReader`, sqlite3, pandas …) look on at any time without
/// stopping it. A second writer is refused (`.inUse`), in this process or another.
/// `synchronous=NORMAL`: a power cut may take the last checkpoints with it, never half of one; positions go back
/// with them, so the inputs are read again from there.
public final class Store {
    public let path: String
    let connection: Connection
    /// Looks things up that were committed before, also while `connection` writes on another thread.
    let lookups: Connection
    /// Nil where nothing is written.
    private let lock: WriterLock?

    /// Opens a store; with `create`, makes one (mode 0640) where there is no file or an empty one.
    ///
    /// - Throws: `.missing`, `.folderMissing`, `.notWritable`, `.notSQLite`, `.otherApplication`, `.newerVersion`,
    ///   `.empty`, `.inUse`, `.locked`, `.diskFull`, `.damaged`.
    public init(path: String, create: Bool) throws(StoreFault) {
        self.path = path
        try StoreFile.makeReady(path, create: create)
        lock = try WriterLock(of: path)
        connection = try Connection(
            path: path, opening: StoreFile.name(path), flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX)
        do {
            try Store.prepare(connection, create: create)
            lookups = try Connection(
                path: path, opening: StoreFile.name(path), flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX)
            lookups.keepWriteAheadLog()
        } catch let fault {
            // Reading a new file's folder fails as "cannot be opened", and a writer needs to hear about writing.
            throw fault.kind == .notReadable ? fault.asUnwritable : fault
        }
    }

    /// Opens a store to take over what is in it, as it is now: it is not written to, and may be in use by its writer.
    ///
    /// - Throws: as `StoreReader.init(path:)`.
    public init(reading path: String) throws(StoreFault) {
        self.path = path
        lock = nil
        connection = try StoreReader(path: path).connection
        lookups = connection
        // What its writer commits from now on is not seen: rows of one moment belong together.
        try connection.execute("BEGIN")
        _ = try connection.integer("SELECT count(*) FROM setting")
    }

    private static func prepare(_ connection: Connection, create: Bool) throws(StoreFault) {
        let path = connection.path
        let isEmpty = try connection.check(allowingEmpty: create)
        // SQLite opens a file that it may not write for reading, without a word.
        if connection.isReadOnly {
            throw StoreFault(.notWritable, path: path, message: "the file is read-only").asUnwritable
        }
        if !isEmpty,
            case .text(let hosts) = try connection.value(
                "SELECT value FROM setting WHERE key = ?", [.text(Store.mergedHosts)])
        {
            throw StoreFault(
                .other, path: path, message: "a merger of several stores (\(hosts)), for reading",
                mend: "write to the store of a host, and merge again")
        }
        if isEmpty { try connection.execute("PRAGMA auto_vacuum = INCREMENTAL") }
        guard try connection.value("PRAGMA journal_mode = WAL") == .text("wal") else {
            throw StoreFault(
                .other, path: path, message: "its file system allows no write-ahead log",
                mend: "keep the store on a local file system")
        }
        try connection.execute("PRAGMA synchronous = NORMAL")
        // A reader that stays open makes the log grow; it shrinks again to this.
        try connection.execute("PRAGMA journal_size_limit = 67108864")
        try connection.execute("PRAGMA cache_size = -16384")
        connection.keepWriteAheadLog()
        if isEmpty {
            try connection.transaction { () throws(StoreFault) in try Schema.create(in: connection) }
        }
    }

    /// Runs the body in one transaction: all that it writes is committed, or nothing.
    ///
    /// - Throws: the body's `StoreFault`; `.interrupted` with the text of any other error of the body. After a fault
    ///   with `isTransient` (disk full, locked) the store is unchanged: pause, and run the same checkpoint again.
    public func checkpoint(_ body: (inout Checkpoint) throws -> Void) throws(StoreFault) {
        let path = path
        let connection = connection
        try connection.transaction { () throws(StoreFault) in
            var checkpoint = Checkpoint(connection: connection)
            do {
                try body(&checkpoint)
            } catch let fault as StoreFault {
                throw fault
            } catch {
                throw StoreFault(.interrupted, path: path, message: "the checkpoint was given up: \(error)")
            }
        }
    }
}

extension Connection {
    /// Runs the body within BEGIN IMMEDIATE … COMMIT; rolls back on any fault.
    func transaction(_ body: () throws(StoreFault) -> Void) throws(StoreFault) {
        try execute("BEGIN IMMEDIATE")
        do {
            try body()
            try execute("COMMIT")
        } catch let fault {
            // SQLite has rolled back by itself after some faults (disk full), not after others.
            if isInTransaction { try? execute("ROLLBACK") }
            throw fault
        }
    }

    /// Makes sure that the file is a store this program can read. True where it is an empty database.
    func check(allowingEmpty: Bool) throws(StoreFault) -> Bool {
        let objects = try integer("SELECT count(*) FROM sqlite_schema")
        let application = try integer("PRAGMA application_id")
        let version = try integer("PRAGMA user_version")
        if application == 0, objects == 0 {
            guard allowingEmpty else {
                throw StoreFault(
                    .empty, path: path, message: "an empty database, no store",
                    mend: "run `tailrace replay` to fill one")
            }
            return true
        }
        guard application == Schema.applicationID else {
            throw StoreFault(
                .otherApplication, path: path,
                message: "another application's database (application_id \(application))",
                mend: "name another file as store")
        }
        guard version <= Schema.version else {
            throw StoreFault(
                .newerVersion, path: path,
                message: "made by a newer Tailrace (version \(version)); this one writes version \(Schema.version)",
                mend: "update this program, or name another file as store")
        }
        guard version == Schema.version else {
            throw StoreFault(
                .other, path: path,
                message: "made by an older Tailrace (version \(version)); this one writes version \(Schema.version)",
                mend: "replay the logs into a new store")
        }
        return false
    }
}

extension StoreFault {
    var asUnwritable: StoreFault {
        StoreFault(
            .notWritable, path: path, message: message, mend: "give this user write access to the file and its folder")
    }
}
