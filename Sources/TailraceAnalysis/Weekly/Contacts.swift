public import TailracePipeline

/// How often each stage wrote to one recipient in four weeks, in order of stage and measure.
///
/// - Parameter minimumGroup: recipients under which nothing is told of them.
public func contacts(_ week: ClosedWeek, minimumGroup: Int) -> [MeasureValue] {
    var samples: [Int: RecipientSample] = [:]
    for row in week.stageWeeks.joined() where !row.contacts.isEmpty {
        samples[row.stage, default: RecipientSample()].merge(row.contacts)
    }
    let senders = week.rows.engagement.filter { $0.sent > 0 }.map(\.key.stage)
    return Set(senders).union(samples.keys).sorted().flatMap { stage -> [MeasureValue] in
        let counts = samples[stage]?.entries.map { Double($0.count) }.sorted() ?? []
        let isShown = !counts.isEmpty && counts.count >= minimumGroup
        let mean = counts.reduce(0, +) / Double(max(1, counts.count))
        // Nearest rank: what a recipient really got.
        let rank = Int((0.95 * Double(counts.count)).rounded(.up))
        let values: [(WeeklyMeasure, Double)] = [(.contacts, mean), (.contactsHigh, isShown ? counts[rank - 1] : 0)]
        return values.map { measure, figure in
            var value = MeasureValue(window: week.window, stage: stage, measure: measure)
            if isShown {
                value.value = figure
            } else {
                value.missing = counts.isEmpty ? measure.input : "at least \(minimumGroup) recipients"
            }
            return value
        }
    }
}
