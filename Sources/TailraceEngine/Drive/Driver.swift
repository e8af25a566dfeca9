internal import Dispatch
internal import Foundation
internal import TailraceAnalysis
public import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// Drives records through the pipeline into the store: one driver for replay and run.
///
/// One owner, one thread: whoever calls. Everything that an event changes, windows, states, alerts and the position
/// in its source, is committed in one transaction (`checkpoint`), so that a store is always a prefix of its input.
public final class Driver {
    public let configuration: Configuration
    let store: Store
    private(set) var pipeline: Pipeline
    var monitors: StageMonitors
    var book: AlertBook?
    var ledger = SourceLedger()
    var contents = ContentIndex()
    /// Since files were last looked at, one changed its name, or one that was too short to tell has content now: look
    /// again.
    var isStale = false
    /// Sources whose file was too short to be told by its content, and how many bytes it held.
    var undecided: [Int: Int64] = [:]
    /// How often the head of a source's file was not what was read, although its end was.
    var contradictions: [Int: Int] = [:]
    /// Sources that were told by their content and are not read yet: the hash of their first 64 bytes.
    var placed: [Int: UInt64] = [:]
    var silences: LogSilences
    /// Tells how far the sources are that are being read; asked before each checkpoint.
    var openProgress: () -> [SourceProgress] = { [] }
    /// Called every second while a checkpoint waits for room or for a lock.
    var onWaiting: () -> Void = {}
    /// How folders are watched, where that has changed.
    var watching: String?

    /// Decompressed bytes applied since the last checkpoint.
    private var bytesSince: Int64 = 0
    private var checkpointedAt = DispatchTime.now()
    /// Bytes of segments in the store by kind, now and when they were written as a whole.
    private var segmentBytes: [String: Int] = [:]
    private var compactBytes: [String: Int] = [:]
    /// Less than this is not worth writing anew.
    private static let compactionBytes = 16 << 20

    /// Opens or makes the store and takes up what is in it.
    public init(configuration: Configuration, storePath: String) throws {
        try configuration.checkKey()
        self.configuration = configuration
        store = try Store(path: storePath, create: true)
        pipeline = Pipeline(settings: configuration.pipelineSettings)
        monitors = StageMonitors(configuration: configuration)
        book = AlertBook()
        silences = LogSilences(sources: configuration.sources)
        try checkDefinition()
        try restore()
        pipeline.findLeader = { [store] family in Driver.leader(of: family, in: store) }
    }

    /// Allowed lateness in milliseconds.
    var lateness: Int64 { configuration.allowedLateness.components.seconds * 1000 }

    /// For the restart alone: the pipeline takes up its state in place.
    func withPipeline(_ body: (inout Pipeline) throws -> Void) rethrows { try body(&pipeline) }

    func noteSegments(_ kind: String, bytes: Int) { (segmentBytes[kind], compactBytes[kind]) = (bytes, bytes) }

    // MARK: - Records

    /// Applies the next record in order.
    func apply(_ ref: RecordRef) {
        let record = ref.record
        ledger.count(record, of: ref.source)
        bytesSince += record.length
        if let reason = record.rejection {
            let sample = String(decoding: ref.batch.batch.bytes(record.sample), as: UTF8.self)
            ledger.reject(record, of: ref.source, reason: reason, sample: sample)
        } else {
            pipeline.apply(record.event, from: ref.batch.batch)
            silences.note(record.event.time.seconds, source: ref.source, path: ledger.path(of: ref.source))
        }
    }

    /// Closes the windows that nothing can reach any more.
    /// - Parameter watermark: milliseconds of event time.
    func advance(to watermark: Int64) {
        guard watermark >= pipeline.nextClose else { return }
        let names = pipeline.stageNameList
        let calendar = pipeline.settings.zone
        pipeline.advance(to: watermark) { hour in
            Driver.assess(hour, names, &monitors, &book, configuration, WindowCalendar(zone: calendar))
        }
    }

    /// Closes everything: nothing more will come.
    func finish() {
        let names = pipeline.stageNameList
        let calendar = pipeline.settings.zone
        pipeline.finish { hour in
            Driver.assess(hour, names, &monitors, &book, configuration, WindowCalendar(zone: calendar))
        }
        for index in ledger.indices { raiseDamage(of: index) }
    }

    /// Tells of a source that is damaged.
    func raiseDamage(of index: Int) {
        guard let damage = ledger[index].damage else { return }
        book?.takeCorrupt(
            path: ledger[index].path, detail: damage, at: ledger[index].lastEventTime,
            severity: configuration.rules["source-corrupt"]?.severity)
    }

    private static func assess(
        _ hour: ClosedHour, _ names: [String], _ monitors: inout StageMonitors, _ book: inout AlertBook?,
        _ configuration: Configuration, _ calendar: WindowCalendar
    ) -> [Int: StageFigures] {
        var figures: [Int: StageFigures] = [:]
        for row in hour.flow { figures[row.stage] = monitors.close(row, hour, stage: names[row.stage], book: &book) }
        let rule = configuration.rules["limit-exceeded"]?.severity
        for excess in hour.excesses where rule != .off {
            let declared = configuration.stages[names[excess.stage]]
            book?.take(
                excess, stage: names[excess.stage], owner: declared?.owner, severity: rule?.rawValue,
                dailyLimit: declared?.dailyLimits[excess.currency],
                date: calendar.date(at: hour.window.start).text, at: hour.window.end)
        }
        book?.settleLimits(at: hour.window.end)
        return figures
    }

    // MARK: - Checkpoints

