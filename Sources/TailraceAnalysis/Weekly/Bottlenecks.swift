public import TailracePipeline

/// A stage that has become the one in which the work of a process waits longest.
public struct MovedBottleneck: Sendable, Equatable {
    public var stage: Int
    /// The stage that used to be it.
    public var from: Int
    /// Days of work that wait in either.
    public var days: Double
    public var daysBefore: Double
}

/// Finds out when the bottleneck of a process moves to another stage.
///
/// A process is a set of stages that cases go between (connected parts of the graph of hand-offs): the longest queue of
/// the whole organisation tells nothing of the others. The bottleneck is the stage with most days of work at the week's
/// end (Goldratt, "The Goal", 1984); what it used to be, the stage that was so most often in the weeks before.
public struct Bottlenecks: Sendable, Codable {
    /// Closes of weeks running at which a stage must be it: five working days lie between two.
    private static let weeksToHold = 2
    /// Less work than this waits nowhere long.
    public static let leastDays = 1.0

    private struct Week: Sendable, Codable {
        /// Pairs of stages that cases went between, flat.
        var pairs: [Int]
        /// The bottlenecks, and those of them in which a day of work waited or more.
        var longest: [Int]
        var held: [Int]
    }

    private var weeks: [Week] = []
    /// Bottlenecks that were told: as long as they are it, they are not told again.
    private var told: [Int] = []

    public init() {}

    /// Takes a closed week.
    ///
    /// - Returns: moves, ascending by stage. Complexity: O(pairs of all weeks kept).
    public mutating func close(_ week: ClosedWeek, outside: Int?) -> [MovedBottleneck] {
        let pairs = week.rows.handoffs.filter { $0.from != outside && $0.cases > 0 }.flatMap { [$0.from, $0.to] }
        var days: [Int: Double] = [:]
        for row in week.rows.flow { days[row.stage] = row.daysOfWork }
        let process = Bottlenecks.processes(weeks.flatMap(\.pairs) + pairs)
        var longest: [Int: Int] = [:]
        for (stage, value) in days.sorted(by: { $0.key < $1.key }) {
            guard let root = process[stage], value > 0 else { continue }
            if value > longest[root].flatMap({ days[$0] }) ?? 0 { longest[root] = stage }
        }
        let usual = weeks.count >= WeeklyBaseline.leastWeeks ? usualBottlenecks(process) : [:]
        let recent = weeks.suffix(Bottlenecks.weeksToHold - 1)
        let held = longest.values.filter { days[$0] ?? 0 >= Bottlenecks.leastDays }.sorted()
        weeks.append(Week(pairs: pairs, longest: longest.values.sorted(), held: held))
        if weeks.count > WeeklyBaseline.mostWeeks { weeks.removeFirst() }
        told.removeAll { !longest.values.contains($0) }
        return held.compactMap { stage in
            guard let root = process[stage], let before = usual[root], before != stage, !told.contains(stage),
                let now = days[stage], recent.allSatisfy({ $0.held.contains(stage) })
            else { return nil }
            told.append(stage)
            return MovedBottleneck(stage: stage, from: before, days: now, daysBefore: days[before] ?? 0)
        }
    }

    /// The stage of each process that was the bottleneck most often, of equals the first.
    private func usualBottlenecks(_ process: [Int: Int]) -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for week in weeks { for stage in week.longest { counts[stage, default: 0] += 1 } }
        var usual: [Int: Int] = [:]
        for (stage, count) in counts.sorted(by: { $0.key < $1.key }) {
            guard let root = process[stage] else { continue }
            if count > usual[root].flatMap({ counts[$0] }) ?? 0 { usual[root] = stage }
        }
        return usual
    }

    /// The least stage of the connected part that each stage belongs to (union-find with path halving; Tarjan & van
    /// Leeuwen, "Worst-case analysis of set union algorithms", JACM 31, 1984).
    private static func processes(_ pairs: [Int]) -> [Int: Int] {
        var parent: [Int: Int] = [:]
        func root(_ stage: Int) -> Int {
            var stage = stage
            while let next = parent[stage], next != stage {
                parent[stage] = parent[next]
                stage = next
            }
            return stage
        }
        for place in stride(from: 0, to: pairs.count, by: 2) {
            for stage in pairs[place...(place + 1)] where parent[stage] == nil { parent[stage] = stage }
            let (a, b) = (root(pairs[place]), root(pairs[place + 1]))
            parent[max(a, b)] = min(a, b)
        }
        return Dictionary(uniqueKeysWithValues: parent.keys.sorted().map { ($0, root($0)) })
    }
}
