import TailraceAnalysis

/// The answer of a stress test, for the screen and as JSON.
struct WhatIfAnswer {
    let test: StressTest
    let intervals: StressIntervals
    let log: StageLog
    let changes: WhatIfChanges
    let days: Int
    let runs: Int
    let seed: UInt64
    let remedy: StressTest.Remedy?

    init(
        test: StressTest, intervals: StressIntervals, log: StageLog, changes: WhatIfChanges, days: Int, runs: Int,
        seed: UInt64
    ) {
        (self.test, self.intervals, self.log, self.changes) = (test, intervals, log, changes)
        (self.days, self.runs, self.seed) = (days, runs, seed)
        remedy = test.first.flatMap { test.remedy(for: $0) }
    }

    /// Stages that can be judged: over their limit already, then by how soon they are, then by load.
    var judged: [Int] {
        let stages = test.changed.stages
        return stages.indices.filter { stages[$0].missing == nil }.sorted { a, b in
            let (first, second) = (test.fluid.breach[a] ?? .infinity, test.fluid.breach[b] ?? .infinity)
            if first != second { return first < second }
            let (load, other) = (test.traffic.load[a] ?? 0, test.traffic.load[b] ?? 0)
            return load != other ? load > other : stages[a].name < stages[b].name
        }
    }

    /// Stages that cannot, with the reason. Those through which nothing moves are nobody's question.
    var unjudged: [(name: String, missing: String)] {
        test.changed.stages.filter { $0.enteredPerWeek > 0 || $0.finishedPerWeek > 0 }.compactMap { stage in
            stage.missing.map { (stage.name.stageName, $0) }
        }
    }

    /// Stages that the load without shielding would name, and that the first to saturate shields.
    var shielded: [Int] {
        let naive = TrafficEquations(test.changed, capped: false)
        return judged.filter {
            test.fluid.breach[$0] == nil && (naive.load[$0] ?? 0) > 1 && (test.traffic.load[$0] ?? 0) <= 1
        }
    }

    /// Share of the completions of review stages whose touch time is known; nil where no stage reviews.
    var reviewCoverage: Double? {
        let stages = test.today.stages.filter { $0.isReview && $0.finishedPerWeek > 0 }
        let all = stages.reduce(0) { $0 + $1.finishedPerWeek }
        return all > 0 ? stages.reduce(0) { $0 + $1.finishedPerWeek * $1.touchCoverage } / all : nil
    }

    /// What would make the review hours measurable; nil where they are.
    var reviewMissing: String? {
        guard intervals.review == nil else { return nil }
        return reviewCoverage == nil
            ? "no stage reviews: `kind: review` in the configuration, or `approve` events"
            : "touch time of review: `start` events, or `effort`"
    }

    var weeksAhead: Double { Double(days) / 7 }

    /// What the answer takes for granted, in sentences.
    var assumptions: [String] {
        let stages = test.today.stages
        let entered = stages.reduce(0) { $0 + $1.enteredPerWeek }
        let outside = stages.reduce(0) { $0 + $1.outsidePerWeek }
        var said = [
            "Fitted to \(Figure.counted(Int64(log.weekCount), "whole week")), \(log.firstWeek) to \(log.lastWeek); the test "
                + "begins with the queues as they stood when these ended, on a Monday.",
            "Capacity is as declared, else as learned, and never less than what was done (learned ones can be too high "
                + "where nobody was ever busy); people do not work faster or longer because the queue is long.",
            "Hand-offs go the ways they went, without a pause between stages; \(Figure.share(entered > 0 ? outside / entered : nil)) "
                + "of all entries are explained by no hand-off and no return, and count as coming from outside.",
            "What comes back is charged to the stage that had finished it, at the rate at which it came back.",
            "A stage is saturated when it ends a working day with more than the usual backlog (90th percentile) and its "
                + "tolerance in days of work (declared, else one day; five items at least).",
            "Nothing new begins: no holidays but those of the fitted weeks, no growth but the one that is asked for.",
        ]
        if log.leftOut > 0 {
            said.append("The \(Figure.counted(Int64(log.leftOut), "stage")) with the fewest items were left out.")
        }
        let lot = StageSimulation(test.changed, hours: test.hours, seed: seed).lot
        if lot > 1 { said.append("In the simulation \(Figure.count(Int64(lot))) items move as one.") }
        if intervals.cutRuns > 0 {
            said.append(
                "\(Figure.counted(Int64(intervals.cutRuns), "run")) of \(2 * runs) ended early: a loop all but keeps its work."
            )
        }
        if !test.traffic.isSettled {
            said.append("Work multiplies in a loop of stages without a capacity: loads have no end. Declare one there.")
        }
        return said
    }
}

