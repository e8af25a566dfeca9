/// Eight teams try an assistant and six forget it; six teams take up an expense tool and keep it: row 16.
struct PilotStory {
    static func tell(seed: UInt64, log: inout CompanyLog) -> [Expectation] {
        var random = SplitMix64(seed: seed, story: 9)
        let forever = 1000.0
        let pilot: [(String, Range<Double>)] = [
            ("sales", 9..<forever), ("support", 9..<forever), ("legal", 9..<11.6), ("people", 9..<12),
            ("marketing", 9..<11), ("risk", 9..<12.6), ("facilities", 9..<10.6), ("it", 9..<12.4),
        ]
        let rollout: [(String, Range<Double>)] = ["sales", "legal", "it", "lending", "claims", "people"].map {
            ($0, 5..<forever)
        }
        for (stage, prefix, perDay, teams) in [
            ("assistant-pilot", "AP", 2.2, pilot), ("expense-tool", "EX", 1.4, rollout),
        ] {
            for (team, weeks) in teams {
                let pattern = ArrivalPattern(
                    perDay: perDay, weekdays: [1, 1, 1, 1, 1, 0, 0], hours: ArrivalPattern.staff)
                let times = pattern.times(&random).filter { weeks.contains(Period.week(of: $0)) }
                for (number, time) in times.enumerated() {
                    let item = "\(prefix)-\(team)-\(100 + number)"
                    let actor = random.pick(people(team, 5))
                    for (action, delay) in [("schedule", 0), ("start", 20), ("complete", random.whole(120...1700))] {
                        var event = LogEvent(time + delay, .ticket, action, item, stage: stage).by(actor, of: team)
                        if action == "schedule" { event.origin = .assisted }
                        log.add(event, to: .pilots)
                    }
                }
            }
        }
        return [
            Expectation(
                row: 16, rule: "pilot-state", isAvailable: true,
                fires: [Expectation.firing("assistant-pilot", weeks: 13...18)],
                silent: ["expense-tool"],
                story: """
                    Eight teams try `assistant-pilot` from \(Period.date(week: 9)); four weeks later two are left \
                    (`sales`, `support`). It is reported as adopted by eight.
                    """,
                contrast: "All six teams of `expense-tool` are still active at the end.",
                facts: [("active_teams", jsonList(["sales", "support"])), ("teams_ever", "8")])
        ]
    }
}
