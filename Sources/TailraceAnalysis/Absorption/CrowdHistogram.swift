/// How many people stood in an hour, as aged counts: exactly up to 15, then in eighths of an octave.
struct CrowdHistogram: Sendable {
    private static let bins = 80

    /// Relative to each other: where one would overflow, all are halved.
    private var counts = InlineArray<80, UInt8>(repeating: 0)

    var isEmpty: Bool { (0..<Self.bins).allSatisfy { counts[$0] == 0 } }

    mutating func add(_ people: Int) {
        let bin = Self.bin(people)
        if counts[bin] == .max {
            for other in 0..<Self.bins { counts[other] = counts[other] / 2 + counts[other] % 2 }
        }
        counts[bin] += 1
    }

    /// The upper one of two in the middle; 0 where nobody was seen.
    var median: Int {
        let all = (0..<Self.bins).reduce(0) { $0 + Int(counts[$1]) }
        guard all > 0 else { return 0 }
        var before = 0
        for bin in 0..<Self.bins {
            before += Int(counts[bin])
            if before > all / 2 { return Self.people(bin) }
        }
        return 0
    }

    private static func bin(_ people: Int) -> Int {
        guard people >= 16 else { return max(0, people) }
        let octave = Int.bitWidth - 1 - people.leadingZeroBitCount
        return min(bins - 1, 16 + (octave - 4) * 8 + (people >> (octave - 3) & 7))
    }

    /// The middle of the bin.
    private static func people(_ bin: Int) -> Int {
        guard bin >= 16 else { return bin }
        let (octave, eighth) = ((bin - 16) / 8 + 4, (bin - 16) % 8)
        return (8 + eighth) << (octave - 3) + (1 << (octave - 3) - 1) / 2
    }
}
