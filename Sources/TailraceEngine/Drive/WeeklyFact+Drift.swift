internal import TailraceAnalysis
internal import TailracePipeline

extension WeeklyFact {
    /// Nil while the process keeps to its ways. The alert is of the stage beside which most of it happens.
    init?(_ drift: PathDrift, stages names: [String]) {
        guard drift.isDrifting, let worst = drift.deviations.first else { return nil }
        var kinds: [String] = []
        let hidden = drift.hidden.prefix(3).map { "\(names[$0.stage]) (\($0.visits))" }
        if !hidden.isEmpty { kinds.append("hidden steps: \(hidden.joined(separator: ", "))") }
        if worst.skips > 0 { kinds.append("left out: \(worst.skips)") }
        if worst.loops > 0 { kinds.append("came again: \(worst.loops)") }
        let place = names[worst.stage].isEmpty ? "the unnamed stage" : names[worst.stage]
        self.init(
            rule: "process-drift", stage: names[worst.stage], value: drift.share, threshold: PathDrift.leastShare,
            unit: "share",
            summary:
                "\(percent(drift.share)) of the \(drift.cases) cases of \(drift.process) that ended in four weeks went a "
                + "declared way; most strays at \(place): \(kinds.joined(separator: "; "))",
            cause: "the lived process is not the declared one",
            evidence: [
                ("conforming", Double(drift.conforming)), ("cases", Double(drift.cases)),
                ("largest_undeclared_way", Double(drift.largestOther)), ("hidden_after", Double(worst.hidden)),
                ("skips", Double(worst.skips)), ("loops", Double(worst.loops)),
            ], isFault: true)
    }
}
