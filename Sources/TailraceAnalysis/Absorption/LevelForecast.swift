/// How long a backlog takes to reach a level, as an interval of calendar days: back to normal, or up to a page.
struct LevelForecast: Sendable, Equatable {
    var low: Double
    /// Nil where it may take more than three years.
    var high: Double?

    /// Days until a queue that moves by `drift` items a day towards a level, with `variance` a day and an uncertain drift, has come the
    /// `gap` items to it. The quantile p of the time t solves Φ((drift·t − gap) / √(variance·t + error²·t²)) = p, and Φ is
    /// inverted once and for all by its quantiles ±1.2816 at 10 and 90 %.
    ///
    /// Nil where even the low end is more than three years away: the queue does not get there.
    init?(gap: Double, drift: Double, variance: Double, driftError: Double) {
        guard gap > 0 else { return nil }
        guard let low = Self.time(-1.2815515655446004, gap, drift, variance, driftError) else { return nil }
        self.low = low
        high = Self.time(1.2815515655446004, gap, drift, variance, driftError)
    }

    private static func time(
        _ z: Double, _ gap: Double, _ drift: Double, _ variance: Double, _ error: Double
    ) -> Double? {
        func score(_ t: Double) -> Double {
            (drift * t - gap) / max((variance * t + error * error * t * t).squareRoot(), 1e-9)
        }
        var (low, high) = (0.0, 1095.0)
        guard score(high) >= z else { return nil }
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if score(middle) < z { low = middle } else { high = middle }
        }
        return high
    }
}
