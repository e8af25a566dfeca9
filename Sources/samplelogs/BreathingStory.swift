/// Queues that swell and shrink as healthy queues do, and must raise no alarm: the other half of row 3. Row 11, too:
/// the limit that nobody declared.
struct BreathingStory {
    /// The limit of `parcel-desk` that would have told of the burst, had anybody declared it.
    static let parcelLimit = 12
    private static let burst = Berlin.moment(day: CivilDay(2026, 4, 15).number, second: 9 * 3600)
    private static let earlyBurst = Berlin.moment(day: CivilDay(2026, 2, 4).number, second: 9 * 3600)

    static func tell(seed: UInt64, log: inout CompanyLog) {
        var random = SplitMix64(seed: seed, story: 7)
        // Mondays bring twice the work of Fridays.
        let seasonal = ArrivalPattern(perDay: 12, weekdays: [1.7, 1.2, 0.9, 0.7, 0.5, 0.04, 0.03]).times(&random)
        tell("it-helpdesk", "it", "H", .tickets, 4, hours: 1.3, seasonal, &random, &log)

        // Bank files arrive on Tuesdays and Thursdays, twenty postings at once.
        var batches = ArrivalPattern(perDay: 2.5).times(&random)
        for day in 0..<Period.weeks * 7 where [1, 3].contains(day % 7) {
            guard Period.isWorkingDay(Period.firstDay + day) else { continue }
            for _ in 0..<random.whole(17...21) {
                let second = 8 * 3600 + 1800 + random.whole(0...240)
                batches.append(Berlin.moment(day: Period.firstDay + day, second: second))
            }
        }
        tell("bank-postings", "accounting", "B", .finance, 3, hours: 1.1, batches.sorted(), &random, &log)

        // A fair sends its parcels on one morning; two days later they are gone.
        var parcels = ArrivalPattern(perDay: 7).times(&random)
        for _ in 0..<8 { parcels.append(earlyBurst + random.whole(0...7000)) }
        for _ in 0..<15 { parcels.append(burst + random.whole(0...7000)) }
        tell("parcel-desk", "facilities", "P", .tickets, 3, hours: 1.4, parcels.sorted(), &random, &log)

        // New customers, a third more of them, and people enough.
        let growth = ArrivalPattern(perDay: 9, growth: Ramp([(10, 1), (12, 1.3)])).times(&random)
        tell("onboarding", "customer-operations", "O", .tickets, 4, hours: 1.6, growth, &random, &log)
    }

    private static func tell(
        _ name: String, _ team: String, _ prefix: String, _ system: LogSystem, _ count: Int, hours: Double,
        _ times: [Int], _ random: inout SplitMix64, _ log: inout CompanyLog
    ) {
        let stage = QueueSimulation.Stage(name: name, stream: .ticket, touch: hours * 3600)
        let workers = crew(team, Array(people(team, count + 6).suffix(count)), stages: [0], &random)
        let simulation = QueueSimulation(stages: [stage], workers: workers, system: system)
        let jobs = times.indices.map { QueueSimulation.Job(item: "\(prefix)-\(1000 + $0)") }
        let arrivals = times.indices.map { QueueSimulation.Arrival(time: times[$0], job: $0, stage: 0) }
        simulation.run(jobs: jobs, arrivals: arrivals, random: &random, log: &log) { _, _, _ in [] }
    }

    /// No limit is declared in the sample configuration; `declared` says what a declared one must find.
    static func undeclaredLimit(_ log: CompanyLog) -> Expectation {
        let first = log.firstBacklog(of: "parcel-desk", above: parcelLimit)
        let declared = """
            {"stage":"parcel-desk","backlog_limit":\(parcelLimit),"above_at":\(first.map(String.init) ?? "null")}
            """
        return Expectation(
            row: 11, rule: "backlog-limit", isAvailable: true, silent: log.queueStages,
            story: """
                No limits were declared anywhere. Had `parcel-desk` declared `backlog_limit: \(parcelLimit)`, the \
                burst of 2026-04-15 would have crossed it at \(first.map(Berlin.text) ?? "no time").
                """,
            contrast: "Without a declared limit the rule says nothing about any stage.",
            facts: [("if_declared", declared)])
    }
}
