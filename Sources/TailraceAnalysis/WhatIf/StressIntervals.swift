/// The second layer: many runs of the simulation, of today's graph and of the changed one, with the same draws.
public struct StressIntervals: Sendable {
    /// By stage: hours until the limit is passed.
    public var breach: [Spread]
    /// By stage: share of the runs in which it is passed within the time, now and then.
    public var breachShareToday: [Double]
    public var breachShare: [Double]
    /// Runs that ended early, because a loop all but keeps its work; their later weeks are missing.
    public var cutRuns: Int
    /// By stage: items at the end.
    public var backlogToday: [Spread]
    public var backlog: [Spread]
    /// Hours of review done, over the whole time; nil where the touch time of no review stage is known.
    public var reviewToday: Spread?
    public var review: Spread?
    /// Hours of review that wait in queues at the end.
    public var reviewLeftToday: Spread?
    public var reviewLeft: Spread?

    /// - Parameters:
    ///   - today: runs of today's graph; not empty.
    ///   - changed: runs of the changed one, as many.
    public init(_ test: StressTest, today: [SimulationRun], changed: [SimulationRun]) {
        let places = test.changed.stages.indices
        cutRuns = (today + changed).count { !$0.isWhole }
        breach = places.map { place in Spread(changed.map { $0.breach[place] }) }
        breachShareToday = places.map { Self.share(today, $0) }
        breachShare = places.map { Self.share(changed, $0) }
        backlogToday = places.map { place in Spread(today.map { $0.backlog[place] }) }
        backlog = places.map { place in Spread(changed.map { $0.backlog[place] }) }
        guard places.contains(where: { test.today.stages[$0].isReview && test.today.stages[$0].touchHours != nil })
        else { return }
        reviewToday = Spread(today.map { Self.hours($0.finished, test.today) })
        review = Spread(changed.map { Self.hours($0.finished, test.changed) })
        reviewLeftToday = Spread(today.map { Self.hours($0.backlog, test.today) })
        reviewLeft = Spread(changed.map { Self.hours($0.backlog, test.changed) })
    }

    private static func share(_ runs: [SimulationRun], _ place: Int) -> Double {
        Double(runs.count { $0.breach[place] < .infinity }) / Double(max(1, runs.count))
    }

    /// Items of review stages as hours of work.
    private static func hours(_ items: [Double], _ graph: StageGraph) -> Double {
        graph.stages.indices.reduce(0) { sum, place in
            let stage = graph.stages[place]
            return stage.isReview ? sum + items[place] * (stage.touchHours ?? 0) : sum
        }
    }
}
