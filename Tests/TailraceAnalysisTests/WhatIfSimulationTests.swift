@testable import TailraceAnalysis
import Foundation
import Testing

struct WhatIfSimulationTests {
    /// Erlang's formula is exact; the simulation has to agree within three standard errors, which are small.
    @Test(arguments: [(1, 0.5), (1, 0.8), (3, 0.8), (8, 0.9)])
    func `a single queue holds what Erlang says`(_ servers: Int, _ load: Double) {
        let seed: UInt64 = 17
        var graph = WhatIfGraphs.queue(servers: servers, load: load)
        let expected =
            Double(servers) * load
            + Double(servers) * load * ErlangC.wait(servers: servers, load: load, serviceHours: 1)
        graph.stages[0].backlog = expected
        let means = WhatIfGraphs.runs(graph, hours: 1500, count: 30, seed: seed).map { $0.meanBacklog[0] }
        let mean = means.reduce(0, +) / 30
        let variance = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 29
        let error = (variance / 30).squareRoot()
        #expect(error < 0.08 * expected, "seed \(seed)")
        #expect(abs(mean - expected) < 3 * error, "seed \(seed): \(mean) instead of \(expected), error \(error)")
    }

    @Test func `the wait of Erlang's formula is that of the textbook`() {
        // M/M/1: ρ/(1−ρ); M/M/2 at ρ = 0.75: P(wait) = 9/14.
        #expect(abs(ErlangC.wait(servers: 1, load: 0.5, serviceHours: 1) - 1) < 1e-12)
        #expect(abs(ErlangC.waitProbability(servers: 2, load: 0.75) - 9.0 / 14) < 1e-12)
        #expect(ErlangC.wait(servers: 3, load: 0, serviceHours: 1) == 0)
    }

    @Test(arguments: [1.1, 1.3, 2])
    func `above its capacity a queue breaks when the fluid does, within a tenth`(_ load: Double) throws {
        let seed: UInt64 = 23
        let graph = WhatIfGraphs.queue(servers: 8, load: load, toleranceDays: 40.0 / 24)
        let fluid = try #require(FluidRun(graph, hours: 2000).breach[0])
        let hours = Int(fluid * 2)
        let simulated = Spread(WhatIfGraphs.runs(graph, hours: hours, count: 60, seed: seed).map { $0.breach[0] })
        #expect(abs(simulated.middle / fluid - 1) < 0.1, "seed \(seed): \(simulated.middle) h, fluid \(fluid) h")
    }

    @Test func `the same seed gives the same runs, another one others`() {
        let graph = WhatIfGraphs.drafting()
        let one = WhatIfGraphs.runs(graph, hours: 200, count: 2, seed: 5)
        let same = WhatIfGraphs.runs(graph, hours: 200, count: 2, seed: 5)
        let other = WhatIfGraphs.runs(graph, hours: 200, count: 1, seed: 6)
        #expect(one.map(\.finished) == same.map(\.finished))
        #expect(one[0].finished != one[1].finished)
        #expect(one[0].finished != other[0].finished)
    }

    /// Every item that entered is done or still there; with rework and a route to two places.
    @Test func `no item is lost`() {
        let seed: UInt64 = 9
        let graph = WhatIfGraphs.drafting()
        let run = WhatIfGraphs.runs(graph, hours: 10 * 168, count: 1, seed: seed)[0]
        for place in graph.stages.indices {
            let entered = run.weeks.reduce(graph.stages[place].backlog.rounded()) { $0 + $1.entered[place] }
            #expect(entered == run.finished[place] + run.backlog[place], "seed \(seed), stage \(place)")
        }
    }

    @Test func `an office of any size is a bounded number of events, and breaks when a small one does`() throws {
        let seed: UInt64 = 31
        let graph = WhatIfGraphs.queue(servers: 100_000, load: 1.5)
        let simulation = StageSimulation(graph, hours: 200, seed: seed)
        #expect(simulation.lot > 1)
        let fluid = try #require(FluidRun(graph, hours: 200).breach[0])
        #expect(abs(simulation.run(0).breach[0] - fluid) <= 3, "seed \(seed)")
    }

    @Test func `a loop without any time in it comes to an end`() {
        var graph = WhatIfGraphs.queue(servers: 1, load: 0.5)
        graph.stages[0].capacityPerDay = nil
        graph.stages[0].routes = [StageRoute(target: 0, share: 0.98)]
        let run = WhatIfGraphs.runs(graph, hours: 100, count: 1, seed: 3)[0]
        #expect(run.finished[0] > 100)
        #expect(run.breach[0] == .infinity)
        #expect(run.isWhole)
        // One that keeps all of it has no end: the run has one, and says so.
        graph.stages[0].routes = [StageRoute(target: 0, share: 1)]
        #expect(!WhatIfGraphs.runs(graph, hours: 100, count: 1, seed: 3)[0].isWhole)
    }

    @Test func `nights are no time of work`() {
        let office = (0..<168).map { $0 / 24 < 5 && (9..<17).contains($0 % 24) }
        let calendar = WorkCalendar(isStaffed: office)
        #expect(calendar.hoursPerWeek == 40)
        // Monday 16:00 and two hours of work: Tuesday 10:00. From Saturday: Monday 11:00.
        #expect(calendar.time(after: 2, from: 16) == 24 + 10)
        #expect(calendar.time(after: 2, from: 5 * 24 + 12) == 168 + 11)
        #expect(calendar.time(after: 40, from: 9.5) == 168 + 9.5)
        #expect(calendar.time(after: 0, from: 10.25) == 10.25)
        #expect(calendar.isJudged.indices.filter { calendar.isJudged[$0] } == (0..<5).map { $0 * 24 + 16 })
        // Two spans one after the other are as long as both at once, from any time.
        var noise = RandomSource(seed: 4, run: 0, stream: 0)
        for _ in 0..<2000 {
            let (start, first, second) = (noise.unit() * 400, noise.unit() * 60, noise.unit() * 60)
            let once = calendar.time(after: first + second, from: start)
            let twice = calendar.time(after: second, from: calendar.time(after: first, from: start))
            #expect(abs(once - twice) < 1e-6, "\(start) + \(first) + \(second)")
            #expect(once >= start + first + second - 1e-6)
        }
    }

    @Test func `events come out by time, and those of one moment in their order`() {
        let seed: UInt64 = 12
        var noise = RandomSource(seed: seed, run: 0, stream: 0)
        var heap = EventHeap()
        var planned: [(time: Double, what: UInt32)] = []
        for number in 0..<500 {
            let time = Double(noise.below(40))
            planned.append((time, UInt32(number)))
            heap.push(at: time, UInt32(number))
        }
        let expected = planned.sorted { ($0.time, $0.what) < ($1.time, $1.what) }.map(\.what)
        var found: [UInt32] = []
        while let event = heap.pop() { found.append(event.what) }
        #expect(found == expected, "seed \(seed)")
    }
}
