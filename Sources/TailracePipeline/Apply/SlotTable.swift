/// A hash table of bounded size: buckets of four slots, one cache line each. A full bucket evicts its oldest entry.
///
/// Entries older than `floor` have expired: no look-up finds them, and the next one of their home takes their room.
/// An expired entry is older than any other and goes first by the rule that holds for all, so which of the others are
/// held is the same whether expired ones are still there or not.
///
/// Every key has one *home bucket* in the table of full size, and a home bucket holds four entries at most. The table
/// starts small: while it does, buckets are fewer, several home buckets share one, and a full one spills into the
/// next. Since the limit of four is kept for the home bucket from the first entry on, a table that grew holds what
/// one of full size would hold. A table doubles until it has its full size, so a home bucket is never split between
/// two buckets, and all its entries are found on one chain.
struct SlotTable: Sendable {
    static let slotsPerBucket = 4
    /// Load at which a table below full size grows: spilled chains stay short.
    private static let growthLoad = 0.6
    private static let firstBuckets = 64

    /// Slots before the first bucket, so that buckets lie on cache lines.
    private var pad = 0
    private(set) var slots: [Slot] = []
    private(set) var buckets = 0
    /// Buckets at first, and at full size.
    private let leastBuckets: Int
    let fullBuckets: Int

    /// Entries of an earlier epoch have expired. It only grows.
    private(set) var floor: UInt16 = 0

    /// Entries that are held, expired ones that nothing took the room of among them.
    private(set) var used = 0
    /// Entries dropped because their bucket was full, since the table was made.
    private(set) var evictions = 0
    /// Entries whose room was taken, or that were swept out, after they had expired; since the table was made.
    private(set) var expired = 0
    /// Every entry that was written since the last drain, in the order of writing; one that changed again stands there
    /// again. A log, not a list of places: writing it down reads memory in order.
    private(set) var changes: [Slot] = []

    /// - Parameter bytes: size at full size; while it grows for the last time, the old table stands beside it.
    init(bytes: Int) {
        // Full size is the first size doubled: at most one part in 64 of the memory is left unused.
        var first = max(1, bytes / 64)
        var doublings = 0
        while first >= 2 * SlotTable.firstBuckets {
            first /= 2
            doublings += 1
        }
        leastBuckets = first
        fullBuckets = first << doublings
        allocate(first)
    }

    private mutating func allocate(_ count: Int) {
        buckets = count
        slots = largeArray(repeating: .empty, count: count * SlotTable.slotsPerBucket + 3)
        pad = slots.withUnsafeBytes { Int(bitPattern: $0.baseAddress) & 63 }
        pad = (64 - pad) % 64 / MemoryLayout<Slot>.stride
    }

    @inline(__always)
    private func bucket(_ key: UInt64) -> Int { Int(key.multipliedFullWidth(by: UInt64(buckets)).high) }
    /// The first place of the key's bucket, and of the bucket behind the one that starts at a place.
    @inline(__always)
    func start(_ key: UInt64) -> Int { pad &+ bucket(key) &* SlotTable.slotsPerBucket }
    @inline(__always)
    func behind(_ start: Int) -> Int {
        let next = start &+ SlotTable.slotsPerBucket
        return next == pad &+ buckets &* SlotTable.slotsPerBucket ? pad : next
    }
    private func home(_ key: UInt64) -> Int { Int(key.multipliedFullWidth(by: UInt64(fullBuckets)).high) }

    /// From now on entries before this epoch have expired.
    mutating func raise(floor epoch: UInt16) { floor = max(floor, epoch) }

    /// Makes room for more entries, while the table is below full size: by sweeping out what has expired where that is
    /// a good part of it, by growing otherwise. Complexity: O(1) amortised an entry.
    ///
    /// - Parameter total: entries that the table is to have room for in any case.
    mutating func reserve(_ count: Int, total: Int = 0) {
        guard buckets < fullBuckets, !hasRoom(max(used + count, total), buckets) else { return }
        let old = slots
        let live = floor == 0 ? used : old.reduce(0) { $0 + ($1.isEmpty || $1.epoch < floor ? 0 : 1) }
        // Less than a quarter swept out would have to be done again soon.
        var wanted = buckets
        let needed = max(live + count, total)
        if live > used / 4 * 3 || !hasRoom(needed, wanted) {
            repeat { wanted *= 2 } while wanted < fullBuckets && !hasRoom(needed, wanted)
        }
        allocate(wanted)
        expired += used - live
        used = live
        // They were held together before: neither a key twice nor a home that is full is met.
        old.withUnsafeBufferPointer { move($0) }
    }

