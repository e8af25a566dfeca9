internal import TailraceAnalysis
internal import TailracePipeline
internal import TailraceStore

/// What one checkpoint writes, as it was at one moment: it can be written while the next events are applied, and again
/// where that failed.
struct CheckpointContent: Sendable {
    var output: PipelineOutput
    var inputs: SourceLedger.Changes
    var stages: [StageRow]
    /// Up to where windows have closed, seconds; nil before the first event.
    var closedThrough: Int64?
    var alerts: AlertBook.Changes?
    var silences: Segment?
    var weekly: Segment?
    /// Measures that were taken when their week closed; the others follow from the rows.
    var measures: [MeasureValue] = []
    var rebounds: [StoredRebound] = []
    var watching: String?
    /// How the rules of the user's own fare.
    var sqlRules: String?
    var fingerprints: FingerprintUse?
    /// Parts of states, to be appended.
    var segments: [Segment] = []
    /// Kinds of states that have to be written as a whole, by whoever holds them.
    var rewritten: [String] = []

    init(output: PipelineOutput, inputs: SourceLedger.Changes, stages: [StageRow]) {
        (self.output, self.inputs, self.stages) = (output, inputs, stages)
    }

    /// Writes all of it but the states of `rewritten`.
    func write(to transaction: inout Checkpoint) throws(StoreFault) {
        try writeOutput(to: &transaction)
        for segment in segments { try transaction.append(segment) }
        let measures = weekMeasures()
        try transaction.upsert(measures.names)
        try transaction.upsert(measures.rows)
        try transaction.upsert(rebounds)
        try transaction.upsert(stages)
        if let alerts {
            try transaction.remove(alerts.lapsed, from: StoredAlert.table)
            try transaction.upsert(alerts.rows)
            try transaction.upsert(alerts.rules)
            try transaction.replaceSegments(
                "alerts", with: [Segment(kind: "alerts", version: 1, data: alerts.state)])
        }
        try transaction.remove(inputs.removedSources, from: StoredSource.table)
        try transaction.upsert(inputs.sources)
        try transaction.remove(inputs.removedPoints, from: StoredRestartPoint.table)
        try transaction.upsert(inputs.points)
        try transaction.upsert(inputs.rejections)
        if let weekly { try transaction.replaceSegments(WeeklyReview.kind, with: [weekly]) }
        if let silences { try transaction.replaceSegments(LogSilences.kind, with: [silences]) }
        if let use = fingerprints {
            let text = "\(use.slotsUsed) \(use.slots) \(use.evictions) \(use.expired)"
            try transaction.setSetting("fingerprints", text)
        }
        if let sqlRules { try transaction.setSetting(SQLRules.setting, sqlRules) }
        if let watching { try transaction.setSetting("watching", watching) }
    }

    private func writeOutput(to transaction: inout Checkpoint) throws(StoreFault) {
        try transaction.upsert(output.periods)
        try transaction.upsert(output.names)
        try transaction.upsert(output.rows.flow)
        try transaction.upsert(output.rows.work)
        try transaction.upsert(output.rows.output)
        try transaction.upsert(output.rows.engagement)
        try transaction.upsert(output.rows.cohorts)
        try transaction.upsert(output.rows.outcomes)
        try transaction.upsert(output.rows.handoffs)
        try transaction.upsert(output.rows.teams)
        try transaction.upsert(output.rows.stageWeeks)
        try transaction.merge(output.late.flow)
        try transaction.merge(output.late.work)
        try transaction.merge(output.late.output)
        try transaction.merge(output.late.engagement)
        try transaction.merge(output.late.cohorts)
        try transaction.merge(output.late.outcomes)
        try transaction.merge(output.late.handoffs)
        try transaction.merge(output.late.teams)
        try transaction.merge(output.late.stageWeeks)
        if let closedThrough, !output.rows.cohorts.isEmpty || !output.periods.isEmpty {
            try transaction.matureCohorts(watermark: closedThrough)
        }
        try transaction.write(CheckpointContent.leaderSegments(output.leaders))
        try transaction.upsert(output.items)
        for stream in output.firstReads { try transaction.openReads(of: stream) }
        try transaction.setItemReads(
            output.reads.sorted { $0.key < $1.key }.map { (item: $0.key, reads: $0.value) })
        try transaction.setItemCopies(
            output.copies.sorted { $0.key < $1.key }.map { (item: $0.key, copies: $0.value) })
        try transaction.upsert(output.families)
        try transaction.upsert(output.familyCosts)
        try transaction.replaceSegments("core", with: [Segment(kind: "core", version: 1, data: output.core)])
    }

    /// The measures of the weeks that closed since the last checkpoint.
    private func weekMeasures() -> (names: [NameRow], rows: [StoredMeasure]) {
        let closed = Set(output.periods.filter { $0.isClosed && $0.window.grain == .week }.map(\.window))
        guard !closed.isEmpty || !measures.isEmpty else { return ([], []) }
        return CheckpointContent.rows(
            of: measures
                + weeklyMeasures(
                    flow: output.rows.flow.filter { closed.contains($0.window) },
                    output: output.rows.output.filter { closed.contains($0.window) },
                    engagement: output.rows.engagement.filter { closed.contains($0.window) }))
    }

    /// Measures as they are stored, with the names that they refer to.
    static func rows(of values: [MeasureValue]) -> (names: [NameRow], rows: [StoredMeasure]) {
        var names = WeeklyMeasure.allCases.map { NameRow(kind: .measure, index: $0.rawValue, text: $0.name) }
        let split = values.filter { $0.tag != nil }.sorted { $0.index < $1.index }
        for (place, value) in split.enumerated() where place == 0 || split[place - 1].index != value.index {
            names.append(NameRow(kind: .measure, index: value.index, text: value.name))
        }
        return (
            names,
            values.map { value in
                var row = StoredMeasure(
                    window: value.window, stage: value.stage, measure: value.index, unit: value.measure.unit)
                (row.value, row.low, row.high, row.missing) = (value.value, value.low, value.high, value.missing)
                return row
            }
        )
    }

    /// Leaders are packed into one segment a checkpoint.
    private static func leaderSegments(_ leaders: [LeaderRecord]) -> [LeaderSegment] {
        guard let first = leaders.first, let last = leaders.last else { return [] }
        var segments: [LeaderSegment] = []
        // Small segments: a look-up reads one of them whole.
        for start in stride(from: 0, to: leaders.count, by: 64) {
            let part = leaders[start..<min(start + 64, leaders.count)]
            var writer = ByteWriter()
            for leader in part { leader.write(to: &writer) }
            segments.append(
                LeaderSegment(
                    firstFamily: part.first?.family ?? first.family, lastFamily: part.last?.family ?? last.family,
                    data: writer.bytes))
        }
        return segments
    }
}
