internal import TailraceAnalysis
internal import TailracePipeline

extension WeeklyFact {
    /// Teams that share a trouble, and their share of all teams: from here on it is no team's own.
    private static let (leastTeams, leastShare) = (3, 0.25)
    /// What the alert stands for in place of a stage.
    static let allTeams = "(all teams)"
    static let frictionRule = "common-friction"

    /// A rule that fires for several teams at once: the way of working, and none of them, is what is wrong.
    ///
    /// A stage is its team's where that finishes most of what is finished there in four weeks.
    ///
    /// - Parameter firing: rule and stage of every alert that fires now.
    static func friction(
        _ week: ClosedWeek, firing: [(rule: String, stage: String)], stages: [String], teams: [String]
    ) -> [WeeklyFact] {
        let keys = Dictionary(
            teams.map { (Array($0.utf8).withUnsafeBytes { hash64($0, seed: 0) }, $0) }, uniquingKeysWith: { a, _ in a })
        var owners: [String: String] = [:]
        var active: Set<String> = []
        for (stage, tally) in week.teamsByStage {
            active.formUnion(tally.entries.compactMap { keys[$0.key] })
            let most = tally.entries.max { ($0.count, $1.key) < ($1.count, $0.key) }
            if let most, 2 * most.count > tally.total { owners[stages[stage]] = keys[most.key] }
        }
        // Some rules are of teams already.
        for team in teams where owners[team] == nil { owners[team] = team }
        var hit: [String: Set<String>] = [:]
        for alert in firing {
            if let team = owners[alert.stage], active.contains(team) { hit[alert.rule, default: []].insert(team) }
        }
        let shared = hit.filter {
            $0.value.count >= leastTeams && Double($0.value.count) >= leastShare * Double(active.count)
        }.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        guard let worst = shared.first else { return [] }
        let names = worst.value.sorted().prefix(6).joined(separator: ", ") + (worst.value.count > 6 ? ", …" : "")
        let others = shared.dropFirst().prefix(4).map { "\($0.key) (\($0.value.count))" }
        return [
            WeeklyFact(
                rule: frictionRule, stage: allTeams, value: Double(worst.value.count),
                threshold: max(Double(leastTeams), leastShare * Double(active.count)), unit: "teams",
                summary: "\(worst.key) fires for \(worst.value.count) of \(active.count) teams at once (\(names))"
                    + (others.isEmpty ? "" : "; also \(others.joined(separator: ", "))"),
                cause: "the way of working, not one team",
                evidence: [("teams", Double(worst.value.count)), ("of", Double(active.count))])
        ]
    }
}
