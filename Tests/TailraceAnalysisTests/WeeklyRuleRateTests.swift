import Glibc
import TailracePipeline
import TestSupport
import Testing

@testable import TailraceAnalysis

/// How often a weekly rule tells of nothing, and how soon of something. Each seed is a stage of its own size and swing.
@Suite struct WeeklyRuleRateTests {
    private static let week: Int64 = 604_800

    /// A stage whose weeks differ by chance and by themselves: things a week, and the share of them that counts.
    private struct Stage {
        var generator: SplitMix64
        let things: Double
        let share: Double
        /// Weeks differ by so much more than chance explains.
        let swing: Double

        init(seed: UInt64, things: ClosedRange<Int>, share: Double) {
            generator = SplitMix64(seed: seed)
            self.things = Double(things.lowerBound + generator.below(things.count))
            self.share = share
            swing = Double(seed % 5) * 0.08
        }

        /// A week in which both are as many times their usual.
        mutating func sample(_ place: Int, volume: Double = 1, rate: Double = 1) -> WeeklySample? {
            let swung = 1 + swing * (2 * Double(generator.below(1001)) / 1000 - 1)
            let whole = max(1, Int(things * volume * swung))
            let chance = Int(
                1_000_000 * min(1, share * rate * (1 + swing * (2 * Double(generator.below(1001)) / 1000 - 1))))
            let part = (0..<whole).reduce(0) { sum, _ in sum + (generator.below(1_000_000) < chance ? 1 : 0) }
            return WeeklySample(
                week: Int64(place) * WeeklyRuleRateTests.week, part: Double(part), whole: Double(whole),
                count: Double(whole))
        }
    }

    /// The weeks in which an alert began to fire.
    private func fired(_ rule: WeeklyRule, _ weeks: Int, _ sample: (Int) -> WeeklySample?) -> [Int] {
        var monitor = WeeklyMonitor(rule: rule)
        return (0..<weeks).filter { place in
            guard let sample = sample(place) else { return false }
            if case .firing = monitor.close([("", sample)], end: sample.week + WeeklyRuleRateTests.week) { return true }
            return false
        }
    }

    private func stage(_ rule: WeeklyRule, seed: UInt64) -> Stage {
        switch rule {
        case .hollowVolume: Stage(seed: seed, things: 40...400, share: 0.3)
        case .harmCreep: Stage(seed: seed, things: 500...4000, share: 0.004)
        case .decoupling: Stage(seed: seed, things: 40...300, share: 0.1)
        default: Stage(seed: seed, things: 30...300, share: 0.1)
        }
    }

    /// At most one in fifty stage-quarters; of harm, one in 1,000 days.
    @Test(
        arguments: [
            (.hollowVolume, 16), (.harmCreep, 73), (.reworkExpansion, 16), (.decoupling, 16), (.afterHours, 16),
        ] as [(WeeklyRule, Int)])
    func `Over two hundred years in which nothing happens hardly anything is told`(rule: WeeklyRule, most: Int) {
        var alerts = 0
        for seed in 1...200 as ClosedRange<UInt64> {
            var stage = stage(rule, seed: seed)
            alerts += fired(rule, 52) { stage.sample($0) }.count
        }
        print("\(rule.rawValue): \(alerts) false alerts in 200 stage-years, seeds 1 to 200")
        #expect(alerts <= most)
    }

    @Test(arguments: [.hollowVolume, .decoupling] as [WeeklyRule])
    func `Growth that is answered as before is no hollow volume`(rule: WeeklyRule) {
        var alerts = 0
        for seed in 1...100 as ClosedRange<UInt64> {
            var stage = stage(rule, seed: seed)
            alerts += fired(rule, 40) { stage.sample($0, volume: 1 + 0.06 * Double(max(0, $0 - 12))) }.count
        }
        print("\(rule.rawValue): \(alerts) false alerts in 100 growing stages, seeds 1 to 100")
        #expect(alerts <= 8)
    }

    /// Went wrong: what had been summed up outlived its alert, which fired again at once over healthy weeks.
    @Test func `Harm that is over is over`() {
        var (during, after) = (0, 0)
        for seed in 501...600 as ClosedRange<UInt64> {
            var stage = stage(.harmCreep, seed: seed)
            let found = fired(.harmCreep, 40) { stage.sample($0, rate: (14..<20).contains($0) ? 3 : 1) }
            during += found.contains { (14..<20).contains($0) } ? 1 : 0
            after += found.count { $0 >= 20 }
        }
        print("harm-creep: \(during) of 100 episodes found, \(after) alerts in the 20 weeks after, seeds 501 to 600")
        #expect(during >= 95)
        // One in 1,000 days.
        #expect(after <= 14)
    }

    /// The level of a week: a p85 of so many lognormal times, or the spread between people.
    private struct Levels {
        var generator: SplitMix64
        let cases: Int
        let swing: Double

        init(seed: UInt64) {
            generator = SplitMix64(seed: seed)
            cases = 15 + generator.below(150)
            swing = Double(seed % 5) * 0.06
        }

