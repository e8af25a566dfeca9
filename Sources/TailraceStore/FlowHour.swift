public import TailracePipeline

extension Store {
    /// Hands over the closed hours from `start` on (seconds since 1970 UTC), in order of time, then stage: what the
    /// detectors are fed with again after a restart.
    ///
    /// Complexity: O(hours read); rows before `start` and of other grains are not touched.
    public func forEachClosedHour(from start: Int64, _ body: (FlowRow) throws -> Void) throws {
        let statement = try connection.prepare(
            """
            SELECT period.id, period.width_s, flow.stage, flow.state
            FROM period CROSS JOIN flow ON flow.id >= (period.id << 28) AND flow.id < ((period.id + 1) << 28)
            WHERE period.id >= ? AND period.grain = 'hour' AND period.closed = 1 ORDER BY period.id, flow.id
            """)
        try statement.bind([.integer(start * 4)])
        while try statement.step() {
            let window = try Store.window(key: statement.integer(0), width: statement.integer(1), path: path)
            var state = ByteReader(statement.blob(3))
            do {
                try body(try FlowRow(window: window, indices: (Int(statement.integer(2)), 0), state: &state))
            } catch let damage as StateDamage {
                throw StoreFault.damagedState(path, "the hour \(window.start) of flow", damage)
            }
        }
    }
}
