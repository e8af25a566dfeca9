/// What became of a saving: of the hours that quicker making should have saved, how many were saved.
///
/// R = 1 − realised saving / expected saving. Under 0 more was saved than expected; up to 1 the saving was eaten in
/// part; beyond, it backfired (Khazzoom 1980, Brookes 1979; Sorrell & Dimitropoulos, "The rebound effect:
/// microeconomic definitions, limitations and extensions", Ecological Economics 65, 2008).
public struct Rebound: Sendable, Equatable {
    /// Hours a week: what quicker making would save if nothing else changed, and what was saved.
    public var expected: Double
    public var realised: Double
    /// 90 % interval of `expected`: where it holds 0, there is no saving to speak of.
    public var expectedLow: Double
    public var expectedHigh: Double
    /// Nil where there is no measurable saving.
    public var ratio: Double?
    /// 90 % interval: bootstrap over the weeks of both sides, and a fifth more or less for what was not seen.
    public var low: Double?
    public var high: Double?
    /// What the ratio is made of; they add up to it.
    public var volume: Double?
    public var review: Double?
    public var rework: Double?
    public var downstream: Double?
    /// Share of the completions, in all stages together, whose work was seen.
    public var coverage: Double
    /// Share of them whose work was estimated; it is not in `coverage`.
    public var estimated: Double

    public enum Verdict: String, Sendable {
        case noSaving = "no measurable unit saving"
        case backfire = "backfire"
        case partial = "partial"
        case saving = "saving"
        case superConservation = "super-conservation"
        case uncertain = "uncertain"
    }

    public var verdict: Verdict {
        guard let ratio, let low, let high else { return .noSaving }
        if low > 1 { return .backfire }
        if high < 0 { return .superConservation }
        if ratio > 1 || ratio < 0 || high - low > 1 { return .uncertain }
        return low > 0.1 ? .partial : .saving
    }

    private static let replications = 400
    private static let edge = 0.05

    /// - Parameters:
    ///   - before: weeks before the change; never empty.
    ///   - now: the weeks that are compared with them; never empty.
    ///   - seed: of the bootstrap; the same weeks and seed give the same interval.
    /// - Complexity: O(weeks × replications).
    public init(before: [ReboundWeek], now: [ReboundWeek], seed: UInt64 = 1) {
        let point = Sums(before, now)
        (expected, realised) = (point.expected, point.realised)
        let completions = (before + now).reduce(0) { $0 + $1.completions }
        coverage = completions > 0 ? (before + now).reduce(0) { $0 + $1.seenCompletions } / completions : 0
        estimated = completions > 0 ? (before + now).reduce(0) { $0 + $1.estimatedCompletions } / completions : 0
        var random = RandomSource(seed: seed, run: 0, stream: 0)
        let sides = [Side(before), Side(now)]
        var (savings, ratios): ([Double], [Double]) = ([], [])
        for _ in 0..<Rebound.replications {
            // What was not seen may have taken a fifth more or less than what was, in both spans.
            let unseen = [0.8, 1, 1.2][random.below(3)]
            let sums = Sums(
                Rebound.resampled(sides[0], like: sides, &random, unseen),
                Rebound.resampled(sides[1], like: sides, &random, unseen))
            savings.append(sums.expected)
            if sums.expected > 0 { ratios.append(1 - sums.realised / sums.expected) }
        }
        savings.sort()
        (expectedLow, expectedHigh) = (Rebound.at(Rebound.edge, savings), Rebound.at(1 - Rebound.edge, savings))
        guard expected > 0, expectedLow > 0 else { return }
        ratios.sort()
        ratio = 1 - realised / expected
        (low, high) = (Rebound.at(Rebound.edge, ratios), Rebound.at(1 - Rebound.edge, ratios))
        volume = (point.items.now - point.items.before) * point.unit.now / expected
        review = (point.review.now - point.review.before) / expected
        rework = (point.rework.now - point.rework.before) / expected
        downstream = (point.downstream.now - point.downstream.before) / expected
    }

