import Foundation
import TestSupport
import Testing

/// Every scenario of `ingest.md`, in every mode: each event is in the store, once.
struct ScenarioTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var scenario: Scenario
        var mode: Scenario.Mode
        var testDescription: String { "\(scenario.name) \(mode.rawValue): \(scenario.about)" }
    }

    static let cases: [Case] = Scenario.all.filter { scenario in
        Torture.names.map { $0.contains(scenario.name) } ?? (Torture.isLong || !scenario.needs.contains(.heavy))
    }.flatMap { scenario in scenario.modes.map { Case(scenario: scenario, mode: $0) } }

    private static let table = ScenarioTable(cases: cases.count)

    @Test(.timeLimit(.minutes(60)), arguments: cases)
    func eachEventIsInTheStoreOnce(_ one: Case) async {
        // Live, nothing depends on chance but the machine; kills are worth several tries.
        let rounds = (one.mode == .kill ? 2 : 1) * Torture.factor
        var verdicts: [ScenarioTable.Verdict] = []
        for round in 0..<rounds {
            let seed = Torture.seed + UInt64(round)
            verdicts.append(await WaitingRoom.scenarios.run { Self.verdict(one, seed) })
        }
        for verdict in verdicts {
            if case .failed(let text) = verdict { Issue.record(Comment(rawValue: "\(one.testDescription)\n\(text)")) }
        }
        await Self.table.enter(one.scenario, one.mode, verdicts)
    }

    private static func verdict(_ one: Case, _ seed: UInt64) -> ScenarioTable.Verdict {
        let scenario = one.scenario
        if scenario.needs.contains(.zstdProgram), Program.find("zstd") == nil { return .skipped("no zstd") }
        if scenario.needs.contains(.root), geteuid() != 0 { return .skipped("not root") }
        if scenario.hasSmallDisk, !SmallDisk.isPossible { return .skipped("nothing can be mounted") }
        if scenario.descriptorLimit != nil, Program.find("prlimit") == nil { return .skipped("no prlimit") }
        do {
            let run = try TailRun(scenario, one.mode, seed: seed)
            do {
                try run.run(scenario.steps())
                try run.conclude()
                if scenario.isReplayed { try run.replay() }
                return .passed(kills: run.kills)
            } catch {
                return .failed("seed \(seed), \(run.kills) kills: \(error)\n\(run.report)")
            }
        } catch {
            return .failed("seed \(seed): \(error)")
        }
    }
}
