public import TailracePipeline

/// How the work of a stage is spread over its people, in four weeks. Says nothing of any one of them.
public struct PeopleShares: Sendable, Equatable {
    public var people: Int
    public var completions: Int64
    /// Share of the one who finished most.
    public var topShare: Double
    /// As many equally busy people would be spread as evenly: 1 / Σ share² (Simpson, "Measurement of diversity", Nature
    /// 163, 1949).
    public var effectiveServers: Double
    /// Ninth decile over median of what each finished, of those who finished five or more; nil under five of them.
    public var spread: Double?

    /// One who helps out now and then is not slow.
    private static let leastToCompare: Int64 = 5
    private static let leastPeopleToCompare = 5

    /// - Returns: nil where nobody finished anything.
    init?(_ finishers: Tally) {
        let counts = finishers.entries.map(\.count).filter { $0 > 0 }
        let total = counts.reduce(0, +)
        guard total > 0 else { return nil }
        people = counts.count
        completions = total
        let shares = counts.map { Double($0) / Double(total) }
        topShare = shares.max() ?? 0
        effectiveServers = 1 / shares.reduce(0) { $0 + $1 * $1 }
        var steady = counts.filter { $0 >= PeopleShares.leastToCompare }.map { Double($0) }
        guard steady.count >= PeopleShares.leastPeopleToCompare else { return }
        spread = quantile(0.9, of: &steady) / quantile(0.5, of: &steady)
    }
}

extension ClosedWeek {
    /// By stage, over the four weeks that end with this one; a log that has not run for four has none.
    public var peopleShares: [Int: PeopleShares] {
        guard stageWeeks.count == 4 else { return [:] }
        return together(\.finishers).compactMapValues { PeopleShares($0) }
    }

    /// Finished items by team (hashes of names), by stage, over the four weeks that end with this one.
    public var teamsByStage: [Int: Tally] { together(\.teams) }

    /// A tally of all weeks, by stage.
    func together(_ tally: KeyPath<StageWeekRow, Tally>) -> [Int: Tally] {
        var sums: [Int: Tally] = [:]
        for row in stageWeeks.joined() { sums[row.stage, default: Tally()].merge(row[keyPath: tally]) }
        return sums.filter { !$0.value.isEmpty }
    }

    /// What is only told by the week, of this week.
    var ownStageWeeks: [StageWeekRow] {
        stageWeeks.last.map { $0.first?.window == window ? $0 : [] } ?? []
    }

    /// Stages at which the cases of a process end: most come from another stage, and most go on to none.
    public var lastStages: Set<Int> {
        var known: Set<Int> = []
        var (completions, arrivals): ([Int: Int64], [Int: Int64]) = ([:], [:])
        for row in rows.flow {
            known.insert(row.stage)
            completions[row.stage, default: 0] += row.completions + row.unscheduled
            arrivals[row.stage, default: 0] += row.arrivals + row.unscheduled
        }
        var (inward, onward): ([Int: Int64], [Int: Int64]) = ([:], [:])
        // What comes from outside comes from a stage without rows of its own.
        for row in rows.handoffs where known.contains(row.from) {
            inward[row.to, default: 0] += row.cases
            onward[row.from, default: 0] += row.cases
        }
        return known.filter {
            completions[$0, default: 0] > 0 && 2 * onward[$0, default: 0] < completions[$0, default: 0]
                && 2 * inward[$0, default: 0] >= arrivals[$0, default: 0] && inward[$0, default: 0] > 0
        }
    }
}