    private static func at(_ share: Double, _ sorted: [Double]) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }

    /// Weeks like those of a side: its means, times how a week drawn from either side differs from the means of its own.
    ///
    /// Four weeks alone are too few to tell how much weeks differ: their bootstrap is too narrow by a third.
    private static func resampled(
        _ side: Side, like others: [Side], _ random: inout RandomSource, _ unseen: Double
    ) -> [ReboundWeek] {
        let count = others.reduce(0) { $0 + $1.weeks.count }
        return side.weeks.map { _ in
            var place = random.below(count)
            var donor = others[0]
            for other in others {
                donor = other
                if place < other.weeks.count { break }
                place -= other.weeks.count
            }
            let drawn = donor.weeks[min(place, donor.weeks.count - 1)]
            let factor = side.seen + (1 - side.seen) * unseen
            var week = ReboundWeek(week: 0)
            week.items = donor.scaled(drawn, side, \.items)
            week.making = factor * donor.scaled(drawn, side, \.making)
            week.review = factor * donor.scaled(drawn, side, \.review)
            week.rework = factor * donor.scaled(drawn, side, \.rework)
            week.downstream = factor * donor.scaled(drawn, side, \.downstream)
            return week
        }
    }

    /// The weeks of one side and their means.
    private struct Side {
        let weeks: [ReboundWeek]
        private let mean: ReboundWeek
        /// Share of the hours that was seen.
        let seen: Double
        /// What is missing of the spread of so few weeks.
        private let widening: Double

        init(_ weeks: [ReboundWeek]) {
            self.weeks = weeks
            let count = Double(max(1, weeks.count))
            func mean(_ value: (ReboundWeek) -> Double) -> Double { weeks.reduce(0) { $0 + value($1) } / count }
            var middle = ReboundWeek(week: 0)
            (middle.items, middle.making, middle.review) = (mean(\.items), mean(\.making), mean(\.review))
            (middle.rework, middle.downstream) = (mean(\.rework), mean(\.downstream))
            self.mean = middle
            let hours = mean(\.hours)
            seen = hours > 0 ? min(1, mean(\.seen) / hours) : 1
            widening = count > 1 ? (count / (count - 1)).squareRoot() : 1
        }

        /// A value of the other side's mean that differs from it as a week of this side does from this mean.
        func scaled(_ week: ReboundWeek, _ other: Side, _ value: KeyPath<ReboundWeek, Double>) -> Double {
            let own = mean[keyPath: value]
            guard own > 0 else { return other.mean[keyPath: value] }
            return max(0, other.mean[keyPath: value] * (1 + widening * (week[keyPath: value] / own - 1)))
        }
    }

    /// Means of a week on both sides.
    private struct Sums {
        var items: (before: Double, now: Double)
        /// Making hours of an item.
        var unit: (before: Double, now: Double)
        var review: (before: Double, now: Double)
        var rework: (before: Double, now: Double)
        var downstream: (before: Double, now: Double)
        var expected: Double
        var realised: Double

        init(_ before: [ReboundWeek], _ now: [ReboundWeek]) {
            func mean(_ value: (ReboundWeek) -> Double) -> (before: Double, now: Double) {
                (
                    before.reduce(0) { $0 + value($1) } / Double(max(1, before.count)),
                    now.reduce(0) { $0 + value($1) } / Double(max(1, now.count))
                )
            }
            items = mean(\.items)
            let making = mean(\.making)
            unit = (
                items.before > 0 ? making.before / items.before : 0, items.now > 0 ? making.now / items.now : 0
            )
            (review, rework, downstream) = (mean(\.review), mean(\.rework), mean(\.downstream))
            let hours = mean(\.hours)
            expected = (unit.before - unit.now) * items.before
            realised = hours.before - hours.now
        }
    }
}
