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
    static let versions: ClosedRange<UInt8> = 1...2
    private static let headBytes = 17
    /// The free bit of a slot's value.
    static let runBit: UInt64 = 0x8000

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

    /// Makes room for what segments hold, before they are loaded one by one in any order: a table that grows in between
    /// is moved, and its memory cleared, each time. Damage is passed over; `load` tells of it.
    ///
    /// An entry stands in a segment for each time it changed. So the different keys are counted, of those that begin
    /// with ten zero bits: keys are spread evenly, and of all there are 1024 times as many (Flajolet, "On adaptive
    /// sampling", Computing 43, 1990, with a fixed depth). Complexity: O(bytes), a linear pass.
    public mutating func reserve(for segments: some Sequence<[UInt8]>) {
        let depth: UInt64 = 10
        var (exactKeys, windowKeys): (Set<UInt64>, Set<UInt64>) = ([], [])
        for segment in segments where segment.count >= FamilyIndex.headBytes + 8 {
            segment.withUnsafeBytes { bytes in
                var head = SegmentReader(UnsafeRawBufferPointer(rebasing: bytes[1..<FamilyIndex.headBytes]))
                let counts = (head.word(), head.word())
                let entries = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(FamilyIndex.headBytes).dropLast(8))
                var (survey, reader) = (SegmentReader(entries), SegmentReader(entries))
                guard let exact = survey.extent(of: counts.0), let windows = survey.extent(of: counts.1) else { return }
                reader.forEachBlock(of: exact.count) {
                    for slot in $0 where slot.key >> (64 - depth) == 0 { exactKeys.insert(slot.key) }
                }
                reader.forEachBlock(of: windows.count) {
                    for slot in $0 where slot.key >> (64 - depth) == 0 { windowKeys.insert(slot.key) }
                }
            }
        }
        // Of fewer the estimate is poor, and growing costs little.
        let leastSample = 256
        if exactKeys.count >= leastSample { exact.reserve(exactKeys.count << depth) }
        if windowKeys.count >= leastSample { windows.reserve(windowKeys.count << depth) }
    }

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
        let isWhole = segment.withUnsafeBytes {
            enter(
                UnsafeRawBufferPointer(rebasing: $0.dropFirst(FamilyIndex.headBytes).dropLast(8)), exactCount,
                windowCount)
        }
        guard isWhole else { throw StateDamage("fingerprint segment holds other entries than it says") }
    }

    /// Enters so many entries of both kinds.
    ///
    /// - Returns: false, and nothing is entered, where they do not fit into the bytes.
    private mutating func enter(_ bytes: UnsafeRawBufferPointer, _ exactCount: UInt64, _ windowCount: UInt64) -> Bool {
        var survey = SegmentReader(bytes)
        guard let exactExtent = survey.extent(of: exactCount), let windowExtent = survey.extent(of: windowCount) else {
            return false
        }
        advance(to: max(exactExtent.greatestEpoch, windowExtent.greatestEpoch))
        exact.reserve(exactExtent.count, total: exactExtent.wholeCount)
        windows.reserve(windowExtent.count, total: windowExtent.wholeCount)
        var reader = SegmentReader(bytes)
        reader.forEachBlock(of: exactExtent.count) { exact.load($0) }
        reader.forEachBlock(of: windowExtent.count) { windows.load($0) }
        return true
    }
}
