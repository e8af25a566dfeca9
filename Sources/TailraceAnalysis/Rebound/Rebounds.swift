public import TailracePipeline

/// The rebound of one stage over the four weeks that have just closed.
public struct StageRebound: Sendable, Equatable {
    public var stage: Int
    /// Seconds.
    public var periodStart: Int64
    public var periodEnd: Int64
    public var rebound: Rebound
    /// The hours of making are estimates. Gaps between a person's events add up to the hours that the person is there:
    /// more items in as many hours look like quicker work whose saving is eaten. To be shown, and no alert.
    public var isMakingEstimated: Bool
}

/// Follows every stage that makes something, week by week, and compares four weeks with those before.
///
/// What they are compared with are eight weeks at least and 26 at most, without the last eight: four that are compared,
/// and four in which a change may be under way. Once a saving is seen, its baseline stays for half a year: a moving one
/// would forget what the saving was measured from.
public struct Rebounds: Sendable, Codable {
    fileprivate static let periodWeeks = 4
    fileprivate static let gapWeeks = 4
    fileprivate static let (leastWeeks, mostWeeks) = (8, 26)
    /// Fewest items a week, on average, that make a unit.
    fileprivate static let leastItems = 5.0

    fileprivate struct Series: Sendable, Codable {
        var weeks: [ReboundWeek] = []
        /// Kept while a saving is seen, and for how many weeks it has been.
        var frozen: [ReboundWeek] = []
        var frozenFor = 0
    }
    private var series: [Int: Series] = [:]
    private var routing = ReboundRouting()

    public init() {}

    /// Takes a closed week.
    ///
    /// - Parameters:
    ///   - outside: the stage that stands for where work enters.
    ///   - reviews: stages that are declared to review; others are told by their approvals.
    ///   - isStaffed: are working hours known?
    /// - Returns: one a stage whose making is measured, ascending by stage. Complexity: O(stages × pairs behind each).
    public mutating func close(_ week: ClosedWeek, outside: Int?, reviews: Set<Int> = [], isStaffed: Bool = false)
        -> [StageRebound]
    {
        routing.take(week.rows.handoffs)
        let work = StageWork.byStage(week, reviews: reviews, isStaffed: isStaffed)
        let graph = routing.graph
        for (stage, own) in work.sorted(by: { $0.key < $1.key }) where stage != outside && own.isMaking {
            series[stage, default: Series()].weeks.append(
                own.week(week.window.start, behind: graph.parts(behind: stage), work))
        }
        var found: [StageRebound] = []
        for stage in series.keys.sorted() {
            guard var own = series[stage] else { continue }
            // A week without making is one as well, or holidays would look like quicker making.
            if own.weeks.last?.week != week.window.start {
                own.weeks.append(ReboundWeek(week: week.window.start))
            }
            if let rebound = own.judge() {
                let period = own.weeks.suffix(Rebounds.periodWeeks)
                found.append(
                    StageRebound(
                        stage: stage, periodStart: period.first?.week ?? 0, periodEnd: week.window.end,
                        rebound: rebound, isMakingEstimated: own.weeks.contains { $0.isMakingEstimated }))
            }
            let kept = Rebounds.mostWeeks + Rebounds.gapWeeks + Rebounds.periodWeeks
            if own.weeks.count > kept { own.weeks.removeFirst(own.weeks.count - kept) }
            series[stage] = own.weeks.allSatisfy { $0.items == 0 } ? nil : own
        }
        return found
    }
}

