internal import CScan

/// An entry of a `KeyedTable`: a fixed-size value that can be stored.
protocol TableEntry: Sendable {
    var key: Hash128 { get }
    /// When the entry was last of use, in seconds: the oldest go first when room is needed.
    var lastUse: Int64 { get }
    /// May it go before entries that are still open?
    var isClosed: Bool { get }
    /// Changed since the last segment?
    var isDirty: Bool { get set }
    func write(to writer: inout ByteWriter)
    init(from reader: inout ByteReader) throws(StateDamage)
}

/// State per key in bounded memory: open addressing with linear probing, entries by value.
///
/// Dirty entries are written as segments: what changed since the last one, removals as bare keys. Loading all
/// segments in order gives the same table.
struct KeyedTable<Entry: TableEntry>: Sendable {
    /// More entries than this are not kept: the oldest closed ones leave first.
    let capacity: Int
    private var slots: [Entry?]
    private(set) var count = 0
    /// No entry was of use before these seconds; apart, because closed ones are forgotten earlier. Kept low rather than
    /// exact: they tell when there is nothing to look for.
    private var oldestOpen = Int64.max
    private var oldestClosed = Int64.max
    private var dirty: [Hash128] = []
    private var removed: [Hash128] = []

    init(capacity: Int) {
        self.capacity = max(capacity, 1024)
        slots = Array(repeating: nil, count: 1024)
    }

    private func home(_ key: Hash128) -> Int { Int(truncatingIfNeeded: key.low) & (slots.count - 1) }

    private func find(_ key: Hash128) -> (index: Int, isFound: Bool) {
        var index = home(key)
        while true {
            guard let key2 = slots[index]?.key else { return (index, false) }
            if key2 == key { return (index, true) }
            index = (index + 1) & (slots.count - 1)
        }
    }

    subscript(key: Hash128) -> Entry? {
        let place = find(key)
        return place.isFound ? slots[place.index] : nil
    }

    /// Puts the entry under its key and marks it for the next segment.
    mutating func put(_ entry: Entry) {
        var entry = entry
        noteUse(entry)
        var place = find(entry.key)
        let wasDirty = place.isFound && slots[place.index]?.isDirty == true
        if !wasDirty { dirty.append(entry.key) }
        entry.isDirty = true
        if !place.isFound {
            if (count + 1) * 4 > slots.count * 3 {
                grow()
                place = find(entry.key)
            }
            count += 1
        }
        slots[place.index] = entry
    }

    private mutating func noteUse(_ entry: Entry) {
        if entry.isClosed {
            oldestClosed = min(oldestClosed, entry.lastUse)
        } else {
            oldestOpen = min(oldestOpen, entry.lastUse)
        }
    }

    private mutating func grow() {
        let old = slots
        slots = largeArray(repeating: nil, count: old.count * 2)
        for case let entry? in old { slots[find(entry.key).index] = entry }
    }

    /// Removes a key; later entries of the run move up, so that no marker is left behind (Knuth, vol. 3, 6.4 R).
    private mutating func remove(_ key: Hash128) {
        let place = find(key)
        guard place.isFound else { return }
        var hole = place.index
        var index = hole
        slots[hole] = nil
        count -= 1
        while true {
            index = (index + 1) & (slots.count - 1)
            guard let entry = slots[index] else { return }
            let distance = (index - home(entry.key)) & (slots.count - 1)
            if distance >= (index - hole) & (slots.count - 1) {
                slots[hole] = entry
                slots[index] = nil
                hole = index
            }
        }
    }

    /// Removes closed entries that were last of use before `closedBefore`, open ones before `openBefore` (seconds), and
    /// the oldest beyond the capacity; tells of each, in order of key.
    /// Complexity: O(n), or O(n log n) at the capacity; O(1) where nothing can be that old.
    mutating func expire(closedBefore: Int64, openBefore: Int64, each body: (Entry) -> Void) {
        guard oldestClosed < closedBefore || oldestOpen < openBefore || count > capacity else { return }
        let isExpired = { (entry: Entry) in entry.lastUse < (entry.isClosed ? closedBefore : openBefore) }
        var leaving: [Entry] = []
        (oldestOpen, oldestClosed) = (.max, .max)
        for case let entry? in slots {
            if isExpired(entry) { leaving.append(entry) } else { noteUse(entry) }
        }
        if count - leaving.count > capacity {
            // A tenth at once, so that the sort is rare.
            let excess = count - leaving.count - capacity * 9 / 10
            var staying = slots.compactMap { $0 }.filter { !isExpired($0) }
            staying.sort { a, b in
                if a.isClosed != b.isClosed { return a.isClosed }
                return a.lastUse != b.lastUse ? a.lastUse < b.lastUse : a.key < b.key
            }
            leaving += staying.prefix(excess)
        }
        for entry in leaving.sorted(by: { $0.key < $1.key }) {
            remove(entry.key)
            removed.append(entry.key)
            body(entry)
        }
    }

    /// Asks for the cache line of a key that is looked up soon.
    func prefetch(_ key: Hash128) {
        slots.withUnsafeBufferPointer { slots in
            if let base = slots.baseAddress { cscan_prefetch(base + home(key)) }
        }
    }

    func forEach(_ body: (Entry) -> Void) {
        for case let entry? in slots { body(entry) }
    }

    // MARK: - Segments

    /// What changed since the last call; nil when nothing did.
    mutating func drainSegment() -> [UInt8]? {
        guard !dirty.isEmpty || !removed.isEmpty else { return nil }
        var writer = ByteWriter()
        writer.writeVarint(UInt64(removed.count))
        for key in removed { writer.write(key) }
        for key in dirty {
            let place = find(key)
            guard place.isFound else { continue }
            slots[place.index]?.isDirty = false
            slots[place.index]?.write(to: &writer)
        }
        dirty.removeAll(keepingCapacity: true)
        removed.removeAll(keepingCapacity: true)
        return writer.bytes
    }

    /// The whole table, to replace all segments so far, in segments that take little memory each.
    func snapshot(_ body: ([UInt8]) throws -> Void) rethrows {
        var start = 0
        while start < slots.count {
            let end = min(start + 1 << 16, slots.count)
            var writer = ByteWriter()
            writer.writeVarint(0)
            for case let entry? in slots[start..<end] { entry.write(to: &writer) }
            if writer.bytes.count > 1 { try body(writer.bytes) }
            start = end
        }
    }

    mutating func load(segment: [UInt8]) throws(StateDamage) {
        var reader = ByteReader(segment)
        let removals = try reader.readVarint()
        for _ in 0..<removals { remove(try reader.readHash()) }
        while !reader.isAtEnd { put(try Entry(from: &reader)) }
        // What was loaded is stored already.
        for key in dirty {
            let place = find(key)
            if place.isFound { slots[place.index]?.isDirty = false }
        }
        dirty.removeAll(keepingCapacity: true)
    }
}
