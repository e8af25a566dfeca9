import Glibc

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, the same everywhere.
public struct SeededNoise: Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform over (0, 1).
    public mutating func unit() -> Double { (Double(bits() >> 11) + 0.5) / 9_007_199_254_740_992 }

    public mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    public mutating func whole(below n: Int) -> Int { Int(unit() * Double(n)) }

    public mutating func normal() -> Double { sqrt(-2 * log(unit())) * cos(2 * .pi * unit()) }

    /// Poisson by Knuth's product for small means, by the normal limit for large ones.
    public mutating func poisson(_ mean: Double) -> Int {
        if mean > 40 { return max(0, Int((mean + sqrt(mean) * normal()).rounded())) }
        let limit = exp(-mean)
        var product = unit()
        var count = 0
        while product > limit {
            product *= unit()
            count += 1
        }
        return count
    }

    /// Geometric on 1, 2, 3, … with the given mean.
    public mutating func batch(mean: Double) -> Int {
        mean <= 1 ? 1 : 1 + Int(log(unit()) / log(1 - 1 / mean))
    }
}
