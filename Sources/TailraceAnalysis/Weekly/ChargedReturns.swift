public import TailracePipeline

/// What is sent back, charged to the stage that made it and by what it was made with, in order of stage and measure.
///
/// Returns of the week for each item that was made in it. Where no `return` was logged for four weeks, it is not known
/// that nothing was sent back.
public func chargedReturns(_ week: ClosedWeek) -> [MeasureValue] {
    var made: [Int: [Origin: Int64]] = [:]
    for row in week.rows.output { made[row.key.stage, default: [:]][row.key.origin, default: 0] += row.items }
    let rows = Dictionary(week.ownStageWeeks.map { ($0.stage, $0) }, uniquingKeysWith: { first, _ in first })
    let isTold = week.stageWeeks.joined().contains { !$0.sentBack.isEmpty }
    let stages = made.keys.filter { made[$0]?.values.contains { $0 > 0 } ?? false }
    let charged = rows.values.filter { $0.charged > 0 || $0.unchargedReturns > 0 }.map(\.stage)
    return Set(stages).union(charged).sorted().flatMap { stage -> [MeasureValue] in
        let items = made[stage] ?? [:]
        let row = rows[stage] ?? StageWeekRow(window: week.window, stage: stage)
        func rate(_ measure: WeeklyMeasure, _ returns: Int64, of items: Int64) -> MeasureValue {
            share(measure, week.window, stage, returns, of: isTold ? items : 0)
        }
        // Sent back here, and nobody was seen to make it: that is all there is to tell.
        let isMade = items.values.contains { $0 > 0 } || row.charged > 0
        let total = rate(.chargedReturns, row.charged, of: items.values.reduce(0, +))
        let byOrigin: [(Origin, WeeklyMeasure)] = [
            (.human, .chargedHumanReturns), (.assisted, .chargedAssistedReturns),
            (.automated, .chargedAutomatedReturns),
        ]
        // An origin in which nothing was made has no rate; where no origin is told at all, that is what is missing.
        let isKnown = byOrigin.contains { items[$0.0, default: 0] + row.charged($0.0) > 0 }
        let told = byOrigin.filter { !isKnown || items[$0.0, default: 0] + row.charged($0.0) > 0 }
        return [total] + (isMade ? told : []).map { rate($0.1, row.charged($0.0), of: items[$0.0, default: 0]) }
    }
}

extension StageWeekRow {
    /// Times that items made here were sent back.
    fileprivate var charged: Int64 { Origin.allCases.reduce(0) { $0 + charged($1) } }
}
