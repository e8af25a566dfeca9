/// Tells when a young stage has filled up, so that growth of its backlog means something.
///
/// A log starts empty although the queue it records did not: work that was open at its first line is missing, and the
/// backlog grows by itself until as much leaves as enters. By Little's law the mean time in the system is backlog over
/// throughput; after three times that, and once departures have matched arrivals, the pipe is full. A log whose cases
/// were picked by the day they closed never matches, and is never judged.
struct PipeFilling: Sendable, Equatable {
    /// Hours of the log that tell nothing of what is normal.
    var hoursToFill: Int

    /// Departures below which a comparison with arrivals says nothing.
    private static let enoughDepartures = 30.0

    /// Judges the latest weeks of the history: two, or as many as it takes to see thirty departures. Nil while the pipe
    /// still fills. O(n) in the hours looked at.
    init?(history: HourHistory) {
        let step = 336
        guard history.count >= step else { return nil }
        var (entered, left, held, known) = (0.0, 0.0, 0.0, 0)
        var span = 0
        repeat {
            for back in span..<min(span + step, history.count) {
                let hour = history[back: back]
                guard hour.isKnown else { continue }
                known += 1
                entered += Double(hour.arrivals)
                left += Double(hour.departures)
                held += Double(hour.backlog)
            }
            span = min(span + step, history.count)
        } while left < Self.enoughDepartures && span < history.count
        guard left >= Self.enoughDepartures, known >= span / 2 else { return nil }
        let timeInSystem = held / left
        guard Double(history.total) >= 3 * timeInSystem else { return nil }
        // The chance error of a Poisson count, or one part in twenty.
        guard entered - left <= max(entered.squareRoot(), 0.05 * entered) else { return nil }
        // Before the weeks that match, the pipe was still filling, whatever its mean time in system says.
        hoursToFill = min(history.total, max(Int(3 * timeInSystem), history.total - span))
    }
}
