/// Two of eight quote writers become five times faster, and one person prices every quote: rows 10 and 3.
struct QuoteStory {
    private static let trouble = 10.0

    static func tell(seed: UInt64, log: inout CompanyLog) -> [Expectation] {
        var random = SplitMix64(seed: seed, story: 6)
        let stages = [
            QueueSimulation.Stage(name: "quote-writing", stream: .ticket, touch: 2.2 * 3600),
            QueueSimulation.Stage(name: "pricing-desk", stream: .ticket, touch: 2150),
        ]
        let writers = people("field-sales", 8).enumerated().map { index, name in
            QueueSimulation.Worker(
                name: name, team: "field-sales", duties: [(stage: 0, weeks: 0..<1000)],
                spans: workingSpans(Shift.office, &random),
                pace: index < 2 ? Ramp([(trouble, 1), (trouble + 1, 5)]) : Ramp.constant(1))
        }
        // The deputy comes on Friday afternoons.
        let friday = [Shift(weekdays: 4...4, from: 13 * 60)]
        let workers =
            writers + crew("pricing", people("pricing", 1), stages: [1], &random)
            + crew("pricing", Array(people("pricing", 2).suffix(1)), stages: [1], shifts: friday, &random)
        let pattern = ArrivalPattern(perDay: 9, growth: Ramp([(trouble, 1), (trouble + 3, 2.3)]))
        var jobs: [QueueSimulation.Job] = []
        var arrivals: [QueueSimulation.Arrival] = []
        for (number, time) in pattern.times(&random).enumerated() {
            arrivals.append(QueueSimulation.Arrival(time: time, job: number, stage: 0))
            jobs.append(
                QueueSimulation.Job(item: "Q-\(5000 + number)", workCase: "quote-\(5000 + number)", category: "quote"))
        }
        let simulation = QueueSimulation(stages: stages, workers: workers, system: .tickets)
        simulation.run(jobs: jobs, arrivals: arrivals, random: &random, log: &log) { visit, random, _ in
            visit.stage == 0 ? [.init(stage: 1, delay: random.whole(30...600))] : []
        }
        return [
            Expectation(
                row: 10, rule: "single-person-queue", isAvailable: true,
                fires: [Expectation.firing("pricing-desk", weeks: 10...17)],
                silent: ["quote-writing", "legal-review"],
                story: """
                    One person does nine tenths of `pricing-desk`. More than twice the quotes arrive from \
                    \(Period.date(week: Int(trouble))) on, and the queue passes a day of work.
                    """,
                contrast: "`legal-review` is overloaded as well, but six people share it evenly."),
            Expectation(
                row: 10, rule: "two-speed", isAvailable: true,
                fires: [Expectation.firing("quote-writing", weeks: 11...17)],
                silent: ["first-line", "credit-check"],
                story: "Two of eight writers become five times faster and write most of the quotes.",
                contrast: "People of `first-line` and `credit-check` differ by chance only."),
            Expectation(
                row: 10, rule: "bottleneck-moved", isAvailable: true,
                fires: [Expectation.firing("pricing-desk", weeks: 11...20)], silent: ["quote-writing"],
                story: "The work that used to wait for a writer now waits at `pricing-desk`.",
                contrast: "`quote-writing` itself has less waiting than before."),
        ]
    }
}