    private mutating func move(_ old: UnsafeBufferPointer<Slot>) {
        let (pad, buckets, floor) = (pad, buckets, floor)
        let end = pad &+ buckets &* SlotTable.slotsPerBucket
        slots.withUnsafeMutableBufferPointer { slots in
            for slot in old where slot.key != 0 && slot.epoch >= floor {
                let bucket = Int(slot.key.multipliedFullWidth(by: UInt64(buckets)).high)
                var place = pad &+ bucket &* SlotTable.slotsPerBucket
                while slots[place].key != 0 { place = place &+ 1 == end ? pad : place &+ 1 }
                slots[place] = slot
            }
        }
    }

    private func hasRoom(_ entries: Int, _ buckets: Int) -> Bool {
        Double(entries) <= SlotTable.growthLoad * Double(buckets * SlotTable.slotsPerBucket)
    }

    /// Changes an entry.
    @inline(__always)
    mutating func update(_ place: Int, epoch: UInt16, tag: UInt64) {
        let old = slots[place]
        guard epoch > old.epoch || tag != old.tag else { return }
        let slot = Slot(key: old.key, family: old.family, epoch: max(epoch, old.epoch), tag: tag)
        slots[place] = slot
        changes.append(slot)
    }

    /// Enters a slot; one with the same key is replaced. In a full home bucket the oldest of the five goes.
    ///
    /// - Precondition: `reserve` made room for it.
    mutating func insert(_ slot: Slot) {
        if enter(slot) { changes.append(slot) }
    }

    /// As `insert`, of entries that are written down already, in their order.
    mutating func load(_ block: UnsafeBufferPointer<Slot>) {
        for slot in block { prefetch(slot.key) }
        for slot in block { _ = enter(slot) }
    }

    /// - Returns: false where the slot itself is the oldest of five.
    @inline(__always)
    private mutating func enter(_ slot: Slot) -> Bool {
        let start = start(slot.key)
        let isEntered = slots.withUnsafeMutableBufferPointer { slots in
            for place in start..<start &+ SlotTable.slotsPerBucket {
                let key = slots[place].key
                guard key == 0 || key == slot.key else { continue }
                if key == 0 { used += 1 } else if slots[place].epoch < floor { expired += 1 }
                slots[place] = slot
                return true
            }
            return false
        }
        // A bucket with room has less than four of the slot's home.
        return isEntered || enter(slot, from: start)
    }

    /// As `enter`, of a slot that found its bucket full.
    @inline(never)
    private mutating func enter(_ slot: Slot, from start: Int) -> Bool {
        var start = start
        let home = home(slot.key)
        var neighbours = 0
        var oldest = -1
        while true {
            for place in start..<start + SlotTable.slotsPerBucket {
                let other = slots[place]
                if other.key == slot.key {
                    if other.epoch < floor { expired += 1 }
                    slots[place] = slot
                    return true
                }
                if other.isEmpty, neighbours < SlotTable.slotsPerBucket {
                    used += 1
                    slots[place] = slot
                    return true
                }
                if other.isEmpty { return replace(oldest, by: slot) }
                if self.home(other.key) == home {
                    neighbours += 1
                    if oldest < 0 || other.isEvicted(before: slots[oldest]) { oldest = place }
                }
            }
            // At full size a bucket holds nothing but its own entries: full means four neighbours.
            if buckets == fullBuckets { return replace(oldest, by: slot) }
            start = behind(start)
        }
    }

    private mutating func replace(_ oldest: Int, by slot: Slot) -> Bool {
        if min(slots[oldest].epoch, slot.epoch) < floor { expired += 1 } else { evictions += 1 }
        guard slots[oldest].isEvicted(before: slot) else { return false }
        slots[oldest] = slot
        return true
    }

    /// What changed since the last drain counts as written from now on.
    mutating func drain() { changes.removeAll(keepingCapacity: changes.count <= SlotTable.keptChanges) }

    /// Longest log that is kept for reuse: eight mebibytes.
    private static let keptChanges = 524_288

    /// A table of the same limits, counters and floor without entries.
    func emptied() -> SlotTable {
        var table = self
        table.allocate(leastBuckets)
        table.used = 0
        table.changes = []
        return table
    }
}
