/// Flows through the graph when nothing is stored any more: λ = a + Pᵀ·min(λ, μ), items a week.
///
/// The traffic equations of open networks (Jackson 1957), with each outflow capped at its capacity as in Goodman and
/// Massey, "The non-ergodic Jackson network", J. Appl. Prob. 21 (1984): a stage that cannot keep up shields the stages
/// behind it. Iterated from nothing upwards, which gives the least solution. O(rounds × routes).
public struct TrafficEquations: Sendable, Equatable {
    /// What enters each stage, a week.
    public var inflow: [Double]
    /// What is asked of each stage over what it can do; nil without a capacity.
    public var load: [Double?]
    /// False where the rounds did not come to rest: work multiplies in a loop without a capacity.
    public var isSettled: Bool

    private static let mostRounds = 10_000
    /// Where a loop without a capacity multiplies work, flows pass every number; this one is no office's.
    private static let mostPerWeek = 1e12

    /// - Parameter capped: false gives the plain equations, which let every stage pass on what it gets.
    public init(_ graph: StageGraph, capped: Bool = true) {
        let stages = graph.stages
        let capacity = stages.map { stage in stage.capacityPerDay.map { $0 * stage.daysPerWeek } }
        var inflow = stages.map { $0.outsidePerWeek }
        isSettled = false
        for _ in 0..<Self.mostRounds {
            var next = stages.map { $0.outsidePerWeek }
            for (place, stage) in stages.enumerated() {
                let asked = inflow[place] * stage.kept
                let left = capped ? min(asked, capacity[place] ?? asked) : asked
                for route in stage.routes { next[route.target] += route.share * left }
            }
            let change = zip(next, inflow).reduce(0) { max($0, abs($1.0 - $1.1) / max(1, $1.0)) }
            inflow = next
            if change < 1e-9 {
                isSettled = true
                break
            }
            if inflow.contains(where: { $0 > Self.mostPerWeek }) { break }
        }
        self.inflow = inflow
        load = stages.indices.map { place in
            capacity[place].map { $0 > 0 ? inflow[place] * stages[place].kept / $0 : 0 }
        }
    }
}
