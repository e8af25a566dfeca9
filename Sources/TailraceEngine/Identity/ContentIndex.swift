internal import TailraceIngest

/// Finds sources by their first bytes: those whose content may be that of a file.
struct ContentIndex {
    /// Of all sources with 64 bytes or more, by the hash of those; of those among them with less than 1 KiB; and of
    /// the others by the hash of their first 1 KiB.
    private var byStart: [UInt64: [Int]] = [:]
    private var byStartOfSmall: [UInt64: [Int]] = [:]
    private var byFirstKiB: [UInt64: [Int]] = [:]
    /// Those with less than 64 bytes.
    private var tiny: Set<Int> = []
    /// Bytes by which a source is entered.
    private var entered: [Int: Int64] = [:]

    private static let kibibyteLevel = 10
    private static let kibibyte: Int64 = 1024

    /// - Parameter count: bytes that are known of the source.
    func isCurrent(_ index: Int, _ count: Int64) -> Bool {
        guard let known = entered[index] else { return count == 0 }
        return known == count || known >= ContentIndex.kibibyte
    }

    mutating func enter(_ index: Int, _ ladder: PrefixLadder) {
        guard ladder.count > 0, !isCurrent(index, ladder.count) else { return }
        remove(index)
        entered[index] = ladder.count
        guard let start = ladder.rung(PrefixLadder.lowestLevel) else {
            tiny.insert(index)
            return
        }
        byStart[start, default: []].append(index)
        if let kibibyte = ladder.rung(ContentIndex.kibibyteLevel) {
            byFirstKiB[kibibyte, default: []].append(index)
        } else {
            byStartOfSmall[start, default: []].append(index)
        }
        starts[index] = start
    }

    /// Where a source is entered, to take it out again.
    private var starts: [Int: UInt64] = [:]

    private mutating func remove(_ index: Int) {
        tiny.remove(index)
        guard let start = starts.removeValue(forKey: index) else { return }
        byStart[start]?.removeAll { $0 == index }
        byStartOfSmall[start]?.removeAll { $0 == index }
    }

    /// In the order of their ids.
    func candidates(for ladder: PrefixLadder) -> [Int] {
        guard ladder.count > 0 else { return [] }
        var found = Array(tiny)
        if let start = ladder.rung(PrefixLadder.lowestLevel) {
            if let kibibyte = ladder.rung(ContentIndex.kibibyteLevel) {
                found += byFirstKiB[kibibyte] ?? []
                found += byStartOfSmall[start] ?? []
            } else {
                found += byStart[start] ?? []
            }
        }
        return found.sorted()
    }
}
