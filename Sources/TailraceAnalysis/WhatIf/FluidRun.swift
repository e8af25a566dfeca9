import Glibc

/// The graph as water: no chance, one run, an answer at once.
///
/// dQ/dt = in − min(μ, Q/τ) in staffed hours, where τ is what an item takes when nothing waits: below its capacity a
/// stage holds what Little's law (1961) says, above it the rest piles up. Fluid limits of queues: Newell, "Applications
/// of Queueing Theory" (1982). O(hours × (stages + routes)).
public struct FluidRun: Sendable {
    /// Hours from the beginning until a stage holds more than its limit at the end of a judged hour; nil where it does
    /// not within the horizon, or cannot be judged. 0 where it does from the beginning.
    public var breach: [Double?]
    /// Items at the end.
    public var backlog: [Double]
    /// Items finished on the way.
    public var finished: [Double]

    private static let stepsPerHour = 4

    /// - Parameter hours: how long; the first is the first of a week.
    public init(_ graph: StageGraph, hours: Int) {
        let stages = graph.stages
        let count = stages.count
        let step = 1 / Double(Self.stepsPerHour)
        let limit = stages.map { $0.limit ?? .infinity }
        let ceiling = stages.map { $0.capacityPerHour.map { $0 * step } ?? .infinity }
        // Share that leaves in one step where nothing waits; of what enters within the step, half of that.
        let share = stages.map { $0.throughHours > 0 ? 1 - exp(-step / $0.throughHours) : 1 }
        var queue = stages.map { $0.backlog }
        var arriving = [Double](repeating: 0, count: count)
        var finished = arriving
        var breach = stages.indices.map { queue[$0] > limit[$0] ? 0.0 : nil }
        for hour in 0..<hours {
            let slot = hour % 168
            for _ in 0..<Self.stepsPerHour {
                // What has arrived by routes in the step before, and from outside in this one.
                var routed = [Double](repeating: 0, count: count)
                for place in 0..<count {
                    let stage = stages[place]
                    let entering = arriving[place] + stage.outsidePerWeek * stage.profile[slot] * step
                    queue[place] += entering * stage.kept
                    guard stage.calendar.isStaffed[slot], queue[place] > 0 else { continue }
                    let leaving = min(queue[place] * share[place], ceiling[place])
                    queue[place] -= leaving
                    finished[place] += leaving
                    for route in stage.routes { routed[route.target] += route.share * leaving }
                }
                arriving = routed
            }
            for place in 0..<count where breach[place] == nil && stages[place].calendar.isJudged[slot] {
                if queue[place] > limit[place] { breach[place] = Double(hour + 1) }
            }
        }
        self.breach = breach
        self.finished = finished
        backlog = queue
    }
}
