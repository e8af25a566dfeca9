/// The question of a stress test, and its answer: which stage saturates first, when, and what comes after it.
public struct StressTest: Sendable {
    /// As fitted.
    public let today: StageGraph
    /// Under the scenario.
    public let changed: StageGraph
    public let hours: Int

    /// The flows that each stage is asked for.
    public let trafficToday: TrafficEquations
    public let traffic: TrafficEquations
    public let fluidToday: FluidRun
    public let fluid: FluidRun

    /// The first layer, which takes no chance and no time. O(hours × (stages + routes)).
    public init(_ graph: StageGraph, _ scenario: Scenario, days: Int) {
        today = graph
        changed = graph.changed(by: scenario)
        hours = days * 24
        trafficToday = TrafficEquations(today)
        traffic = TrafficEquations(changed)
        fluidToday = FluidRun(today, hours: hours)
        fluid = FluidRun(changed, hours: hours)
    }

    /// Stages over their limit before anything has changed.
    public var alreadyOver: [Int] { fluid.breach.indices.filter { fluid.breach[$0] == 0 } }

    /// The stage that saturates first, of those that are not over their limit already; nil where none does.
    public var first: Int? { Self.first(fluid.breach) }

    private static func first(_ breach: [Double?], but other: Int? = nil) -> Int? {
        breach.indices.filter { $0 != other && (breach[$0] ?? 0) > 0 }.min {
            (breach[$0] ?? 0, $0) < (breach[$1] ?? 0, $1)
        }
    }

    /// What it would take to keep a stage below its limit for the whole time, and what saturates first then.
    public struct Remedy: Sendable {
        /// Items a working day.
        public var capacityPerDay: Double
        /// The stage that is first then; nil where none is.
        public var next: Int?
        /// Hours until then.
        public var nextBreach: Double?
    }

    private static let mostEnlargement = 256.0

    /// The least capacity at which the stage stays below its limit, found by halving on the fluid; nil where none is
    /// enough. O(log precision) fluid runs.
    public func remedy(for stage: Int) -> Remedy? {
        func run(_ factor: Double) -> FluidRun {
            var graph = changed
            graph.enlarge(stage, by: factor)
            return FluidRun(graph, hours: hours)
        }
        guard let capacity = changed.stages[stage].capacityPerDay else { return nil }
        var (low, high) = (1.0, 2.0)
        while run(high).breach[stage] != nil {
            (low, high) = (high, high * 2)
            if high > Self.mostEnlargement { return nil }
        }
        while high / low > 1.005 {
            let middle = (low * high).squareRoot()
            if run(middle).breach[stage] == nil { high = middle } else { low = middle }
        }
        let after = run(high)
        let next = Self.first(after.breach, but: stage)
        return Remedy(capacityPerDay: capacity * high, next: next, nextBreach: next.flatMap { after.breach[$0] })
    }
}
