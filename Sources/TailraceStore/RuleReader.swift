import CSQLite
import Dispatch
internal import TailracePipeline

/// Why a rule of the user's own got no answer.
public enum RuleFault: Error, Sendable, Equatable {
    /// The SQL is wrong, or wants what a rule may not have.
    case invalid(what: String, mend: String)
    /// It was cut off after so long.
    case tooSlow(Duration)
    /// It gave more rows than that.
    case tooManyRows(Int)
    /// The store could not be read.
    case unreadable(StoreFault)

    public var message: String {
        switch self {
        case .invalid(let what, _): what
        case .tooSlow(let limit): "took longer than \(limit), its time_limit, and was cut off"
        case .tooManyRows(let count): "gave more than \(count) rows"
        case .unreadable(let fault): fault.description
        }
    }
}

/// Answers the SQL of rules of the user's own: reads the `v1_` views of a store and nothing else, for a limited time.
///
/// The connection is read-only, and `RuleGate` stands before it; the clock it sees is that of the logs. Used by one
/// thread at a time, beside the one that writes: what it sees is what was committed.
public final class RuleReader {
    /// Rows beyond this make no alerts: nobody could look at so many.
    public static let rowLimit = 1000
    /// The parameters that a rule's SQL may have.
    public static let parameters = [":now", ":start"]

    private let connection: Connection
    private let gate: RuleGate
    /// Has tables in the place of the views and nothing below them: what compiles here names views only.
    private let facade: Connection
    private let facadeGate: RuleGate
    private let clock: FixedClock
    private let deadline = Deadline()

    /// When the running question is cut off.
    private final class Deadline { var nanoseconds: UInt64 = .max }

    /// Opens a store that a `Store` of this process holds.
    public convenience init(path: String) throws(StoreFault) {
        try self.init(path: path, opening: StoreFile.name(path), flags: SQLITE_OPEN_READONLY) { _ in }
    }

    /// A store without any rows, to check SQL against.
    public static func empty() throws(StoreFault) -> RuleReader {
        try RuleReader(
            path: "the empty store", opening: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        ) { connection throws(StoreFault) in try Schema.create(in: connection) }
    }

    private init(
        path: String, opening name: String, flags: Int32, _ prepare: (Connection) throws(StoreFault) -> Void
    ) throws(StoreFault) {
        facade = try Connection(
            path: "the views", opening: ":memory:",
            flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX)
        for view in View.all {
            try facade.execute("CREATE TABLE \(view.name) (\(view.columns.map(\.name).joined(separator: ", ")))")
        }
        facadeGate = try RuleGate(facade)
        clock = FixedClock()
        connection = try Connection(
            path: path, opening: name, flags: flags | SQLITE_OPEN_NOMUTEX, system: clock.name)
        try prepare(connection)
        try connection.execute("PRAGMA query_only = ON")
        connection.keepWriteAheadLog()
        // One value must not take the memory of all others: zeroblob(1e9).
        sqlite3_limit(connection.handle, SQLITE_LIMIT_LENGTH, 1 << 20)
        sqlite3_limit(connection.handle, SQLITE_LIMIT_ATTACHED, 0)
        gate = try RuleGate(connection)
        // Asked once in so many of SQLite's steps: every tenth of a millisecond or so.
        sqlite3_progress_handler(
            connection.handle, 1000,
            { deadline in
                guard let deadline else { return 0 }
                let end = Unmanaged<Deadline>.fromOpaque(deadline).takeUnretainedValue().nanoseconds
                return DispatchTime.now().uptimeNanoseconds > end ? 1 : 0
            }, Unmanaged.passUnretained(deadline).toOpaque())
    }

    /// The columns of the answer, without asking.
    ///
    /// - Throws: `.invalid` where the SQL is wrong.
    public func columns(of sql: String) throws(RuleFault) -> [String] {
        let statement = try prepare(sql)
        for name in statement.parameterNames where !RuleReader.parameters.contains(name) {
            throw .invalid(
                what: "there is no parameter \(name.isEmpty ? "?" : name)",
                mend: ":now is the end of the window that has closed, :start its beginning")
        }
        return statement.columnNames
    }

    /// The rows as of what is committed.
    ///
    /// - Parameters:
    ///   - start: where the window began that has closed, seconds since 1970 UTC.
    ///   - now: where it ended; `date('now')` is this, too.
    public func answer(
        _ sql: String, start: Int64, now: Int64, timeLimit: Duration
    ) throws(RuleFault) -> ResultTable {
        clock.set(now)
        let parts = timeLimit.components
        deadline.nanoseconds =
            DispatchTime.now().uptimeNanoseconds + UInt64(clamping: parts.seconds) * 1_000_000_000
            + UInt64(clamping: parts.attoseconds / 1_000_000_000)
        defer { deadline.nanoseconds = .max }
        let statement = try prepare(sql)
        var table = ResultTable(columns: statement.columnNames, rows: [])
        do throws(StoreFault) {
            try statement.bind(statement.parameterNames.map { .integer($0 == ":start" ? start : now) })
            while table.rows.count <= RuleReader.rowLimit, try statement.step() {
                table.rows.append(table.columns.indices.map { statement.value($0) })
            }
        } catch {
            let isCut = sqlite3_errcode(connection.handle) & 0xFF == SQLITE_INTERRUPT
            throw isCut ? .tooSlow(timeLimit) : invalid(error)
        }
        guard table.rows.count <= RuleReader.rowLimit else { throw .tooManyRows(RuleReader.rowLimit) }
        return table
    }

    private func prepare(_ sql: String) throws(RuleFault) -> Statement {
        (_, _) = (facadeGate.forget(), gate.forget())
        do throws(StoreFault) {
            guard try facade.prepare(sql).isReadOnly else {
                throw StoreFault(.query, path: "", message: "this statement would write", mend: "write one SELECT")
            }
            return try connection.prepare(sql)
        } catch {
            throw invalid(error)
        }
    }

    private func invalid(_ fault: StoreFault) -> RuleFault {
        if let refusal = facadeGate.refusal ?? gate.refusal {
            return .invalid(what: refusal.what, mend: refusal.mend)
        }
        guard fault.kind == .query else { return .unreadable(fault) }
        return .invalid(what: fault.message, mend: RuleReader.mend(fault))
    }

    /// What the message of SQLite means for whoever wrote the rule.
    private static func mend(_ fault: StoreFault) -> String {
        if fault.message.hasPrefix("no such column") { return "`tailrace schema VIEW` lists the columns of a view" }
        if fault.message.hasPrefix("no such table") {
            return "a rule reads the v1_ views; `tailrace schema` lists them"
        }
        return fault.mend
    }
}
