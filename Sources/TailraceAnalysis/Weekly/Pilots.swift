public import TailracePipeline

/// A stage that teams took up, and whose use has changed.
public struct PilotState: Sendable, Equatable {
    public var stage: Int
    /// Teams that were active in three of the last four weeks, and all that ever were.
    public var active: Int
    public var ever: Int
    public var wasAdopted: Bool
}

/// Finds out when something that teams took up is used by few of them only, or by most again.
///
/// Use is counted in people's finished items, by team. A team is active if it finished something in three weeks of four.
/// A stage is adopted while six tenths of the teams that ever used it are active, and no more when fewer than four
/// tenths are; between, nothing changes.
public struct Pilots: Sendable, Codable {
    private static let leastTeams = 4
    private static let (adopted, faded) = (0.6, 0.4)

    fileprivate struct Use: Sendable, Codable {
        var teams: [UInt64] = []
        var weeks = 0
        var isAdopted: Bool?
        /// Told as faded, and not taken up again.
        var isTold = false
    }
    private var uses: [Int: Use] = [:]
    /// Teams of one stage that are told apart.
    private static let mostTeams = 1024

    public init() {}

    /// Takes a closed week.
    ///
    /// - Returns: stages whose use has faded since most teams used them, for as long as it is so; ascending by stage.
    public mutating func close(_ week: ClosedWeek) -> [PilotState] {
        for row in week.ownStageWeeks { uses[row.stage, default: Use()].take(row.teams, atMost: Pilots.mostTeams) }
        var found: [PilotState] = []
        for stage in uses.keys.sorted() {
            guard var use = uses[stage] else { continue }
            use.weeks += 1
            defer { uses[stage] = use }
            guard use.weeks >= 4, use.teams.count >= Pilots.leastTeams, week.stageWeeks.count == 4 else { continue }
            let rows = week.stageWeeks.map { $0.first { $0.stage == stage } }
            let active = use.teams.filter { team in rows.count { $0?.teams.contains(team) ?? false } >= 3 }.count
            let share = Double(active) / Double(use.teams.count)
            if share >= Pilots.adopted {
                (use.isAdopted, use.isTold) = (true, false)
            } else if share < Pilots.faded {
                if use.isAdopted == true { use.isTold = true }
                use.isAdopted = false
            }
            if use.isTold, active > 0 {
                found.append(PilotState(stage: stage, active: active, ever: use.teams.count, wasAdopted: true))
            }
        }
        return found
    }
}

extension Pilots.Use {
    fileprivate mutating func take(_ tally: Tally, atMost limit: Int) {
        for entry in tally.entries where teams.count < limit && !teams.contains(entry.key) { teams.append(entry.key) }
    }
}