extension WhatIfAnswer {
    var json: JSONValue {
        let stages = test.changed.stages
        return .object([
            ("fitted_from", .string(log.firstWeek)), ("fitted_to", .string(log.lastWeek)),
            ("weeks", .integer(Int64(log.weekCount))), ("start", .integer(log.end)), ("days", .integer(Int64(days))),
            ("runs", .integer(Int64(runs))), ("seed", .string(String(seed))),
            (
                "changes",
                .array(
                    changes.changes.map {
                        .object([
                            ("option", .string($0.option)), ("stage", .string($0.stage)),
                            ("amount", .string($0.amount.shown)),
                        ])
                    })
            ),
            ("first", JSONValue(test.first.map { stages[$0].name })),
            ("first_breach_h", JSONValue(test.first.flatMap { test.fluid.breach[$0] })),
            ("already_over", .array(test.alreadyOver.map { .string(stages[$0].name) })),
            ("shielded", .array(shielded.map { .string(stages[$0].name) })),
            ("prevented_by_capacity_per_day", JSONValue(remedy?.capacityPerDay)),
            ("next", JSONValue(remedy?.next.map { stages[$0].name })),
            ("next_breach_h", JSONValue(remedy?.nextBreach)),
            ("review", review), ("stages", .array(judged.map(stage))),
            (
                "not_judged",
                .array(unjudged.map { .object([("stage", .string($0.name)), ("missing", .string($0.missing))]) })
            ),
            ("assumptions", .array(assumptions.map { .string($0) })),
        ])
    }

    private func stage(_ place: Int) -> JSONValue {
        let (now, then) = (test.today.stages[place], test.changed.stages[place])
        return .object([
            ("stage", .string(then.name)), ("load_today", JSONValue(test.trafficToday.load[place])),
            ("load", JSONValue(test.traffic.load[place])),
            ("inflow_per_week_today", .real(test.trafficToday.inflow[place])),
            ("inflow_per_week", .real(test.traffic.inflow[place])),
            ("capacity_per_day_today", JSONValue(now.capacityPerDay)),
            ("capacity_per_day", JSONValue(then.capacityPerDay)),
            ("capacity_source", .string(then.isCapacityDeclared ? "declared" : "learned")),
            ("backlog_start", .real(then.backlog)), ("limit", JSONValue(then.limit)),
            ("breach_h", JSONValue(test.fluid.breach[place])),
            ("breach_h_p10", JSONValue(intervals.breach[place].low)),
            ("breach_h_p50", JSONValue(intervals.breach[place].middle)),
            ("breach_h_p90", JSONValue(intervals.breach[place].high)),
            ("breach_share_today", .real(intervals.breachShareToday[place])),
            ("breach_share", .real(intervals.breachShare[place])),
            ("backlog_end_today_p50", .real(intervals.backlogToday[place].middle)),
            ("backlog_end_p10", .real(intervals.backlog[place].low)),
            ("backlog_end_p50", .real(intervals.backlog[place].middle)),
            ("backlog_end_p90", .real(intervals.backlog[place].high)),
        ])
    }

    private var review: JSONValue {
        func perWeek(_ spread: Spread?) -> [Double?] {
            [spread?.low, spread?.middle, spread?.high].map { $0.map { $0 / weeksAhead } }
        }
        let (now, then) = (perWeek(intervals.reviewToday), perWeek(intervals.review))
        return .object([
            ("hours_per_week_today", JSONValue(now[1])), ("hours_per_week_p10", JSONValue(then[0])),
            ("hours_per_week_p50", JSONValue(then[1])), ("hours_per_week_p90", JSONValue(then[2])),
            ("hours_waiting_today", JSONValue(intervals.reviewLeftToday?.middle)),
            ("hours_waiting_p10", JSONValue(intervals.reviewLeft?.low)),
            ("hours_waiting_p50", JSONValue(intervals.reviewLeft?.middle)),
            ("hours_waiting_p90", JSONValue(intervals.reviewLeft?.high)),
            ("coverage", JSONValue(reviewCoverage)), ("missing", JSONValue(reviewMissing)),
        ])
    }
}

extension WhatIfChanges.Amount {
    var shown: String {
        switch self {
        case .times(let factor): factor < 1 ? "/" + Figure.number(1 / factor) : "x" + Figure.number(factor)
        case .plus(let people): (people > 0 ? "+" : "") + String(people)
        }
    }
}
