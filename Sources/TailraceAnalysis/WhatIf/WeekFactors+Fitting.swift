import Glibc

extension StageGraph {
    /// Learns how each week differed from the mean, beyond what chance does to counts, and how far levels wander.
    /// O(stages × hours + routes × weeks).
    mutating func fitWeeks(_ records: [StageRecord], _ spans: [StageSpan], weeks range: Range<Int>) {
        var factors = [WeekFactors](repeating: WeekFactors(stages: stages.count), count: range.count)
        var (intakes, reworks, paces) = ([CountRatios](), [CountRatios](), [CountRatios]())
        let finished = records.map { record in range.map { StageSpan.sum(record.finished, week: $0) } }
        // What the stages before have finished, at their mean shares.
        var given = records.map { _ in [Double](repeating: 0, count: range.count) }
        for place in stages.indices {
            for route in stages[place].routes where route.target != place {
                for week in range.indices {
                    given[route.target][week - range.lowerBound] +=
                        route.share * finished[place][week - range.lowerBound]
                }
            }
        }
        for (place, record) in records.enumerated() {
            let stage = stages[place]
            let first = spans[place].firstHour / 168 - range.lowerBound
            let share = stage.routes.first { $0.target == place }?.share ?? 0
            let alive = first..<range.count
            let entered = alive.map { StageSpan.sum(record.entered, week: range.lowerBound + $0) }
            let returned = alive.map { StageSpan.sum(record.returned, week: range.lowerBound + $0) }
            let done = alive.map { finished[place][$0] }
            let intake = CountRatios(entered, over: alive.map { stage.outsidePerWeek + given[place][$0] })
            let rework = CountRatios(returned, over: done.map { $0 * share })
            let pace = CountRatios(
                done,
                over: alive.map {
                    let week = range.lowerBound + $0
                    return stage.expected(record, week * 168..<week * 168 + 168)
                })
            for (week, back) in alive.enumerated() {
                factors[back].intake[place] = intake.factors[week]
                factors[back].rework[place] = rework.factors[week]
                factors[back].pace[place] = pace.factors[week]
            }
            intakes.append(intake)
            reworks.append(rework)
            paces.append(pace)
        }
        weeks = factors
        drift.intake = CountRatios.drift(intakes)
        drift.rework = CountRatios.drift(reworks)
        drift.pace = CountRatios.drift(paces)
    }
}

/// Counts by week over what was expected, with mean one.
struct CountRatios {
    /// Drawn together by as much as Poisson counts scatter anyway (the method-of-moments shrinkage of DerSimonian and
    /// Laird, 1986), so that the simulation does not add chance to chance.
    let factors: [Double]
    /// As they are; nil where nothing was expected.
    private let raw: [Double?]
    /// Variance of each by chance alone.
    private let chance: [Double]

    init(_ counts: [Double], over expected: [Double]) {
        let total = expected.reduce(0, +)
        let level = total > 0 ? counts.reduce(0, +) / total : 0
        raw = zip(counts, expected).map { count, expected in
            level > 0 && expected > 0 ? count / (expected * level) : nil
        }
        chance = expected.map { level > 0 && $0 > 0 ? 1 / ($0 * level) : 0 }
        let known = raw.compactMap { $0 }
        let squares = known.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / Double(max(1, known.count - 1))
        guard known.count > 1, squares > 0 else {
            factors = counts.map { _ in 1 }
            return
        }
        let excess = max(0, squares - chance.reduce(0, +) / Double(known.count))
        let shrink = (excess / squares).squareRoot()
        // A week in which nothing moved was a week without the stage; work all but stops, and the clock goes on.
        factors = raw.map { ratio in ratio.map { max(0.05, 1 + ($0 - 1) * shrink) } ?? 1 }
    }

    private static let lag = 4

    /// Standard deviation of a week's step of the level, pooled over stages: weeks that lie four apart differ by more
    /// than neighbours do, by three steps' variance (the variogram of a random walk with noise: Harvey, "Forecasting,
    /// Structural Time Series Models and the Kalman Filter", 1989). 0 with fewer than six weeks.
    static func drift(_ ratios: [CountRatios]) -> Double {
        let (near, far) = (variogram(ratios, lag: 1), variogram(ratios, lag: lag))
        guard let near, let far else { return 0 }
        return (max(0, far - near) / Double(lag - 1)).squareRoot()
    }

    private static func variogram(_ ratios: [CountRatios], lag: Int) -> Double? {
        var (sum, weights) = (0.0, 0.0)
        for series in ratios where series.raw.count >= lag + 2 {
            for week in lag..<series.raw.count {
                guard let now = series.raw[week], let before = series.raw[week - lag] else { continue }
                let chance = series.chance[week] + series.chance[week - lag]
                // A difference of shares: 0.05 is what remains of it where counts are large.
                let weight = 1 / (chance + 0.05)
                sum += weight * ((now - before) * (now - before) - chance)
                weights += weight
            }
        }
        return weights > 0 ? sum / weights : nil
    }
}

extension StageNode {
    /// What the stage would have finished in these hours at its usual pace.
    func expected(_ record: StageRecord, _ hours: Range<Int>) -> Double {
        let ceiling = capacityPerHour ?? .infinity
        var sum = 0.0
        for hour in hours where calendar.isStaffed[hour % 168] {
            let before = hour > 0 ? record.backlog[hour - 1] : -1
            guard before >= 0 else { continue }
            // What enters within the hour is there for half of it.
            let present = Double(before) + 0.5 * Double(record.entered[hour] + record.returned[hour])
            sum += min(ceiling, throughHours > 0.5 ? present / throughHours : present)
        }
        return sum
    }
}
