internal import TailraceAnalysis
internal import TailracePipeline
internal import TailraceStore

/// Something that is so in a closed week, without a series to compare it with.
struct WeeklyFact {
    var rule: String
    var stage: String
    var value: Double
    var threshold: Double
    var unit: String
    var summary: String
    var cause: String
    var evidence: [(String, Double?)]
    /// A ticket where nobody says otherwise, or only information?
    var isFault = false
}

/// Alerts of weekly facts: they fire in the week in which something is so, and are over when it is so no more.
extension AlertBook {
    /// The rules whose alerts are facts.
    static let factRules = [
        "control-step-added", "bottleneck-moved", "unowned-stage", "single-person-queue", "pilot-state",
        "rebound-backfire", "process-drift", "flow-bought-with-strain",
        "common-friction",
    ]

    mutating func take(_ fact: WeeklyFact, owner: String?, severity: StoredAlert.Severity, at: Int64) {
        let key = "\(fact.rule) \(fact.stage)"
        var row = open[key] ?? newRow()
        (row.rule, row.stage, row.owner, row.severity) = (fact.rule, fact.stage, owner, severity)
        row.pendingAt = row.pendingAt ?? at
        row.firingAt = row.firingAt ?? at
        row.state = .firing
        (row.value, row.threshold, row.unit) = (fact.value, fact.threshold, fact.unit)
        if fact.value > row.peakValue ?? -1 { (row.peakValue, row.peakAt) = (fact.value, at) }
        (row.summary, row.cause) = (fact.summary, fact.cause)
        row.evidence = json(fact.evidence)
        put(row, key)
    }

    /// Ends the alerts of a rule whose fact was not found again this week.
    mutating func settleFacts(of rule: String, besides stages: Set<String>, at: Int64) {
        for (key, row) in open.sorted(by: { $0.value.id < $1.value.id })
        where row.rule == rule && !stages.contains(row.stage) {
            var row = row
            (row.state, row.resolvedAt) = (.resolved, at)
            put(row, key)
        }
    }
}

extension WeeklyFact {
    init(_ step: AddedStep, stages names: [String]) {
        let hours = step.wait.map { " after \(figure($0 / 3600)) hours of waiting" } ?? ""
        self.init(
            rule: "control-step-added", stage: names[step.stage], value: step.share, threshold: AddedSteps.shareNow,
            unit: "share",
            summary:
                "\(place(step.stage, names)) has come into the way of \(percent(step.share)) of the cases that leave "
                + "\(place(step.from, names))\(hours) (\(step.cases) of \(step.of) this week, before "
                + "\(percent(step.before)))",
            cause: "a step was added behind \(place(step.from, names))",
            evidence: [
                ("share", step.share), ("cases", Double(step.cases)), ("of", Double(step.of)),
                ("before", step.before), ("wait_p50_s", step.wait),
            ])
    }

    init(_ move: MovedBottleneck, stages names: [String]) {
        self.init(
            rule: "bottleneck-moved", stage: names[move.stage], value: move.days, threshold: Bottlenecks.leastDays,
            unit: "days of work",
            summary:
                "the work that used to wait in \(place(move.from, names)) waits in \(place(move.stage, names)) now: "
                + "\(figure(move.days)) days of work there, \(figure(move.daysBefore)) in "
                + place(move.from, names),
            cause: "the bottleneck moved from \(place(move.from, names))",
            evidence: [("days_of_work", move.days), ("days_of_work_before", move.daysBefore)])
    }

    /// A share of one person beyond this, with a day of work waiting, is a queue that hangs on them.
    private static let (mostOfOne, leastDays, leastCompletions) = (0.6, 1.0, Int64(20))

    /// What fires goes on until one of them is well below: a queue that is cleared each other Friday is one trouble.
    private static let (leastOfOne, fewestDays) = (0.5, 0.5)

    /// Queues that hang on one person. Names the stage, not the person.
    ///
    /// - Parameter isFiring: does the alert of a stage fire already?
    static func singlePersons(_ week: ClosedWeek, stages names: [String], isFiring: (String) -> Bool) -> [WeeklyFact] {
        var days: [Int: Double] = [:]
        for row in week.rows.flow { days[row.stage] = row.daysOfWork }
        return week.peopleShares.sorted { $0.key < $1.key }.compactMap { stage, shares in
            let isOn = isFiring(names[stage])
            guard let waiting = days[stage], waiting > (isOn ? fewestDays : leastDays),
                shares.topShare > (isOn ? leastOfOne : mostOfOne), shares.completions >= leastCompletions
            else { return nil }
            return WeeklyFact(
                rule: "single-person-queue", stage: names[stage], value: shares.topShare, threshold: mostOfOne,
                unit: "share",
                summary:
                    "one person finished \(percent(shares.topShare)) of what \(place(stage, names)) completed in four "
                    + "weeks, and \(figure(waiting)) days of work wait there",
                cause: "the queue hangs on one person",
                evidence: [
                    ("top_share", shares.topShare), ("effective_servers", shares.effectiveServers),
                    ("completions", Double(shares.completions)), ("days_of_work", waiting),
                ], isFault: true)
        }
    }

