public import TailracePipeline

extension WeeklyRule {
    /// The samples of this rule in a closed week, by stage; a stage whose logs do not say enough has none.
    public func samples(of week: ClosedWeek) -> [Int: [(series: String, sample: WeeklySample)]] {
        switch self {
        case .hollowVolume: replies(week)
        case .harmCreep: harm(week)
        case .reworkExpansion:
            shares(week, week.rows.flow) { ($0.stage, "", $0.returns + $0.reworkCycles, $0.firstCompletions) }
        case .validationShare: reviews(week)
        case .decoupling: outcomes(week)
        case .afterHours:
            // Of too few people nothing is told.
            shares(week, week.rows.teams.filter { $0.hasHours && $0.members.count >= max(1, $0.minimumGroup) }) {
                ($0.team, "", $0.afterHoursEvents, $0.humanEvents)
            }
        case .redundancySurge: redundancy(week)
        case .zombieGrowth:
            single(week) { copies in
                copies.zombies.flatMap {
                    WeeklySample(
                        week: week.window.start, part: Double($0), whole: Double(copies.contents),
                        count: Double(copies.contents))
                }
            }
        case .framingConvergence: framings(week)
        case .timeToSend: ages(week)
        case .twoSpeed: spreads(week)
        case .rubberStamp:
            shares(week, week.ownStageWeeks) { ($0.stage, "", $0.quickApprovals, $0.seenApprovals) }
        }
    }

    private func single(_ week: ClosedWeek, _ sample: (StageCopies) -> WeeklySample?)
        -> [Int: [(series: String, sample: WeeklySample)]]
    {
        var found: [Int: [(series: String, sample: WeeklySample)]] = [:]
        for copies in week.copies {
            if let sample = sample(copies) { found[copies.stage] = [("", sample)] }
        }
        return found
    }

    /// By families of contents, and by the categories that the logs tell.
    private func framings(_ week: ClosedWeek) -> [Int: [(series: String, sample: WeeklySample)]] {
        var found = single(week) { WeeklySample(week: week.window.start, sizes: $0.familySizes) }
        guard week.stageWeeks.count == 4 else { return found }
        for (stage, tally) in week.together(\.categories) {
            guard let sample = WeeklySample(week: week.window.start, sizes: tally.sizes) else { continue }
            found[stage, default: []].append((WeeklyRule.categories, sample))
        }
        return found
    }

    /// The series of `framing-convergence` that counts categories.
    public static let categories = "categories"

    /// Where the cases of a process end.
    private func ages(_ week: ClosedWeek) -> [Int: [(series: String, sample: WeeklySample)]] {
        let last = week.lastStages
        var found: [Int: [(series: String, sample: WeeklySample)]] = [:]
        for row in week.ownStageWeeks where last.contains(row.stage) {
            guard let seconds = row.caseAge.quantileSeconds(0.85) else { continue }
            let cases = Double(row.caseAge.count)
            let sample = WeeklySample(
                week: week.window.start, part: seconds / 3600 * cases, whole: cases, count: cases)
            if let sample { found[row.stage] = [("", sample)] }
        }
        return found
    }

    /// Between the people of a stage.
    private func spreads(_ week: ClosedWeek) -> [Int: [(series: String, sample: WeeklySample)]] {
        week.peopleShares.compactMapValues { shares in
            let count = Double(shares.completions)
            return shares.spread
                .flatMap { WeeklySample(week: week.window.start, part: $0 * count, whole: count, count: count) }
                .map { [("", $0)] }
        }
    }

    /// By origin where a stage's items have more than one, and all together.
    private func redundancy(_ week: ClosedWeek) -> [Int: [(series: String, sample: WeeklySample)]] {
        struct Sums {
            var bytes: Int64 = 0
            var redundant: Int64 = 0
            var items: Int64 = 0
        }
        var sums: [Int: [String: Sums]] = [:]
        for row in week.rows.output where row.comparedItems > 0 {
            for series in ["", row.key.origin.name] {
                var sum = sums[row.key.stage]?[series] ?? Sums()
                sum.bytes += row.bytes
                sum.redundant += min(row.redundantBytes, row.bytes)
                sum.items += row.items
                sums[row.key.stage, default: [:]][series] = sum
            }
        }
        return sums.mapValues { series in
            series.sorted { $0.key < $1.key }.compactMap { name, sum in
                WeeklySample(
                    week: week.window.start, part: Double(sum.redundant), whole: Double(sum.bytes),
                    count: Double(sum.items)
                ).map { (name, $0) }
            }
        }
    }