        /// A week in which everything takes so many times as long.
        mutating func sample(_ place: Int, times: Double = 1) -> WeeklySample? {
            let swung = times * (1 + swing * (2 * Double(generator.below(1001)) / 1000 - 1))
            var hours = (0..<cases).map { _ in
                // Nearly normal: the sum of twelve.
                let z = (0..<12).reduce(-6.0) { sum, _ in sum + Double(generator.below(1_000_000)) / 1_000_000 }
                return 6 * swung * exp(0.7 * z)
            }
            return WeeklySample(
                week: Int64(place) * WeeklyRuleRateTests.week, part: quantile(0.85, of: &hours) * Double(cases),
                whole: Double(cases), count: Double(cases))
        }
    }

    /// One in fifty stage-quarters at most.
    @Test func `Times that swing as ever are no longer way`() {
        var alerts = 0
        for seed in 1...200 as ClosedRange<UInt64> {
            var levels = Levels(seed: seed)
            alerts += fired(.timeToSend, 52) { levels.sample($0) }.count
        }
        print("time-to-send: \(alerts) false alerts in 200 stage-years, seeds 1 to 200")
        #expect(alerts <= 16)
    }

    @Test func `A way that takes twice as long is told`() {
        var delays: [Int] = []
        for seed in 301...400 as ClosedRange<UInt64> {
            var levels = Levels(seed: seed)
            let found = fired(.timeToSend, 27) {
                levels.sample($0, times: 1 + min(1, Double(max(0, $0 - 13)) / 6))
            }
            if let first = found.first(where: { $0 >= 14 }) { delays.append(first - 14) }
        }
        delays.sort()
        print("time-to-send: \(delays.count) of 100 found, half within \(delays[delays.count / 2]), seeds 301 to 400")
        #expect(delays.count >= 90)
    }

    /// A stage of eight to thirty people, who finish what comes by chance and by their own pace.
    private func peopleShare(_ generator: inout SplitMix64, paces: [Double], perWeek: Int) -> WeeklySample? {
        var tally = Tally()
        let sum = paces.reduce(0, +)
        for _ in 0..<4 * perWeek {
            var left = Double(generator.below(1_000_000)) / 1_000_000 * sum
            let who = paces.firstIndex { pace in
                left -= pace
                return left < 0
            }
            tally.add(UInt64(who ?? 0) + 1)
        }
        return PeopleShares(tally)?.spread.flatMap {
            WeeklySample(week: 0, part: $0 * 100, whole: 100, count: 100)
        }
    }

    @Test func `A few who become five times faster are told, and people who differ as ever are not`() {
        var (quiet, found) = (0, 0)
        for seed in 1...100 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            let usual = (0..<8 + generator.below(22)).map { _ in 0.6 + Double(generator.below(900)) / 1000 }
            let perWeek = usual.count * (3 + generator.below(10))
            func week(_ place: Int, _ paces: [Double]) -> WeeklySample? {
                var sample = peopleShare(&generator, paces: paces, perWeek: perWeek)
                sample?.week = Int64(place) * WeeklyRuleRateTests.week
                return sample
            }
            quiet += fired(.twoSpeed, 52) { week($0, usual) }.count
            let fast = usual.enumerated().map { $0.offset < max(2, usual.count / 5) ? 5 * $0.element : $0.element }
            found += fired(.twoSpeed, 30) { week($0, $0 < 16 ? usual : fast) }.contains { $0 >= 16 } ? 1 : 0
        }
        print("two-speed: \(quiet) false alerts in 100 stage-years, \(found) of 100 changes found, seeds 1 to 100")
        #expect(quiet <= 8)
        #expect(found >= 80)
    }

    /// What happens, how much of it is found within a quarter, and in how many weeks half of it.
    @Test(
        arguments: [
            (.hollowVolume, 3.0, 0.3, 95, 4), (.decoupling, 3, 1.0 / 3, 85, 5), (.harmCreep, 1, 3, 95, 3),
            (.reworkExpansion, 1, 2.5, 80, 3), (.afterHours, 1, 2.5, 80, 4),
        ] as [(WeeklyRule, Double, Double, Int, Int)])
    func `What happens is told`(rule: WeeklyRule, volume: Double, rate: Double, least: Int, weeks: Int) {
        var delays: [Int] = []
        for seed in 301...400 as ClosedRange<UInt64> {
            var stage = stage(rule, seed: seed)
            let found = fired(rule, 27) { place in
                // Within six weeks, then it stays.
                let progress = min(1, Double(max(0, place - 13)) / 6)
                return stage.sample(place, volume: 1 + (volume - 1) * progress, rate: 1 + (rate - 1) * progress)
            }
            if let first = found.first(where: { $0 >= 14 }) { delays.append(first - 14) }
        }
        delays.sort()
        let median = delays.isEmpty ? -1 : delays[delays.count / 2]
        print("\(rule.rawValue): \(delays.count) of 100 found within 13 weeks, half within \(median), seeds 301 to 400")
        #expect(delays.count >= least)
        #expect(median <= weeks)
    }
}