    /// Nil where no more than half of a saving was eaten for certain, and where the making is an estimate.
    init?(_ found: StageRebound, stages names: [String]) {
        guard !found.isMakingEstimated, let ratio = found.rebound.ratio, let low = found.rebound.low,
            let high = found.rebound.high, low > 0.5
        else { return nil }
        let saving = found.rebound
        let parts = [
            ("volume", saving.volume), ("review", saving.review), ("rework", saving.rework),
            ("later stages", saving.downstream),
        ]
        let most = parts.max { ($0.1 ?? 0) < ($1.1 ?? 0) }?.0 ?? ""
        self.init(
            rule: "rebound-backfire", stage: names[found.stage], value: ratio, threshold: 1, unit: "ratio",
            summary:
                "\(percent(ratio)) (\(figure(low * 100))–\(figure(high * 100))) of the \(figure(saving.expected)) hours a "
                + "week that quicker work in \(place(found.stage, names)) should save are eaten, most by \(most): "
                + (saving.realised < 0
                    ? "\(figure(-saving.realised)) hours more are worked than before"
                    : "\(figure(saving.realised)) hours are saved"),
            cause: "the saving is eaten, most by \(most)",
            evidence: [
                ("rebound", ratio), ("low", low), ("high", high), ("expected_saving_h", saving.expected),
                ("realised_saving_h", saving.realised), ("volume_part", saving.volume), ("review_part", saving.review),
                ("rework_part", saving.rework), ("downstream_part", saving.downstream), ("coverage", saving.coverage),
            ], isFault: low > 1)
    }

    init(_ found: StrainedFlow, teams names: [String]) {
        let parts = [
            ("after hours \(percent(found.afterHours.now)), usually \(percent(found.afterHours.usual))"),
            ("\(figure(found.load.now)) hours of work a head and week, usually \(figure(found.load.usual))"),
            ("\(figure(found.fragmentation.now)) stages a head, usually \(figure(found.fragmentation.usual))"),
        ]
        self.init(
            rule: "flow-bought-with-strain", stage: names[found.team], value: found.strain, threshold: FlowStrains.cost,
            unit: "index",
            summary:
                "cases of team \(names[found.team]) take \(figure(found.flow)) hours (85 of 100), usually "
                + "\(figure(found.usualFlow)), and the team pays for it: \(parts.joined(separator: "; "))",
            cause: "flow is bought with strain",
            evidence: [
                ("flow_p85_h", found.flow), ("usual_flow_p85_h", found.usualFlow), ("strain", found.strain),
                ("after_hours_share", found.afterHours.now), ("usual_after_hours_share", found.afterHours.usual),
                ("hours_per_head", found.load.now), ("usual_hours_per_head", found.load.usual),
                ("stages_per_head", found.fragmentation.now), ("usual_stages_per_head", found.fragmentation.usual),
            ], isFault: true)
    }

    init(_ pilot: PilotState, stages names: [String]) {
        self.init(
            rule: "pilot-state", stage: names[pilot.stage], value: Double(pilot.active) / Double(pilot.ever),
            threshold: 0.4, unit: "share",
            summary:
                "\(pilot.active) of the \(pilot.ever) teams that used \(place(pilot.stage, names)) still do, in three "
                + "of the last four weeks; most did before",
            cause: "most teams have stopped using it",
            evidence: [("active_teams", Double(pilot.active)), ("teams_ever", Double(pilot.ever))])
    }

    /// What programs finish in a stage for which nobody is named.
    static func unowned(_ week: ClosedWeek, stages names: [String], owned: (String) -> Bool) -> [WeeklyFact] {
        var sums: [Int: (automated: Int64, all: Int64)] = [:]
        for row in week.rows.work {
            sums[row.stage, default: (0, 0)].automated += row.automatedCompletions
        }
        for row in week.rows.flow { sums[row.stage, default: (0, 0)].all += row.completions + row.unscheduled }
        return sums.sorted { $0.key < $1.key }.compactMap { stage, sum in
            guard sum.automated > 0, !names[stage].isEmpty, !owned(names[stage]) else { return nil }
            let share = Double(sum.automated) / Double(max(sum.all, sum.automated))
            return WeeklyFact(
                rule: "unowned-stage", stage: names[stage], value: share, threshold: 0, unit: "share",
                summary: "programs finished \(sum.automated) of \(max(sum.all, sum.automated)) items of "
                    + "\(names[stage]) this week, and nobody owns the stage: name its owner under `stages:`",
                cause: "no owner",
                evidence: [("automated_completions", Double(sum.automated)), ("completions", Double(sum.all))],
                isFault: true)
        }
    }
}

/// A stage for people: events may name none.
private func place(_ stage: Int, _ names: [String]) -> String {
    names[stage].isEmpty ? "the unnamed stage" : names[stage]
}