    /// What each row adds to the share of a place and series.
    private func shares<Row>(
        _ week: ClosedWeek, _ rows: [Row],
        _ share: (Row) -> (place: Int, series: String, part: Int64, whole: Int64)
    ) -> [Int: [(series: String, sample: WeeklySample)]] {
        var sums: [Int: [String: (part: Int64, whole: Int64)]] = [:]
        for row in rows {
            let (place, series, part, whole) = share(row)
            sums[place, default: [:]][series, default: (0, 0)].part += part
            sums[place, default: [:]][series, default: (0, 0)].whole += whole
        }
        return sums.compactMapValues { series in
            let samples = series.sorted { $0.key < $1.key }.compactMap { name, sum in
                WeeklySample(
                    week: week.window.start, part: Double(sum.part), whole: Double(sum.whole), count: Double(sum.whole)
                ).map { (series: name, sample: $0) }
            }
            return samples.isEmpty ? nil : samples
        }
    }

    /// By origin, and all together.
    private func replies(_ week: ClosedWeek) -> [Int: [(series: String, sample: WeeklySample)]] {
        let rows = week.answers.flatMap { [($0, ""), ($0, $0.origin.name)] }
        return shares(week, rows) { ($0.0.stage, $0.1, min($0.0.replies, $0.0.sent), $0.0.sent) }
    }

    /// Two harms, each against what it can come from.
    private func harm(_ week: ClosedWeek) -> [Int: [(series: String, sample: WeeklySample)]] {
        let rows = week.rows.engagement.flatMap { row in
            [
                (row.key.stage, "unsubscribes", row.unsubscribes, max(0, row.delivered)),
                (row.key.stage, "soft bounces", row.softBounces, row.sent),
            ]
        }
        return shares(week, rows) { $0 }
    }

    /// Outcomes of what a stage makes; of a queue, of what it completes.
    private func outcomes(_ week: ClosedWeek) -> [Int: [(series: String, sample: WeeklySample)]] {
        var activity: [Int: Int64] = [:]
        for row in week.rows.output { activity[row.key.stage, default: 0] += row.items }
        for row in week.rows.flow where activity[row.stage, default: 0] == 0 {
            activity[row.stage] = row.firstCompletions
        }
        var reached: [Int: Int64] = [:]
        for row in week.rows.outcomes { reached[row.stage, default: 0] += row.outcomes }
        return shares(week, activity.sorted { $0.key < $1.key }) { ($0.key, "", reached[$0.key, default: 0], $0.value) }
    }

    /// Hours of review against those of making what is reviewed: of the stages before, the part that came from there.
    ///
    /// A stage reviews if it approves a fifth of what it completes. One whose hours are seldom seen has no sample.
    private func reviews(_ week: ClosedWeek) -> [Int: [(series: String, sample: WeeklySample)]] {
        struct Work {
            var touch: Int64 = 0
            var touched: Int64 = 0
            var completions: Int64 = 0
            var approvals: Int64 = 0
            var isReview: Bool { approvals > 0 && 5 * approvals >= completions }
        }
        var work: [Int: Work] = [:]
        // What programs do is no human review; now and then one finishes something among people.
        for row in week.rows.work where 2 * row.automatedCompletions <= row.completions {
            work[row.stage, default: Work()].touch += row.touchSum
            work[row.stage, default: Work()].touched += row.touchCount
            work[row.stage, default: Work()].completions += row.completions
            work[row.stage, default: Work()].approvals += row.approvals
        }
        var making: [Int: Double] = [:]
        var left: [Int: Int64] = [:]
        for row in week.rows.handoffs { left[row.from, default: 0] += row.cases }
        for row in week.rows.handoffs {
            guard let before = work[row.from], !before.isReview, work[row.to]?.isReview == true else { continue }
            making[row.to, default: 0] += Double(before.touch) * Double(row.cases) / Double(left[row.from] ?? 1)
        }
        var found: [Int: [(series: String, sample: WeeklySample)]] = [:]
        for (stage, made) in making {
            guard let own = work[stage], made > 0, 2 * own.touched >= own.completions else { continue }
            let sample = WeeklySample(
                week: week.window.start, part: Double(own.touch), whole: Double(own.touch) + made,
                count: Double(own.touched))
            if let sample { found[stage] = [("", sample)] }
        }
        return found
    }
}

extension Tally {
    /// How many things were met so often.
    var sizes: [Int64: Int64] {
        entries.reduce(into: [:]) { sizes, entry in if entry.count > 0 { sizes[entry.count, default: 0] += 1 } }
    }
}
