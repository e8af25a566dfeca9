/// Drafting becomes four times faster, and legal review drowns. Rows 3 (more arrivals), 5, 6, 9, 11 and 13; brochures
/// are the quiet counterpart.
struct ProposalStory {
    private static let trouble = 10.0
    private static let drafting = 0
    private static let review = 1
    private static let release = 2
    private static let design = 3
    private static let check = 4
    private static let printing = 5

    static func tell(seed: UInt64, log: inout CompanyLog) -> [Expectation] {
        var random = SplitMix64(seed: seed, story: 2)
        let hour = 3600.0
        let stages = [
            QueueSimulation.Stage(
                name: "proposal-drafting", stream: .document, touch: 2 * hour,
                slowness: Ramp([(trouble, 1), (trouble + 1.5, 0.25)])),
            QueueSimulation.Stage(
                name: "legal-review", stream: .document, touch: 3.3 * hour,
                stamped: Ramp([(trouble + 3, 0.01), (trouble + 4, 0.22)])),
            QueueSimulation.Stage(name: "proposal-release", stream: .document, touch: 0.5 * hour),
            QueueSimulation.Stage(name: "brochure-design", stream: .document, touch: 2 * hour),
            QueueSimulation.Stage(name: "brochure-check", stream: .document, touch: 1 * hour),
            QueueSimulation.Stage(name: "brochure-printing", stream: .document, touch: 0.7 * hour),
        ]
        let workers =
            crew("sales", people("sales", 6), stages: [drafting], absence: 0.03, &random)
            + crew("legal", people("legal", 6), stages: [review], &random)
            + crew("sales-operations", people("salesops", 3), stages: [release], &random)
            + crew("design", people("design", 4), stages: [design], &random)
            + crew("design", people("design", 6).suffix(2), stages: [check], &random)
            + crew("printing", people("printing", 2), stages: [printing], &random)
        let simulation = QueueSimulation(stages: stages, workers: workers, system: .documents)

        var jobs: [QueueSimulation.Job] = []
        var arrivals: [QueueSimulation.Arrival] = []
        let growth = Ramp([(trouble, 1), (trouble + 5, 2.5)])
        let incoming = [
            (ArrivalPattern(perDay: 9, growth: growth).times(&random), "PR", drafting, "proposal"),
            (ArrivalPattern(perDay: 4).times(&random), "BR", design, "brochure"),
        ]
        for (times, prefix, stage, category) in incoming {
            for (number, time) in times.enumerated() {
                var job = QueueSimulation.Job(
                    item: "\(prefix)-\(1000 + number)", workCase: "K\(prefix)-\(1000 + number)", category: category)
                let isAssisted = stage == drafting && Period.week(of: time) >= trouble && random.happens(0.9)
                job.origin = isAssisted ? .assisted : .human
                arrivals.append(QueueSimulation.Arrival(time: time, job: jobs.count, stage: stage))
                jobs.append(job)
            }
        }
        arrivals.sort { ($0.time, $0.job) < ($1.time, $1.job) }
        let sentBack = Ramp([(trouble, 0.1), (trouble + 2, 0.35)])
        simulation.run(jobs: jobs, arrivals: arrivals, random: &random, log: &log) { visit, random, log in
            let job = jobs[visit.job]
            func add(_ action: String, _ change: (inout LogEvent) -> Void = { _ in }) {
                var event = LogEvent(visit.completed, .document, action, job.item, stage: stages[visit.stage].name)
                    .by(visit.actor, of: visit.team)
                event.workCase = job.workCase
                change(&event)
                log.add(event, to: .documents)
            }
            switch visit.stage {
            case drafting, design:
                if visit.earlierVisits == 0 {
                    let prose = Prose(words: random.whole(60...90), &random)
                    add("create") {
                        $0.origin = job.origin
                        $0.category = job.category
                        $0.title = Prose.title(&random)
                        $0.text = prose.text
                        $0.bytes = random.whole(18_000...60_000)
                    }
                } else {
                    add("revise")
                }
                return [.init(stage: visit.stage + 1, delay: random.whole(60...900))]
            case review, check:
                let share = visit.stage == review ? sentBack.value(at: visit.completed) : 0.08
                if !visit.isStamped, visit.earlierVisits < 2, random.happens(share) {
                    let reason = random.pick(["terms unclear", "wrong rate", "clause missing"])
                    add("reject") { $0.reason = reason }
                    return [.init(stage: visit.stage - 1, delay: 5, isReturn: true, share: 0.5, reason: reason)]
                }
                if !visit.isStamped, random.happens(0.35) { add("revise") }
                add("approve")
                return [.init(stage: visit.stage + 1, delay: random.whole(60...900))]
            default:
                add("send") { $0.recipients = 1 }
                return []
            }
        }
        return expectations
    }

    private static var expectations: [Expectation] {
        let from = Period.date(week: Int(trouble))
        return [
            Expectation(
                row: 5, rule: "rework-expansion", isAvailable: true,
                fires: [Expectation.firing("proposal-drafting", weeks: 11...18)],
                silent: ["brochure-design"],
                story: "From \(from) legal review sends back 35 % of the proposals instead of 10 %.",
                contrast: "Brochures come back in 8 % of the cases throughout."),
            Expectation(
                row: 6, rule: "validation-share", isAvailable: true,
                fires: [Expectation.firing("legal-review", weeks: 11...20)],
                silent: ["brochure-check"],
                story: """
                    Making a proposal falls from two hours to half an hour; reviewing it still takes more than three. \
                    Human review hours become most of the work, and no efficiency report counts them.
                    """,
                contrast: "`brochure-check` keeps its share of the brochure hours."),
            Expectation(
                row: 9, rule: "rebound-backfire", isAvailable: true,
                fires: [Expectation.firing("proposal-drafting", weeks: 14...20)],
                silent: ["brochure-design"],
                story: """
                    1.5 hours saved per proposal are eaten by 2.5 times the proposals, their review and their rework: \
                    the rebound passes 100 %.
                    """,
                contrast: "Brochures cost what they cost; there is no unit saving to lose."),
            Expectation(
                row: 11, rule: "whatif", fires: [Expectation.firing("legal-review", weeks: 0...10)],
                silent: ["proposal-release", "proposal-drafting"],
                story: """
                    Asked with the logs up to \(from): `proposal-drafting` ×3 with a quarter of the touch time \
                    saturates `legal-review` first (it runs at about 70 %).
                    """,
                contrast: "`proposal-release` is shielded: review lets at most 1.4 times the old flow through."),
            Expectation(
                row: 13, rule: "rubber-stamp", isAvailable: true,
                fires: [Expectation.firing("legal-review", weeks: 13...20)],
                silent: ["brochure-check"],
                story: """
                    Three weeks into the overload one in five visits to `legal-review` ends with an approval after a \
                    second or two, without an edit.
                    """,
                contrast: "`brochure-check` reads for an hour before it approves."),
        ]
    }
}
