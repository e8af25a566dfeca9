/// Puts the selected hashes of a content in order; keeps its buffers for the next one.
struct HashOrder: Sendable {
    /// Up to so many, insertion alone is faster than anything that has to prepare.
    private static let fewHashes = 12
    /// A share of the hashes that falls into one range by chance never reaches this; beyond it, insertion into the
    /// range would be slow, and the library's sort is taken.
    private static let crowdedRange = 256

    private var counts = [Int](repeating: 0, count: 1024 + 1)
    private var scratch: [UInt64] = []

    init() {}

    /// Drops hashes at or above the level's limit and repeats, and raises the level while more than
    /// `Fingerprinter.maximumHashes` remain. The hashes from `first` on then ascend. Returns the level.
    /// Complexity: O(n), as hashes spread evenly; O(n log n) for those made not to.
    mutating func tidy(_ hashes: inout [UInt64], from first: Int, level: UInt8) -> UInt8 {
        if scratch.count < hashes.count - first {
            scratch = [UInt64](repeating: 0, count: max(256, 2 * (hashes.count - first)))
        }
        var level = level
        let kept = hashes.withUnsafeMutableBufferPointer { hashes in
            let all = UnsafeMutableBufferPointer(rebasing: hashes[first...])
            let low = HashOrder.compact(all, below: Fingerprinter.limit(level: level))
            let mine = UnsafeMutableBufferPointer(rebasing: all[..<low])
            sort(mine, level: level)
            var kept = HashOrder.unique(mine)
            while kept > Fingerprinter.maximumHashes, level < 15 {
                level += 1
                while kept > 0, mine[kept - 1] >= Fingerprinter.limit(level: level) { kept -= 1 }
            }
            return kept
        }
        hashes.removeLast(hashes.count - first - kept)
        return level
    }

    /// Hashes below a limit are spread evenly up to it: they are dealt to ranges by their top bits, which leaves
    /// insertion next to nothing to do.
    private mutating func sort(_ hashes: UnsafeMutableBufferPointer<UInt64>, level: UInt8) {
        if hashes.count > HashOrder.fewHashes {
            let rangeBits: UInt64 = hashes.count <= 256 ? 6 : 10
            let shift = 64 - UInt64(level) - rangeBits
            let isCrowded = scratch.withUnsafeMutableBufferPointer { scratch in
                counts.withUnsafeMutableBufferPointer { counts in
                    HashOrder.deal(hashes, into: scratch, counts: counts, ranges: 1 << rangeBits, shift: shift)
                }
            }
            if isCrowded {
                var hashes = hashes
                return hashes.sort()
            }
        }
        for end in 1..<max(1, hashes.count) {
            let hash = hashes[end]
            var at = end
            while at > 0, hashes[at - 1] > hash {
                hashes[at] = hashes[at - 1]
                at -= 1
            }
            hashes[at] = hash
        }
    }

    /// Reorders by range; false if it did, true if a range is crowded and nothing was done.
    private static func deal(
        _ hashes: UnsafeMutableBufferPointer<UInt64>, into scratch: UnsafeMutableBufferPointer<UInt64>,
        counts: UnsafeMutableBufferPointer<Int>, ranges: Int, shift: UInt64
    ) -> Bool {
        for range in 0...ranges { counts[range] = 0 }
        for hash in hashes { counts[Int(hash &>> shift) &+ 1] &+= 1 }
        var most = 0
        for range in 1...ranges {
            most = max(most, counts[range])
            counts[range] &+= counts[range &- 1]
        }
        if most > crowdedRange { return true }
        for hash in hashes {
            let range = Int(hash &>> shift)
            scratch[counts[range]] = hash
            counts[range] &+= 1
        }
        for at in 0..<hashes.count { hashes[at] = scratch[at] }
        return false
    }

    private static func compact(_ hashes: UnsafeMutableBufferPointer<UInt64>, below limit: UInt64) -> Int {
        var kept = 0
        for hash in hashes {
            hashes[kept] = hash
            kept &+= hash < limit ? 1 : 0
        }
        return kept
    }

    private static func unique(_ hashes: UnsafeMutableBufferPointer<UInt64>) -> Int {
        var kept = 0
        for at in 0..<hashes.count where kept == 0 || hashes[at] != hashes[kept - 1] {
            hashes[kept] = hashes[at]
            kept += 1
        }
        return kept
    }
}
