public import TailracePipeline

/// What a merger of stores reads of each.
extension Store {
    /// The setting that tells a merged store: the hosts' names. Such a store is not opened for writing.
    public static let mergedHosts = "merged_hosts"

    /// The rows of one window, under other indices; two rows may get the same ones.
    ///
    /// - Parameter place: what a row's indices are where it goes.
    /// - Throws: `.damaged` where a state cannot be decoded.
    /// - Complexity: O(rows of the window).
    public func rows<R: WindowRow>(
        _: R.Type = R.self, in window: Window, as place: ((Int, Int)) -> (Int, Int)
    ) throws(StoreFault) -> [R] {
        let statement = try connection.cached(
            "SELECT id, state FROM \(R.table) WHERE id >= ?1 << 28 AND id < (?1 + 1) << 28")
        try statement.bind([.integer(window.key)])
        defer { statement.reset() }
        var rows: [R] = []
        while try statement.step() {
            let id = statement.integer(0)
            var state = ByteReader(statement.blob(1))
            do {
                rows.append(
                    try R(window: window, indices: place((Int(id >> 14 & 0x3FFF), Int(id & 0x3FFF))), state: &state))
            } catch {
                throw StoreFault.damagedState(path, "row \(id) of \(R.table)", error)
            }
        }
        return rows
    }

    /// Up to where its hours are closed, seconds since 1970 UTC; nil where none is.
    public func lastClosedHour() throws(StoreFault) -> Window? {
        let statement = try connection.prepare(
            "SELECT id, width_s FROM period WHERE grain = 'hour' AND closed = 1 ORDER BY id DESC LIMIT 1")
        return try statement.step()
            ? try Store.window(key: statement.integer(0), width: statement.integer(1), path: path) : nil
    }
}

extension Checkpoint {
    /// Marks cohorts, by id, as mature: nothing more will be counted in them.
    public mutating func setMature(_ ids: [Int64]) throws(StoreFault) {
        let statement = try connection.cached("UPDATE cohort SET mature = 1 WHERE id = ?")
        for id in ids { try statement.run([.integer(id)]) }
    }
}
