/// Customers are answered sooner, by people who work into the night on everything at once.
/// Rows 14 (evenings) and 18 (flow bought with strain).
struct SupportStory {
    private static let change = 11.0

    static func tell(seed: UInt64, log: inout CompanyLog) -> [Expectation] {
        var random = SplitMix64(seed: seed, story: 3)
        let stages = [
            QueueSimulation.Stage(
                name: "first-line", stream: .ticket, touch: 4200, slowness: Ramp.step(1, at: change, 0.85)),
            QueueSimulation.Stage(
                name: "second-line", stream: .ticket, touch: 6600, slowness: Ramp.step(1, at: change, 0.85)),
        ]
        let evening = Shift(weekdays: 0...3, from: 18 * 60, to: 22 * 60, weeks: change..<1000)
        let names = people("support", 8)
        let workers = names.enumerated().map { index, name in
            // Six people answer and two dig; after the change everybody does both.
            QueueSimulation.Worker(
                name: name, team: "support",
                duties: [
                    (stage: index < 6 ? 0 : 1, weeks: 0..<1000), (stage: index < 6 ? 1 : 0, weeks: change..<1000),
                ],
                spans: workingSpans(index < 7 ? [Shift(), evening] : [Shift()], absence: 0.03, &random))
        }
        let pattern = ArrivalPattern(
            perDay: 28, growth: Ramp([(change, 1), (change + 2, 1.3)]), hours: ArrivalPattern.evenings)
        var jobs: [QueueSimulation.Job] = []
        var arrivals: [QueueSimulation.Arrival] = []
        for (number, time) in pattern.times(&random).enumerated() {
            arrivals.append(QueueSimulation.Arrival(time: time, job: number, stage: 0))
            jobs.append(QueueSimulation.Job(item: "T-\(20_000 + number)", category: "support"))
            // Three in ten come through the form on the web, whose text is logged.
            if random.happens(0.3) {
                var letter = LogEvent(time, .ticket, "create", "T-\(20_000 + number)", stage: "first-line")
                letter.text = Prose(words: random.whole(60...80), &random).text
                letter.category = "support"
                log.add(letter, to: .tickets)
            }
        }
        let simulation = QueueSimulation(stages: stages, workers: workers, system: .tickets)
        simulation.run(jobs: jobs, arrivals: arrivals, random: &random, log: &log) { visit, random, log in
            if visit.stage == 0, random.happens(0.15) {
                let escalated = LogEvent(
                    visit.completed, .ticket, "escalate", jobs[visit.job].item, stage: "first-line")
                log.add(escalated.by(visit.actor, of: visit.team), to: .tickets)
                return [.init(stage: 1, delay: random.whole(30...600))]
            }
            var outcome = LogEvent(
                visit.completed, .ticket, "outcome", jobs[visit.job].item, stage: stages[visit.stage].name
            ).by(visit.actor, of: visit.team)
            outcome.result = "resolved"
            log.add(outcome, to: .tickets)
            return []
        }
        return [
            Expectation(
                row: 14, rule: "after-hours", isAvailable: true, fires: [Expectation.firing("support", weeks: 12...18)],
                silent: ["claims", "legal", "lending"],
                story: """
                    From \(Period.date(week: Int(change))) seven of the eight people of team `support` also work \
                    18:00–22:00, Monday to Thursday. (`stage` names a team here.)
                    """,
                contrast: "Teams `claims`, `legal` and `lending` go home at five, even when work piles up."),
            Expectation(
                row: 18, rule: "flow-bought-with-strain", isAvailable: true,
                fires: [Expectation.firing("support", weeks: 12...20)],
                silent: ["claims"],
                story: """
                    Tickets are solved sooner (letters of the evening no longer wait for the morning), while team \
                    `support` has more after-hours work, 30 % more tickets a head, and both stages on every desk.
                    """,
                contrast: "Team `claims` has neither the gain nor the strain."),
        ]
    }
}
