/// A row's counters: one place to add, encode and decode them all.
///
/// A row lists its counters once; merging and the stored form follow from the list. A list of calls and not of key
/// paths: it is run for every row of every window, and a key path costs a look-up each time.
protocol CounterRow {
    /// Calls the body with each counter of one row and its like of another, in an order that never changes.
    static func pairCounters(_ row: inout Self, _ other: Self, _ body: (inout Int64, Int64) -> Void)
}

extension CounterRow {
    mutating func addCounters(of other: Self) { Self.pairCounters(&self, other) { $0 += $1 } }

    /// Counters may be negative (corrections by late events): zigzag, so that small ones stay short.
    func encodeCounters(into writer: inout ByteWriter) {
        var copy = self
        Self.pairCounters(&copy, self) { _, value in writer.writeSigned(value) }
    }

    mutating func decodeCounters(from reader: inout ByteReader) throws(StateDamage) {
        var damage: StateDamage?
        let before = self
        Self.pairCounters(&self, before) { counter, _ in
            guard damage == nil else { return }
            do throws(StateDamage) { counter = try reader.readSigned() } catch { damage = error }
        }
        if let damage { throw damage }
    }

    func writeCounters(into row: inout RowBuffer) {
        var copy = self
        Self.pairCounters(&copy, self) { row.append(.integer($1)) }
    }
}
