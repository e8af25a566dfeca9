@testable import TailraceAnalysis
import Testing

struct WhatIfFittingTests {
    /// Weekdays nine to five, so many items each hour; the queue at the hour's end is what is given.
    private static func record(
        _ name: String, weeks: Int = 4, entered: Int32, returned: Int32 = 0, finished: Int32, backlog: Int32 = 3,
        capacity: Double? = 100
    ) -> StageRecord {
        var record = StageRecord(name: name, weeks: weeks)
        for hour in 0..<weeks * 168 {
            record.backlog[hour] = backlog
            guard hour % 168 < 120, (9..<17).contains(hour % 24) else { continue }
            record.entered[hour] = entered
            record.returned[hour] = returned
            record.finished[hour] = finished
        }
        for week in 0..<weeks { record.weeks[week].capacityPerDay = capacity }
        return record
    }

    private static func handoffs(_ from: Int, _ to: Int, _ cases: Double, weeks: Int = 4) -> [StageHandoffs] {
        (0..<weeks).map { StageHandoffs(from: from, to: to, week: $0, cases: cases) }
    }

    /// Whatever was counted, the graph that is left as it is carries it: with rework, repeated hand-offs, and entries
    /// that nothing explains.
    @Test func `the fitted graph carries the flow that was counted`() {
        let records = [
            Self.record("drafting", entered: 10, returned: 2, finished: 12),
            Self.record("review", entered: 9, finished: 9), Self.record("sending", entered: 8, finished: 8),
        ]
        let handoffs = Self.handoffs(0, 1, 360) + Self.handoffs(1, 2, 400) + Self.handoffs(0, 2, 40)
        let graph = StageGraph(fitting: records, handoffs: handoffs, weeks: 0..<4)
        let flow = TrafficEquations(graph)
        for (place, expected) in [480.0, 360, 320].enumerated() {
            #expect(abs(flow.inflow[place] - expected) < 1e-6, "\(graph.stages[place].name)")
            #expect(abs(graph.stages[place].enteredPerWeek - expected) < 1e-9)
        }
        #expect(graph.stages.map { $0.outsidePerWeek.rounded() } == [400, 0, 0])
    }

    @Test func `the calendar, the limit and the time an item takes are those of the weeks`() throws {
        let graph = StageGraph(
            fitting: [Self.record("desk", entered: 10, finished: 10, backlog: 20)], handoffs: [], weeks: 0..<4)
        let stage = graph.stages[0]
        #expect(stage.calendar.hoursPerWeek == 40)
        #expect(stage.daysPerWeek == 5)
        #expect(stage.usualBacklog == 20)
        #expect(stage.limit == 120)
        // Little: twenty items at ten an hour are two hours, of which the wait for the server is a part.
        let wait = ErlangC.wait(servers: 1, load: 0.8, serviceHours: 0.08)
        #expect(abs(stage.throughHours + wait - 2) < 1e-9)
        #expect(stage.missing == nil)
    }

    @Test func `what was done can be done, but what is declared stands`() {
        var record = Self.record("desk", entered: 10, finished: 10, capacity: 50)
        #expect(StageGraph(fitting: [record], handoffs: [], weeks: 0..<4).stages[0].capacityPerDay == 80)
        record.isCapacityDeclared = true
        #expect(StageGraph(fitting: [record], handoffs: [], weeks: 0..<4).stages[0].capacityPerDay == 50)
    }

    @Test func `a stage that cannot be judged says which field would help`() {
        func missing(_ record: StageRecord) -> String {
            StageGraph(fitting: [record], handoffs: [], weeks: 0..<4).stages[0].missing ?? "nothing"
        }
        #expect(missing(Self.record("a", entered: 5, finished: 5)) == "nothing")
        #expect(missing(Self.record("a", entered: 5, finished: 5, capacity: nil)).contains("`capacity`"))
        #expect(missing(Self.record("a", entered: 5, finished: 5, backlog: -1)).contains("`schedule`"))
        #expect(missing(Self.record("a", entered: 0, finished: 0, backlog: 0)).contains("nothing moved"))
        var unseen = Self.record("a", entered: 5, finished: 5)
        for week in 0..<4 { unseen.weeks[week].unscheduled = 200 }
        #expect(missing(unseen).contains("`schedule`"))
        #expect(StageGraph(fitting: [unseen], handoffs: [], weeks: 0..<4).stages[0].limit == nil)
    }

