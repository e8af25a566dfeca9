/// Reads the entries of a segment of a `FamilyIndex`, those of runs one by one.
///
/// A segment is gone through twice: once to see that it is whole and what it holds, once to enter it. Both are linear
/// passes that cost far less than the misses of a table.
struct SegmentReader {
    /// What so many entries are like.
    struct Extent {
        var count = 0
        var greatestEpoch: UInt16 = 0
        fileprivate var leastKey = UInt64.max
        fileprivate var greatestKey: UInt64 = 0

        fileprivate mutating func add(key: UInt64) {
            count += 1
            leastKey = min(leastKey, key)
            greatestKey = max(greatestKey, key)
        }

        /// Entries of the table that these are a stretch of. A segment of a snapshot holds a part of the keys, in their
        /// order: in a table with room for no more than these, all would pile up in a part of the buckets, and the way
        /// to an empty slot would lead over all of them. Keys are spread evenly; those of few entries tell nothing.
        var wholeCount: Int {
            guard count >= 1024, greatestKey > leastKey else { return count }
            let share = Double(greatestKey - leastKey) / 0x1p64
            return Int(min(Double(count) / share, 0x1p48))
        }
    }

    /// Entries that are decoded at a time, so that the table can ask for their cache lines ahead.
    private static let blockSlots = 64

    private let bytes: UnsafeRawBufferPointer
    private var next = 0
    /// Keys left of the run at hand, and its value.
    private var runKeys = 0
    private var runValue: UInt64 = 0

    /// - Parameter bytes: entries, and nothing before them.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    @inline(__always)
    mutating func word() -> UInt64 {
        defer { next &+= 8 }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: next, as: UInt64.self))
    }

    /// Passes over so many entries; nil where the bytes do not hold them.
    mutating func extent(of count: UInt64) -> Extent? {
        var extent = Extent()
        while extent.count < count {
            guard bytes.count - next >= 16 else { return nil }
            extent.add(key: word())
            let value = word()
            extent.greatestEpoch = max(extent.greatestEpoch, Slot(key: 1, value: value).epoch)
            guard value & FamilyIndex.runBit != 0 else { continue }
            guard bytes.count - next >= 8 else { return nil }
            let further = word()
            guard further <= count - UInt64(extent.count), further <= (bytes.count - next) / 8 else { return nil }
            for _ in 0..<further { extent.add(key: word()) }
        }
        return extent
    }

    /// - Precondition: `extent` found them here.
    mutating func forEachBlock(of count: Int, _ body: (UnsafeBufferPointer<Slot>) -> Void) {
        var left = count
        withUnsafeTemporaryAllocation(of: Slot.self, capacity: SegmentReader.blockSlots) { block in
            while left > 0 {
                var filled = 0
                while left > 0, filled < block.count {
                    let slot = nextSlot()
                    left -= 1
                    // No key is 0, but bytes from outside may say so.
                    guard slot.key != 0 else { continue }
                    block.initializeElement(at: filled, to: slot)
                    filled += 1
                }
                body(UnsafeBufferPointer(rebasing: block[..<filled]))
            }
        }
    }

    @inline(__always)
    private mutating func nextSlot() -> Slot {
        let key = word()
        if runKeys > 0 {
            runKeys &-= 1
            return Slot(key: key, value: runValue)
        }
        let value = word()
        runValue = value & ~FamilyIndex.runBit
        if value & FamilyIndex.runBit != 0 { runKeys = Int(truncatingIfNeeded: word()) }
        return Slot(key: key, value: runValue)
    }
}