    /// Is it time to commit? Replay: every 256 MB or ten seconds (semantics).
    var isCheckpointDue: Bool {
        bytesSince >= checkpointBytes || pipeline.pendingRows >= Driver.pendingRowLimit
            || (bytesSince > 0
                && DispatchTime.now().uptimeNanoseconds - checkpointedAt.uptimeNanoseconds > 10_000_000_000)
    }

    /// Rows that wait to be written take memory, some hundred bytes each.
    private static let pendingRowLimit = 20_000

    /// Smaller in tests, so that kills fall between checkpoints.
    public var checkpointBytes: Int64 = 256 << 20

    /// Commits everything that changed since the last one.
    ///
    /// - Parameter onFault: hears, once, of a full disk or a locked store and says whether to wait for it to pass. The
    ///   same checkpoint is tried again every second; nothing is read in the meantime, so nothing is lost.
    func checkpoint(onFault: (StoreFault) -> Bool) throws {
        for progress in openProgress() { note(progress) }
        let output = pipeline.drain()
        let alerts = book?.drain()
        let inputs = ledger.drain()
        let silent = silences.drain()
        let stages = stageRows()
        let measures = Driver.measureRows(output)
        var waitingFor: StoreFault.Kind?
        var isLastTry = false
        while true {
            do throws(StoreFault) {
                try store.checkpoint { transaction in
                    try write(output, to: &transaction)
                    try writeSegments(output, to: &transaction)
                    try transaction.upsert(measures.names)
                    try transaction.upsert(measures.rows)
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
                    if let silent { try transaction.replaceSegments(LogSilences.kind, with: [silent]) }
                    if let watching { try transaction.setSetting("watching", watching) }
                }
                watching = nil
                break
            } catch {
                let isNew = error.kind != waitingFor
                waitingFor = error.kind
                guard error.isTransient, !isNew || onFault(error), !isLastTry else { throw error }
                // Whoever is asked to end tries once more: room may have been made just now.
                isLastTry = StopFlag.shared.isRaised
                if isLastTry { continue }
                onWaiting()
                Thread.sleep(forTimeInterval: 1)
            }
        }
        bytesSince = 0
        checkpointedAt = .now()
    }

    private func write(_ output: PipelineOutput, to transaction: inout Checkpoint) throws(StoreFault) {
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
        try transaction.merge(output.late.flow)
        try transaction.merge(output.late.work)
        try transaction.merge(output.late.output)
        try transaction.merge(output.late.engagement)
        try transaction.merge(output.late.cohorts)
        try transaction.merge(output.late.outcomes)
        try transaction.merge(output.late.handoffs)
        try transaction.merge(output.late.teams)
        if let through = pipeline.closedThrough, !output.rows.cohorts.isEmpty || !output.periods.isEmpty {
            try transaction.matureCohorts(watermark: through)
        }
        try transaction.write(leaderSegments(output.leaders))
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

    /// Closed windows in the store, of all widths.
    func closedWindows() throws(StoreFault) -> Int64 {
        try store.closedWindowCount()
    }

    /// The measures of the weeks that closed since the last checkpoint.
    private static func measureRows(_ output: PipelineOutput) -> (names: [NameRow], rows: [StoredMeasure]) {
        let closed = Set(output.periods.filter { $0.isClosed && $0.window.grain == .week }.map(\.window))
        guard !closed.isEmpty else { return ([], []) }
        let values = weeklyMeasures(
            flow: output.rows.flow.filter { closed.contains($0.window) },
            output: output.rows.output.filter { closed.contains($0.window) },
            engagement: output.rows.engagement.filter { closed.contains($0.window) })
        let names = WeeklyMeasure.allCases.map { NameRow(kind: .measure, index: $0.rawValue, text: $0.name) }
        return (
            names,
            values.map { value in
                var row = StoredMeasure(
                    window: value.window, stage: value.stage, measure: value.measure.rawValue,
                    unit: value.measure.unit)
                (row.value, row.low, row.high, row.missing) = (value.value, value.low, value.high, value.missing)
                return row
            }
        )
    }

    private func stageRows() -> [StageRow] {
        pipeline.stageList.map { stage in
            var row = StageRow(index: stage.index, name: stage.name)
            let declared = configuration.stages[stage.name]
            row.owner = declared?.owner
            row.kind = declared?.kind?.rawValue
            row.toleranceDays = declared?.tolerance?.inDays ?? 1
            row.firstSeen = stage.firstSeen
            row.lastSeen = stage.lastSeen
            if let assessment = monitors.assessments[stage.index] {
                row.capacityPerDay = assessment.capacity?.perDay
                row.capacityLow = assessment.capacity?.low
                row.capacityHigh = assessment.capacity?.high
                row.capacitySource = assessment.capacity?.source.rawValue
                let isShown = assessment.workers >= configuration.privacy.minimumGroup && assessment.workers > 0
                row.workers = isShown ? Int64(assessment.workers) : nil
            }
            return row
        }
    }

    /// Segments are appended; when a kind has grown to three times what it held, it is written anew as a whole.
    private func writeSegments(_ output: PipelineOutput, to transaction: inout Checkpoint) throws {
        for segment in output.segments {
            let kind = segment.kind
            let grown = segmentBytes[kind, default: 0] + segment.data.count
            guard grown > max(Driver.compactionBytes, 3 * compactBytes[kind, default: 0]) else {
                try transaction.append(Segment(kind: kind, version: 1, data: segment.data))
                segmentBytes[kind] = grown
                continue
            }
            try transaction.replaceSegments(kind, with: [])
            var whole = 0
            try pipeline.snapshot(of: kind) { data in
                whole += data.count
                try transaction.append(Segment(kind: kind, version: 1, data: data))
            }
            (segmentBytes[kind], compactBytes[kind]) = (whole, whole)
        }
    }
}
