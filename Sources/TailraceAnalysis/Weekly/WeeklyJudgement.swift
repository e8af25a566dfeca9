import Glibc
import TailracePipeline

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
    var isOver = false
    var isLeaning = false
    /// Half way back to the baseline, or further.
    var isCalm = false
    /// How far beyond the threshold, in margins: the worst of several series is told.
    var excess = 0.0

    /// Normal quantiles of the two-sided intervals of 95 and 80 %.
    private static let (z95, z80) = (1.96, 1.28)
    /// More contents than this tell nothing more of their diversity, and take longer.
    private static let mostDrawn = 2000.0
    /// A log-likelihood CUSUM reaches h once in e^h steps at the most where nothing is wrong (Lorden, "Procedures for
    /// reacting to a change in distribution", Annals of Mathematical Statistics 42, 1971): ln(1,000 days / 7).
    private static let creepLimit = 4.96

    /// - Parameters:
    ///   - latest: the samples up to the judged one, ascending; never empty.
    ///   - usual: those that it is compared with; never empty.
    ///   - since: when the last alert was over: evidence from before it is spent.
    init(
        _ latest: ArraySlice<WeeklySample>, usual: ArraySlice<WeeklySample>, rule: WeeklyRule, since: Int64 = .min
    ) {
        let sample = WeeklySample(together: latest, weeks: rule.weeksTogether)
        weeks = usual.count
        value = sample.value
        baseline = usual.reduce(0) { $0 + $1.part } / usual.reduce(0) { $0 + $1.whole }
        threshold = baseline
        switch rule.margin {
        case .above(let margin):
            judge(sample, swing: Self.swing(usual, rule) { $0.value }, threshold: baseline + margin)
        case .times(let factor):
            // What never happened is not known to be impossible.
            let least = (usual.reduce(1) { $0 + $1.part }) / usual.reduce(0) { $0 + $1.whole }
            judge(sample, swing: Self.swing(usual, rule) { $0.value }, threshold: factor * max(baseline, least))
        case .creep(let factor): judgeCreep(latest.drop { $0.week < since }, usual, factor)
        case .hollow(let factor): judgeHollow(sample, usual, rule, factor)
        case .level(let factor, let floor): judgeLevel(sample, usual, rule, factor, floor)
        case .belowShare(let share): judgeDiversity(sample, usual, share)
        }
    }

    /// Standard deviation of what the weeks of the baseline have, for as many weeks as are judged together.
    private static func swing(
        _ usual: ArraySlice<WeeklySample>, _ rule: WeeklyRule, _ value: (WeeklySample) -> Double
    ) -> Double {
        let mean = usual.reduce(0) { $0 + value($1) } / Double(usual.count)
        let variance =
            usual.reduce(0) { $0 + (value($1) - mean) * (value($1) - mean) } / Double(max(1, usual.count - 1))
        return (variance / Double(rule.weeksTogether)).squareRoot()
    }

    /// A value that must not rise. Counting is not all that is uncertain: weeks differ, and nothing is wrong.
    private mutating func judge(_ sample: WeeklySample, swing: Double, threshold: Double) {
        self.threshold = threshold
        let interval = sample.interval
        low = max(0, min(interval.low, value - Self.z95 * swing))
        high = max(interval.high, value + Self.z95 * swing)
        if sample.part <= sample.whole { high = min(1, high ?? 1) }
        isOver = (low ?? value) > threshold
        isLeaning = min(interval.low, value - Self.z80 * swing) > threshold
        isCalm = value < (baseline + threshold) / 2
        excess = (value - threshold) / max(threshold - baseline, 1e-9)
    }

    /// A level that must not rise by so much; one week alone may be anything.
    private mutating func judgeLevel(
        _ sample: WeeklySample, _ usual: ArraySlice<WeeklySample>, _ rule: WeeklyRule, _ factor: Double, _ floor: Double
    ) {
        var levels = usual.map(\.value)
        baseline = quantile(0.5, of: &levels)
        threshold = max(floor, factor * baseline)
        let swing = Self.swing(usual, rule) { $0.value }
        isLeaning = value > threshold && value > baseline + Self.z95 * swing
        isCalm = value < (baseline + threshold) / 2
        excess = (value - threshold) / max(threshold - baseline, 1e-9)
    }

    /// Counts of rare events: log-likelihood of a raised rate against the usual one, summed from the week from which it
    /// is largest, and divided by how much more the weeks differ than counting explains.
    private mutating func judgeCreep(
        _ latest: ArraySlice<WeeklySample>, _ usual: ArraySlice<WeeklySample>, _ factor: Double
    ) {
        let rate = usual.reduce(1) { $0 + $1.part } / usual.reduce(0) { $0 + $1.whole }
        let dispersion = usual.reduce(0.0) {
            let expected = rate * $1.whole
            return $0 + ($1.part - expected) * ($1.part - expected) / max(expected, 1e-9)
        }
        let excessOfVariance = max(1, dispersion / Double(max(1, usual.count - 1)))
        var sum = 0.0
        for sample in latest {
            sum += (sample.part * log(factor) - (factor - 1) * rate * sample.whole) / excessOfVariance
            sum = max(0, sum)
        }
        let interval = latest.last?.interval
        (low, high) = (interval?.low, interval?.high)
        threshold = factor * rate
        isOver = sum > Self.creepLimit
        isCalm = value < (1 + factor) / 2 * rate
        excess = sum / Self.creepLimit - 1
    }

    /// More is done and less comes of it: the value is the opening of the scissors, in nats.
    private mutating func judgeHollow(
        _ sample: WeeklySample, _ usual: ArraySlice<WeeklySample>, _ rule: WeeklyRule, _ factor: Double
    ) {
        let span = Double(rule.weeksTogether)
        let usualVolume = usual.reduce(0) { $0 + $1.whole } / Double(usual.count)
        let volume = sample.whole / span
        let volumeSwing = max(Self.swing(usual, rule) { $0.whole }, (volume / span).squareRoot())
        let rateSwing = Self.swing(usual, rule) { $0.value }
        let (leastVolume, mostVolume) = (volume - Self.z95 * volumeSwing, volume + Self.z95 * volumeSwing)
        let leastRate = min(sample.interval.low, sample.value - Self.z95 * rateSwing)
        let mostRate = max(sample.interval.high, sample.value + Self.z95 * rateSwing)
        func opening(_ volume: Double, _ rate: Double) -> Double {
            // A response that has ceased is as good as half a reply: the logarithm of nothing is no number.
            let least = 0.5 / max(sample.whole, 1)
            return log(max(volume, 0.5) / usualVolume) - log(max(rate, least) / max(baseline, least))
        }
        // What is usual is known from so many weeks and things only, and four weeks are judged again with each.
        let usualRate = WeeklySample(together: usual, weeks: usual.count)
        let usualSwing = rateSwing * (span / Double(usual.count)).squareRoot()
        let leastUsual = min(usualRate.interval.low, baseline - Self.z95 * usualSwing)
        let isOpen = leastVolume > factor * usualVolume && mostRate < leastUsual
        isCalm = volume < (1 + factor) / 2 * usualVolume || mostRate >= baseline
        isLeaning = isOpen
        value = opening(volume, sample.value)
        (low, high) = (opening(leastVolume, mostRate), opening(mostVolume, leastRate))
        (baseline, threshold) = (0, log(factor))
        excess = value / threshold - 1
    }

    private mutating func judgeDiversity(
        _ sample: WeeklySample, _ usual: ArraySlice<WeeklySample>, _ share: Double
    ) {
        // All at one size: the smallest of them.
        let drawn = usual.reduce(min(sample.whole, Self.mostDrawn)) { min($0, $1.whole) }
        value = rarefiedNumber(sample, to: drawn)
        var numbers = usual.map { rarefiedNumber($0, to: drawn) }
        baseline = quantile(0.5, of: &numbers)
        threshold = share * baseline
        isLeaning = value < threshold
        isCalm = value > (1 + share) / 2 * baseline
        excess = (threshold - value) / max(threshold, 1e-9)
    }
}
