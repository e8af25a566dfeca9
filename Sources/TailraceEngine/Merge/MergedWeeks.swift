internal import TailraceAnalysis
internal import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// What is judged and measured when a week has closed, from the rows of all hosts.
///
/// What families looked like in an earlier week is in no row: `zombie-growth` and `framing-convergence` are not judged
/// anew (`MergedAlerts` takes over what the hosts have found), and their measures are those of the one host that has the
/// stage.
struct MergedWeeks {
    private let inputs: [MergeInput]
    private let calendar: WindowCalendar
    private let minimumGroup: Int
    private var review: WeeklyReview
    /// Rows of the weeks that closed last, oldest first; four at the most.
    private var stageWeeks: [[StageWeekRow]] = []
    private var cohorts: [CohortRow] = []

    /// Rules that the rows of windows are not enough for.
    static let handedOn = [WeeklyRule.zombieGrowth, .framingConvergence]
    private static let handedOnMeasures = [WeeklyMeasure.zombieShare, .effectiveContents]

    init(_ inputs: [MergeInput], configuration: Configuration) {
        self.inputs = inputs
        calendar = WindowCalendar(zone: configuration.zone)
        minimumGroup = configuration.privacy.minimumGroup
        var judged = configuration
        for rule in MergedWeeks.handedOn { judged.rules[rule.rawValue] = Configuration.Rule(severity: .off) }
        review = WeeklyReview(configuration: judged)
    }

    /// Takes a closed week's rows and writes its measures.
    ///
    /// - Parameter isWhole: false for a last week that the logs end within: it is measured, and not judged.
    mutating func close(
        _ rows: PipelineOutput.WindowRows, of week: Window, isWhole: Bool, names: MergedNames, book: inout AlertBook?,
        to transaction: inout Checkpoint
    ) throws(StoreFault) {
        stageWeeks.append(rows.stageWeeks)
        // A change of the clock moves a week by an hour.
        stageWeeks.removeAll { ($0.first?.window.start ?? .min) <= week.start - 27 * 86_400 }
        let before = calendar.window(.week, holding: week.start - 1)
        let answers = cohorts.filter { $0.window.start == before.start && $0.sent > 0 }.map {
            SentCohort(stage: $0.stage, origin: $0.origin, sent: $0.sent, replies: $0.replies)
        }
        cohorts = rows.cohorts
        if isWhole {
            let closed = ClosedWeek(
                window: week, rows: rows, answers: answers, stageWeeks: stageWeeks, reasons: names.reasons,
                categories: names.categories)
            review.close(closed, stages: names.stages.map(\.name), teams: names.teams, book: &book)
        }
        let found = review.drain()
        let measures = CheckpointContent.rows(
            of: found.measures + weeklyMeasures(flow: rows.flow, output: rows.output, engagement: rows.engagement))
        try transaction.upsert(measures.names)
        try transaction.upsert(measures.rows)
        try transaction.upsert(try handOn(week))
        try transaction.upsert(found.rebounds)
    }

    private func handOn(_ week: Window) throws(StoreFault) -> [StoredMeasure] {
        var found: [Int: StoredMeasure] = [:]
        for input in inputs {
            for var measure in try input.store.measures(in: week)
            where MergedWeeks.handedOnMeasures.contains(where: { $0.rawValue == measure.measure }) {
                measure.stage = input.stageNumbers[measure.stage]
                let place = measure.stage << 14 | measure.measure
                if found[place] != nil {
                    (measure.value, measure.low, measure.high) = (nil, nil, nil)
                    measure.missing = "families of several hosts, by week"
                }
                found[place] = measure
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }
}
