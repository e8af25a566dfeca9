/// The index in the store: segments, each with the entries that changed since the one before.
///
/// ```
/// version u8 | entries of `exact` u64 | entries of `windows` u64 | entries, 16 bytes each | hash64 of all before u64
/// ```
/// All segments in order, or a snapshot and the segments after it, make the index again. Evicted entries need no
/// record: those that displaced them displace them again.
extension FamilyIndex {
    private static let version: UInt8 = 1
    private static let headBytes = 17
    private static let entryBytes = 16

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
                let full = table.slots[start..<end].filter { !$0.isEmpty }
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
        guard version == FamilyIndex.version else {
            throw StateDamage("fingerprint segment has version \(version), this program reads \(FamilyIndex.version)")
        }
        let exactCount: UInt64 = try reader.read()
        let windowCount: UInt64 = try reader.read()
        let room = UInt64((segment.count - FamilyIndex.headBytes) / FamilyIndex.entryBytes)
        let bytes = Int(min(exactCount, room) + min(windowCount, room)) * FamilyIndex.entryBytes
        guard exactCount <= room, windowCount <= room, segment.count == FamilyIndex.headBytes + bytes + 8 else {
            throw StateDamage("fingerprint segment of \(segment.count) bytes is cut short or too long")
        }
        let isIntact = segment.withUnsafeBytes {
            let written = UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: $0.count - 8, as: UInt64.self))
            return hash64(UnsafeRawBufferPointer(rebasing: $0.dropLast(8)), seed: 0) == written
        }
        guard isIntact else { throw StateDamage("fingerprint segment is altered: its hash does not fit") }
        var at = FamilyIndex.headBytes
        FamilyIndex.enter(segment, &at, Int(exactCount), into: &exact)
        FamilyIndex.enter(segment, &at, Int(windowCount), into: &windows)
    }

    private static func enter(_ segment: [UInt8], _ at: inout Int, _ count: Int, into table: inout SlotTable) {
        let end = at + count * entryBytes
        // At once, not as the table fills: segments may be in the order of their keys, and these would pile up at
        // the front of a table that is too small for them.
        table.reserve(count)
        segment.withUnsafeBytes { segment in
            while at < end {
                let key = UInt64(littleEndian: segment.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                let value = UInt64(littleEndian: segment.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
                at += entryBytes
                guard key != 0 else { continue }
                table.load(Slot(key: key, value: value))
            }
        }
    }

    private struct SegmentWriter {
        private var bytes: [UInt8] = []

        init(exact: Int, windows: Int) {
            bytes.reserveCapacity(headBytes + (exact + windows) * entryBytes + 8)
            bytes.append(version)
            write(UInt64(exact))
            write(UInt64(windows))
        }

        mutating func append(_ slots: [Slot]) {
            let start = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: slots.count * entryBytes))
            bytes.withUnsafeMutableBytes { bytes in
                var at = start
                for slot in slots {
                    bytes.storeBytes(of: slot.key.littleEndian, toByteOffset: at, as: UInt64.self)
                    bytes.storeBytes(of: slot.value.littleEndian, toByteOffset: at + 8, as: UInt64.self)
                    at += entryBytes
                }
            }
        }

        mutating func finish() -> [UInt8] {
            write(bytes.withUnsafeBytes { hash64($0, seed: 0) })
            return bytes
        }

        private mutating func write(_ word: UInt64) {
            withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
        }
    }
}
