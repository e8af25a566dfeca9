/// A seeded source of random numbers: the same seed gives the same logs, byte for byte, on every machine.
///
/// SplitMix64 of Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. Everything
/// drawn from it uses + − × ÷ only, because a mathematical library may round differently elsewhere.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A stream of its own for one story, so that a change in one story leaves the others as they were.
    init(seed: UInt64, story: UInt64) {
        state = seed &+ story &* 0xD134_2543_DE82_EF95
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Evenly spread in 0 ..< 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Evenly spread in `range`.
    mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    /// A whole number of `range`. The bias of the remainder is below 2⁻⁴⁰ for the ranges used here.
    mutating func whole(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    mutating func happens(_ probability: Double) -> Bool { unit() < probability }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[whole(0...elements.count - 1)] }

    /// A place in 0 ..< count: `share` of the draws falls on the first `1 - share` of the places, and so on within both
    /// parts. After the self-similar distribution of Gray, Sundaresan, Englert, Baclawski and Weinberger, "Quickly
    /// generating billion-record synthetic databases", SIGMOD 1994.
    ///
    /// Complexity: O(log count) draws.
    mutating func uneven(_ count: Int, share: Double) -> Int {
        var first = 0
        var count = count
        while count > 1 {
            let favoured = max(1, Int(Double(count) * (1 - share)))
            if happens(share) {
                count = favoured
            } else {
                first += favoured
                count -= favoured
            }
        }
        return first
    }

    /// Exponential with mean 1.
    mutating func exponential() -> Double { -naturalLogarithm(1 - unit()) }

    /// Erlang with mean 1 and squared coefficient of variation 1/3: touch times of office work.
    mutating func workload() -> Double { (exponential() + exponential() + exponential()) / 3 }

    /// Poisson: the number of exponential gaps that fit into `mean`.
    mutating func poisson(_ mean: Double) -> Int {
        var count = 0
        var used = exponential()
        while used < mean {
            count += 1
            used += exponential()
        }
        return count
    }
}

/// ln x for x > 0, by the series of 2·artanh((m−1)/(m+1)) on the significand; error below 10⁻¹⁵.
func naturalLogarithm(_ x: Double) -> Double {
    var significand = x.significand
    var exponent = Double(x.exponent)
    if significand > 1.4142135623730951 {
        significand /= 2
        exponent += 1
    }
    let t = (significand - 1) / (significand + 1)
    let square = t * t
    var term = t
    var sum = 0.0
    for k in 0..<14 {
        sum += term / Double(2 * k + 1)
        term *= square
    }
    return 2 * sum + exponent * 0.6931471805599453
}
