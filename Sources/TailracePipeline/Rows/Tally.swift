/// How often each of many things was met, told apart by a hash: bounded, and mergeable by adding.
public struct Tally: Sendable, Equatable {
    /// Things told apart. What comes beyond is counted as one more thing (`rest`), so that memory is bounded.
    static let limit = 4096

    public struct Entry: Sendable, Equatable {
        public var key: UInt64
        public var count: Int64
    }

    /// Ascending by key.
    public private(set) var entries: [Entry] = []
    public private(set) var rest: Int64 = 0

    public init() {}

    public var total: Int64 { entries.reduce(rest) { $0 + $1.count } }
    public var isEmpty: Bool { entries.isEmpty }

    /// Complexity: O(log n), O(n) for a new thing.
    public mutating func add(_ key: UInt64, _ count: Int64 = 1) {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < key { low = middle + 1 } else { high = middle }
        }
        if low < entries.count, entries[low].key == key {
            entries[low].count += count
        } else if entries.count < Tally.limit {
            entries.insert(Entry(key: key, count: count), at: low)
        } else {
            rest += count
        }
    }

    public mutating func merge(_ other: Tally) {
        for entry in other.entries { add(entry.key, entry.count) }
        rest += other.rest
    }

    public func contains(_ key: UInt64) -> Bool { entries.contains { $0.key == key } }

    func encode(into writer: inout ByteWriter) {
        writer.writeVarint(UInt64(entries.count))
        for entry in entries {
            writer.write(entry.key)
            writer.writeSigned(entry.count)
        }
        writer.writeSigned(rest)
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        let count = try reader.readVarint()
        guard count <= UInt64(Tally.limit) else { throw StateDamage("a tally tells more things apart than it can") }
        for _ in 0..<count { entries.append(Entry(key: try reader.read(), count: try reader.readSigned())) }
        rest = try reader.readSigned()
    }
}
