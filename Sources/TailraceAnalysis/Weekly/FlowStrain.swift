public import TailracePipeline

/// A team whose cases come through sooner, and who pays for it.
public struct StrainedFlow: Sendable, Equatable {
    public var team: Int
    /// p85 of the time from a case's entry to its completion by the team, hours; four weeks, and what is usual.
    public var flow: Double
    public var usualFlow: Double
    /// Mean of the relative changes below; never averaged with the flow.
    public var strain: Double
    /// Share of events outside of working hours; hours of work a head and week; stages a head and week; now and usually.
    public var afterHours: (now: Double, usual: Double)
    public var load: (now: Double, usual: Double)
    public var fragmentation: (now: Double, usual: Double)

    public static func == (a: StrainedFlow, b: StrainedFlow) -> Bool {
        (a.team, a.flow, a.usualFlow, a.strain) == (b.team, b.flow, b.usualFlow, b.strain)
            && a.afterHours == b.afterHours && a.load == b.load && a.fragmentation == b.fragmentation
    }
}

/// Watches, team by team, the pair of flow and strain: a gain of one that the other pays for.
///
/// Four weeks are compared with eight at least and 26 at most before them, without the four between. Teams under the
/// minimum group, and weeks in which a team finished fewer than ten cases, say nothing. Load is hours of work, not events:
/// who has help with a task has more tasks, and not more to do. Where no hours are seen it counts for nothing.
public struct FlowStrains: Sendable, Codable {
    private struct Week: Sendable, Codable {
        /// Hours; strain's three parts.
        var flow: Double
        var afterHours: Double
        var load: Double
        var fragmentation: Double
    }
    private var weeks: [Int: [Week]] = [:]

    private static let (periodWeeks, gapWeeks, leastWeeks, mostWeeks) = (4, 4, 8, 26)
    private static let leastCases = 10
    /// A tenth better, a tenth worse.
    public static let (gain, cost) = (0.1, 0.1)
    /// A part of the strain counts as worse beyond this.
    private static let leastPart = 0.05
    /// After-hours work of a team that had none is measured by this share: from nothing, every change is endless.
    private static let leastAfterHours = 0.05

    public init() {}

    /// Takes a closed week.
    ///
    /// - Parameter names: of the teams, by index.
    /// - Returns: teams of which both are so, ascending. Complexity: O(teams × stages × people).
    public mutating func close(_ week: ClosedWeek, teams names: [String]) -> [StrainedFlow] {
        let stages = week.ownStageWeeks
        var touch: [Int: Double] = [:]
        for row in week.rows.work { touch[row.stage, default: 0] += Double(row.touchSum) / 3_600_000 }
        for row in week.rows.teams
        where row.window == week.window && row.hasHours && row.members.count >= max(1, row.minimumGroup) {
            let key = Array(names[row.team].utf8).withUnsafeBytes { hash64($0, seed: 0) }
            // Where most of what a stage finishes is the team's, so is its time.
            var ages = Sketch()
            var (duties, hours) = (0, 0.0)
            for stage in stages {
                duties += stage.finishers.entries.count { row.members.contains($0.key) }
                let own = stage.teams.entries.first { $0.key == key }?.count ?? 0
                guard 2 * own > stage.teams.total else { continue }
                ages.merge(stage.caseAge)
                hours += touch[stage.stage] ?? 0
            }
            guard ages.count >= FlowStrains.leastCases, let seconds = ages.quantileSeconds(0.85) else { continue }
            let members = Double(row.members.count)
            weeks[row.team, default: []].append(
                Week(
                    flow: seconds / 3600, afterHours: Double(row.afterHoursEvents) / Double(max(1, row.humanEvents)),
                    load: hours / members, fragmentation: Double(duties) / members))
            let kept = FlowStrains.mostWeeks + FlowStrains.gapWeeks + FlowStrains.periodWeeks
            if let count = weeks[row.team]?.count, count > kept { weeks[row.team]?.removeFirst(count - kept) }
        }
        return weeks.keys.sorted().compactMap { team in judge(team, weeks[team] ?? []) }
    }

    private func judge(_ team: Int, _ weeks: [Week]) -> StrainedFlow? {
        let settled = weeks.count - FlowStrains.periodWeeks - FlowStrains.gapWeeks
        guard settled >= FlowStrains.leastWeeks else { return nil }
        let before = weeks[..<settled].suffix(FlowStrains.mostWeeks)
        let now = weeks.suffix(FlowStrains.periodWeeks)
        func pair(_ value: (Week) -> Double) -> (now: Double, usual: Double) {
            (
                now.reduce(0) { $0 + value($1) } / Double(now.count),
                before.reduce(0) { $0 + value($1) } / Double(before.count)
            )
        }
        var (latest, usual) = (now.map(\.flow), before.map(\.flow))
        let flow = (now: quantile(0.5, of: &latest), usual: quantile(0.5, of: &usual))
        let (afterHours, load, fragmentation) = (pair(\.afterHours), pair(\.load), pair(\.fragmentation))
        func changes(_ hours: Double, _ work: Double, _ stages: Double) -> [Double] {
            [
                (hours, afterHours.usual, FlowStrains.leastAfterHours), (work, load.usual, 1),
                (stages, fragmentation.usual, 1),
            ].map { now, usual, least in
                // No one part may outweigh the other two.
                max(-1, min(1, (now - usual) / max(usual, least)))
            }
        }
        let parts = changes(afterHours.now, load.now, fragmentation.now)
        let strain = parts.reduce(0, +) / 3
        // Beyond what weeks differ by anyway.
        let squares = before.reduce(0.0) {
            let value = changes($1.afterHours, $1.load, $1.fragmentation).reduce(0, +) / 3
            return $0 + value * value
        }
        let swing = (squares / Double(before.count) / Double(now.count)).squareRoot()
        guard flow.now <= (1 - FlowStrains.gain) * flow.usual, now.allSatisfy({ $0.flow < flow.usual }),
            strain >= FlowStrains.cost, strain > 2 * swing,
            // A new tool on every desk is one more stage a head, and no strain by itself.
            parts.count(where: { $0 > FlowStrains.leastPart }) >= 2
        else { return nil }
        return StrainedFlow(
            team: team, flow: flow.now, usualFlow: flow.usual, strain: strain, afterHours: afterHours, load: load,
            fragmentation: fragmentation)
    }
}
