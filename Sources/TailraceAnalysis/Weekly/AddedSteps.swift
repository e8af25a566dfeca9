public import TailracePipeline

/// A stage that has come into the way of cases: hardly any went through it, and now many do.
public struct AddedStep: Sendable, Equatable {
    /// The stage, and the one from which most of its cases come.
    public var stage: Int
    public var from: Int
    /// Cases that went on to it this week, and all that went on from where these came from.
    public var cases: Int64
    public var of: Int64
    /// What came to it in the weeks before, from wherever, beside all that went along the same path.
    public var before: Double
    /// Median wait between the hand-off's two stages, seconds.
    public var wait: Double?

    public var share: Double { Double(cases) / Double(of) }
}

/// Finds stages that come into the paths of cases.
///
/// A stage's share is that of the cases that leave the stages before it: a step that is put between two others takes up
/// a part of what leaves the first. A path that skips a step takes up a part as well, but leads to a stage that cases
/// went to before, from elsewhere. Each stage is told once.
public struct AddedSteps: Sendable, Codable {
    /// In so large a share of the paths it is a step, and under so small a one it was none.
    public static let shareNow = 0.05
    private static let shareBefore = 0.01
    /// Fewest cases through the step in a week, and fewest in all weeks before that tell that it was none.
    private static let (leastCases, leastBefore): (Int64, Int64) = (3, 100)

    private struct Pair: Sendable, Codable, Hashable {
        var from: Int
        var to: Int
    }

    private struct Count: Sendable, Codable {
        var pair: Pair
        var cases: Int64
    }

    /// Cases by pair, in its order, of each week, ascending.
    private var weeks: [[Count]] = []
    /// Stages that are steps, told or known from the first weeks; in the order in which they became so.
    private var known: [Int] = []
    /// The told ones with the stages that their cases came from: a step behind a new step was added to the same path.
    private var told: [Int: [Int]] = [:]

    public init() {}

    /// Takes the hand-offs of a closed week.
    ///
    /// - Parameter outside: the stage that stands for where work enters.
    /// - Returns: steps that are new, ascending by stage. Complexity: O(pairs of all weeks kept).
    public mutating func close(_ rows: [HandoffRow], outside: Int?) -> [AddedStep] {
        var pairs: [Pair: Int64] = [:]
        var waits: [Pair: Double] = [:]
        for row in rows where row.from != outside && row.cases > 0 {
            let pair = Pair(from: row.from, to: row.to)
            pairs[pair, default: 0] += row.cases
            waits[pair] = row.wait.quantileSeconds(0.5)
        }
        // A week without a hand-off is a holiday or a log without cases: it tells nothing of the paths.
        guard !pairs.isEmpty else { return [] }
        let week = pairs.map { Count(pair: $0.key, cases: $0.value) }
            .sorted { ($0.pair.from, $0.pair.to) < ($1.pair.from, $1.pair.to) }
        defer {
            weeks.append(week)
            if weeks.count > WeeklyBaseline.mostWeeks { weeks.removeFirst() }
        }
        let isTold = weeks.count >= WeeklyBaseline.leastWeeks
        var found: [AddedStep] = []
        let steps = Dictionary(grouping: week) { $0.pair.to }.sorted { $0.key < $1.key }
        for (stage, into) in steps where !known.contains(stage) {
            // Now and then a case comes from anywhere; the paths are where most come from.
            let most = into.reduce(0) { max($0, $1.cases) }
            let sources = Set(into.filter { 10 * $0.cases >= most }.map(\.pair.from))
            let now = AddedSteps.share(of: stage, after: sources, [week])
            guard now.cases >= AddedSteps.leastCases, Double(now.cases) >= AddedSteps.shareNow * Double(now.of) else {
                continue
            }
            guard isTold else {
                known.append(stage)
                continue
            }
            // Wherever its cases came from before, beside all that went along the path as it was.
            let path = Set(sources.flatMap { told[$0] ?? [$0] })
            let before = (
                cases: weeks.joined().reduce(0) { $0 + ($1.pair.to == stage ? $1.cases : 0) },
                of: AddedSteps.share(of: stage, after: path, weeks).of
            )
            guard before.of >= AddedSteps.leastBefore else { continue }
            known.append(stage)
            let share = Double(before.cases) / Double(before.of)
            guard share < AddedSteps.shareBefore,
                let main = into.first(where: { $0.cases == most })?.pair
            else { continue }
            told[stage] = path.sorted()
            found.append(
                AddedStep(
                    stage: stage, from: main.from, cases: now.cases, of: now.of, before: share, wait: waits[main]))
        }
        return found
    }

    /// Cases that went from some stages to one, and all that went on from them.
    private static func share(of stage: Int, after sources: Set<Int>, _ weeks: [[Count]])
        -> (cases: Int64, of: Int64)
    {
        weeks.joined().reduce(into: (0, 0)) { sum, count in
            guard sources.contains(count.pair.from) else { return }
            sum.1 += count.cases
            if count.pair.to == stage { sum.0 += count.cases }
        }
    }
}
