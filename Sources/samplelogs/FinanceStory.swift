/// An agent pays back more than it may, and nobody owns its queue: row 17. Supplier invoices stay within their limit.
struct FinanceStory {
    private static let trouble = 12.0

    static func tell(seed: UInt64, log: inout CompanyLog) -> [Expectation] {
        var random = SplitMix64(seed: seed, story: 8)
        let stages = [
            QueueSimulation.Stage(name: "refunds", stream: .ticket, touch: 90, isAutomated: true),
            QueueSimulation.Stage(name: "supplier-invoices", stream: .ticket, touch: 4200),
        ]
        let workers =
            crew("refund-agent", ["refund-agent"], stages: [0], shifts: Shift.always, &random)
            + crew("accounting", people("accounting", 3), stages: [1], &random)
        var jobs: [QueueSimulation.Job] = []
        var arrivals: [QueueSimulation.Arrival] = []
        for time in ArrivalPattern(perDay: 7, hours: ArrivalPattern.allDay).times(&random) {
            arrivals.append(QueueSimulation.Arrival(time: time, job: jobs.count, stage: 0))
            jobs.append(QueueSimulation.Job(item: "RF-\(1000 + jobs.count)", origin: .automated))
        }
        for time in ArrivalPattern(perDay: 8).times(&random) {
            arrivals.append(QueueSimulation.Arrival(time: time, job: jobs.count, stage: 1))
            jobs.append(QueueSimulation.Job(item: "SI-\(1000 + jobs.count)"))
        }
        arrivals.sort { ($0.time, $0.job) < ($1.time, $1.job) }
        let simulation = QueueSimulation(stages: stages, workers: workers, system: .finance)
        var excesses: [(time: Int, currency: String, item: String)] = []
        simulation.run(jobs: jobs, arrivals: arrivals, random: &random, log: &log) { visit, random, log in
            let item = jobs[visit.job].item
            var approval = LogEvent(visit.completed, .ticket, "approve", item, stage: stages[visit.stage].name)
                .by(visit.actor, of: visit.team)
            if visit.stage == 0 {
                approval.actorKind = .automated
                let week = Period.week(of: visit.completed)
                let isFrench = random.happens(0.2)
                let isTooMuch = week >= (isFrench ? trouble + 2 : trouble) && random.happens(0.06)
                approval.limit = 50_000
                approval.currency = isFrench ? "CHF" : "EUR"
                approval.amount = isTooMuch ? random.whole(61_000...240_000) : random.whole(900...49_900)
                if isTooMuch, visit.completed < Period.end {
                    excesses.append((visit.completed, isFrench ? "CHF" : "EUR", item))
                }
            } else {
                approval.limit = 2_500_000
                approval.currency = "EUR"
                approval.amount = random.whole(4_000...2_490_000)
            }
            log.add(approval, to: .finance)
            return []
        }
        return expectations(excesses)
    }

    private static func expectations(_ excesses: [(time: Int, currency: String, item: String)]) -> [Expectation] {
        let firings = ["EUR", "CHF"].compactMap { currency in
            excesses.first { $0.currency == currency }.map {
                Expectation.Firing(
                    place: "refunds", from: $0.time, until: $0.time + 2 * 86_400, currency: currency)
            }
        }
        let events = excesses.map {
            "{\"item\":\(quoted($0.item)),\"time\":\($0.time),\"currency\":\"\($0.currency)\"}"
        }
        return [
            Expectation(
                row: 17, rule: "limit-exceeded", isAvailable: true, fires: firings, silent: ["supplier-invoices"],
                story: """
                    The refund agent may pay back 500.00. From \(Period.date(week: Int(trouble))) on it approves more \
                    now and then: \(excesses.count) times in all, first in EUR, later in CHF too.
                    """,
                contrast: "Each of the `supplier-invoices` stays below 25,000.00.",
                facts: [("events", "[" + events.joined(separator: ",") + "]")]),
            Expectation(
                row: 17, rule: "unowned-stage", isAvailable: true,
                fires: [Expectation.firing("refunds", weeks: 0...20)],
                silent: ["supplier-invoices", "legal-review"],
                story: "`refunds` is worked by an agent only and has no owner in `tailrace.yaml`.",
                contrast: "`supplier-invoices` and `legal-review` have owners."),
        ]
    }
}
