/// The index in the store: segments, each with the entries that changed since the one before.
///
/// ```
/// version u8 | entries of `exact` u64 | entries of `windows` u64 | entries | hash64 of all before u64
/// entry:  key u64 | value u64
/// run:    key u64 | value u64 with `runBit` | further entries u64 | their keys, u64 each
/// ```
/// A run is what one content entered: its windows differ in nothing but their keys. Version 1 had no runs.
///
/// All segments in order, or a snapshot and the segments after it, make the index again. Evicted entries need no
/// record: those that displaced them displace them again. Nor has the clock one: it is the greatest epoch of all
/// entries. A snapshot leaves out what has expired, for it is older than whatever could need its room.
extension FamilyIndex {
    private static let versions: ClosedRange<UInt8> = 1...2
    private static let headBytes = 17
    private static let entryBytes = 16
    /// The free bit of a slot's value.
    private static let runBit: UInt64 = 0x8000
    /// Fewer entries take less room one by one.
    private static let leastRun = 3

    /// The entries that are new or changed since the last call, as a segment; nil where there are none.
    ///
    /// Complexity: O(changes), in the order of memory.
    public mutating func drainSegment() -> [UInt8]? {
        guard !exact.changes.isEmpty || !windows.changes.isEmpty else { return nil }
        var writer = SegmentWriter(exact: exact.changes.count, windows: windows.changes.count)
        writer.append(exact.changes)
        writer.append(windows.changes)
        exact.drain()
        windows.drain()
        return writer.finish()
    }

    /// The whole index, to replace all segments so far, in segments that take little memory each. What is not
    /// drained stays so.
    public func snapshot(_ body: ([UInt8]) throws -> Void) rethrows {
        for (table, isExact) in [(exact, true), (windows, false)] {
            var start = 0
            while start < table.slots.count {
                let end = min(start + FamilyIndex.snapshotSlots, table.slots.count)
                let full = table.slots[start..<end].filter { !$0.isEmpty && $0.epoch >= table.floor }
                var writer = SegmentWriter(exact: isExact ? full.count : 0, windows: isExact ? 0 : full.count)
                writer.append(full)
                if !full.isEmpty { try body(writer.finish()) }
                start = end
            }
        }
    }

    /// Slots that go into one segment of a snapshot: four megabytes at the most.
    private static let snapshotSlots = 1 << 18

    /// Enters what a segment holds; nothing of it if it is damaged.
    ///
    /// - Throws: `StateDamage` for a segment that is cut short, altered, or of another version.
    public mutating func load(segment: [UInt8]) throws(StateDamage) {
        var reader = ByteReader(segment)
        let version: UInt8 = try reader.read()
        guard FamilyIndex.versions.contains(version) else {
            throw StateDamage(
                "fingerprint segment has version \(version), this program reads up to \(FamilyIndex.versions.upperBound)"
            )
        }
        let exactCount: UInt64 = try reader.read()
        let windowCount: UInt64 = try reader.read()
        let isIntact =
            segment.count >= FamilyIndex.headBytes + 8
            && segment.withUnsafeBytes {
                let written = UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: $0.count - 8, as: UInt64.self))
                return hash64(UnsafeRawBufferPointer(rebasing: $0.dropLast(8)), seed: 0) == written
            }
        guard isIntact else { throw StateDamage("fingerprint segment is cut short or altered: its hash does not fit") }
        let exactSlots = try FamilyIndex.slots(exactCount, &reader)
        let windowSlots = try FamilyIndex.slots(windowCount, &reader)
        // At once, not as the table fills: segments may be in the order of their keys, and these would pile up at
        // the front of a table that is too small for them.
        advance(to: max(exactSlots.lazy.map(\.epoch).max() ?? 0, windowSlots.lazy.map(\.epoch).max() ?? 0))
        exact.reserve(exactSlots.count)
        for slot in exactSlots where slot.key != 0 { exact.load(slot) }
        windows.reserve(windowSlots.count)
        for slot in windowSlots where slot.key != 0 { windows.load(slot) }
    }

    /// So many entries, those of runs counted one by one.
    private static func slots(_ count: UInt64, _ reader: inout ByteReader) throws(StateDamage) -> [Slot] {
        var slots: [Slot] = []
        while slots.count < count {
            let key: UInt64 = try reader.read()
            let value: UInt64 = try reader.read()
            slots.append(Slot(key: key, value: value & ~runBit))
            guard value & runBit != 0 else { continue }
            let further: UInt64 = try reader.read()
            guard further <= count - UInt64(slots.count) else {
                throw StateDamage("fingerprint segment holds more entries than it says")
            }
            for _ in 0..<further { slots.append(Slot(key: try reader.read(), value: value & ~runBit)) }
        }
        return slots
    }

    private struct SegmentWriter {
        /// What follows the version, as it is stored.
        private var words: [UInt64] = []

        init(exact: Int, windows: Int) {
            words.reserveCapacity(2 + 2 * (exact + windows))
            write(UInt64(exact))
            write(UInt64(windows))
        }

        mutating func append(_ slots: [Slot]) {
            var start = 0
            while start < slots.count {
                var end = start + 1
                while end < slots.count, slots[end].value == slots[start].value { end += 1 }
                if end - start < leastRun {
                    write(slots[start].key)
                    write(slots[start].value)
                    start += 1
                    continue
                }
                write(slots[start].key)
                write(slots[start].value | runBit)
                write(UInt64(end - start - 1))
                for slot in slots[(start + 1)..<end] { write(slot.key) }
                start = end
            }
        }

        func finish() -> [UInt8] {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(1 + 8 * words.count + 8)
            bytes.append(versions.upperBound)
            words.withUnsafeBytes { bytes.append(contentsOf: $0) }
            let hash = bytes.withUnsafeBytes { hash64($0, seed: 0) }
            withUnsafeBytes(of: hash.littleEndian) { bytes.append(contentsOf: $0) }
            return bytes
        }

        private mutating func write(_ word: UInt64) { words.append(word.littleEndian) }
    }
}
