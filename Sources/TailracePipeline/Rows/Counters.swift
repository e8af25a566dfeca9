/// The place of one counter in its row.
typealias CounterPath<Row> = any WritableKeyPath<Row, Int64> & Sendable

/// A row's counters by name: one place to add, encode and decode them all.
///
/// A row lists its counters once, as key paths; merging and the stored form follow from the list.
protocol CounterRow {
    static var counters: [CounterPath<Self>] { get }
}

extension CounterRow {
    mutating func addCounters(of other: Self) {
        for path in Self.counters { self[keyPath: path] += other[keyPath: path] }
    }

    /// Counters may be negative (corrections by late events): zigzag, so that small ones stay short.
    func encodeCounters(into writer: inout ByteWriter) {
        for path in Self.counters {
            let value = self[keyPath: path]
            writer.writeVarint(UInt64(bitPattern: value << 1 ^ value >> 63))
        }
    }

    mutating func decodeCounters(from reader: inout ByteReader) throws(StateDamage) {
        for path in Self.counters {
            let raw = try reader.readVarint()
            self[keyPath: path] = Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
        }
    }

    var counterValues: [RowValue] { Self.counters.map { .integer(self[keyPath: $0]) } }
}