    @Test func `touch time that the log does not show is not nought`() {
        var record = Self.record("review", entered: 5, finished: 5)
        record.kind = "review"
        let graph = StageGraph(fitting: [record], handoffs: [], weeks: 0..<4)
        #expect(graph.stages[0].isReview && graph.stages[0].touchHours == nil)
        let test = StressTest(graph, Scenario(), days: 7)
        let runs = WhatIfGraphs.runs(graph, hours: 168, count: 2, seed: 1)
        #expect(StressIntervals(test, today: runs, changed: runs).review == nil)
        for week in 0..<4 { (record.weeks[week].touched, record.weeks[week].touchSeconds) = (100, 180_000) }
        let seen = StageGraph(fitting: [record], handoffs: [], weeks: 0..<4).stages[0]
        #expect(seen.touchHours == 0.5 && seen.touchCoverage == 0.5)
    }

    /// Weeks of a Poisson count scatter by themselves; only what is beyond that is a busy week.
    @Test func `weeks that differ as chance has them are taken for equal, others are not`() {
        var record = Self.record("desk", weeks: 4, entered: 1, finished: 1)
        for hour in 0..<4 * 168 where record.entered[hour] > 0 && hour % 24 == 9 {
            // 39 to 41 a week.
            record.entered[hour] += [0, 0, 1, -1][hour / 168] * (hour % 168 < 24 ? 1 : 0)
        }
        let even = StageGraph(fitting: [record], handoffs: [], weeks: 0..<4)
        #expect(even.weeks.allSatisfy { $0.intake == [1] })
        for hour in 2 * 168..<3 * 168 { record.entered[hour] *= 3 }
        let uneven = StageGraph(fitting: [record], handoffs: [], weeks: 0..<4)
        #expect(uneven.weeks[2].intake[0] > 1.8)
        #expect(abs(uneven.weeks.reduce(0) { $0 + $1.intake[0] } / 4 - 1) < 1e-9)
    }

    /// Fitted to weeks of a queue whose law is known, the intervals hold what comes as often as they say.
    @Test func `intervals hold what a stable queue does next, four times in five`() throws {
        let seed: UInt64 = 77
        let ground = WhatIfGraphs.queue(servers: 2, load: 0.7, perServerHour: 0.4)
        let simulation = StageSimulation(ground, hours: 24 * 168, seed: seed)
        var points: [Backcast.Point] = []
        for run in 0..<4 {
            let weeks = simulation.run(run).weeks
            var record = StageRecord(name: "desk", weeks: weeks.count)
            var noise = RandomSource(seed: seed, run: run, stream: 99)
            // Only weekly sums are known here: they are strewn over the hours, and the queue is drawn between.
            for (week, counted) in weeks.enumerated() {
                for _ in 0..<Int(counted.entered[0]) { record.entered[week * 168 + noise.below(168)] += 1 }
                for _ in 0..<Int(counted.finished[0]) { record.finished[week * 168 + noise.below(168)] += 1 }
                let before = week > 0 ? weeks[week - 1].backlog[0] : 0
                for hour in 0..<168 {
                    let share = Double(hour + 1) / 168
                    record.backlog[week * 168 + hour] = Int32(before + (counted.backlog[0] - before) * share)
                }
                record.weeks[week].capacityPerDay = 2 * 0.4 * 24
            }
            for monday in stride(from: 8, through: 20, by: 4) {
                points += Backcast.from(
                    [record], handoffs: [], weeks: monday - 8..<monday, ahead: 4, runs: 40, seed: seed)
            }
        }
        let coverage = try #require(Backcast(points: points).coverage { $0.figure != .backlog })
        #expect(points.count == 4 * 4 * 4 * 3)
        #expect((0.7...0.95).contains(coverage), "seed \(seed): \(coverage)")
    }
}