extension Rebounds.Series {
    fileprivate mutating func judge() -> Rebound? {
        let settled = weeks.count - Rebounds.periodWeeks - Rebounds.gapWeeks
        let moving = settled >= Rebounds.leastWeeks ? Array(weeks[..<settled].suffix(Rebounds.mostWeeks)) : []
        let before = frozen.isEmpty ? moving : frozen
        let now = Array(weeks.suffix(Rebounds.periodWeeks))
        guard !before.isEmpty, now.count == Rebounds.periodWeeks,
            before.reduce(0, { $0 + $1.items }) >= Rebounds.leastItems * Double(before.count),
            now.reduce(0, { $0 + $1.items }) > 0
        else { return nil }
        // Hours that were seen and such that were estimated are not like for like.
        let bases = Set((before + now).filter { $0.items > 0 }.map(\.isMakingEstimated))
        guard bases.count == 1 else { return nil }
        let rebound = Rebound(before: before, now: now)
        frozenFor += 1
        if rebound.ratio == nil || frozenFor > Rebounds.mostWeeks {
            (frozen, frozenFor) = ([], 0)
        } else if frozen.isEmpty {
            (frozen, frozenFor) = (before, 0)
        }
        return rebound
    }
}

/// What a stage did in a week, in hours.
private struct StageWork {
    var firsts: Double = 0
    var completions: Double = 0
    var touched: Double = 0
    var touch: Double = 0
    var reworkTouch: Double = 0
    var approvals: Double = 0
    var automated: Double = 0
    var isDeclaredReview = false
    var estimate: TouchEstimate?

    var isReview: Bool { isDeclaredReview || (approvals > 0 && 5 * approvals >= completions) }
    /// No work was seen, and something tells how long it may have taken.
    var isEstimated: Bool { touched == 0 && estimate != nil }
    /// Made by people, with hours that are seen or estimated.
    var isMaking: Bool { !isReview && firsts > 0 && (touched > 0 || isEstimated) }
    /// Hours of all completions: those that were not seen are taken to be like those that were.
    var hours: Double {
        if touched > 0 { return touch * max(1, (completions - automated) / touched) }
        return estimate.map { $0.hours * max(1, (completions - automated) / $0.completions) } ?? 0
    }
    var reworkShare: Double {
        if touch > 0 { return reworkTouch / touch }
        return isEstimated && completions > 0 ? max(0, 1 - firsts / completions) : 0
    }

    static func byStage(_ week: ClosedWeek, reviews: Set<Int>, isStaffed: Bool) -> [Int: StageWork] {
        let rows = week.rows
        var found: [Int: StageWork] = [:]
        let hour = 3_600_000.0
        for row in rows.flow { found[row.stage, default: StageWork()].firsts += Double(row.firstCompletions) }
        for row in rows.work {
            var sum = found[row.stage] ?? StageWork()
            sum.completions += Double(row.completions)
            sum.automated += Double(min(row.completions, row.automatedCompletions))
            sum.touched += Double(row.touchCount)
            sum.touch += Double(row.touchSum) / hour
            sum.reworkTouch += Double(row.reworkTouchSum) / hour
            sum.approvals += Double(row.approvals)
            sum.isDeclaredReview = reviews.contains(row.stage)
            found[row.stage] = sum
        }
        for row in week.ownStageWeeks {
            found[row.stage]?.estimate = TouchEstimate(row.gaps, isStaffed: isStaffed)
        }
        return found
    }

    func week(_ start: Int64, behind parts: [(stage: Int, part: Double)], _ work: [Int: StageWork]) -> ReboundWeek {
        var week = ReboundWeek(week: start)
        week.items = firsts
        week.isMakingEstimated = isEstimated
        week.making = hours * (1 - reworkShare)
        week.rework = hours * reworkShare
        func add(_ other: StageWork, part: Double) {
            week.seen += part * other.touch
            week.completions += part * (other.completions - other.automated)
            week.seenCompletions += part * min(other.touched, other.completions - other.automated)
            if other.isEstimated { week.estimatedCompletions += part * (other.completions - other.automated) }
        }
        add(self, part: 1)
        for (stage, part) in parts {
            guard let other = work[stage] else { continue }
            add(other, part: part)
            if other.isReview { week.review += part * other.hours } else { week.downstream += part * other.hours }
        }
        return week
    }
}
