public import TailracePipeline

/// The measures that are only told by the week or by four of them, in order of stage and measure.
///
/// - Parameter minimumGroup: people under which nothing is told of how work is spread over them.
public func stageWeekMeasures(_ week: ClosedWeek, minimumGroup: Int) -> [MeasureValue] {
    let last = week.lastStages
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
        _ measure: WeeklyMeasure, _ value: Double?, low: Double? = nil, high: Double? = nil, missing: String? = nil
    ) {
        var entry = MeasureValue(window: window, stage: stage, measure: measure, value: value, low: low, high: high)
        if value == nil { entry.missing = missing ?? measure.input }
        values.append(entry)
    }
}
