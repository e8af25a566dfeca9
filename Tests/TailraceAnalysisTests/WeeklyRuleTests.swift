import Foundation
import TailracePipeline
import TestSupport
import Testing

@testable import TailraceAnalysis

@Suite struct WeeklyRuleTests {
    private static let week: Int64 = 604_800

    /// Weeks of shares of a hundred items, with chance in each.
    private func shares(_ generator: inout SplitMix64, _ shares: [Double]) -> [WeeklySample] {
        shares.enumerated().compactMap { place, share in
            let hits = (0..<100).reduce(0) { sum, _ in sum + (generator.below(1000) < Int(share * 1000) ? 1 : 0) }
            return WeeklySample(
                week: Int64(place) * WeeklyRuleTests.week, part: Double(hits) * 50, whole: 5000, count: 100)
        }
    }

    /// Weeks, counted from one, in which an alert began to fire, and in which one was over.
    private func life(_ rule: WeeklyRule, _ samples: [WeeklySample], hold: Int64 = 0) -> (fired: [Int], over: [Int]) {
        var monitor = WeeklyMonitor(rule: rule, hold: hold)
        var (fired, over): ([Int], [Int]) = ([], [])
        for (place, sample) in samples.enumerated() {
            switch monitor.close([("", sample)], end: sample.week + WeeklyRuleTests.week) {
            case .firing: fired.append(place + 1)
            case .resolved: over.append(place + 1)
            default: break
            }
        }
        return (fired, over)
    }

    @Test func `A jump of the share is told in its first week, and is over two weeks after the share has fallen`() {
        var generator = SplitMix64(seed: 3)
        let found = life(
            .redundancySurge,
            shares(&generator, Array(repeating: 0.1, count: 12) + [0.5, 0.5, 0.5] + Array(repeating: 0.1, count: 6)))
        #expect(found.fired == [13] && found.over == [17])
    }

    @Test func `Nothing is told before eight whole weeks have been seen`() {
        var generator = SplitMix64(seed: 4)
        let found = life(.redundancySurge, shares(&generator, [0, 0, 0, 0, 0.9, 0.9, 0.9]))
        #expect(found.fired == [])
    }

    @Test func `A share that grows slowly is told all the same`() {
        var generator = SplitMix64(seed: 5)
        let found = life(.redundancySurge, shares(&generator, (0..<40).map { 0.05 + 0.012 * Double($0) }))
        #expect(!found.fired.isEmpty)
    }

    @Test func `A lasting change is accepted after a quarter, and the next one is told again`() {
        var generator = SplitMix64(seed: 6)
        let calm = Array(repeating: 0.05, count: 10)
        let samples = shares(
            &generator, calm + Array(repeating: 0.4, count: 30) + Array(repeating: 0.8, count: 5))
        let found = life(.redundancySurge, samples)
        #expect(found.fired == [11, 41] && found.over == [24])
    }

    @Test func `A hold of three weeks is waited for`() {
        var generator = SplitMix64(seed: 7)
        let samples = shares(&generator, Array(repeating: 0.1, count: 10) + Array(repeating: 0.6, count: 6))
        #expect(life(.redundancySurge, samples, hold: 2 * 604_800).fired == [13])
    }

    @Test func `Over four hundred years in which nothing happens hardly anything is told`() {
        var alerts = 0
        for seed in 1...400 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            // Weeks swing by themselves, from stage to stage more or less.
            let swing = Int(seed % 12) * 10
            let samples = shares(
                &generator, (0..<52).map { _ in 0.1 + Double(generator.below(2 * swing + 1)) / 1000 })
            alerts += life(.redundancySurge, samples).fired.count
        }
        print("redundancy-surge: \(alerts) false alerts in 400 stage-years, seeds 1 to 400")
        #expect(alerts <= 16)
    }

    @Test func `A state that was written and read again goes on as if nothing had happened`() throws {
        var generator = SplitMix64(seed: 8)
        let samples = shares(&generator, Array(repeating: 0.1, count: 9) + [0.5, 0.1, 0.1, 0.1])
        var (steady, restarted) = (WeeklyMonitor(rule: .redundancySurge), WeeklyMonitor(rule: .redundancySurge))
        for sample in samples {
            restarted = try JSONDecoder().decode(WeeklyMonitor.self, from: JSONEncoder().encode(restarted))
            #expect(steady.close([("", sample)], end: sample.week) == restarted.close([("", sample)], end: sample.week))
        }
    }

    // MARK: - Diversity

    private func sample(_ sizes: [Int64]) throws -> WeeklySample {
        var counts: [Int64: Int64] = [:]
        for size in sizes { counts[size, default: 0] += 1 }
        return try #require(WeeklySample(week: 0, sizes: counts))
    }

    @Test func `Equally large families are as many as they are, and one large one makes them fewer`() throws {
        #expect(abs(try sample([3, 3, 3, 3]).value - 4) < 1e-9)
        #expect(abs(try sample(Array(repeating: 1, count: 50)).value - 50) < 1e-9)
        #expect(try sample([97, 1, 1, 1]).value < 1.3)
    }

    @Test(arguments: [[2, 1, 1], [3, 2, 2, 1], [5, 1], [2, 2, 2]] as [[Int64]])
    func `A rarefied number is that of all ways to draw`(sizes: [Int64]) throws {
        let contents = sizes.enumerated().flatMap { Array(repeating: $0.offset, count: Int($0.element)) }
        for drawn in 1...contents.count {
            var (entropy, ways) = (0.0, 0.0)
            for subset in 0..<(1 << contents.count) where subset.nonzeroBitCount == drawn {
                var counts: [Int: Int] = [:]
                for place in contents.indices where subset >> place & 1 == 1 {
                    counts[contents[place], default: 0] += 1
                }
                entropy -= counts.values.reduce(0) { sum, count in
                    let share = Double(count) / Double(drawn)
                    return sum + share * log(share)
                }
                ways += 1
            }
            let expected = exp(entropy / ways)
            let found = rarefiedNumber(try sample(sizes), to: Double(drawn))
            #expect(abs(found - expected) < 1e-6, "\(sizes), \(drawn) drawn: \(found), expected \(expected)")
        }
    }

    @Test func `Contents that become alike are told after the second such week, more of the same kind are not`() throws
    {
        let varied = try (0..<14).map { _ in try sample(Array(repeating: 1, count: 60)) }
        let alike = try (0..<4).map { _ in try sample([20, 15, 10] + Array(repeating: 1, count: 15)) }
        #expect(life(.framingConvergence, varied + alike).fired == [16])
        let fewer = try (0..<4).map { _ in try sample(Array(repeating: 1, count: 25)) }
        #expect(life(.framingConvergence, varied + fewer).fired == [])
    }
}
