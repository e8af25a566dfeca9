import Foundation
import Synchronization
import TestSupport
import Testing

/// Random rotation, packing, damage, kills and a full disk, for as long as the environment says.
struct TailFuzzTests {
    private struct Totals {
        var worlds = 0
        var rounds = 0
        var steps = 0
        var events = 0
        var kills = 0
        var starts = 0
        var failures = 0
    }

    /// Rounds of one folder and store, then a new one.
    private static let roundsPerWorld = 4
    private static let operationsPerRound = 40
    private static let width = 6

    private static let totals = Mutex(Totals())

    @Test func whatIsWrittenIsInTheStoreOnceWhateverHappensToTheFiles() async {
        let end = Date().addingTimeInterval(Torture.seconds)
        if let seed = Torture.world {
            if let failure = await Self.world(seed, until: end) { Issue.record(Comment(rawValue: failure)) }
            return
        }
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<Self.width {
                group.addTask {
                    var world = UInt64(lane)
                    while Date() < end, Self.totals.withLock({ $0.failures }) < 3 {
                        let seed = Torture.seed &* 1000 &+ world
                        if let failure = await Self.world(seed, until: end) {
                            Self.totals.withLock { $0.failures += 1 }
                            Issue.record(Comment(rawValue: failure))
                        }
                        world += UInt64(Self.width)
                    }
                }
            }
        }
        let totals = Self.totals.withLock { $0 }
        print(
            """
            fuzzing of tails: \(totals.worlds) folders, \(totals.rounds) rounds, \(totals.steps) steps, \
            \(totals.events) events, \(totals.starts) starts, \(totals.kills) kills; seed \(Torture.seed)
            """)
    }

    /// One folder from its first line to its last.
    /// - Returns: what went wrong, with the steps that show it.
    private static func world(_ seed: UInt64, until end: Date) async -> String? {
        var scenario = Scenario("fuzz", "random steps") { [] }
        scenario.hasSmallDisk = SmallDisk.isPossible && seed % 3 == 0
        let chosen = scenario
        let outcome = await WaitingRoom.others.run { () -> (steps: [Step], failure: String, kinds: Set<String>)? in
            var fuzzer = TailFuzzer(seed: seed, hasDisk: chosen.hasSmallDisk, hasDamage: seed % 5 == 4)
            var done: [Step] = []
            guard let run = try? TailRun(chosen, .live, seed: seed) else { return (done, "no folder", []) }
            defer {
                totals.withLock {
                    $0.worlds += 1
                    $0.steps += run.history.count
                    $0.events += run.model.next
                    $0.kills += run.kills
                    $0.starts += run.starts
                }
            }
            do {
                for _ in 0..<roundsPerWorld where Date() < end {
                    let steps = fuzzer.round(operationsPerRound)
                    done += steps
                    try run.run(steps)
                    totals.withLock { $0.rounds += 1 }
                }
                try run.conclude(quiet: 0.3)
                return nil
            } catch {
                // What came after the failure has no part in it.
                let tried = Array(done.prefix(run.history.count))
                return (tried, "\(error)\n\(run.report)", (error as? TailFailure)?.kinds ?? [])
            }
        }
        guard let outcome else { return nil }
        let seconds = Torture.isLong ? 300.0 : 40
        let shrinker = TailShrinker(scenario: chosen, seed: seed, kinds: outcome.kinds, seconds: seconds)
        let short = await shrinker.shrink(outcome.steps)
        let first = "seed \(seed), \(outcome.steps.count) steps: \(outcome.failure)"
        let last = "its last steps:\n\(list(outcome.steps.suffix(60)))"
        guard let short else { return "\(first)\nit did not fail again; \(last)" }
        return "\(first)\n\(last)\nagain with \(short.steps.count) of them: \(short.failure)\n\(list(short.steps[...]))"
    }

    private static func list(_ steps: ArraySlice<Step>) -> String {
        steps.map { "  .\($0.title)," }.joined(separator: "\n")
    }
}
