import TestSupport
import Testing

@testable import TailraceAnalysis
@testable import TailracePipeline

/// What a week's rows say of a stage.
@Suite struct StageWeekMeasureTests {
    private static let hour: Int64 = 3_600_000

    private func window(_ number: Int) -> Window {
        Window(grain: .week, start: Int64(number) * 604_800, end: Int64(number + 1) * 604_800)
    }

    /// The measures of one stage in the last of some weeks, by the name in the store.
    private func told(
        _ weeks: [(inout StageWeekRow) -> Void], rows: PipelineOutput.WindowRows = PipelineOutput.WindowRows(),
        reasons: [String] = [], categories: [String] = []
    ) -> [String: MeasureValue] {
        let stageWeeks = weeks.enumerated().map { number, fill in
            var row = StageWeekRow(window: window(number), stage: 0)
            fill(&row)
            return [row]
        }
        let week = ClosedWeek(
            window: window(weeks.count - 1), rows: rows, stageWeeks: stageWeeks, reasons: reasons,
            categories: categories)
        return Dictionary(uniqueKeysWithValues: stageWeekMeasures(week, minimumGroup: 5).map { ($0.name, $0) })
    }

    private func flow(cycleHours: [Int64]) -> PipelineOutput.WindowRows {
        var rows = PipelineOutput.WindowRows()
        var row = FlowRow(window: window(0), stage: 0)
        for hours in cycleHours { row.cycle.add(hours * StageWeekMeasureTests.hour) }
        rows.flow = [row]
        return rows
    }

    @Test func `Shares of the time laid aside add up to the whole of it, reason by reason`() {
        let reasons = (0..<40).map { "reason \($0)" }
        let found = told(
            [
                { row in
                    for (number, reason) in reasons.enumerated() {
                        row.suspendedReasons.add(Pipeline.tagKey(reason), Int64(number + 1) * 1000)
                    }
                    row.suspendedReasons.add(Pipeline.tagKey("(other)"), 500)
                    row.suspendedTime = 40 * 41 / 2 * 1000 + 500 + 700
                }
            ], rows: flow(cycleHours: [1]), reasons: reasons)
        let parts = found.filter { $0.key.hasPrefix("suspended_share_by_reason") }
        // Fifteen by name, the others, and what has no reason.
        #expect(parts.count == 17)
        let sum = parts.values.reduce(0) { $0 + ($1.value ?? 0) }
        #expect(abs(sum - (found["suspended_share"]?.value ?? 0)) < 1e-12)
        #expect(parts["suspended_share_by_reason: reason 39"]?.value == 40_000.0 / 3_600_000)
        let rest = Double((1...25).reduce(0) { $0 + $1 } * 1000 + 500)
        #expect(parts["suspended_share_by_reason: (other)"]?.value == rest / 3_600_000)
        #expect(parts["suspended_share_by_reason: (none)"]?.value == 700.0 / 3_600_000)
        // No two of a stage and week are one row of the store.
        #expect(Set(found.values.map(\.index)).count == found.count)
        #expect(found.values.allSatisfy { $0.index < 1 << 14 })
    }

    @Test func `Without reasons nothing is told of them`() {
        let found = told([{ $0.suspendedTime = 1000 }], rows: flow(cycleHours: [1]))
        #expect(found["suspended_share_by_reason"]?.value == nil)
        #expect(found["suspended_share_by_reason"]?.missing == "suspend with reason")
    }

    @Test func `Repeat returns are told over four weeks, of all and by category`() {
        let (offer, notice) = (Pipeline.tagKey("offer"), Pipeline.tagKey("notice"))
        let weeks = (0..<4).map { week -> (inout StageWeekRow) -> Void in
            { row in
                row.sentBack.add(offer, 5)
                row.sentBack.add(week == 3 ? 0 : notice, 2)
                row.sentBackAgain.add(offer, 1)
            }
        }
        let found = told(weeks, categories: ["notice", "offer"])
        let interval = wilsonInterval(hits: 4, of: 28)
        #expect(found["repeat_return_share"]?.value == 4.0 / 28)
        #expect(found["repeat_return_share"]?.low == interval.low)
        #expect(found["repeat_return_share_by_category: offer"]?.value == 4.0 / 20)
        #expect(found["repeat_return_share_by_category: notice"]?.value == 0)
        #expect(found["repeat_return_share_by_category: (none)"]?.value == 0)
        let untold = told([{ $0.sentBack.add(0, 3) }])
        #expect(untold["repeat_return_share"]?.value == 0)
        #expect(untold["repeat_return_share_by_category"]?.missing == "return with category")
    }

    /// Charged returns of a week in which a stage made items, by origin.
    private func charged(
        _ items: [Origin: Int64], isTold: Bool = true, _ fill: (inout StageWeekRow) -> Void = { _ in }
    ) -> [String: MeasureValue] {
        var rows = PipelineOutput.WindowRows()
        for (origin, count) in items {
            var row = OutputRow(window: window(0), key: StreamKey(stage: 0, stream: .document, origin: origin))
            row.items = count
            rows.output.append(row)
        }
        var row = StageWeekRow(window: window(0), stage: 0)
        fill(&row)
        var elsewhere = StageWeekRow(window: window(0), stage: 1)
        if isTold { elsewhere.sentBack.add(0) }
        let week = ClosedWeek(window: window(0), rows: rows, stageWeeks: [[row, elsewhere]])
        return Dictionary(uniqueKeysWithValues: chargedReturns(week).map { ($0.name, $0) })
    }

