/// Tells when a young stage has filled up, so that growth of its backlog means something.
///
/// A log starts empty although the queue it records did not: work that was open at its first line is missing, and the
/// backlog grows by itself until as much leaves as enters. By Little's law the mean time in the system is backlog over
/// throughput; after three times that, and once departures have matched arrivals, the pipe is full. A log whose cases
/// were picked by the day they closed never matches, and is never judged.
struct PipeFilling: Sendable, Equatable {
    /// Days of the log that tell nothing of what is normal.
    var daysToFill: Int

    /// Departures below which a comparison with arrivals says nothing.
    private static let enoughDepartures = 30.0

    /// Judges the latest weeks on a Monday: two, or as many pairs as it takes to see thirty departures. Nil while the
    /// pipe still fills. O(n) in the weeks looked at.
    init?(_ past: StagePast) {
        var (entered, left, held, known) = (0.0, 0.0, 0.0, 0)
        var span = 0
        repeat {
            guard span + 2 <= past.weekDepth else { return nil }
            for back in span..<span + 2 {
                let week = past.week(back: back)
                known += Int(week.knownHours)
                entered += week.arrivals.value
                left += week.departures.value
                held += week.held.value
            }
            span += 2
        } while left < Self.enoughDepartures
        guard known >= span * 84 else { return nil }
        let daysInSystem = held / left / 24
        guard Double(past.dayCount) >= 3 * daysInSystem else { return nil }
        // The chance error of a Poisson count, or one part in twenty.
        guard entered - left <= max(entered.squareRoot(), 0.05 * entered) else { return nil }
        // Before the weeks that match, the pipe was still filling, whatever its mean time in system says.
        daysToFill = min(past.dayCount, max(Int(3 * daysInSystem), past.dayCount - span * 7))
    }
}
