public import TailracePipeline

/// What one transaction writes. Exists only inside `Store.checkpoint`.
public struct Checkpoint {
    let connection: Connection
    private var row = RowBuffer()

    init(connection: Connection) { self.connection = connection }

    /// Inserts rows, or replaces the values of those whose id exists. The order of rows is free, ascending is fastest.
    ///
    /// Complexity: O(rows × log(table)).
    public mutating func upsert<R: StoreRow>(_ rows: [R]) throws(StoreFault) {
        if rows.isEmpty { return }
        let statement = try connection.cached(Checkpoint.upsertText(R.table, R.columns))
        for row in rows { try write(row, statement) }
    }

    private mutating func write(_ value: some StoreRow, _ statement: Statement) throws(StoreFault) {
        row.removeAll()
        value.write(into: &row)
        try statement.run(row)
    }

    /// Adds rows of windows that may be in the store already (late events of closed windows): takes up the stored
    /// state of the same id, merges, writes. A row that is not there yet is inserted.
    ///
    /// - Throws: `.damaged` where a stored state cannot be decoded.
    public mutating func merge<R: WindowRow>(_ rows: [R]) throws(StoreFault) {
        if rows.isEmpty { return }
        let find = try connection.cached("SELECT state FROM \(R.table) WHERE id = ?")
        let write = try connection.cached(Checkpoint.upsertText(R.table, R.columns))
        for row in rows {
            try find.bind([.integer(row.rowID)])
            var whole = row
            if try find.step() {
                var state = ByteReader(find.blob(0))
                find.reset()
                do {
                    whole = try R(window: row.window, indices: row.indices, state: &state)
                } catch {
                    throw StoreFault.damagedState(connection.path, "row \(row.rowID) of \(R.table)", error)
                }
                whole.merge(row)
            }
            try self.write(whole, write)
        }
    }

    /// Removes rows by id; ids that do not exist are no fault.
    public mutating func remove(_ ids: [Int64], from table: String) throws(StoreFault) {
        if ids.isEmpty { return }
        let statement = try connection.cached("DELETE FROM \(table) WHERE id = ?")
        for id in ids { try statement.run([.integer(id)]) }
    }

    /// Updates the reads of items that have a row; others are passed over. nil = not measurable.
    public mutating func setItemReads(_ reads: [(item: UInt32, reads: Int64?)]) throws(StoreFault) {
        if reads.isEmpty { return }
        let statement = try connection.cached("UPDATE item SET reads = ?2 WHERE id = ?1")
        for entry in reads { try statement.run([.integer(Int64(entry.item)), .optional(entry.reads)]) }
    }

    /// Updates the copies of leaders that have a row.
    public mutating func setItemCopies(_ copies: [(item: UInt32, copies: Int64)]) throws(StoreFault) {
        if copies.isEmpty { return }
        let statement = try connection.cached("UPDATE item SET copies = ?2 WHERE id = ?1")
        for entry in copies { try statement.run([.integer(Int64(entry.item)), .integer(entry.copies)]) }
    }

    /// Reads were seen in a stream for the first time: from now on an item without any has 0, not "unknown".
    public mutating func openReads(of stream: Stream) throws(StoreFault) {
        let statement = try connection.cached(
            "UPDATE item SET reads = 0, reads_missing = NULL WHERE stream = ? AND reads IS NULL")
        try statement.run([.text(stream.name)])
    }

    /// Marks the cohorts whose last seven days are over at `watermark` (seconds since 1970 UTC). Call it after the
    /// cohort rows of the checkpoint are written: `upsert` and `merge` write them as not mature.
    ///
    /// Complexity: O(rows of `cohort`); call it where cohort rows were written or a week has closed.
    public mutating func matureCohorts(watermark: Int64) throws(StoreFault) {
        let statement = try connection.cached(
            """
            UPDATE cohort SET mature = 1 WHERE mature = 0 AND EXISTS (
                SELECT 1 FROM period WHERE period.id = cohort.period AND time + width_s + 7 * 86400 <= ?)
            """)
        try statement.run([.integer(watermark)])
    }

    /// Sets a named text; nil removes it.
    public mutating func setSetting(_ key: String, _ value: String?) throws(StoreFault) {
        guard let value else {
            try connection.cached("DELETE FROM setting WHERE key = ?").run([.text(key)])
            return
        }
        let statement = try connection.cached(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        try statement.run([.text(key), .text(value)])
    }

    /// `INSERT … ON CONFLICT` keeps the row in its place; `INSERT OR REPLACE` would delete and insert it.
    static func upsertText(_ table: String, _ columns: [String]) -> String {
        let names = columns.joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let updates = columns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        let action = updates.isEmpty ? "NOTHING" : "UPDATE SET \(updates)"
        return "INSERT INTO \(table) (\(names)) VALUES (\(marks)) ON CONFLICT (\(columns[0])) DO \(action)"
    }
}

extension StoreFault {
    /// A state in the store that cannot be what was written there.
    static func damagedState(_ path: String, _ place: String, _ error: StateDamage) -> StoreFault {
        StoreFault(
            .damaged, path: path, message: "\(place) is damaged: \(error)",
            mend: "restore a backup, or replay the logs into a new store")
    }
}
