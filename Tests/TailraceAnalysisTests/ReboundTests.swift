import Glibc
import TestSupport
import Testing

@testable import TailraceAnalysis
@testable import TailracePipeline

@Suite struct ReboundTests {
    private func week(
        _ number: Int64, items: Double, making: Double, review: Double = 0, rework: Double = 0, downstream: Double = 0
    ) -> ReboundWeek {
        var week = ReboundWeek(week: number * 604_800)
        (week.items, week.making, week.review, week.rework) = (items, making, review, rework)
        week.downstream = downstream
        (week.seen, week.completions, week.seenCompletions) = (week.hours, items, items)
        return week
    }

    @Test func `The parts add up to the ratio`() throws {
        let before = (0..<8).map { week($0, items: 100, making: 200, review: 50, rework: 10, downstream: 20) }
        let now = (12..<16).map { week($0, items: 220, making: 110, review: 130, rework: 40, downstream: 25) }
        let found = Rebound(before: before, now: now)
        // Two hours an item become half an hour: 150 hours a week for a hundred of them; 25 fewer hours are worked.
        #expect((found.expected, found.realised) == (150, -25))
        let ratio = try #require(found.ratio)
        #expect(abs(ratio - (1 + 25.0 / 150)) < 1e-12)
        let parts = [found.volume, found.review, found.rework, found.downstream].compactMap(\.self)
        #expect(parts.count == 4)
        #expect(abs(parts.reduce(0, +) - ratio) < 1e-12)
        #expect(abs((found.volume ?? 0) - 120 * 0.5 / 150) < 1e-12)
        // Weeks that are all alike leave nothing uncertain.
        #expect(found.low == ratio && found.high == ratio && found.verdict == .backfire)
    }

    @Test func `Where an item takes as long as before there is no saving to lose`() {
        let before = (0..<8).map { week($0, items: 100, making: Double(190 + $0 % 3 * 10)) }
        let now = (12..<16).map { week($0, items: 300, making: Double(570 + $0 % 2 * 60), review: 100) }
        let found = Rebound(before: before, now: now)
        #expect(found.ratio == nil && found.low == nil && found.volume == nil)
        #expect(found.verdict == .noSaving)
    }

    @Test func `Fewer items than before save more than was expected`() {
        let before = (0..<8).map { week($0, items: 100, making: 200, review: 100) }
        let now = (12..<16).map { week($0, items: 80, making: 80, review: 60) }
        #expect(Rebound(before: before, now: now).verdict == .superConservation)
    }

    @Test func `Hours that were inferred widen the interval`() throws {
        func weeks(_ range: Range<Int64>, _ items: Double, _ making: Double, seen: Double) -> [ReboundWeek] {
            range.map {
                var week = week($0, items: items, making: making, review: 80)
                week.seen = seen * week.hours
                return week
            }
        }
        func width(_ seen: Double) throws -> Double {
            let found = Rebound(
                before: weeks(0..<8, 100, 200, seen: seen), now: weeks(12..<16, 200, 200, seen: seen))
            return try #require(found.high) - #require(found.low)
        }
        #expect(try width(1) == 0)
        #expect(try width(0.5) >= 0)
    }

    /// Two makers feed one review: each is charged with its part.
    @Test func `Review that serves several makers is shared by whose cases come`() {
        func handoff(_ from: Int, _ to: Int, _ cases: Int64) -> HandoffRow {
            var row = HandoffRow(window: Window(grain: .week, start: 0, end: 604_800), from: from, to: to)
            row.cases = cases
            return row
        }
        var routing = ReboundRouting()
        // 1 and 2 make, 3 reviews, 4 releases what 3 lets through; 3 sends a fifth back to 1.
        routing.take([
            handoff(0, 1, 60), handoff(0, 2, 40), handoff(1, 3, 75), handoff(2, 3, 25), handoff(3, 1, 20),
            handoff(3, 4, 80),
        ])
        let parts = Dictionary(
            uniqueKeysWithValues: routing.graph.parts(behind: 1).map { ($0.stage, ($0.part * 1000).rounded() / 1000) })
        #expect(parts == [3: 0.75, 4: 0.75])
        // The second maker has its own quarter, and what of that comes back through the first.
        let others = Dictionary(uniqueKeysWithValues: routing.graph.parts(behind: 2).map { ($0.stage, $0.part) })
        let through = 0.25 / (1 - 0.75 * 0.25)
        #expect(abs((others[3] ?? 0) - through) < 0.001)
        #expect(abs((others[1] ?? 0) - through * 0.25) < 0.001)
    }

