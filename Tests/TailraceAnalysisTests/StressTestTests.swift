@testable import TailraceAnalysis
import Foundation
import Testing

struct StressTestTests {
    private static let triple = Scenario(
        scale: [Scenario.Change(stage: 0, factor: 3)], service: [Scenario.Change(stage: 0, factor: 0.25)])

    /// Load alone says that legal saturates too; but review lets no more through than it can do.
    @Test func `a stage that saturates shields the one behind it`() throws {
        let seed: UInt64 = 5
        let test = StressTest(WhatIfGraphs.drafting(), Self.triple, days: 17)
        let naive = TrafficEquations(test.changed, capped: false)
        #expect(naive.load.map { ($0 ?? 0) > 1 } == [false, true, true, false])
        #expect(test.traffic.load.map { ($0 ?? 0) > 1 } == [false, true, false, false])
        #expect(test.first == 1)
        let fluid = try #require(test.fluid.breach[1])
        #expect(abs(fluid - 144) <= 4)
        #expect(test.fluid.breach.map { $0 == nil } == [true, false, true, true])
        let runs = WhatIfGraphs.runs(test.changed, hours: test.hours, count: 40, seed: seed)
        let review = Spread(runs.map { $0.breach[1] })
        #expect(abs(review.middle / fluid - 1) < 0.1, "seed \(seed): \(review)")
        #expect((115...140).contains(review.low) && (150...175).contains(review.high), "seed \(seed): \(review)")
        for place in [0, 2, 3] { #expect(runs.allSatisfy { $0.breach[place] == .infinity }, "seed \(seed)") }
    }

    @Test func `enlarged just enough, the bottleneck moves to the stage that it had shielded`() throws {
        let test = StressTest(WhatIfGraphs.drafting(), Self.triple, days: 90)
        let remedy = try #require(test.remedy(for: 1))
        // 18 / 0.85 an hour have to pass; over 90 days nearly all of that.
        #expect((20.5...21.3).contains(remedy.capacityPerDay / 24))
        #expect(remedy.next == 2)
        #expect(try #require(remedy.nextBreach) > 300)
    }

    @Test func `times one changes nothing`() {
        let graph = WhatIfGraphs.drafting()
        let one = graph.stages.indices.map { Scenario.Change(stage: $0, factor: 1) }
        let test = StressTest(graph, Scenario(scale: one, service: one, workers: one), days: 30)
        #expect(test.fluid.breach == test.fluidToday.breach)
        #expect(test.fluid.backlog == test.fluidToday.backlog)
        #expect(test.traffic == test.trafficToday)
        #expect(test.first == nil)
        let today = WhatIfGraphs.runs(test.today, hours: 200, count: 3, seed: 8)
        let changed = WhatIfGraphs.runs(test.changed, hours: 200, count: 3, seed: 8)
        #expect(today.map(\.backlog) == changed.map(\.backlog))
        #expect(today.map(\.finished) == changed.map(\.finished))
    }

    /// Of the stage itself: the stages behind it may well break sooner.
    @Test(arguments: [UInt64(1), 2, 3])
    func `more capacity never lets a stage break sooner`(_ seed: UInt64) {
        var noise = RandomSource(seed: seed, run: 0, stream: 0)
        for _ in 0..<15 {
            let graph = Self.random(&noise)
            let stage = noise.below(graph.stages.count)
            let factor = 1 + noise.unit()
            let more = Scenario(workers: [Scenario.Change(stage: stage, factor: factor)])
            let test = StressTest(graph, more, days: 30)
            let (before, after) = (test.fluidToday.breach[stage] ?? .infinity, test.fluid.breach[stage] ?? .infinity)
            #expect(after >= before, "seed \(seed): \(before) h, with \(factor) times the capacity \(after) h")
            let runs = [test.today, test.changed].map {
                Spread(WhatIfGraphs.runs($0, hours: 400, count: 12, seed: seed).map { $0.breach[stage] }).middle
            }
            // Chance moves a median by an hour or two.
            #expect(runs[1] >= 0.95 * runs[0] - 2, "seed \(seed): \(runs)")
        }
    }

    private static func random(_ noise: inout RandomSource) -> StageGraph {
        let count = 2 + noise.below(4)
        return StageGraph(
            stages: (0..<count).map { place in
                var stage = StageNode(name: "\(place)")
                stage.servers = 1 + noise.below(4)
                stage.capacityPerDay = 24 * (0.5 + noise.unit() * 3)
                stage.outsidePerWeek = place == 0 || noise.unit() < 0.3 ? 168 * noise.unit() * 4 : 0
                stage.enteredPerWeek = stage.outsidePerWeek
                stage.routes = (0..<count).map { StageRoute(target: $0, share: noise.unit() * 0.9 / Double(count)) }
                return stage
            })
    }

    @Test func `work that multiplies in a loop without a capacity is said to have no answer`() {
        var graph = WhatIfGraphs.queue(servers: 1, load: 0.5)
        graph.stages[0].capacityPerDay = nil
        graph.stages[0].routes = [StageRoute(target: 0, share: 1.5)]
        #expect(!TrafficEquations(graph).isSettled)
        #expect(TrafficEquations(WhatIfGraphs.drafting()).isSettled)
    }

    @Test func `three times the work of a stage that others feed comes from outside, and a half is taken off them`() {
        var graph = WhatIfGraphs.drafting()
        #expect(graph.isFedFromOutside(0))
        #expect(!graph.isFedFromOutside(2))
        let before = TrafficEquations(graph).inflow[2]
        var tripled = graph.changed(by: Scenario(scale: [Scenario.Change(stage: 2, factor: 3)]))
        tripled.stages[2].capacityPerDay = nil
        #expect(abs(TrafficEquations(tripled).inflow[2] - 3 * before) < 1e-3 * before)
        graph = graph.changed(by: Scenario(scale: [Scenario.Change(stage: 2, factor: 0.5)]))
        #expect(abs(TrafficEquations(graph).inflow[2] - 0.5 * before) < 1e-6 * before)
    }

    @Test func `review hours follow the work, and wait where it does`() throws {
        let test = StressTest(WhatIfGraphs.drafting(), Self.triple, days: 14)
        let intervals = StressIntervals(
            test, today: WhatIfGraphs.runs(test.today, hours: test.hours, count: 10, seed: 2),
            changed: WhatIfGraphs.runs(test.changed, hours: test.hours, count: 10, seed: 2))
        // 6 / 0.85 reviews an hour at a quarter of an hour each; then as many as four people can do.
        let today = try #require(intervals.reviewToday).middle / Double(test.hours)
        let then = try #require(intervals.review).middle / Double(test.hours)
        #expect(abs(today - 1.76) < 0.1)
        #expect(abs(then - 4) < 0.1)
        #expect(try #require(intervals.reviewLeft).middle > 100)
    }
}
