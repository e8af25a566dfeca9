internal import TailracePipeline

/// The names of all stores in one numbering, which does not depend on the order in which the stores are named.
struct MergedNames {
    /// In the order in which they were first seen, then by name: nearest to what one store of all logs would have.
    let stages: [StageRow]
    let teams: [String]
    let results: [String]
    /// Tags. Rows have their keys, not their numbers.
    let reasons: [String]
    let categories: [String]

    /// Numbers the names, and tells each input how its own are numbered.
    ///
    /// Complexity: O(n log n) in the names.
    init(_ inputs: inout [MergeInput]) {
        var found: [String: StageRow] = [:]
        for input in inputs {
            for stage in input.stages {
                guard let known = found[stage.name] else {
                    found[stage.name] = stage
                    continue
                }
                var row = known
                row.firstSeen = [row.firstSeen, stage.firstSeen].compactMap { $0 }.min()
                row.lastSeen = [row.lastSeen, stage.lastSeen].compactMap { $0 }.max()
                row.owner = row.owner ?? stage.owner
                row.kind = row.kind ?? stage.kind
                row.toleranceDays = row.toleranceDays ?? stage.toleranceDays
                found[stage.name] = row
            }
        }
        let order = found.values.sorted { ($0.firstSeen ?? .max, $0.name) < ($1.firstSeen ?? .max, $1.name) }
        let stageNames = MergedNames.cut(order.map(\.name))
        stages = stageNames.enumerated().map { index, name in
            var row = found[name] ?? StageRow(index: index, name: name)
            row.index = index
            return row
        }
        teams = MergedNames.cut(Set(inputs.flatMap(\.teams)).sorted())
        results = MergedNames.cut(Set(inputs.flatMap(\.results)).sorted())
        reasons = MergedNames.cut(Set(inputs.flatMap(\.reasons)).sorted(), to: Pipeline.tagLimit)
        categories = MergedNames.cut(Set(inputs.flatMap(\.categories)).sorted(), to: Pipeline.tagLimit)
        for place in inputs.indices {
            inputs[place].stageNumbers = MergedNames.numbers(of: inputs[place].stages.map(\.name), in: stageNames)
            inputs[place].teamNumbers = MergedNames.numbers(of: inputs[place].teams, in: teams)
            inputs[place].resultNumbers = MergedNames.numbers(of: inputs[place].results, in: results)
        }
    }

    /// As many as can be told apart; the last stands for the rest.
    private static func cut(_ names: [String], to limit: Int = Pipeline.nameLimit) -> [String] {
        guard names.count > limit else { return names }
        return names.filter { $0 != other }.prefix(limit - 1) + [other]
    }

    private static let other = "(other)"

    private static func numbers(of own: [String], in all: [String]) -> [Int] {
        let numbers = Dictionary(all.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return own.map { numbers[$0] ?? all.count - 1 }
    }
}
