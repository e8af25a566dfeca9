/// Two kinds of casework that change their path: contracts gain control steps (row 4), claims leave the path that was
/// declared (row 15).
struct CaseworkStory {
    private static let trouble = 11.0
    private static let names = [
        "contract-intake", "contract-drafting", "compliance-check", "second-signature", "contract-sending",
        "claim-intake", "claim-assessment", "expert-opinion", "claim-payout",
    ]
    private static let hours = [0.7, 2.0, 1.0, 0.6, 0.6, 0.6, 1.7, 0.9, 0.5]

    static func tell(seed: UInt64, log: inout CompanyLog) -> [Expectation] {
        var random = SplitMix64(seed: seed, story: 4)
        let stages = zip(names, hours).map {
            QueueSimulation.Stage(name: $0, stream: .ticket, touch: $1 * 3600)
        }
        let crews = [
            ("contracts", 2, [0]), ("contracts", 4, [1]), ("compliance", 3, [2]), ("directors", 2, [3]),
            ("contracts", 2, [4]), ("claims", 2, [5]), ("claims", 4, [6]), ("experts", 2, [7]), ("claims", 2, [8]),
        ]
        var workers: [QueueSimulation.Worker] = []
        var counts: [String: Int] = [:]
        for (team, count, stages) in crews {
            let first = counts[team, default: 0]
            let staff = people(team, first + count).suffix(count)
            workers += crew(team, Array(staff), stages: stages, &random)
            counts[team] = first + count
        }
        var jobs: [QueueSimulation.Job] = []
        var arrivals: [QueueSimulation.Arrival] = []
        for (kind, stage, perDay) in [("contract", 0, 6.5), ("claim", 5, 6.5)] {
            for (number, time) in ArrivalPattern(perDay: perDay).times(&random).enumerated() {
                arrivals.append(QueueSimulation.Arrival(time: time, job: jobs.count, stage: stage))
                let prefix = stage == 0 ? "C" : "CL"
                jobs.append(
                    QueueSimulation.Job(
                        item: "\(prefix)-\(3000 + number)", workCase: "\(kind)-\(3000 + number)", category: kind))
            }
        }
        arrivals.sort { ($0.time, $0.job) < ($1.time, $1.job) }
        let simulation = QueueSimulation(stages: stages, workers: workers, system: .tickets)
        simulation.run(jobs: jobs, arrivals: arrivals, random: &random, log: &log) { visit, random, log in
            let week = Period.week(of: visit.completed)
            func to(_ stage: Int, hours: ClosedRange<Int> = 0...1, share: Double = 1) -> [QueueSimulation.HandOff] {
                let delay = 300 + random.whole(hours.lowerBound * 3600...hours.upperBound * 3600)
                return [.init(stage: stage, delay: delay, share: share)]
            }
            switch visit.stage {
            case 0: return to(1)
            case 1:
                // The new step sits in another building: folders travel overnight.
                if week >= trouble, random.happens(0.6) { return to(2, hours: 12...30) }
                return to(4)
            case 2: return week >= trouble + 4 && random.happens(0.6) ? to(3, hours: 12...30) : to(4, hours: 6...24)
            case 3: return to(4, hours: 6...24)
            case 4:
                var sent = LogEvent(visit.completed, .ticket, "send", jobs[visit.job].item, stage: names[4])
                    .by(visit.actor, of: visit.team)
                sent.workCase = jobs[visit.job].workCase
                log.add(sent, to: .tickets)
                return []
            case 5: return week >= trouble && random.happens(0.15) ? to(8) : to(6)
            case 6:
                if visit.earlierVisits == 0, week >= trouble, random.happens(0.5) { return to(7) }
                return to(8)
            case 7: return to(6, share: 0.4)
            default: return []
            }
        }
        return expectations
    }

    private static var expectations: [Expectation] {
        let first = Period.date(week: Int(trouble))
        let second = Period.date(week: Int(trouble) + 4)
        return [
            Expectation(
                row: 4, rule: "control-step-added", isAvailable: true,
                fires: [
                    Expectation.firing("compliance-check", weeks: 11...13),
                    Expectation.firing("second-signature", weeks: 15...17),
                    Expectation.firing("expert-opinion", weeks: 11...13),
                ],
                silent: ["contract-drafting", "credit-check", "loan-offer"],
                story: """
                    `compliance-check` enters 60 % of the contracts on \(first), `second-signature` a good third on \
                    \(second); each adds a night between hand-offs.
                    """,
                contrast:
                    "Loans have the same four steps all the time. (`expert-opinion` in claims belongs to row 15 too.)"),
            Expectation(
                row: 4, rule: "time-to-send", isAvailable: true,
                fires: [Expectation.firing("contract-sending", weeks: 12...18)],
                silent: ["brochure-printing"],
                story: "From entry to sending a contract takes days longer, nearly all of it waiting.",
                contrast: "Brochures leave as fast as ever."),
            Expectation(
                row: 15, rule: "process-drift", isAvailable: true,
                fires: [Expectation.firing("claim-assessment", weeks: 12...17)],
                silent: ["credit-check"],
                story: """
                    Claims are declared as intake → assessment → payout. From \(first) half of the assessed ones pass \
                    through a hidden `expert-opinion` and back (a loop), and one in seven skips assessment.
                    """,
                contrast: "Loans follow entry → credit check → offer → disbursement to the letter.",
                facts: [
                    ("declared_path", jsonList(["claim-intake", "claim-assessment", "claim-payout"])),
                    ("hidden_steps", jsonList(["expert-opinion"])),
                ]),
        ]
    }
}
