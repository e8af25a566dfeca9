/// Writes a segment of a `FamilyIndex`, as described there.
struct SegmentWriter {
    /// What follows the version, as it is stored.
    private var words: [UInt64] = []
    /// Fewer entries take less room one by one.
    private static let leastRun = 3

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
            if end - start < SegmentWriter.leastRun {
                write(slots[start].key)
                write(slots[start].value)
                start += 1
                continue
            }
            write(slots[start].key)
            write(slots[start].value | FamilyIndex.runBit)
            write(UInt64(end - start - 1))
            for slot in slots[(start + 1)..<end] { write(slot.key) }
            start = end
        }
    }

    func finish() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1 + 8 * words.count + 8)
        bytes.append(FamilyIndex.versions.upperBound)
        words.withUnsafeBytes { bytes.append(contentsOf: $0) }
        let hash = bytes.withUnsafeBytes { hash64($0, seed: 0) }
        withUnsafeBytes(of: hash.littleEndian) { bytes.append(contentsOf: $0) }
        return bytes
    }

    private mutating func write(_ word: UInt64) { words.append(word.littleEndian) }
}
