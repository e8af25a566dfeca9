import Foundation
import TestSupport
import Testing

/// The power goes at random moments: what the disk has kept goes on to the same end.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct PowerLossTests {
    /// Stores copied from running programs, and cuts tried of each.
    private static let copies = min(60, 6 * Torture.factor)
    private static let cutsOfEach = Torture.isLong ? 8 : 3

    @Test func aReplayGoesOnFromWhatTheDiskHasKept() async {
        await Self.inRoom { random in
            let input = try ReplayInput(events: 3000)
            let whole = try input.replay(to: "whole.sqlite", within: 60)
            let expected = try ViewDump(whole.store)
            var tried = 0
            for copy in 0..<Self.copies {
                let process = try input.start(to: "run\(copy).sqlite")
                usleep(UInt32(Double.random(in: 0.05...1, using: &random) * whole.seconds * 1e6))
                let crashed = CrashedStore(input.folder.path("run\(copy).sqlite"), of: process)
                process.signal(SIGKILL)
                _ = process.wait(seconds: 20)
                try input.remove("run\(copy).sqlite")
                guard let crashed else { continue }
                for cut in Self.some(crashed.cuts, &random) {
                    let name = "cut\(tried).sqlite"
                    tried += 1
                    try crashed.write(to: input.folder.path(name), cut: cut)
                    try input.replay(to: name, within: 60)
                    if let difference = try ViewDump(input.folder.path(name)).difference(from: expected) {
                        return "copy \(copy), log cut to \(cut.map(String.init) ?? "nothing"): \(difference)"
                    }
                    try input.remove(name)
                }
            }
            print("power loss in a replay: \(tried) stores went on to the same content")
            return nil
        }
    }

    @Test func theDaemonGoesOnFromWhatTheDiskHasKept() async {
        await Self.inRoom { random in
            let run = try TailRun(Scenario("power loss", "") { [] }, .live, seed: random.next())
            var crashed: [CrashedStore] = []
            var generation = 0
            for turn in 0..<Self.copies * 2 {
                try run.run([.append("logs/a", 1 + random.below(200))])
                if turn % 3 == 2 {
                    generation += 1
                    try run.run([
                        .rename("logs/a", "logs/a.\(generation)"), .program(["gzip", "logs/a.\(generation)"]),
                        .append("logs/a", 2),
                    ])
                }
                try run.run([.hold(Double(random.below(250)) / 1000)])
                if let daemon = run.daemon, let copy = CrashedStore(run.store, of: daemon) { crashed.append(copy) }
            }
            try run.conclude(quiet: 0.3)
            var tried = 0
            for copy in crashed {
                for cut in Self.some(copy.cuts, &random) {
                    tried += 1
                    try run.replaceStore { try copy.write(to: run.store, cut: cut) }
                    do {
                        try run.start()
                        try run.settle()
                        try run.stop()
                    } catch {
                        return "log cut to \(cut.map(String.init) ?? "nothing"): \(error)\n\(run.report)"
                    }
                }
            }
            print("power loss under the daemon: \(tried) stores went on to the same counts")
            return nil
        }
    }

    /// The whole log, and some of the cuts.
    private static func some(_ cuts: [Int], _ random: inout SplitMix64) -> [Int?] {
        [nil] + cuts.shuffled(using: &random).prefix(cutsOfEach).map { $0 }
    }

    private static func inRoom(_ body: @escaping @Sendable (inout SplitMix64) throws -> String?) async {
        let seed = Torture.seed
        let failure = await WaitingRoom.others.run { () -> String? in
            var random = SplitMix64(seed: seed)
            do {
                return try body(&random)
            } catch {
                return "\(error)"
            }
        }
        if let failure { Issue.record(Comment(rawValue: "seed \(seed): \(failure)")) }
    }
}
