/// What an alert of a weekly rule says.
public struct WeeklyEvidence: Sendable, Equatable {
    public var rule: WeeklyRule
    /// The origin whose share it is; empty for all together.
    public var series: String
    /// The week's value, its 95 % interval (nil for effective numbers), what is usual, and where the alert begins.
    public var value: Double
    public var low: Double?
    public var high: Double?
    public var baseline: Double
    public var threshold: Double
    /// Weeks that the baseline is made of.
    public var baselineWeeks: Int
    /// When the condition first held, seconds since 1970 UTC.
    public var pendingSince: Int64
    /// The farthest value since then, and when.
    public var peak: Double
    public var peakAt: Int64
    /// Resolved because it has been so for a quarter: the baseline is made of the latest weeks from now on.
    public var isNewLevel = false
}

/// One weekly rule on one stage: the series by origin, and the life of the alert.
///
/// Pending in the first week in which the value leans beyond the threshold for any series; firing when it is there for
/// certain, or leans for a second week running, or for as long as the hold says; resolved after two calm weeks, or after
/// a quarter, as a new level. A week without a sample changes nothing.
public struct WeeklyMonitor: Sendable, Codable {
    private enum State: Sendable, Codable, Equatable {
        case quiet
        case pending(since: Int64, weeks: Int)
        case firing(since: Int64, weeks: Int, calmWeeks: Int)
    }

    /// After so many weeks what fires is how things are.
    private static let newLevelWeeks = 13
    private static let calmWeeksToResolve = 2

    public let rule: WeeklyRule
    /// Weeks running in which it must lean, beside what makes certain.
    private let holdWeeks: Int
    private var weeksSeen = 0
    private var baselines: [String: WeeklyBaseline] = [:]
    private var state = State.quiet
    private var peak = 0.0
    private var peakAt: Int64 = 0
    /// When the last alert was over.
    private var overSince = Int64.min

    /// - Parameter hold: declared time that the condition must hold (`for:`), seconds; judged in whole weeks.
    public init(rule: WeeklyRule, hold: Int64 = 0) {
        self.rule = rule
        holdWeeks = 1 + Int((hold + 604_799) / 604_800)
    }

    /// Takes the samples of a week, one a series.
    ///
    /// - Parameters:
    ///   - end: of the week, seconds: when the change of the alert is told.
    ///   - isPossible: false where the rule's other half does not hold: what is usual is learned, and nothing is told.
    public mutating func close(
        _ samples: [(series: String, sample: WeeklySample)], end: Int64, isPossible: Bool = true
    ) -> AlertTransition<WeeklyEvidence>? {
        if samples.isEmpty { return nil }
        weeksSeen += 1
        guard weeksSeen >= rule.weeksOfSample else { return nil }
        var worst: (series: String, judgement: WeeklyJudgement)?
        var isCalm = true
        for (series, sample) in samples where sample.count >= rule.leastCount {
            let usual = baselines[series]?.usual
            baselines[series, default: WeeklyBaseline()].append(sample)
            if let usual, let latest = baselines[series]?.latest(WeeklyMonitor.newLevelWeeks),
                usual.reduce(0, { $0 + $1.part }) >= rule.leastPart
            {
                var judgement = WeeklyJudgement(latest, usual: usual, rule: rule, since: overSince)
                if judgement.isOver || judgement.isLeaning { baselines[series]?.markAlarmed() }
                if !isPossible { (judgement.isOver, judgement.isLeaning) = (false, false) }
                isCalm = isCalm && judgement.isCalm
                let isWorse = worst.map { other in
                    judgement.isOver == other.judgement.isOver
                        ? judgement.excess > other.judgement.excess : judgement.isOver
                }
                if isWorse ?? true { worst = (series, judgement) }
            }
        }
        guard let worst else { return nil }
        return advance(worst.series, worst.judgement, isCalm: isCalm, end: end)
    }

    private mutating func advance(_ series: String, _ judgement: WeeklyJudgement, isCalm: Bool, end: Int64)
        -> AlertTransition<WeeklyEvidence>?
    {
        if state == .quiet || isFarther(judgement.value) { (peak, peakAt) = (judgement.value, end) }
        switch state {
        case .quiet:
            guard judgement.isOver || judgement.isLeaning else { return nil }
            return begin(series, judgement, since: end, weeks: 1, end: end)
        case .pending(let since, let weeks):
            guard judgement.isOver || judgement.isLeaning else {
                state = .quiet
                return .lapsed
            }
            return begin(series, judgement, since: since, weeks: weeks + 1, end: end)
        case .firing(let since, let weeks, let calmWeeks):
            let calm = isCalm ? calmWeeks + 1 : 0
            var evidence = evidence(series, judgement, since: since)
            if calm >= WeeklyMonitor.calmWeeksToResolve {
                (state, overSince) = (.quiet, end)
                return .resolved(evidence)
            }
            if weeks + 1 >= WeeklyMonitor.newLevelWeeks, !isCalm {
                (state, overSince) = (.quiet, end)
                for name in baselines.keys { baselines[name]?.accept() }
                evidence.isNewLevel = true
                return .resolved(evidence)
            }
            state = .firing(since: since, weeks: weeks + 1, calmWeeks: calm)
            return nil
        }
    }

    private mutating func begin(_ series: String, _ judgement: WeeklyJudgement, since: Int64, weeks: Int, end: Int64)
        -> AlertTransition<WeeklyEvidence>?
    {
        let evidence = evidence(series, judgement, since: since)
        if weeks >= holdWeeks, judgement.isOver || weeks >= 2 {
            state = .firing(since: since, weeks: 0, calmWeeks: 0)
            return .firing(evidence)
        }
        state = .pending(since: since, weeks: weeks)
        return weeks == 1 ? .pending(evidence) : nil
    }

    private func isFarther(_ value: Double) -> Bool {
        if case .belowShare = rule.margin { return value < peak }
        return value > peak
    }

    private func evidence(_ series: String, _ judgement: WeeklyJudgement, since: Int64) -> WeeklyEvidence {
        WeeklyEvidence(
            rule: rule, series: series, value: judgement.value, low: judgement.low, high: judgement.high,
            baseline: judgement.baseline, threshold: judgement.threshold, baselineWeeks: judgement.weeks,
            pendingSince: since, peak: peak, peakAt: peakAt)
    }
}
