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

/// How far a source was read, and in what state it is.
struct SourceEnd {
    var source: Int
    var position: Int64 = 0
    /// Where a later replay begins: before `position` where the last record may be half written.
    var resumePosition: Int64 = 0
    var compressedPosition: Int64 = 0
    var end = ScannedChunk.End.end
    var faults: [ArchiveFault] = []
    /// Events that stood further behind than the allowed lateness.
    var lateCount = 0
}

/// Records of one or more sources, in order.
protocol RecordStream: AnyObject {
    /// The next record's place; nil at the end.
    var head: OrderKey? { get }
    /// - Precondition: `head` is not nil.
    func take() -> RecordRef
    /// What became of the sources, once `head` is nil.
    var ends: [SourceEnd] { get }
    /// Why records are missing although `head` is nil; nil where none are.
    var fault: SpillFault? { get }
}

/// One file, read in its own order and put right as far as the allowed lateness reaches.
final class FileStream: RecordStream {
    private let source: Int
    private let reader: PrefetchedReader
    private var reorder: ReorderBuffer
    private var end: SourceEnd
    private(set) var head: OrderKey?
    private var isAtEnd = false

    init(source: Int, reader: PrefetchedReader, lateness: Int64) {
        self.source = source
        self.reader = reader
        reorder = ReorderBuffer(lateness: lateness)
        end = SourceEnd(source: source)
        findHead()
    }

    var ends: [SourceEnd] { [end] }
    /// What is wrong with a file is told in its `ends`.
    var fault: SpillFault? { nil }

    func take() -> RecordRef {
        let ref = reorder.takeNext()
        findHead()
        return ref
    }

    private func findHead() {
        while true {
            if let time = reorder.nextTime {
                head = OrderKey(time: time, source: source, position: reorder.nextPosition)
                return
            }
            if isAtEnd {
                head = nil
                return
            }
            let chunk = reader.next()
            end.position = chunk.position
            end.resumePosition = chunk.halfFrom ?? chunk.position
            end.compressedPosition = chunk.compressedPosition
            end.faults += chunk.faults
            end.end = chunk.end
            let box = BatchBox(chunk.batch)
            for record in chunk.batch.records { reorder.append(RecordRef(record: record, batch: box, source: source)) }
            if chunk.end != .more {
                isAtEnd = true
                reorder.finish()
                end.lateCount = reorder.lateCount
            }
        }
    }
}
