import Glibc

/// How strongly arrivals and lost service say that demand has passed the proven pace.
///
/// A mixture over five alternatives of quasi-Poisson e-CUSUMs (Shin, Ramdas, Rinaldo 2024, "E-detectors"): without
/// overload, the mean number of days until the evidence passes n is about n, whatever the stage.
struct OverloadEvidence: Sendable {
    /// Demand over pace of the alternatives, and their logarithms.
    private static let ratios: InlineArray<5, Double> = [1.05, 1.15, 1.4, 2, 3.5]
    private static let logs: InlineArray<5, Double> = [
        0.04879016416943204, 0.1397619423751587, 0.3364722366212129, 0.6931471805599453, 1.252762968495368,
    ]
    /// Logarithm beyond which more evidence only delays the way back.
    private static let ceiling = 30.0

    private var closed = InlineArray<5, Double>(repeating: 0)
    private var demand = 0.0
    private var pace = 0.0

    /// Adds an hour of demand (arrivals and service that failed to come) against the proven pace, both in items.
    mutating func add(demand: Double, pace: Double) {
        self.demand += demand
        self.pace += pace
    }

    /// Ends the day. O(1).
    mutating func closeDay(dispersion: Double) {
        for k in 0..<5 { closed[k] = min(max(0, closed[k] + step(k, dispersion)), Self.ceiling) }
        demand = 0
        pace = 0
    }

    /// The evidence in days: 1,000 is passed once in about 1,000 days without overload.
    func days(dispersion: Double) -> Double {
        var sum = 0.0
        for k in 0..<5 { sum += exp(min(closed[k] + step(k, dispersion), Self.ceiling)) }
        return sum / 5
    }

    mutating func forget() {
        closed = InlineArray<5, Double>(repeating: 0)
        demand = 0
        pace = 0
    }

    /// What counts of a day's demand: a single burst is not a trend, and days as they come would hide one.
    static func clipped(_ demand: Double, pace: Double) -> Double { min(demand, 1.7 * pace) }

    private func step(_ k: Int, _ dispersion: Double) -> Double {
        (Self.clipped(demand, pace: pace) * Self.logs[k] - (Self.ratios[k] - 1) * pace) / dispersion
    }
}
