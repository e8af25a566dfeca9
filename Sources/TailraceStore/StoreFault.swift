/// Why a store could not be opened, read or written, and what mends it.
public struct StoreFault: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// There is no file, or its folder does not exist.
        case missing, folderMissing
        /// The file or its folder does not let us.
        case notReadable, notWritable
        /// The file is something else: no SQLite, another application's database, one without our schema.
        case notSQLite, otherApplication, empty
        /// Made by a newer Tailrace.
        case newerVersion
        /// A second writer is at work for as long as it runs.
        case inUse
        /// Somebody held a lock longer than we wait. Transient.
        case locked
        /// The file system or a quota is full. Transient.
        case diskFull
        /// The file or a state in it is not what was written.
        case damaged
        /// The SQL of a question is wrong.
        case query
        /// The caller's own work inside a checkpoint threw; nothing was written.
        case interrupted
        /// Whatever else SQLite reports.
        case other
    }

    public var kind: Kind
    /// The file it is about.
    public var path: String
    /// What is wrong, without the path.
    public var message: String
    /// What to do about it; may be empty.
    public var mend: String

    public init(_ kind: Kind, path: String, message: String, mend: String = "") {
        self.kind = kind
        self.path = path
        self.message = message
        self.mend = mend
    }

    /// True where the same checkpoint can succeed later without anybody's doing: pause the input and try again.
    public var isTransient: Bool { kind == .locked || kind == .diskFull }

    public var description: String { mend.isEmpty ? "\(path): \(message)" : "\(path): \(message); \(mend)" }
}
