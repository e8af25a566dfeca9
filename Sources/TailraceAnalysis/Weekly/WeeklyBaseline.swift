/// What a series usually is: the weeks before, without alarmed ones and without the latest.
///
/// The baseline moves, so that a slow and healthy change is no alarm for ever; it moves with a gap, so that what grows
/// week by week does not hide itself.
struct WeeklyBaseline: Sendable, Equatable, Codable {
    /// Fewest weeks that tell what is usual.
    static let leastWeeks = 8
    /// Half a year: older weeks are of another time.
    static let mostWeeks = 26
    /// Weeks before the judged one that are left out where there are enough others.
    static let gapWeeks = 4

    /// The weeks seen, ascending; alarmed ones among them.
    private(set) var weeks: [WeeklySample] = []

    /// The weeks that a value is compared with; nil while there are too few.
    var usual: ArraySlice<WeeklySample>? {
        let calm = weeks.filter { !$0.isAlarmed }
        guard calm.count >= WeeklyBaseline.leastWeeks else { return nil }
        let settled = max(WeeklyBaseline.leastWeeks, calm.count - WeeklyBaseline.gapWeeks)
        return calm[..<settled].suffix(WeeklyBaseline.mostWeeks)
    }

    mutating func append(_ sample: WeeklySample) {
        weeks.append(sample)
        // Alarmed weeks lie beside the ones that are used.
        let kept = 2 * (WeeklyBaseline.mostWeeks + WeeklyBaseline.gapWeeks)
        if weeks.count > kept { weeks.removeFirst(weeks.count - kept) }
    }

    /// Lives with what is: the latest weeks are the usual from now on.
    mutating func accept() {
        weeks = weeks.suffix(WeeklyBaseline.leastWeeks)
        for place in weeks.indices { weeks[place].isAlarmed = false }
    }
}

/// One value beside what is usual.
struct WeeklyJudgement: Sendable, Equatable {
    var value: Double
    /// 95 % interval of the value, its weekly ups and downs included; nil for effective numbers.
    var low: Double?
    var high: Double?
    var baseline: Double
    var threshold: Double
    var weeks: Int
    /// Beyond the threshold for certain, or by what two such weeks running make certain.
    var isOver: Bool
    var isLeaning: Bool
    /// Half way back to the baseline, or further.
    var isCalm: Bool
    /// How far beyond the threshold, in margins: the worst of several series is told.
    var excess: Double

    /// More contents than this tell nothing more of their diversity, and take longer.
    private static let mostDrawn = 2000.0

    init(_ sample: WeeklySample, usual: ArraySlice<WeeklySample>, rule: WeeklyRule) {
        weeks = usual.count
        switch rule.margin {
        case .above(let margin):
            value = sample.value
            baseline = usual.reduce(0) { $0 + $1.part } / usual.reduce(0) { $0 + $1.whole }
            let mean = usual.reduce(0) { $0 + $1.value } / Double(usual.count)
            let variance = usual.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / Double(usual.count - 1)
            // Counting is not all that is uncertain: weeks differ, and nothing is wrong.
            let swing = variance.squareRoot()
            let interval = sample.interval ?? (value, value)
            low = max(0, min(interval.low, value - 1.96 * swing))
            high = min(1, max(interval.high, value + 1.96 * swing))
            threshold = baseline + margin
            isOver = (low ?? value) > threshold
            isLeaning = min(interval.low, value - 1.28 * swing) > threshold
            isCalm = value < baseline + margin / 2
            excess = (value - threshold) / margin
        case .belowShare(let share):
            // All at one size: the smallest of them.
            let drawn = usual.reduce(min(sample.whole, WeeklyJudgement.mostDrawn)) { min($0, $1.whole) }
            value = rarefiedNumber(sample, to: drawn)
            var numbers = usual.map { rarefiedNumber($0, to: drawn) }
            baseline = quantile(0.5, of: &numbers)
            threshold = share * baseline
            isOver = false
            isLeaning = value < threshold
            isCalm = value > (1 + share) / 2 * baseline
            excess = (threshold - value) / max(threshold, 1e-9)
        }
    }
}
