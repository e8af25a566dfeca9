import Foundation
import TestSupport
import Testing

/// The daemon and the replay are killed at random points of what is hardest to get right; nothing is lost, nothing is
/// counted twice.
struct KillPointTests {
    /// Kills of each kind.
    private static let kills = Torture.isLong ? max(500, 50 * Torture.factor) : 20

    /// Runs steps while the daemon is killed and started again every few milliseconds.
    private static func killed(_ name: String, _ next: @escaping @Sendable (inout SplitMix64, Int) -> [Step]) async {
        let seed = Torture.seed
        let failure = await WaitingRoom.others.run { () -> String? in
            do {
                let run = try TailRun(Scenario(name, "") { [] }, .live, seed: seed)
                do {
                    var random = SplitMix64(seed: seed)
                    var turn = 0
                    while run.kills < kills {
                        try run.run(next(&random, turn))
                        // Half of the kills meet the start, half the work after it.
                        let limit = random.oneIn(2) ? 60 : 250
                        try run.run([.hold(Double(random.below(limit)) / 1000), .kill])
                        turn += 1
                        // The store grows with all that was written; a look at the whole now and then is enough.
                        if turn % 50 == 0 { try run.settle(within: 30) }
                    }
                    try run.run([.deliver("logs/a.gz", .all), .settleWithin(60)])
                    try run.conclude()
                    print("\(name): \(run.kills) kills, \(run.model.next) events, none lost or repeated; seed \(seed)")
                    return nil
                } catch {
                    return "\(name), \(run.kills) kills, seed \(seed): \(error)\n\(run.report)"
                }
            } catch {
                return "\(name): \(error)"
            }
        }
        if let failure { Issue.record(Comment(rawValue: failure)) }
    }

    @Test func aKillWhileAnArchiveGrowsLosesAndRepeatsNothing() async {
        let pieces = 12
        await Self.killed("a growing archive") { random, turn in
            let piece = turn % pieces
            let step = Step.deliver("logs/a.gz", piece == pieces - 1 ? .all : .flushes(piece + 1))
            return piece == 0 ? [.prepare("logs/a.gz", .gzip, lines: pieces * 25, every: 25), step] : [step]
        }
    }

    @Test func aKillWhileRotationCompressesLosesAndRepeatsNothing() async {
        await Self.killed("rotation that compresses") { random, turn in
            let lines = Step.append("logs/a", 1 + random.below(120))
            let kept = 6
            switch turn % 6 {
            case 0:
                let done = turn / 6
                let oldest: [Step] = done >= kept ? [.discard("logs/a.\(kept).gz")] : []
                let shifts = stride(from: min(done, kept - 1), through: 1, by: -1).map {
                    Step.rename("logs/a.\($0).gz", "logs/a.\($0 + 1).gz")
                }
                return oldest + shifts + [lines, .rename("logs/a", "logs/a.1"), .append("logs/a", 3)]
            case 1: return [.preparePacking(of: "logs/a.1", "logs/a.1.gz", .gzip), .deliver("logs/a.1.gz", .bytes(7))]
            case 2: return [.deliver("logs/a.1.gz", .fraction(0.4)), lines]
            case 3: return [.deliver("logs/a.1.gz", .allBut(6))]
            case 4: return [.completePacking(of: "logs/a.1", "logs/a.1.gz"), lines]
            default: return [lines]
            }
        }
    }

    @Test(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
    func aReplayThatIsKilledAtAnyPointEndsWithTheSameContent() async {
        let seed = Torture.seed
        let failure = await WaitingRoom.others.run { () -> String? in
            do {
                return try Self.killReplays(seed)
            } catch {
                return "\(error)"
            }
        }
        if let failure { Issue.record(Comment(rawValue: "seed \(seed): \(failure)")) }
    }

    private static func killReplays(_ seed: UInt64) throws -> String? {
        var random = SplitMix64(seed: seed)
        let input = try ReplayInput(events: 3000)
        let whole = try input.replay(to: "whole.sqlite", within: 60)
        let expected = try ViewDump(whole.store)
        var done = 0
        var round = 0
        // How long a replay takes depends on what else the machine does; too late a kill makes the next one earlier.
        var limit = whole.seconds
        while done < kills {
            let name = "killed\(round).sqlite"
            round += 1
            for _ in 0..<10 {
                let process = try input.start(to: name)
                usleep(UInt32(Double.random(in: 0...limit, using: &random) * 1e6))
                process.signal(SIGKILL)
                if process.wait(seconds: 20) == 0 {
                    limit *= 0.8
                    break
                }
                limit *= 1.05
                done += 1
            }
            let last = try input.replay(to: name, within: 60)
            if let difference = try ViewDump(last.store).difference(from: expected) {
                return "after \(done) kills, store \(name): \(difference)"
            }
            try input.remove(name)
        }
        print("replay: \(done) kills, \(round) stores with the same content; seed \(seed)")
        return nil
    }
}
