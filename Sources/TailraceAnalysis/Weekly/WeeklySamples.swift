public import TailracePipeline

extension WeeklyRule {
    /// The samples of this rule in a closed week, by stage; a stage whose logs do not say enough has none.
    public func samples(of week: ClosedWeek) -> [Int: [(series: String, sample: WeeklySample)]] {
        switch self {
        case .redundancySurge: redundancy(week)
        case .zombieGrowth:
            single(week) { copies in
                copies.zombies.flatMap {
                    WeeklySample(
                        week: week.window.start, part: Double($0), whole: Double(copies.contents),
                        count: Double(copies.contents))
                }
            }
        case .framingConvergence: single(week) { WeeklySample(week: week.window.start, sizes: $0.familySizes) }
        }
    }

    private func single(_ week: ClosedWeek, _ sample: (StageCopies) -> WeeklySample?)
        -> [Int: [(series: String, sample: WeeklySample)]]
    {
        var found: [Int: [(series: String, sample: WeeklySample)]] = [:]
        for copies in week.copies {
            if let sample = sample(copies) { found[copies.stage] = [("", sample)] }
        }
        return found
    }

    /// By origin where a stage's items have more than one, and all together.
    private func redundancy(_ week: ClosedWeek) -> [Int: [(series: String, sample: WeeklySample)]] {
        struct Sums {
            var bytes: Int64 = 0
            var redundant: Int64 = 0
            var items: Int64 = 0
        }
        var sums: [Int: [String: Sums]] = [:]
        for row in week.rows.output where row.comparedItems > 0 {
            for series in ["", row.key.origin.name] {
                var sum = sums[row.key.stage]?[series] ?? Sums()
                sum.bytes += row.bytes
                sum.redundant += min(row.redundantBytes, row.bytes)
                sum.items += row.items
                sums[row.key.stage, default: [:]][series] = sum
            }
        }
        return sums.mapValues { series in
            series.sorted { $0.key < $1.key }.compactMap { name, sum in
                WeeklySample(
                    week: week.window.start, part: Double(sum.redundant), whole: Double(sum.bytes),
                    count: Double(sum.items)
                ).map { (name, $0) }
            }
        }
    }
}
