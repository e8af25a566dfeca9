import Glibc

/// A seeded source of random numbers: the same seed gives the same numbers.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). Streams of one
/// seed are far apart, so that stages and runs draw from streams of their own: what changes in one stage leaves the
/// draws of the others as they were (common random numbers), and two scenarios differ by the scenario only.
struct RandomSource: Sendable {
    private var state: UInt64

    /// - Parameters:
    ///   - run: number of the replication.
    ///   - stream: what is drawn from it, unique within a run.
    init(seed: UInt64, run: Int, stream: Int) {
        state = seed &+ UInt64(run) &* 0xD134_2543_DE82_EF95 &+ UInt64(stream) &* 0xA076_1D64_78BD_642F
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// Evenly spread in 0 ..< 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Exponential with mean 1.
    mutating func exponential() -> Double { -log(1 - unit()) }

    /// Standard normal (Box and Muller 1958); one of the pair, so that every draw costs the same two numbers.
    mutating func normal() -> Double {
        let radius = (-2 * log(1 - unit())).squareRoot()
        return radius * cos(2 * .pi * unit())
    }

    /// A whole number of 0 ..< `count`; `count` is positive.
    mutating func below(_ count: Int) -> Int { Int(unit() * Double(count)) }
}
