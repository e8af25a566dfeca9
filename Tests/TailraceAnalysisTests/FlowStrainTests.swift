import TestSupport
import Testing

@testable import TailraceAnalysis
@testable import TailracePipeline

@Suite struct FlowStrainTests {
    private struct Team {
        var people = 8
        var hours = 3.0
        var evenings = 0.01
        var work = 20.0
        var stages = 1
    }

    /// A week of one team, with chance in everything.
    private func week(_ number: Int, _ team: Team, _ random: inout SplitMix64) -> ClosedWeek {
        let window = Window(grain: .week, start: Int64(number) * 604_800, end: Int64(number + 1) * 604_800)
        func swing() -> Double { 0.9 + 0.2 * Double(random.below(1001)) / 1000 }
        let people = (1...UInt64(team.people)).map { $0 }
        var own = TeamRow(window: window, team: 0)
        (own.hasHours, own.minimumGroup) = (true, 5)
        for person in people { own.members.insert(person) }
        own.humanEvents = Int64(400 * swing())
        own.afterHoursEvents = Int64(Double(own.humanEvents) * team.evenings * swing())
        var rows = PipelineOutput.WindowRows()
        rows.teams = [own]
        let key = Array("support".utf8).withUnsafeBytes { hash64($0, seed: 0) }
        var stageRows: [StageWeekRow] = []
        for stage in 0..<team.stages {
            var row = StageWeekRow(window: window, stage: stage)
            row.teams.add(key, 60)
            for person in people { row.finishers.add(person, 5) }
            for _ in 0..<60 { row.caseAge.add(Int64(team.hours * swing() * swing() * 3_600_000)) }
            stageRows.append(row)
            var work = WorkRow(window: window, stage: stage, origin: .human)
            work.touchSum = Int64(team.work * Double(team.people) / Double(team.stages) * swing() * 3_600_000)
            rows.work.append(work)
        }
        return ClosedWeek(window: window, rows: rows, stageWeeks: [stageRows])
    }

    /// How many of the weeks tell it, of 40; the change comes after 16.
    private func told(_ before: Team, _ after: Team, seed: UInt64) -> Int {
        var (strains, random) = (FlowStrains(), SplitMix64(seed: seed))
        return (0..<40).reduce(0) { count, number in
            let found = strains.close(week(number, number < 16 ? before : after, &random), teams: ["support"])
            return count + found.count
        }
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `Sooner cases and evenings together are told`(seed: UInt64) {
        #expect(told(Team(), Team(hours: 2.2, evenings: 0.2, work: 25), seed: seed) > 3, "seed \(seed)")
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `Neither alone is told, nor weeks that differ by chance`(seed: UInt64) {
        #expect(told(Team(), Team(hours: 2), seed: seed) == 0, "flow alone, seed \(seed)")
        #expect(told(Team(), Team(evenings: 0.2, work: 28), seed: seed) == 0, "strain alone, seed \(seed)")
        #expect(told(Team(), Team(), seed: seed) == 0, "chance alone, seed \(seed)")
        #expect(told(Team(), Team(hours: 2, work: 12), seed: seed) == 0, "less work, seed \(seed)")
    }

    @Test func `Of fewer people than the minimum group nothing is told`() {
        #expect(told(Team(people: 4), Team(people: 4, hours: 2.2, evenings: 0.2, work: 25), seed: 1) == 0)
    }
}
