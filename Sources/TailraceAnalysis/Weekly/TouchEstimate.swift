public import TailracePipeline

/// Work on items that nothing but a completion is logged of, from the gaps since what the same people did before.
///
/// A gap also holds what no log sees, so a long one is cut: at the ninth decile of the stage's gaps in the week, or at
/// half an hour where they are few. Where no working hours are known a gap may hold a night: never more than half an
/// hour then. An estimate, no more: too long where people do what no log sees, too short where several events of a
/// person tell of one piece of work.
public struct TouchEstimate: Sendable, Equatable {
    /// Completions with a gap.
    public var completions: Double
    /// Hours of them.
    public var hours: Double

    /// Fewer gaps tell of no decile.
    private static let leastGaps = 20
    private static let usualSeconds = 1800.0

    /// - Parameter isStaffed: are working hours known?
    /// - Returns: nil where there are no gaps.
    public init?(_ gaps: Sketch, isStaffed: Bool) {
        guard gaps.count > 0, let decile = gaps.quantileSeconds(0.9) else { return nil }
        var limit = gaps.count < TouchEstimate.leastGaps ? TouchEstimate.usualSeconds : decile
        if !isStaffed { limit = min(limit, TouchEstimate.usualSeconds) }
        completions = Double(gaps.count)
        hours = gaps.sumSeconds(atMost: limit) / 3600
    }
}

/// Estimated touch of each stage where work on completed items was not seen, in order of stage and measure.
///
/// - Parameters:
///   - isStaffed: are working hours known?
///   - minimumGroup: people under which nothing is told of how they pass their time.
public func touchEstimates(_ week: ClosedWeek, isStaffed: Bool, minimumGroup: Int) -> [MeasureValue] {
    var (unseen, completions): ([Int: Int64], [Int: Int64]) = ([:], [:])
    for row in week.rows.work where row.completions > 0 {
        unseen[row.stage, default: 0] += row.completions - row.touchCount
        completions[row.stage, default: 0] += row.completions
    }
    let rows = Dictionary(week.ownStageWeeks.map { ($0.stage, $0) }, uniquingKeysWith: { first, _ in first })
    return unseen.filter { $0.value > 0 }.keys.sorted().flatMap { stage -> [MeasureValue] in
        let found = rows[stage].flatMap { TouchEstimate($0.gaps, isStaffed: isStaffed) }
        let isShown = rows[stage].map { $0.finishers.entries.count >= minimumGroup } ?? false
        var touch = MeasureValue(window: week.window, stage: stage, measure: .touchEstimate)
        var coverage = MeasureValue(window: week.window, stage: stage, measure: .touchEstimateCoverage)
        if let found, isShown {
            // A fifth more or less, as for all work that is inferred.
            let mean = found.hours / found.completions
            (touch.value, touch.low, touch.high) = (mean, 0.8 * mean, 1.2 * mean)
            coverage.value = min(1, found.completions / Double(max(1, completions[stage, default: 0])))
        } else {
            let why = found == nil ? WeeklyMeasure.touchEstimate.input : "at least \(minimumGroup) people"
            (touch.missing, coverage.missing) = (why, why)
        }
        return [touch, coverage]
    }
}