    @Test func `Returns are told for each item that was made, in all and by origin`() {
        let found = charged([.human: 10, .assisted: 5, .unknown: 5]) {
            ($0.chargedHuman, $0.chargedAssisted) = (1, 7)
        }
        #expect(found["charged_return_rate"]?.value == 8.0 / 20)
        #expect(found["charged_return_rate"]?.low == wilsonInterval(hits: 8, of: 20).low)
        #expect(found["charged_return_rate_human"]?.value == 0.1)
        // More returns than items are a rate, and no share of anything.
        #expect(found["charged_return_rate_assisted"]?.value == 1.4)
        #expect(found["charged_return_rate_assisted"]?.low == nil)
        #expect(found["charged_return_rate_automated"] == nil)
    }

    @Test func `Nothing sent back is 0 where the logs tell of returns, and unknown where they do not`() {
        #expect(charged([.human: 10])["charged_return_rate"]?.value == 0)
        let untold = charged([.human: 10], isTold: false)["charged_return_rate"]
        #expect(untold?.value == nil)
        #expect(untold?.missing == "return, and create, send or publish")
        let unknown = charged([.unknown: 10])["charged_return_rate_human"]
        #expect(unknown?.missing == "return, and create, send or publish with origin")
        // Sent back here, and nobody was seen to make it.
        let unmade = charged([:]) { $0.unchargedReturns = 3 }
        #expect(unmade.keys.sorted() == ["charged_return_rate"] && unmade.values.first?.value == nil)
    }

    @Test func `The yield of use is told over four weeks, with its interval, and not without reads`() {
        let rows = (0..<4).map { number -> [StageWeekRow] in
            var row = StageWeekRow(window: window(number), stage: 0)
            (row.assetsMade, row.assetsUsed) = (10, Int64(number))
            var unread = StageWeekRow(window: window(number), stage: 1)
            unread.assetsUnread = 3
            return [row, unread]
        }
        let found = useYields(ClosedWeek(window: window(3), rows: PipelineOutput.WindowRows(), stageWeeks: rows))
        let interval = wilsonInterval(hits: 6, of: 40)
        let (values, lows): ([Double?], [Double?]) = ([0.15, nil], [interval.low, nil])
        #expect(found.map(\.value) == values)
        #expect(found.map(\.low) == lows)
        #expect(found.map(\.missing) == [nil, "read"])
    }

    @Test func `Contacts are told of all recipients of four weeks together, and of no few`() {
        // One in ten is written to each week, the others once.
        let rows = (0..<4).map { number -> [StageWeekRow] in
            var row = StageWeekRow(window: window(number), stage: 0)
            for recipient in 0..<100 where recipient % 10 == 0 || recipient % 4 == number {
                row.contacts.add(UInt64(recipient + 1) << 32)
            }
            var few = StageWeekRow(window: window(number), stage: 1)
            few.contacts.add(UInt64(number + 1))
            return [row, few]
        }
        var closed = PipelineOutput.WindowRows()
        var silent = EngagementRow(
            window: window(3), key: StreamKey(stage: 2, stream: .email, origin: .unknown))
        silent.sent = 3
        closed.engagement = [silent]
        let found = contacts(ClosedWeek(window: window(3), rows: closed, stageWeeks: rows), minimumGroup: 5)
        let values: [Double?] = [1.3, 4, nil, nil, nil, nil]
        #expect(found.map(\.value) == values)
        #expect(
            found.map(\.missing) == [
                nil, nil, "at least 5 recipients", "at least 5 recipients", "send with recipient",
                "send with recipient",
            ])
    }

    @Test func `A gap counts up to the ninth decile, half an hour of few, and no night where hours are unknown`() {
        func estimate(_ minutes: [Int64], isStaffed: Bool = true) -> Double? {
            var gaps = Sketch()
            for minute in minutes { gaps.add(minute * 60_000) }
            return TouchEstimate(gaps, isStaffed: isStaffed).map { $0.hours * 60 / $0.completions }
        }
        func isNear(_ value: Double?, _ expected: Double) -> Bool {
            value.map { abs($0 / expected - 1) < 0.01 } ?? false
        }
        #expect(estimate([]) == nil)
        // Eighteen of twenty take an hour at most.
        let many = Array(repeating: Int64(60), count: 18) + [500, 700]
        #expect(isNear(estimate(many), 60))
        #expect(isNear(estimate(many, isStaffed: false), 30))
        #expect(isNear(estimate([10, 20, 500]), 20))
    }

    @Test func `Estimated touch carries a fifth more or less and says of how many completions it is`() {
        var closed = PipelineOutput.WindowRows()
        closed.work = [0, 1, 2].map { stage in
            var row = WorkRow(window: window(0), stage: stage, origin: .unknown)
            (row.completions, row.touchCount) = (10, stage == 2 ? 10 : 2)
            return row
        }
        var row = StageWeekRow(window: window(0), stage: 0)
        for person in 0..<4 {
            row.gaps.add(600_000)
            row.finishers.add(UInt64(person))
        }
        let week = ClosedWeek(window: window(0), rows: closed, stageWeeks: [[row]])
        let found = touchEstimates(week, isStaffed: true, minimumGroup: 4)
        #expect(found.map(\.stage) == [0, 0, 1, 1])
        let mean = found[0].value ?? 0
        #expect(abs(mean - 1.0 / 6) < 0.001)
        #expect(found[0].low == 0.8 * mean && found[0].high == 1.2 * mean)
        #expect(found[1].value == 0.4)
        #expect(found[2].missing == "start, effort or actor" && found[3].value == nil)
        // Four people are too few for five.
        let few = touchEstimates(week, isStaffed: true, minimumGroup: 5)
        #expect(few[0].value == nil && few[0].missing == "at least 5 people")
    }
}
