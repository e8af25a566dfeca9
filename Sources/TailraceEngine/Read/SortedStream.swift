internal import TailraceIngest
internal import TailracePipeline

/// Files whose records are in no order, or that overlap with too many others: sorted as a whole first.
final class SortedStream: RecordStream {
    /// The last event of a source has no second one to confirm it; further ahead than this it is an error of a
    /// clock, milliseconds.
    private static let lastAheadLimit: Int64 = 400 * 86_400_000
    /// Records that are parsed again at once.
    private static let batchRecords = 512

    private let sorter: ExternalSorter
    private let settings: ScanSettings
    private var scanners: [Int: RecordScanner] = [:]
    /// Sources whose last event is an error of a clock, and its time.
    private var outliers: [Int: Int64] = [:]
    private(set) var ends: [SourceEnd] = []
    /// A source that is sorted is begun again after a kill; what was applied of it is counted.
    var progress: [SourceProgress] { [] }
    var reader: ChunkReader? { nil }
    /// The sorter has its own limit.
    var memoryBytes: Int { 0 }
    var compressedPosition: Int64 { ends.reduce(0) { $0 + $1.compressedPosition } }
    private var ready: [RecordRef] = []
    private var next = 0
    private(set) var fault: SpillFault?

    init(settings: ScanSettings, sorter: ExternalSorter) {
        self.settings = settings
        self.sorter = sorter
    }

    /// Everything is read: from now on records come out.
    func finish() throws(SpillFault) {
        try sorter.finish()
        fill()
    }

    var head: OrderKey? {
        guard next < ready.count else { return nil }
        let ref = ready[next]
        return OrderKey(
            time: ref.time, source: ref.source, position: ref.position)
    }

    func take() -> RecordRef {
        let ref = ready[next]
        next += 1
        if next == ready.count { fill() }
        return ref
    }

    func peek(_ body: (borrowing RecordRef) -> Void) { if next < ready.count { body(ready[next]) } }

    // MARK: - In

    /// Reads one file to its end.
    /// - Parameter onProgress: hears how much of the file, as stored, is read.
    /// - Returns: nil where the process was asked to end meanwhile: none of the file counts.
    func read(
        _ reader: ChunkReader, source: Int, plan: RecordPlan, onProgress: (Int64) -> Void
    ) throws(SpillFault) -> SourceEnd? {
        reader.keepsRaw = true
        var end = SourceEnd(
            progress: SourceProgress(source: source, base: (0, .earliest), position: 0, carrier: CarrierState()))
        var latest = (first: Int64.min, second: Int64.min)
        var whole: ScannedRecord?
        var follower = 0
        while true {
            if StopFlag.shared.isRaised { return nil }
            let chunk = reader.next()
            var nextContext = 0
            for record in chunk.batch.records {
                let key = OrderKey(
                    time: record.event.time.milliseconds, source: source, position: record.position)
                // What one record gives beside its first event has no bytes of its own: the record is kept with each.
                if record.length > 0 { (whole, follower) = (record, 0) } else { follower += 1 }
                if record.rejection == nil {
                    if key.time > latest.first {
                        latest = (key.time, latest.first)
                    } else {
                        latest.second = max(latest.second, key.time)
                    }
                    try sorter.add(
                        key, length: record.length, follower: follower, rejection: nil,
                        bytes: SortedStream.bytes(of: whole ?? record, in: chunk),
                        context: SortedStream.context(of: whole ?? record, in: chunk, &nextContext))
                } else {
                    try sorter.add(
                        key, length: record.length, follower: 0, rejection: record.rejection,
                        bytes: chunk.batch.bytes(record.sample))
                }
            }
            end.progress.faults += chunk.faults
            end.progress.base = (chunk.halfFrom ?? chunk.resumePosition, chunk.endTime)
            (end.progress.position, end.progress.carrier) = (chunk.position, chunk.carrier)
            (end.compressedPosition, end.end) = (chunk.compressedPosition, chunk.end)
            end.progress.tailBytes = chunk.tailBytes
            onProgress(chunk.compressedPosition)
            if chunk.end != .more { break }
        }
        if latest.second != .min, latest.first - latest.second > SortedStream.lastAheadLimit {
            outliers[source] = latest.first
        }
        scanners[source] = RecordScanner(
            plan: plan, settings: settings, header: reader.header)
        ends.append(end)
        return end
    }

    /// The bytes that give the record again: its own, or where it is longer than the limit those that stand for it.
    private static func bytes(of record: ScannedRecord, in chunk: ScannedChunk) -> ArraySlice<UInt8> {
        if let head = chunk.batch.heads.first(where: { $0.position == record.position }) { return head.bytes[...] }
        let start = Int(record.position - chunk.start)
        return chunk.raw[start..<start + Int(record.length)]
    }

    /// What was known where a record stands. - Parameter next: in the order of the records.
    private static func context(of record: ScannedRecord, in chunk: ScannedChunk, _ next: inout Int) -> [UInt8] {
        let contexts = chunk.batch.contexts
        while next < contexts.count, contexts[next].position < record.position { next += 1 }
        return next < contexts.count && contexts[next].position == record.position ? contexts[next].bytes : []
    }

    // MARK: - Out

    private func fill() {
        next = 0
        ready.removeAll(keepingCapacity: true)
        var batch = ScannedBatch()
        var sources: [Int] = []
        while batch.records.count < SortedStream.batchRecords, sorter.head != nil {
            let entry: ExternalSorter.Entry
            do throws(SpillFault) {
                entry = try sorter.take()
            } catch {
                fault = error
                break
            }
            let before = batch.records.count
            if let rejection = entry.rejection {
                reject(entry, rejection, &batch)
            } else if outliers[entry.key.source] == entry.key.time {
                var outlier = entry
                outlier.bytes = []
                reject(outlier, .future, &batch)
            } else {
                // Never the first bytes of a file here: those may hold a mark of the encoding, which is gone.
                if scanners[entry.key.source]?.remembers == true {
                    scanners[entry.key.source]?.joinContext = entry.context
                }
                scanners[entry.key.source]?.expect(EventTime(milliseconds: entry.key.time))
                _ = scanners[entry.key.source]?.scan(
                    entry.bytes.span, position: max(1, entry.key.position), isFinal: true, into: &batch)
            }
            if batch.records.count - before > 1 {
                let own = batch.records[min(before + entry.follower, batch.records.count - 1)]
                batch.records.removeSubrange(before...)
                batch.records.append(own)
            }
            for index in before..<batch.records.count {
                batch.records[index].position = entry.key.position
                batch.records[index].length = entry.length
                sources.append(entry.key.source)
            }
        }
        let box = BatchBox(batch)
        for (index, source) in sources.enumerated() { ready.append(RecordRef(box, index, source: source)) }
    }

    private func reject(_ entry: ExternalSorter.Entry, _ reason: RejectionReason, _ batch: inout ScannedBatch) {
        var event = Event()
        event.time = EventTime(milliseconds: entry.key.time)
        let start = batch.text.count
        batch.text += entry.bytes
        batch.records.append(
            ScannedRecord(
                position: entry.key.position, length: entry.length, rejection: reason, event: event,
                sample: TextRange(start: UInt32(start), count: UInt32(entry.bytes.count))))
    }
}
