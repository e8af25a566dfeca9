internal import TailraceIngest
internal import TailracePipeline

/// Where a record stands in the total order of a replay: event time, source, position.
struct OrderKey: Comparable {
    /// Milliseconds.
    var time: Int64
    var source: Int
    var position: Int64

    static func < (a: OrderKey, b: OrderKey) -> Bool {
        if a.time != b.time { return a.time < b.time }
        return a.source != b.source ? a.source < b.source : a.position < b.position
    }
}

/// What became of a source that was read to its end.
struct SourceEnd {
    var progress: SourceProgress
    var compressedPosition: Int64 = 0
    var end = ScannedChunk.End.end
    /// Events that stood further behind than the allowed lateness.
    var lateCount = 0
}

/// Records of one or more sources, in order.
protocol RecordStream: AnyObject {
    /// The next record's place; nil at the end, and where the process was asked to end (`StopFlag`) before it was found.
    var head: OrderKey? { get }
    /// - Precondition: `head` is not nil.
    func take() -> RecordRef
    /// The record that `take` gives next, where it is known already.
    func peek(_ body: (borrowing RecordRef) -> Void)
    /// Where the sources stand now that everything taken so far is applied; empty where only a whole one counts.
    var progress: [SourceProgress] { get }
    /// What became of the sources, once `head` is nil.
    var ends: [SourceEnd] { get }
    /// What can read on where the one source ended, once `head` is nil; nil where there are several.
    var reader: ChunkReader? { get }
    /// Compressed bytes read so far.
    var compressedPosition: Int64 { get }
    /// Memory that reading takes.
    var memoryBytes: Int { get }
    /// Why records are missing although `head` is nil; nil where none are.
    var fault: SpillFault? { get }
}

/// One file, read in its own order and put right as far as the allowed lateness reaches.
final class FileStream: RecordStream {
    private let source: Int
    private let prefetched: PrefetchedReader
    private var reorder: ReorderBuffer
    private var last = ScannedChunk()
    private var hasRead = false
    private let start: (position: Int64, time: EventTime)
    private var faults: [ArchiveFault] = []
    private(set) var head: OrderKey?

    init(_ file: PlannedFile, reader: PrefetchedReader, lateness: Int64, latest: Int64) {
        source = file.source
        prefetched = reader
        start = (file.place.position, file.place.lastTime)
        reorder =
            file.pending.map { ReorderBuffer(lateness: lateness, resuming: $0) }
            ?? ReorderBuffer(lateness: lateness, latest: latest)
        findHead()
    }

    /// What is wrong with a file is told in its `ends`.
    var fault: SpillFault? { nil }
    var reader: ChunkReader? { last.end == .more ? nil : prefetched.reader }
    var compressedPosition: Int64 { last.compressedPosition }
    var memoryBytes: Int { last.memoryBytes }

    func take() -> RecordRef {
        let ref = reorder.takeNext()
        findHead()
        return ref
    }

    func peek(_ body: (borrowing RecordRef) -> Void) { if head != nil { reorder.peek(body) } }

    var progress: [SourceProgress] {
        // Asked to end before the first chunk: the place in the store stands.
        guard hasRead else { return [] }
        let end = (last.resumePosition, last.endTime)
        let base = reorder.isResuming ? start : reorder.pendingStart ?? end
        return [
            SourceProgress(
                source: source, base: base, position: last.position,
                pending: head == nil && last.end != .more ? nil : reorder.state(until: last.resumePosition),
                tailBytes: last.tailBytes,
                carrier: last.carrier, faults: faults)
        ]
    }

    var ends: [SourceEnd] {
        progress.map { progress in
            var end = SourceEnd(progress: progress)
            // The last record may be half of one.
            end.progress.base.position = last.halfFrom ?? progress.base.position
            (end.compressedPosition, end.end) = (last.compressedPosition, last.end)
            end.lateCount = reorder.lateCount
            return end
        }
    }

    private func findHead() {
        while true {
            if let time = reorder.nextTime {
                head = OrderKey(time: time, source: source, position: reorder.nextPosition)
                return
            }
            if last.end != .more {
                head = nil
                return
            }
            // A file may go on for gigabytes without a record.
            if StopFlag.shared.isRaised {
                head = nil
                return
            }
            let chunk = prefetched.next()
            hasRead = true
            faults += chunk.faults
            let box = BatchBox(chunk)
            for index in chunk.batch.records.indices { reorder.append(RecordRef(box, index, source: source)) }
            let carrier = last.carrier
            last = chunk
            last.batch = ScannedBatch()
            // What was read before the file was replaced stays known.
            if chunk.end == .replaced { last.carrier = carrier }
            if chunk.end != .more { reorder.finish() }
        }
    }
}
