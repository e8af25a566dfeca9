import TestSupport
import Testing

@testable import TailracePipeline

@Suite struct DeclaredPathTests {
    private static let process = DeclaredProcess(
        name: "claims", paths: [["intake", "assessment", "payout"], ["intake", "payout"]],
        aliases: ["old-assessment": "assessment"])

    /// Sums of all weeks, by stage.
    private func counts(_ cases: [[String]], restarts: Bool = false) throws -> [String: StageWeekRow] {
        var settings = PipelineSettings()
        settings.processes = [DeclaredPathTests.process]
        var events: [LogEvent] = []
        for (number, way) in cases.enumerated() {
            var time = 1_767_571_200_000 + Int64(number) * 60_000
            for stage in way {
                for action in [Action.schedule, .complete] {
                    events.append(
                        LogEvent(
                            time: time, action: action, item: "i\(number)", stage: stage, workCase: "c\(number)"))
                    time += 3_600_000
                }
            }
        }
        events.sort { ($0.time, $0.item) < ($1.time, $1.item) }
        let store = try run(events, settings, interrupt: { _ in restarts ? .restarts : .never })
        return store.stageWeeks.byID.values.reduce(into: [:]) { sums, row in
            let name = store.stages[row.stage]
            if sums[name]?.merge(row) == nil { sums[name] = row }
        }
    }

    @Test func `A case on a declared way conforms, under either name of a stage`() throws {
        let found = try counts([
            ["intake", "assessment", "payout"], ["intake", "payout"], ["intake", "old-assessment", "payout"],
        ])
        #expect(found["payout"].map { [$0.pathCases, $0.pathConforming] } == [3, 3])
        #expect(found["assessment"]?.skips == 1)
        #expect(found.values.allSatisfy { $0.loops == 0 && $0.hiddenVisits == 0 && $0.hiddenAfter == 0 })
    }

    @Test func `Hidden steps, loops and steps left out are told where they happen`() throws {
        let found = try counts([
            ["intake", "assessment", "expert", "payout"], ["intake", "assessment", "expert", "assessment", "payout"],
            ["intake", "assessment", "intake", "assessment", "payout"],
        ])
        #expect(found["payout"].map { [$0.pathCases, $0.pathConforming] } == [3, 0])
        #expect(found["expert"]?.hiddenVisits == 2)
        #expect(found["assessment"].map { [$0.hiddenAfter, $0.loops, $0.skips] } == [2, 2, 0])
        #expect(found["intake"].map { [$0.hiddenAfter, $0.loops, $0.skips] } == [0, 1, 0])
    }

    @Test func `Cases of other processes, and such as did not come to an end, are not judged`() throws {
        let found = try counts([["helpdesk", "payout"], ["intake", "assessment"], ["expert"]])
        #expect(found.values.allSatisfy { $0.pathCases == 0 && $0.hiddenVisits == 0 })
    }

    /// The naive version keeps the whole way of each case.
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `Of cases that wander, those conform whose whole way is declared`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let cases = (0..<60).map { _ -> [String] in
            var way = ["intake"]
            while way.last != "payout", way.count < 8 {
                let next = generator.pick(["intake", "assessment", "old-assessment", "expert", "payout", "payout"])
                // A stage that is completed is not entered again at once: that would be its next round.
                if next != way.last { way.append(next) }
            }
            return way
        }
        let ended = cases.filter { $0.last == "payout" }
        let conforming = ended.filter { way in
            DeclaredPathTests.process.paths.contains(way.map { DeclaredPathTests.process.step($0) })
        }
        for restarts in [false, true] {
            let row = try counts(cases, restarts: restarts)["payout"]
            #expect(
                [row?.pathCases, row?.pathConforming] == [Int64(ended.count), Int64(conforming.count)],
                "seed \(seed), restarts \(restarts)")
        }
    }
}