    /// Organisations whose items and times are drawn around known means; the truth follows from the means.
    /// Weeks of one stage whose people complete so many items, each so many minutes after the one before.
    private func estimated(_ weeks: [(items: Int, minutes: Int64, isSeen: Bool)]) -> [StageRebound] {
        var rebounds = Rebounds()
        var found: [StageRebound] = []
        for (number, week) in weeks.enumerated() {
            let window = Window(
                grain: .week, start: Int64(number) * 604_800, end: Int64(number + 1) * 604_800)
            var rows = PipelineOutput.WindowRows()
            var flow = FlowRow(window: window, stage: 0)
            flow.firstCompletions = Int64(week.items)
            var work = WorkRow(window: window, stage: 0, origin: .human)
            work.completions = Int64(week.items)
            if week.isSeen {
                work.touchCount = work.completions
                work.touchSum = work.completions * week.minutes * 60_000
            }
            (rows.flow, rows.work) = ([flow], [work])
            var own = StageWeekRow(window: window, stage: 0)
            for _ in 0..<(week.isSeen ? 0 : week.items) { own.gaps.add(week.minutes * 60_000) }
            found = rebounds.close(
                ClosedWeek(window: window, rows: rows, stageWeeks: [[own]]), outside: nil, isStaffed: true)
        }
        return found
    }

    @Test func `Where no work was seen it is estimated, is told as that, and is no coverage`() throws {
        let weeks =
            Array(repeating: (items: 100, minutes: Int64(60), isSeen: false), count: 12)
            + Array(repeating: (items: 150, minutes: Int64(20), isSeen: false), count: 4)
        let found = try #require(estimated(weeks).first)
        // A hundred hours become fifty, and 67 would have been saved of a hundred items.
        #expect(abs((found.rebound.ratio ?? 0) - (1 - 50 / (100 * 40.0 / 60))) < 0.02)
        #expect((found.rebound.coverage, found.rebound.estimated) == (0, 1))
        #expect(found.isMakingEstimated)
        let seen = try #require(estimated(weeks.map { ($0.items, $0.minutes, true) }).first)
        #expect((seen.rebound.coverage, seen.rebound.estimated, seen.isMakingEstimated) == (1, 0, false))
        // What was estimated is a fifth more or less than that, in hours.
        #expect(seen.rebound.expectedHigh - seen.rebound.expectedLow < 1e-9)
        #expect(abs(found.rebound.expectedHigh / found.rebound.expectedLow - 1.5) < 0.01)
    }

    @Test func `Work that was seen is not compared with work that was estimated`() {
        let weeks =
            Array(repeating: (items: 100, minutes: Int64(60), isSeen: true), count: 12)
            + Array(repeating: (items: 150, minutes: Int64(20), isSeen: false), count: 4)
        #expect(estimated(weeks).isEmpty)
    }

    @Test func `The interval covers the truth about as often as it says`() {
        var (covered, told, backfires, falseBackfires) = (0, 0, 0, 0)
        for seed in 1...400 as ClosedRange<UInt64> {
            var random = SplitMix64(seed: seed)
            func unit() -> Double { Double(random.below(1_000_000)) / 1_000_000 }
            func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + unit() } }
            /// Hours of so many items with a mean each and a spread like the mean's.
            func hours(_ items: Double, _ mean: Double) -> Double {
                max(0, items * mean + mean * 0.8 * items.squareRoot() * normal())
            }
            let volume = (before: 40 + 200 * unit(), factor: 0.7 + 2 * unit())
            let make = (before: 1 + 2 * unit(), factor: 0.2 + 0.6 * unit())
            let review = (before: 0.2 + unit(), factor: 0.7 + unit())
            let swing = 0.15 * unit()
            func weeks(_ range: Range<Int64>, isNow: Bool) -> [ReboundWeek] {
                range.map {
                    let mean = volume.before * (isNow ? volume.factor : 1)
                    let items = max(1, (mean + mean.squareRoot() * normal() + mean * swing * normal()).rounded())
                    return week(
                        $0, items: items, making: hours(items, make.before * (isNow ? make.factor : 1)),
                        review: hours(items, review.before * (isNow ? review.factor : 1)))
                }
            }
            let found = Rebound(before: weeks(0..<12, isNow: false), now: weeks(16..<20, isNow: true), seed: seed)
            let expected = make.before * (1 - make.factor) * volume.before
            let hoursBefore = volume.before * (make.before + review.before)
            let hoursNow = volume.before * volume.factor * (make.before * make.factor + review.before * review.factor)
            let truth = 1 - (hoursBefore - hoursNow) / expected
            guard let low = found.low, let high = found.high else { continue }
            told += 1
            covered += low <= truth && truth <= high ? 1 : 0
            backfires += found.verdict == .backfire ? 1 : 0
            falseBackfires += found.verdict == .backfire && truth <= 1 ? 1 : 0
        }
        print(
            "rebound: \(covered) of \(told) intervals of 90 % hold the truth; \(falseBackfires) of \(backfires) backfires are none; seeds 1 to 400"
        )
        #expect(told > 380)
        #expect(covered * 100 >= 80 * told)
        #expect(falseBackfires * 100 <= 10 * backfires)
    }
}
