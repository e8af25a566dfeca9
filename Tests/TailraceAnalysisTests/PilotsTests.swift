import TestSupport
import Testing

@testable import TailraceAnalysis
@testable import TailracePipeline

@Suite struct PilotsTests {
    private func week(_ number: Int, _ teams: [[UInt64]]) -> ClosedWeek {
        func window(_ number: Int) -> Window {
            Window(grain: .week, start: Int64(number) * 604_800, end: Int64(number + 1) * 604_800)
        }
        let weeks = (max(0, number - 3)...number).map { place -> [StageWeekRow] in
            var row = StageWeekRow(window: window(place), stage: 0)
            for team in teams[place] { row.teams.add(team) }
            return teams[place].isEmpty ? [] : [row]
        }
        return ClosedWeek(window: window(number), rows: PipelineOutput.WindowRows(), stageWeeks: weeks)
    }

    /// Weeks in which the use is told as faded, with how many teams are left.
    private func told(_ teams: [[UInt64]]) -> [String] {
        var pilots = Pilots()
        return teams.indices.flatMap { number in
            pilots.close(week(number, teams)).map { "\(number): \($0.active) of \($0.ever)" }
        }
    }

    @Test func `A tool that most teams forget is told once they have, and until they come back`() {
        let all = Array(1...8 as ClosedRange<UInt64>)
        let teams =
            Array(repeating: all, count: 5) + Array(repeating: [1, 2], count: 4) + Array(repeating: all, count: 4)
        #expect(told(teams) == ["6: 2 of 8", "7: 2 of 8", "8: 2 of 8", "9: 2 of 8", "10: 2 of 8"])
    }

    @Test func `What few teams ever used, and what stays in use, is no news`() {
        #expect(told(Array(repeating: [1, 2, 3], count: 5) + Array(repeating: [1], count: 6)) == [])
        #expect(told(Array(repeating: Array(1...6), count: 12)) == [])
    }

    @Test func `A place where teams turn up now and then was never adopted`() {
        var generator = SplitMix64(seed: 5)
        let teams = (0..<40).map { _ in (1...12 as ClosedRange<UInt64>).filter { _ in generator.oneIn(4) } }
        #expect(told(teams) == [])
    }
}
