extension Family {
    /// Takes up a family of another store whose leader is a copy of this one's.
    ///
    /// - Parameter isExact: has its leader the same letters?
    func absorb(_ other: Family, isExact: Bool) {
        copies += other.copies + 1
        // An exact copy has the letters of any member, so it stays one.
        exactCopies += other.exactCopies + (isExact ? 1 : 0)
        lastSeen = max(lastSeen, other.lastSeen)
        publishedSum += other.publishedSum
        reads += other.reads
        for time in [other.recentReads.0, other.recentReads.1, other.recentReads.2] where time > 0 {
            addRead(at: time, counts: false)
        }
        bytes += other.bytes
        authors.merge(other.authors)
        readers.merge(other.readers)
    }
}

/// Reads of some items, as a store's state has them.
public struct ItemReads {
    private let wanted: Set<Hash128>
    private var found: [Hash128: (count: Int64, last: Int64)] = [:]

    public init(of wanted: Set<Hash128>) { self.wanted = wanted }

    /// Looks through a whole table: `segments` are those of the kind `items`, in order.
    ///
    /// - Parameter settings: bound the memory that it takes meanwhile.
    public mutating func read(_ segments: [[UInt8]], settings: PipelineSettings) throws(StateDamage) {
        guard !wanted.isEmpty else { return }
        var items = KeyedTable<Item>(capacity: settings.itemBytes / (4 * MemoryLayout<StageItem?>.stride))
        for segment in segments { try items.load(segment: segment) }
        for key in wanted {
            guard let item = items[key] else { continue }
            found[key] = (Int64(item.reads), Int64(item.lastSeen))
        }
    }

    public subscript(key: Hash128) -> (count: Int64, last: Int64) { found[key] ?? (0, 0) }
}
