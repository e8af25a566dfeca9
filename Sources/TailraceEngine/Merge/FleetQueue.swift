/// The queue of a stage whose items come in on one host and are finished on another, from counts alone.
///
/// An item that a host finishes without having seen it come (`unscheduled`) leaves the fleet's queue:
///
/// > queue = max(0, previous queue + arrivals + returns − completions − withdrawals − late_backlog − unscheduled)
///
/// It begins with nothing. What it would fall below nothing stood there before the logs began, so it is the least queue
/// that the counts allow. It is known once that has faded, by the measure by which a host's own backlog is.
struct FleetQueue {
    private var queue: Int64 = 0
    /// Items that left though none was there, and all that left, fading over a week.
    private var recentMissing = 0.0
    private var recentDone = 0.0

    struct Level: Equatable {
        var backlog: Int64
        /// The lesser of the hour's ends: in which order items came and left within it, no host knows.
        var minimum: Int64
    }

    /// Takes one hour. Nil: nobody can tell yet what stood in the queue.
    ///
    /// - Parameters:
    ///   - net: arrivals + returns − completions − withdrawals − late_backlog of all hosts.
    ///   - left: completions and withdrawals among them.
    mutating func close(net: Int64, unscheduled: Int64, left: Int64) -> Level? {
        let before = queue
        let after = before + net - unscheduled
        queue = max(0, after)
        recentMissing = recentMissing * 167 / 168 + Double(queue - after)
        recentDone = recentDone * 167 / 168 + Double(left + unscheduled)
        guard recentMissing < 5 || recentMissing < 0.1 * recentDone else { return nil }
        return Level(backlog: queue, minimum: min(before, queue))
    }
}
