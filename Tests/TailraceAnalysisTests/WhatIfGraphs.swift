@testable import TailraceAnalysis

/// Graphs with known answers.
enum WhatIfGraphs {
    /// One stage that never closes: Poisson arrivals, exponential work, `servers` side by side.
    static func queue(servers: Int, load: Double, perServerHour rate: Double = 1, toleranceDays: Double = 1)
        -> StageGraph
    {
        var stage = StageNode(name: "desk")
        stage.servers = servers
        stage.capacityPerDay = Double(servers) * rate * 24
        stage.outsidePerWeek = Double(servers) * rate * load * 168
        stage.finishedPerWeek = min(stage.outsidePerWeek, Double(servers) * rate * 168)
        stage.enteredPerWeek = stage.outsidePerWeek
        stage.toleranceDays = toleranceDays
        return StageGraph(stages: [stage])
    }

    /// Drafting, review, legal for two in five, sending; review sends 15 in 100 back to drafting. Hours are working
    /// hours, and a week of work (40 of them) is too much.
    static func drafting() -> StageGraph {
        let names = ["draft", "review", "legal", "send"]
        let servers = [6, 4, 2, 3]
        let service = [0.5, 0.25, 0.3, 0.1]
        let shares: [[Int: Double]] = [[1: 1], [0: 0.15, 2: 0.34, 3: 0.51], [3: 1], [:]]
        let inflow = 6 / 0.85
        let flows = [inflow, inflow, 0.34 * inflow, 0.85 * inflow]
        let stages = names.indices.map { place in
            var stage = StageNode(name: names[place])
            stage.servers = servers[place]
            stage.capacityPerDay = Double(servers[place]) / service[place] * 24
            stage.touchSpread = 0.9163.squareRoot()
            stage.touchHours = service[place]
            stage.isReview = place == 1
            stage.toleranceDays = 40.0 / 24
            stage.routes = shares[place].sorted { $0.key < $1.key }.map { StageRoute(target: $0.key, share: $0.value) }
            stage.backlog = flows[place] * service[place]
            stage.finishedPerWeek = flows[place] * 168
            stage.enteredPerWeek = flows[place] * 168
            return stage
        }
        var graph = StageGraph(stages: stages)
        graph.stages[0].outsidePerWeek = 6 * 168
        return graph
    }

    static func runs(_ graph: StageGraph, hours: Int, count: Int, seed: UInt64) -> [SimulationRun] {
        let simulation = StageSimulation(graph, hours: hours, seed: seed)
        return (0..<count).map { simulation.run($0) }
    }
}
