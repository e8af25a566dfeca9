import Testing

@testable import TailraceEngine
@testable import TailracePipeline

/// A trouble of several teams at once is told as one.
@Suite struct FrictionTests {
    private static let teams = ["legal", "sales", "support", "it", "people", "risk"]
    private static let stages = ["review", "quotes", "first-line", "helpdesk", "hiring", "checks"]

    /// Four weeks in which each team finishes the items of its own stage.
    private func week(active: Int) -> ClosedWeek {
        func window(_ number: Int64) -> Window {
            Window(grain: .week, start: number * 604_800, end: (number + 1) * 604_800)
        }
        let weeks = (0..<4 as Range<Int64>).map { number in
            (0..<active).map { stage in
                var row = StageWeekRow(window: window(number), stage: stage)
                row.teams.add(Array(FrictionTests.teams[stage].utf8).withUnsafeBytes { hash64($0, seed: 0) }, 20)
                return row
            }
        }
        return ClosedWeek(window: window(3), rows: PipelineOutput.WindowRows(), stageWeeks: weeks)
    }

    private func told(_ firing: [(rule: String, stage: String)], active: Int = 6) -> [String] {
        WeeklyFact.friction(
            week(active: active), firing: firing, stages: FrictionTests.stages, teams: FrictionTests.teams
        ).map(\.summary)
    }

    @Test func `Three teams with one rule are told together, and what else they share`() {
        let rework = ["review", "quotes", "checks"].map { (rule: "rework-expansion", stage: $0) }
        let evenings = ["legal", "sales", "support", "it"].map { (rule: "after-hours", stage: $0) }
        #expect(told(rework) == ["rework-expansion fires for 3 of 6 teams at once (legal, risk, sales)"])
        #expect(
            told(rework + evenings) == [
                "after-hours fires for 4 of 6 teams at once (it, legal, sales, support); also rework-expansion (3)"
            ])
    }

    @Test func `Two teams, or one team in three stages, are no common friction`() {
        #expect(told([("rework-expansion", "review"), ("rework-expansion", "quotes")]) == [])
        #expect(told([("a", "review"), ("b", "quotes"), ("c", "checks")]) == [])
        #expect(told([("a", "review"), ("a", "review"), ("a", "legal")]) == [])
    }

    @Test func `Stages of nobody's team count for nobody`() {
        #expect(told(["review", "quotes", "elsewhere"].map { (rule: "a", stage: $0) }) == [])
    }
}
