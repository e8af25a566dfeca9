public import TailracePipeline

/// How the cases of a declared process went, over four weeks.
public struct PathDrift: Sendable, Equatable {
    public var process: String
    /// Cases that came to the end, and those of them that went a declared way.
    public var cases: Int64
    public var conforming: Int64
    /// Cases on the most frequent way that is not declared.
    public var largestOther: Int64
    /// What went beside the ways, by declared stage, most first.
    public var deviations: [(stage: Int, hidden: Int64, skips: Int64, loops: Int64)]
    /// Stages that are in none of the ways, by visits, most first.
    public var hidden: [(stage: Int, visits: Int64)]

    public var share: Double { cases > 0 ? Double(conforming) / Double(cases) : 1 }

    /// Under so many, a declared path is no more the lived one; and one other way with so many is a new path.
    public static let leastShare = 0.8
    private static let mostOther = 0.1
    private static let leastCases: Int64 = 20

    /// Has the process left its ways, by more than chance?
    public var isDrifting: Bool {
        guard cases >= PathDrift.leastCases else { return false }
        let upper = wilsonInterval(hits: Int(conforming), of: Int(cases)).high
        let other = wilsonInterval(hits: Int(largestOther), of: Int(cases)).low
        return upper < PathDrift.leastShare || other > PathDrift.mostOther
    }

    public static func == (a: PathDrift, b: PathDrift) -> Bool {
        a.process == b.process && a.cases == b.cases && a.conforming == b.conforming
            && a.largestOther == b.largestOther
            && a.deviations.elementsEqual(b.deviations, by: ==) && a.hidden.elementsEqual(b.hidden, by: ==)
    }
}

extension ClosedWeek {
    /// Declared processes whose cases came to their end in the last four weeks, in the order in which they are declared.
    ///
    /// - Parameter stages: names by index. Complexity: O(rows × processes).
    public func pathDrifts(of processes: [DeclaredProcess], stages names: [String]) -> [PathDrift] {
        guard !processes.isEmpty, stageWeeks.count == 4 else { return [] }
        var sums: [Int: StageWeekRow] = [:]
        for row in stageWeeks.joined() {
            if sums[row.stage]?.merge(row) == nil { sums[row.stage] = row }
        }
        let declared = DeclaredWays(processes)
        return processes.enumerated().compactMap { number, process in
            let steps = Set(process.steps)
            let own = sums.values.filter { steps.contains(process.step(names[$0.stage])) }.sorted {
                $0.stage < $1.stage
            }
            var ways = Tally()
            for row in own { ways.merge(row.ways) }
            let cases = own.reduce(0) { $0 + $1.pathCases }
            guard cases > 0 else { return nil }
            let others = ways.entries.filter { !declared.contains($0.key, in: number) }
            let hidden = sums.values.filter { $0.hiddenVisits > 0 && !steps.contains(process.step(names[$0.stage])) }
            return PathDrift(
                process: process.name, cases: cases, conforming: own.reduce(0) { $0 + $1.pathConforming },
                largestOther: others.reduce(0) { max($0, $1.count) },
                deviations: own.map { ($0.stage, $0.hiddenAfter, $0.skips, $0.loops) }
                    .filter { $0.1 + $0.2 + $0.3 > 0 }
                    .sorted { ($1.1 + $1.2 + $1.3, $0.0) < ($0.1 + $0.2 + $0.3, $1.0) },
                hidden: hidden.map { ($0.stage, $0.hiddenVisits) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) })
        }
    }
}
