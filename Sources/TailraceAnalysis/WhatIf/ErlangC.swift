/// The queue M/M/c in closed form (Erlang 1917): Poisson arrivals, exponential work, `servers` side by side.
enum ErlangC {
    /// Probability that an item has to wait. `load` is per server, 0 ..< 1. O(servers).
    static func waitProbability(servers: Int, load: Double) -> Double {
        let offered = Double(servers) * load
        // Erlang B by its recursion, which neither overflows nor cancels.
        var blocked = 1.0
        for count in 1...max(1, servers) { blocked = offered * blocked / (Double(count) + offered * blocked) }
        return blocked / (1 - load * (1 - blocked))
    }

    /// Mean wait before work begins, in the unit of `serviceHours`.
    static func wait(servers: Int, load: Double, serviceHours: Double) -> Double {
        guard load > 0, load < 1 else { return 0 }
        return waitProbability(servers: servers, load: load) * serviceHours / (Double(servers) * (1 - load))
    }
}
