import Glibc
import TailracePipeline

/// One week's value of one series, with what is needed to compare it with other weeks.
public struct WeeklySample: Sendable, Equatable, Codable {
    /// Start of the week, seconds since 1970 UTC.
    public var week: Int64
    /// Part and whole of a share.
    public var part: Double
    public var whole: Double
    /// How many things the whole is made of: bytes come in items, and certainty from their number.
    public var count: Double
    /// Of families of copies: size and number of families, ascending by size. Empty for shares.
    var sizes: [FamilySize] = []
    /// The rule's condition held: no part of a baseline.
    var isAlarmed = false

    struct FamilySize: Sendable, Equatable, Codable {
        var size: Int64
        var families: Int64
    }

    /// A share; nil where there is no whole.
    init?(week: Int64, part: Double, whole: Double, count: Double) {
        guard whole > 0 else { return nil }
        (self.week, self.part, self.whole, self.count) = (week, part, whole, count)
    }

    /// An effective number of families; nil where there are no contents.
    init?(week: Int64, sizes: [Int64: Int64]) {
        let ascending = sizes.sorted { $0.key < $1.key }.map { FamilySize(size: $0.key, families: $0.value) }
        let contents = Double(ascending.reduce(0) { $0 + $1.size * $1.families })
        self.init(week: week, part: 0, whole: contents, count: contents)
        self.sizes = ascending
        part = effectiveNumber(ascending, of: contents)
    }

    var isShare: Bool { sizes.isEmpty }
    public var value: Double { isShare ? part / whole : part }

    /// 95 % interval by the number of things: of a share Wilson's; of a ratio that may pass one, of a Poisson count by
    /// its square root (Anscombe, "The transformation of Poisson data", Biometrika 35, 1948).
    public var interval: (low: Double, high: Double) {
        guard isShare else { return (value, value) }
        let total = max(1, Int(count.rounded()))
        if part >= 0, part <= whole {
            return wilsonInterval(hits: Int((value * Double(total)).rounded()), of: total)
        }
        let root = (part + 0.375).squareRoot()
        return (max(0, (root - 0.98) * (root - 0.98) - 0.375) / whole, ((root + 0.98) * (root + 0.98) - 0.375) / whole)
    }

    /// Several weeks as one.
    ///
    /// - Parameter weeks: of the latest, how many; an effective number stays that of the last.
    init(together latest: ArraySlice<WeeklySample>, weeks: Int) {
        let taken = latest.suffix(weeks)
        self = taken[taken.endIndex - 1]
        guard isShare else { return }
        (part, whole, count) = taken.reduce((0, 0, 0)) { ($0.0 + $1.part, $0.1 + $1.whole, $0.2 + $1.count) }
    }
}

/// The effective number of families, exp(H), among `contents` of them: as many equally large ones would be as diverse
/// (Hill number of order one; Jost, "Entropy and diversity", Oikos 113, 2006).
private func effectiveNumber(_ sizes: [WeeklySample.FamilySize], of contents: Double) -> Double {
    guard contents > 0 else { return 0 }
    let sum = sizes.reduce(0.0) {
        let size = Double($1.size)
        return $0 + Double($1.families) * size * log(size)
    }
    return exp(log(contents) - sum / contents)
}

/// The effective number of families expected among `drawn` contents out of a sample: samples of different sizes can
/// only be compared at one size, for a larger one shows more.
///
/// Rarefaction of the entropy: families expected to be met k times among those drawn follow the hypergeometric
/// distribution (Chao et al., "Rarefaction and extrapolation with Hill numbers", Ecological Monographs 84, 2014).
/// Complexity: O(distinct sizes × drawn).
func rarefiedNumber(_ sample: WeeklySample, to drawn: Double) -> Double {
    let (n, m) = (sample.whole.rounded(), drawn.rounded())
    guard m >= 1 else { return 0 }
    guard n > m else { return sample.value }
    let whole = logChoose(n, m)
    var entropy = 0.0
    for entry in sample.sizes {
        let size = Double(entry.size)
        var met = max(1, m - (n - size))
        while met <= min(size, m) {
            let chance = exp(logChoose(size, met) + logChoose(n - size, m - met) - whole)
            entropy -= Double(entry.families) * chance * met / m * log(met / m)
            met += 1
        }
    }
    return exp(entropy)
}

/// ln of the number of ways to choose k of n.
private func logChoose(_ n: Double, _ k: Double) -> Double {
    lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
}
