import Foundation
import TailracePipeline
import TestSupport
import Testing

@testable import TailraceAnalysis

/// Paths over the stages 1, 2, 3, with 0 for where work enters; 4 and 5 are what may be added.
@Suite struct AddedStepsTests {
    private func row(_ from: Int, _ to: Int, _ cases: Int, week: Int) -> HandoffRow {
        let start = Int64(week) * 604_800
        var row = HandoffRow(
            window: Window(grain: .week, start: start, end: start + 604_800), from: from, to: to)
        row.cases = Int64(cases)
        return row
    }

    private func usual(_ week: Int, entered: Int = 40) -> [HandoffRow] {
        [row(0, 1, entered, week: week), row(1, 2, entered - 1, week: week), row(2, 3, entered - 2, week: week)]
    }

    private func stages(_ weeks: [[HandoffRow]]) -> [[Int]] {
        var steps = AddedSteps()
        return weeks.map { steps.close($0, outside: 0).map(\.stage) }
    }

    @Test func `A step that is put between two others is told in its first week, once, with the stage before it`() {
        var steps = AddedSteps()
        for week in 0..<10 { #expect(steps.close(usual(week), outside: 0).isEmpty) }
        func changed(_ week: Int) -> [HandoffRow] {
            [
                row(0, 1, 40, week: week), row(1, 2, 16, week: week), row(1, 4, 24, week: week),
                row(4, 2, 24, week: week), row(2, 3, 38, week: week),
            ]
        }
        #expect(
            steps.close(changed(10), outside: 0) == [
                AddedStep(stage: 4, from: 1, cases: 24, of: 40, before: 0, wait: nil)
            ])
        #expect(steps.close(changed(11), outside: 0).isEmpty)
    }

    @Test func `A step behind a step that was added is told as well`() {
        let added = (10..<14).map {
            [row(0, 1, 40, week: $0), row(1, 4, 40, week: $0), row(4, 2, 40, week: $0), row(2, 3, 40, week: $0)]
        }
        let both = [
            row(0, 1, 40, week: 14), row(1, 4, 40, week: 14), row(4, 5, 15, week: 14), row(5, 2, 14, week: 14),
            row(4, 2, 24, week: 14), row(2, 3, 40, week: 14),
        ]
        let found = stages((0..<10).map { usual($0) } + added + [both])
        #expect(found[10] == [4] && found[14] == [5])
        #expect(found.joined().count == 2)
    }

    @Test func `A way that leaves out a step leads to a stage that is known`() {
        let skipping = [
            row(0, 1, 40, week: 10), row(1, 2, 30, week: 10), row(1, 3, 9, week: 10), row(2, 3, 30, week: 10),
        ]
        #expect(stages((0..<10).map { usual($0) } + [skipping]).joined().isEmpty)
    }

    @Test func `In the first eight weeks everything is as it is`() {
        let found = stages(
            (0..<5).map { usual($0) } + (5..<20).map { usual($0) + [row(1, 4, 10, week: $0)] })
        #expect(found.joined().isEmpty)
    }

    @Test func `Stray cases are no step, over a hundred years`() {
        var told = 0
        for seed in 1...100 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            told +=
                stages(
                    (0..<52).map { week in
                        // A case now and then goes where none belongs.
                        let stray = generator.below(8) == 0 ? [row(1, 4 + generator.below(3), 1, week: week)] : []
                        return usual(week, entered: 20 + generator.below(40)) + stray
                    }
                ).joined().count
        }
        #expect(told == 0, "seeds 1 to 100")
    }

    @Test func `Whatever the order of the rows and a restart in between, the same steps are told`() throws {
        let weeks = (0..<10).map { usual($0) } + [usual(10) + [row(1, 5, 9, week: 10), row(2, 4, 12, week: 10)]]
        var steps = AddedSteps()
        var found: [Int] = []
        for week in weeks {
            steps = try JSONDecoder().decode(AddedSteps.self, from: JSONEncoder().encode(steps))
            found += steps.close(week.reversed(), outside: 0).map(\.stage)
        }
        #expect(found == [4, 5])
        #expect(stages(weeks).last == [4, 5])
    }
}
