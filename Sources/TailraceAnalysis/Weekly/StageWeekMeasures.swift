public import TailracePipeline

/// The measures that are only told by the week or by four of them, in order of stage and measure.
///
/// - Parameter minimumGroup: people under which nothing is told of how work is spread over them.
public func stageWeekMeasures(_ week: ClosedWeek, minimumGroup: Int) -> [MeasureValue] {
    let last = week.lastStages
    let (reasons, returnTags) = (MeasureTags(week.reasons), MeasureTags(week.categories))
    let (sentBack, sentBackAgain) = (week.together(\.sentBack), week.together(\.sentBackAgain))
    let (shares, categories) = (week.peopleShares, week.together(\.categories))
    var cycles: [Int: Int64] = [:]
    for row in week.rows.flow { cycles[row.stage, default: 0] += row.cycle.sum }
    return week.ownStageWeeks.flatMap { row in
        var values = MeasureList(window: week.window, stage: row.stage)
        if let tally = categories[row.stage] {
            values.add(.effectiveCategories, WeeklySample(week: week.window.start, sizes: tally.sizes)?.value)
        }
        if last.contains(row.stage) {
            values.add(.timeToSend, row.caseAge.quantileSeconds(0.85).map { $0 / 3600 })
            let isTouched = row.caseTouch > 0 && row.caseAge.sum > 0
            values.add(
                .timeToSendTouch, isTouched ? min(1, Double(row.caseTouch) / Double(row.caseAge.sum)) : nil)
        }
        if let shares = shares[row.stage] {
            let isShown = shares.people >= minimumGroup
            let why = isShown ? nil : "at least \(minimumGroup) people"
            values.add(.topShare, isShown ? shares.topShare : nil, missing: why)
            values.add(.effectiveServers, isShown ? shares.effectiveServers : nil, missing: why)
            values.add(.speedSpread, isShown ? shares.spread : nil, missing: why ?? "five people with five items")
        }
        if row.seenApprovals > 0 {
            let interval = wilsonInterval(hits: Int(row.quickApprovals), of: Int(row.seenApprovals))
            values.add(
                .quickApprovals, Double(row.quickApprovals) / Double(row.seenApprovals), low: interval.low,
                high: interval.high)
        }
        if row.decisions + row.escalations > 0 {
            let decisions = Double(row.decisions)
            values.add(.decisionLatency, row.decisionLatency.quantileSeconds(0.5).map { $0 / 3600 })
            values.add(.escalationRate, row.decisions > 0 ? Double(row.escalations) / decisions : nil)
            values.add(.assignmentRate, row.decisions > 0 ? Double(row.assignments) / decisions : nil)
        }
        if row.assistedSends > 0 {
            let interval = wilsonInterval(hits: Int(row.unrevisedSends), of: Int(row.assistedSends))
            values.add(
                .unrevisedShare, Double(row.unrevisedSends) / Double(row.assistedSends), low: interval.low,
                high: interval.high)
        }
        if row.suspendedTime > 0 {
            let cycle = cycles[row.stage, default: 0]
            values.add(.suspendedShare, cycle > 0 ? min(1, Double(row.suspendedTime) / Double(cycle)) : nil)
            values.addReasons(row, reasons, cycle: cycle)
        }
        if let returned = sentBack[row.stage] {
            values.addRepeats(returned, again: sentBackAgain[row.stage] ?? Tally(), returnTags)
        }
        if !row.teams.isEmpty { values.add(.activeTeams, Double(row.teams.entries.count)) }
        return values.values
    }
}

/// The measures of one stage and week, as they come.
private struct MeasureList {
    let window: Window
    let stage: Int
    var values: [MeasureValue] = []

    mutating func add(
        _ measure: WeeklyMeasure, of tag: MeasureTag? = nil, _ value: Double?, low: Double? = nil, high: Double? = nil,
        missing: String? = nil
    ) {
        var entry = MeasureValue(
            window: window, stage: stage, measure: measure, tag: tag, value: value, low: low, high: high)
        if value == nil { entry.missing = missing ?? measure.input }
        values.append(entry)
    }

    /// Of the time that completed items spent in the stage: what they were laid aside for, reason by reason.
    mutating func addReasons(_ row: StageWeekRow, _ tags: MeasureTags, cycle: Int64) {
        guard !row.suspendedReasons.isEmpty else { return add(.suspendedByReason, nil) }
        guard cycle > 0 else { return add(.suspendedByReason, nil, missing: "complete") }
        var sums = tags.split(row.suspendedReasons)
        let untold = row.suspendedTime - row.suspendedReasons.total
        if untold > 0 { sums.append((.none, untold)) }
        for (tag, time) in sums { add(.suspendedByReason, of: tag, min(1, Double(time) / Double(cycle))) }
    }

    /// Of the items that were sent back in four weeks: those that had been sent back before.
    mutating func addRepeats(_ returned: Tally, again: Tally, _ tags: MeasureTags) {
        func share(_ measure: WeeklyMeasure, by tag: MeasureTag? = nil, _ again: Int64, of all: Int64) {
            let interval = wilsonInterval(hits: Int(again), of: Int(all))
            add(measure, of: tag, Double(again) / Double(all), low: interval.low, high: interval.high)
        }
        share(.repeatReturns, again.total, of: returned.total)
        let sums = tags.split(returned)
        guard sums.contains(where: { $0.tag != .none }) else { return add(.repeatReturnsByCategory, nil) }
        let repeats = tags.split(again, like: sums.map { $0.tag })
        for (tag, all) in sums { share(.repeatReturnsByCategory, by: tag, repeats[tag] ?? 0, of: all) }
    }
}
