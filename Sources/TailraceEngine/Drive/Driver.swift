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
    /// Rules of the user's own, and what answers them; nil before one was due.
    var sqlRules: SQLRules
    var ruleReader: RuleReader?
    private(set) var pipeline: Pipeline
    var monitors: StageMonitors
    var book: AlertBook?
    var weekly: WeeklyReview
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
    /// Checkpoints are written on another thread while the next events are applied.
    var writesBehind = false
    private let writer: CheckpointWriter
    /// How folders are watched, where that has changed.
    var watching: String?
    /// How full the index of fingerprints was at the last checkpoint.
    private var fingerprintUse: FingerprintUse?

    /// Decompressed bytes applied since the last checkpoint.
    private var bytesSince: Int64 = 0
    private var checkpointedAt = DispatchTime.now()
    /// Bytes of segments in the store by kind, now and when they were written as a whole.
    private var segmentBytes: [String: Int] = [:]
    private var compactBytes: [String: Int] = [:]
    /// Less than this is not worth writing anew. A replay is not held up for it as often: its store is read again
    /// once, if at all.
    private var compactionBytes: Int { writesBehind ? 256 << 20 : 16 << 20 }

    /// Opens or makes the store and takes up what is in it.
    public init(configuration: Configuration, storePath: String) throws {
        try configuration.checkKey()
        let problems = configuration.checkSQLRules()
        if !problems.isEmpty { throw ConfigurationFault(problems: problems) }
        self.configuration = configuration
        store = try Store(path: storePath, create: true)
        writer = CheckpointWriter(store)
        pipeline = Pipeline(settings: configuration.pipelineSettings)
        monitors = StageMonitors(configuration: configuration)
        book = AlertBook()
        weekly = WeeklyReview(configuration: configuration)
        silences = LogSilences(sources: configuration.sources)
        sqlRules = SQLRules(configuration.sqlRules)
        try checkDefinition()
        try restore()
        pipeline.findLeader = { [store, writer] family in
            writer.leader(of: family) ?? Driver.leader(of: family, in: store)
        }
        try resumeRules()
    }

    /// Allowed lateness in milliseconds.
    var lateness: Int64 { configuration.allowedLateness.components.seconds * 1000 }

    /// For the restart alone: the pipeline takes up its state in place.
    func withPipeline<T>(_ body: (inout Pipeline) throws -> T) rethrows -> T { try body(&pipeline) }

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

    /// Asks for the memory that a record will need when it is applied.
    func prefetch(_ ref: borrowing RecordRef) {
        if ref.isEvent { pipeline.prefetch(ref.batch.batch.records[Int(ref.index)].event, from: ref.batch.batch) }
    }

    /// Closes the windows that nothing can reach any more; `advance` asks rules in between.
    /// - Parameter watermark: milliseconds of event time.
    func closeWindows(to watermark: Int64) {
        let (names, teams) = (pipeline.stageNameList, pipeline.teamNameList)
        let calendar = pipeline.settings.zone
        pipeline.advance(to: watermark, review: { weekly.close($0, stages: names, teams: teams, book: &book) }) {
            hour in
            Driver.assess(hour, names, &monitors, &book, configuration, WindowCalendar(zone: calendar))
        }
    }

    /// Closes everything; `finish` asks rules before.
    func closeAll() {
        let (names, teams) = (pipeline.stageNameList, pipeline.teamNameList)
        let calendar = pipeline.settings.zone
        pipeline.finish(review: { weekly.close($0, stages: names, teams: teams, book: &book) }) { hour in
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

    /// Rows that wait to be written take memory, some hundred bytes each, and those of the checkpoint under way as much.
    static let pendingRowLimit = 10_000

    /// Smaller in tests, so that kills fall between checkpoints.
    public var checkpointBytes: Int64 = 256 << 20

    /// Commits everything that changed since the last one. With `writesBehind` it is written while the next events are
    /// applied, and a fault is told at the next checkpoint, or by `finishWriting`.
    ///
    /// - Parameter onFault: hears, once, of a full disk or a locked store and says whether to wait for it to pass. The
    ///   same checkpoint is tried again every second; nothing is read in the meantime, so nothing is lost.
    func checkpoint(onFault: (StoreFault) -> Bool) throws {
        try finishWriting(onFault: onFault)
        for progress in openProgress() { note(progress) }
        let content = takeContent()
        bytesSince = 0
        checkpointedAt = .now()
        if writesBehind, content.rewritten.isEmpty {
            writer.begin(content)
        } else {
            try write(content, onFault)
        }
    }

    /// Waits until the last checkpoint is committed.
    func finishWriting(onFault: (StoreFault) -> Bool) throws {
        guard let (content, fault) = writer.finish(), fault != nil else { return }
        // Nothing of it is in the store; tried again here, a fault that lasts is told.
        try write(content, onFault)
    }

    private func write(_ content: CheckpointContent, _ onFault: (StoreFault) -> Bool) throws {
        var waitingFor: StoreFault.Kind?
        var isLastTry = false
        while true {
            do throws(StoreFault) {
                try store.checkpoint { transaction in
                    try content.write(to: &transaction)
                    for kind in content.rewritten { try rewrite(kind, &transaction) }
                }
                return
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
    }

    private func takeContent() -> CheckpointContent {
        let output = pipeline.drain()
        var content = CheckpointContent(output: output, inputs: ledger.drain(), stages: stageRows())
        content.closedThrough = pipeline.closedThrough
        content.alerts = book?.drain()
        content.silences = silences.drain()
        (content.weekly, content.measures, content.rebounds) = weekly.drain()
        content.sqlRules = sqlRules.drain()
        (content.watching, watching) = (watching, nil)
        if pipeline.fingerprintUse != fingerprintUse {
            fingerprintUse = pipeline.fingerprintUse
            content.fingerprints = fingerprintUse
        }
        for segment in output.segments {
            // Segments are appended; when a kind has grown to three times what it held, it is written anew as a whole.
            let grown = segmentBytes[segment.kind, default: 0] + segment.data.count
            if grown > max(compactionBytes, 3 * compactBytes[segment.kind, default: 0]) {
                content.rewritten.append(segment.kind)
            } else {
                content.segments.append(Segment(kind: segment.kind, version: 1, data: segment.data))
                segmentBytes[segment.kind] = grown
            }
        }
        return content
    }

    private func rewrite(_ kind: String, _ transaction: inout Checkpoint) throws {
        try transaction.replaceSegments(kind, with: [])
        var whole = 0
        try pipeline.snapshot(of: kind) { data in
            whole += data.count
            try transaction.append(Segment(kind: kind, version: 1, data: data))
        }
        (segmentBytes[kind], compactBytes[kind]) = (whole, whole)
    }

    /// Closed windows in the store, of all widths.
    func closedWindows() throws(StoreFault) -> Int64 {
        try store.closedWindowCount()
    }

    private func stageRows() -> [StageRow] {
        pipeline.stageList.map { stage in
            var row = StageRow(index: stage.index, name: stage.name)
            (row.firstSeen, row.lastSeen) = (stage.firstSeen, stage.lastSeen)
            row.declare(configuration, monitors.assessments[stage.index])
            return row
        }
    }
}
