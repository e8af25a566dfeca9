import Glibc

/// The graph item by item: a seeded discrete-event simulation, whose runs give the intervals.
///
/// In each run the weeks are drawn anew: blocks of four successive weeks out of those that were fitted (circular block
/// bootstrap, Politis and Romano 1992), with all stages of one week together, so that a Christmas is a Christmas for
/// everybody. The level of each stage wanders on for four weeks as it wandered in those, and stays where it is then: how
/// far it goes in a quarter, eight weeks cannot tell. Within a week arrivals are a Poisson process with the rate of each
/// hour; an item takes its delay (exponential), waits for one of the servers, is worked on, and goes where the routes
/// lead.
///
/// Items are not told apart: a queue is a number. Memory is O(stages + events planned); a run costs O(log n) for each
/// event and O(stages) for each hour.
public struct StageSimulation: Sendable {
    let graph: StageGraph
    /// The first hour is the first of a week.
    let hours: Int
    let seed: UInt64
    /// Items that move as one, so that the flow of any office is bounded work; 1 for all but the largest.
    public let lot: Int
    /// A run ends early after so many events: four times what the flow makes. Only a loop that all but keeps its work
    /// gets there.
    let mostEvents: Int
    let limits: [Double]
    /// What enters each from outside, items a week, and its share by hour of the week, stage after stage.
    let outsidePerWeek: [Double]
    let profiles: [Double]
    /// What other stages hand over to each, items a week, at rest.
    let handedPerWeek: [Double]
    /// Stages that anything enters.
    let sources: [Int]

    /// Weeks that stay together when weeks are drawn.
    private static let block = 4
    /// Events of one run beyond which items move in lots: 200 runs then take seconds.
    private static let usualEvents = 400_000.0

    public init(_ graph: StageGraph, hours: Int, seed: UInt64) {
        (self.graph, self.hours, self.seed) = (graph, hours, seed)
        limits = graph.stages.map { $0.limit ?? .infinity }
        let inflow = TrafficEquations(graph).inflow
        let handed = graph.stages.indices.map { place in
            let stage = graph.stages[place]
            let returned = stage.routes.first { $0.target == place }?.share ?? 0
            return max(0, inflow[place] * (1 - returned) - stage.outsidePerWeek)
        }
        handedPerWeek = handed
        outsidePerWeek = graph.stages.map(\.outsidePerWeek)
        profiles = graph.stages.flatMap(\.profile)
        sources = graph.stages.indices.filter { graph.stages[$0].outsidePerWeek > 0 || handed[$0] > 0 }
        let flow = inflow.reduce(0, +) * Double(hours) / 168
        let standing = graph.stages.reduce(0) { $0 + $1.backlog }
        // An item in a stage is three events: it comes, is ready, is done.
        lot = max(1, Int(min(1e9, (3 * (flow + standing) / Self.usualEvents).rounded(.up))))
        mostEvents = 100_000 + Int(4 * min(Self.usualEvents, 3 * (flow + standing)))
    }

    /// One run. The same seed and number give the same run.
    public func run(_ number: Int) -> SimulationRun {
        var state = SimulationState(self, run: number)
        for hour in 0..<hours {
            if hour % 168 == 0 {
                // The mean level of W weeks lies W/3 steps from the level at their end.
                let steps = hour == 0 ? 1 + Double(graph.weeks.count) / 3 : hour / 168 < Self.block ? 1 : 0
                state.beginWeek(factors(week: hour / 168, run: number), steps: steps)
            }
            state.arrive(hour)
            state.advance(to: Double(hour + 1))
            state.note(hour)
        }
        return state.result()
    }

    private func factors(week: Int, run: Int) -> WeekFactors? {
        guard !graph.weeks.isEmpty else { return nil }
        var draw = RandomSource(seed: seed, run: run, stream: 1_000_000_007 + week / Self.block)
        return graph.weeks[(draw.below(graph.weeks.count) + week % Self.block) % graph.weeks.count]
    }
}

/// What one run came to, by stage.
public struct SimulationRun: Sendable {
    /// Hours until the limit was passed at the end of a judged hour; infinite where it was not.
    public var breach: [Double]
    /// Items at the end.
    public var backlog: [Double]
    /// Items finished.
    public var finished: [Double]
    /// Mean backlog over all hours, items.
    public var meanBacklog: [Double]
    /// False where the run ended early, after too many events.
    public var isWhole = true
    /// By week and stage, of whole weeks: items that entered (those that came back left out), items finished, and the
    /// backlog at the end.
    public var weeks: [Week] = []

    public struct Week: Sendable {
        public var entered: [Double]
        public var finished: [Double]
        public var backlog: [Double]
    }
}
