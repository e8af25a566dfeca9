import Foundation
import TestSupport

/// Makes a list of steps that fails shorter, by trying without some of them (Zeller, Hildebrandt, "Simplifying and
/// isolating failure-inducing input", IEEE TSE 28, 2002), many at once.
struct TailShrinker {
    var scenario: Scenario
    var seed: UInt64
    /// What is wrong with the store; a failure of another kind does not count.
    var kinds: Set<String>
    /// Gives up then; seconds.
    var seconds: Double

    /// - Returns: a shorter list that failed too, and how; nil where even the whole one did not fail again.
    func shrink(_ steps: [Step]) async -> (steps: [Step], failure: String)? {
        let end = Date().addingTimeInterval(seconds)
        // The same steps meet another moment of the daemon: what failed once may need a few tries.
        guard var found = await firstFailure(Array(repeating: steps, count: 6)) else { return nil }
        var pieces = 2
        while Date() < end, found.steps.count > 1 {
            let size = max(1, found.steps.count / pieces)
            let candidates = stride(from: 0, to: found.steps.count, by: size).map { start in
                Array(found.steps[..<start] + found.steps[min(found.steps.count, start + size)...])
            }
            if let shorter = await firstFailure(candidates) {
                found = shorter
                pieces = max(2, pieces - 1)
            } else if size == 1 {
                break
            } else {
                pieces *= 2
            }
        }
        return found
    }

    private func firstFailure(_ candidates: [[Step]]) async -> (steps: [Step], failure: String)? {
        await withTaskGroup(of: (steps: [Step], failure: String)?.self) { group in
            for steps in candidates {
                group.addTask {
                    let failure = await WaitingRoom.others.run { self.failure(steps) }
                    return failure.map { (steps, $0) }
                }
            }
            // The shortest of those that fail.
            var best: (steps: [Step], failure: String)?
            for await one in group {
                if let one, one.steps.count < best?.steps.count ?? .max { best = one }
            }
            return best
        }
    }

    private func failure(_ steps: [Step]) -> String? {
        guard let run = try? TailRun(scenario, .live, seed: seed) else { return nil }
        run.isLenient = true
        run.patience = 6
        do {
            try run.run(steps)
            try run.conclude(quiet: 0.3)
            return nil
        } catch {
            guard let failure = error as? TailFailure, !failure.kinds.isDisjoint(with: kinds) else { return nil }
            return "\(error)\n\(run.report)"
        }
    }
}
