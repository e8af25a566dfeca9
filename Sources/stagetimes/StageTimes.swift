import Glibc
import TailraceConfig
import TailraceEngine
import TailraceIngest
import TailracePipeline

/// The processor time that each stage of a replay takes, one after the other on one thread: what a stage costs, not what
/// waits for what.
///
/// ```
///   pass 1   decode · scan without texts · apply · store                → parse, windows
///   pass 2   decode · scan               · apply · store                → decode, fingerprint, families, store
///   pass 3   the product's own replay with one thread                   → rest: order, rules, positions
/// ```
/// Fingerprints and families are what the second pass takes longer than the first; a format without texts needs no
/// first. The rest is what a replay takes beyond all of these.
struct StageTimes {
    private let definition: FormatDefinition
    private let path: String
    private let store: String
    private var bytes = 0
    private var events = 0

    /// - Parameter store: a store that is made for this and removed again.
    init(format: String, path: String, store: String) {
        guard let definition = FormatDefinition.shipped.first(where: { $0.name == format }) else {
            fail("no format \(format); known are \(FormatDefinition.shipped.map(\.name).joined(separator: ", "))")
        }
        (self.definition, self.path, self.store) = (definition, path, store)
    }

    /// Prints one JSON object: `bytes`, `events`, and the seconds of each stage.
    mutating func print() throws {
        let hasText = definition.plan.bindings.contains { $0.field == .text }
        let plain = hasText ? try pass(hasText: false) : nil
        let full = try pass(hasText: true)
        var clock = StageClock()
        try clock.time("replay") { try replay() }
        var stages = [("decode", full["decode"]), ("parse", plain?["scan"] ?? full["scan"])]
        if let plain { stages.append(("fingerprint", full["scan"] - plain["scan"])) }
        stages.append(("windows", plain?["apply"] ?? full["apply"]))
        if let plain { stages.append(("families", full["apply"] - plain["apply"])) }
        stages.append(("store", full["store"]))
        stages.append(("rest", clock["replay"] - stages.reduce(0) { $0 + $1.1 }))
        let object = stages.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ")
        Swift.print("{\"bytes\": \(bytes), \"events\": \(events), \"stages\": {\(object)}}")
    }

    /// Reads the log once.
    private mutating func pass(hasText: Bool) throws -> StageClock {
        var clock = StageClock()
        var plan = definition.plan
        if !hasText { plan.bindings.removeAll { $0.field == .text } }
        var chunks = try LogChunks(path: path, plan: plan)
        var pipeline = Pipeline(settings: PipelineSettings())
        removeStore()
        defer { removeStore() }
        let probe = try StoreProbe(path: store)
        pipeline.findLeader = { probe.leader(of: $0) }
        (bytes, events) = (0, 0)
        func write() throws {
            try clock.time("store") { try probe.write(pipeline.drain(), closedThrough: pipeline.closedThrough) }
        }
        while let batch = try chunks.next(&clock) {
            clock.time("apply") { events += apply(batch, to: &pipeline) }
            if pipeline.pendingRows >= StoreProbe.pendingRowLimit { try write() }
        }
        clock.time("apply") { pipeline.finish { _ in [:] } }
        try write()
        bytes = chunks.bytesRead
        return clock
    }

    private func replay() throws {
        removeStore()
        defer { removeStore() }
        var options = Replay.Options()
        options.threads = 1
        options.format = definition.name
        let driver = try Driver(configuration: Configuration(), storePath: store)
        let replay = Replay(driver: driver, options: options)
        replay.onNotice = { if $0.kind == .error { fail($0.text) } }
        try replay.run(paths: [path], relativeTo: "/")
    }

    private func removeStore() {
        for suffix in ["", "-wal", "-shm", "-lock"] { unlink(store + suffix) }
    }
}

/// Applies a batch, and asks for memory an event ahead, as a replay does.
/// - Returns: how many events it held.
private func apply(_ batch: ScannedBatch, to pipeline: inout Pipeline) -> Int {
    var events = 0
    for (index, record) in batch.records.enumerated() where record.rejection == nil {
        if index + 1 < batch.records.count, batch.records[index + 1].rejection == nil {
            pipeline.prefetch(batch.records[index + 1].event, from: batch)
        }
        pipeline.apply(record.event, from: batch)
        if record.event.time.milliseconds - 600_000 >= pipeline.nextClose {
            pipeline.advance(to: record.event.time.milliseconds - 600_000) { _ in [:] }
        }
        events += 1
    }
    return events
}

/// A file in chunks of a reader's size: decoded and scanned, each with its own time.
private struct LogChunks: ~Copyable {
    private var archive: ArchiveReader
    private var scanner: RecordScanner
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    /// Bytes at the head of the buffer that belong to a record which is not complete.
    private var carried = 0
    private var isAtEnd = false
    private(set) var bytesRead = 0

    init(path: String, plan: RecordPlan) throws {
        archive = try ArchiveReader(path: path)
        // As the reader of a replay does.
        archive.isHurried = true
        scanner = RecordScanner(plan: plan, settings: ScanSettings())
    }

    /// The records of the next chunk; nil behind the last.
    mutating func next(_ clock: inout StageClock) throws -> ScannedBatch? {
        if isAtEnd { return nil }
        var filled = carried
        try clock.time("decode") {
            while filled < buffer.count, !isAtEnd {
                guard case .bytes(let count) = try archive.read(into: &buffer, from: filled) else {
                    isAtEnd = true
                    break
                }
                filled += count
            }
        }
        var batch = ScannedBatch()
        let position = Int64(bytesRead - carried)
        let used = clock.time("scan") {
            buffer.withUnsafeBufferPointer { bytes in
                scanner.scan(
                    UnsafeBufferPointer(rebasing: bytes[..<filled]).span, position: position, isFinal: isAtEnd,
                    into: &batch)
            }
        }
        bytesRead += filled - carried
        carried = filled - used
        buffer.replaceSubrange(0..<carried, with: Array(buffer[used..<filled]))
        // A record larger than the buffer: room for more, up to the record limit, which the scanner enforces.
        if carried == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
        return batch
    }
}
