/// A new scoring tool slows the credit check by two fifths for five weeks: row 3 by slower service. Logged as a process
/// miner exports it, a case after the other.
struct LoanStory {
    static let slow = 11.0
    static let mended = 16.0

    static func tell(seed: UInt64, log: inout CompanyLog) -> Expectation.Firing {
        var random = SplitMix64(seed: seed, story: 5)
        let stages = [
            QueueSimulation.Stage(name: "loan-entry", stream: .ticket, touch: 1600),
            QueueSimulation.Stage(
                name: "credit-check", stream: .ticket, touch: 5700,
                slowness: Ramp([(slow, 1), (slow, 1 / 0.6), (mended, 1 / 0.6), (mended, 1)])),
            QueueSimulation.Stage(name: "loan-offer", stream: .ticket, touch: 2100),
            QueueSimulation.Stage(name: "disbursement", stream: .ticket, touch: 1200),
        ]
        // Two people from another branch help to drain the queue.
        let workers =
            crew("lending", people("lending", 2), stages: [0], &random)
            + crew("lending", Array(people("lending", 7).suffix(5)), stages: [1], &random)
            + crew("lending", Array(people("lending", 9).suffix(2)), stages: [1], weeks: mended..<1000, &random)
            + crew("lending", Array(people("lending", 12).suffix(3)), stages: [2], &random)
            + crew("treasury", people("treasury", 2), stages: [3], &random)
        var jobs: [QueueSimulation.Job] = []
        var arrivals: [QueueSimulation.Arrival] = []
        for (number, time) in ArrivalPattern(perDay: 18).times(&random).enumerated() {
            arrivals.append(QueueSimulation.Arrival(time: time, job: number, stage: 0))
            jobs.append(QueueSimulation.Job(item: "L\(40_000 + number)"))
        }
        let simulation = QueueSimulation(stages: stages, workers: workers, system: .loans)
        simulation.run(jobs: jobs, arrivals: arrivals, random: &random, log: &log) { visit, random, _ in
            guard visit.stage < 3 else { return [] }
            // Four applications in a hundred are given up after the credit check.
            if visit.stage == 1, random.happens(0.04) { return [] }
            return [.init(stage: visit.stage + 1, delay: random.whole(60...1200))]
        }
        return Expectation.firing("credit-check", weeks: 11...16)
    }
}
