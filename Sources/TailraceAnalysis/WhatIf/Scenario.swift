/// What is changed in the graph before it is asked what happens.
public struct Scenario: Sendable, Equatable {
    /// One stage and a positive factor.
    public struct Change: Sendable, Equatable {
        public var stage: Int
        public var factor: Double

        public init(stage: Int, factor: Double) {
            self.stage = stage
            self.factor = factor
        }
    }

    /// Work that enters.
    public var scale: [Change] = []
    /// Time that an item takes: 0.25 is a quarter of it, hence four times the capacity.
    public var service: [Change] = []
    /// People.
    public var workers: [Change] = []

    public init(scale: [Change] = [], service: [Change] = [], workers: [Change] = []) {
        self.scale = scale
        self.service = service
        self.workers = workers
    }
}

extension StageGraph {
    /// The graph under a scenario. O(stages + routes) for each change.
    public func changed(by scenario: Scenario) -> StageGraph {
        var graph = self
        for change in scenario.scale { graph.scale(change.stage, by: change.factor) }
        for change in scenario.service {
            graph.stages[change.stage].touchHours = stages[change.stage].touchHours.map { $0 * change.factor }
            graph.enlarge(change.stage, by: 1 / change.factor)
        }
        for change in scenario.workers {
            let before = Double(graph.stages[change.stage].servers)
            graph.enlarge(change.stage, by: change.factor)
            // Each person stays as fast as before.
            graph.stages[change.stage].servers = max(1, Int((before * change.factor).rounded()))
        }
        return graph
    }

    /// Gives a stage so many times its capacity. One without a capacity has none to enlarge.
    mutating func enlarge(_ stage: Int, by factor: Double) {
        stages[stage].capacityPerDay = stages[stage].capacityPerDay.map { $0 * factor }
    }

    /// Does most of what enters a stage come from outside?
    public func isFedFromOutside(_ stage: Int) -> Bool {
        let returned = stages[stage].routes.first { $0.target == stage }.map {
            $0.share * stages[stage].finishedPerWeek
        }
        let fresh = stages[stage].enteredPerWeek - (returned ?? 0)
        return stages[stage].outsidePerWeek >= 0.5 * fresh
    }

    /// Where work enters, what enters is multiplied. A stage that others feed gets the difference from outside, and what
    /// they hand over stays as it is; less than today is taken off what they hand over.
    private mutating func scale(_ stage: Int, by factor: Double) {
        if isFedFromOutside(stage) {
            stages[stage].outsidePerWeek *= factor
        } else if factor >= 1 {
            let returned = stages[stage].routes.first { $0.target == stage }?.share ?? 0
            let fresh = max(0, stages[stage].enteredPerWeek - returned * stages[stage].finishedPerWeek)
            stages[stage].outsidePerWeek += (factor - 1) * fresh
        } else {
            stages[stage].outsidePerWeek *= factor
            for place in stages.indices where place != stage {
                for route in stages[place].routes.indices where stages[place].routes[route].target == stage {
                    stages[place].routes[route].share *= factor
                }
            }
        }
    }
}
