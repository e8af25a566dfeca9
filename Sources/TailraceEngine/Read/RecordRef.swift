internal import TailracePipeline

/// One record on its way from a source to the pipeline: its place in the batch that holds it, and what its order
/// depends on. Small, for it is moved several times; the record stays where it was scanned.
struct RecordRef {
    let batch: BatchBox
    let index: Int32
    let source: Int
    /// Where it starts, in decompressed bytes of its source.
    let position: Int64
    /// Event time in milliseconds; of a rejection, that of the last good event before it.
    private(set) var time: Int64
    private(set) var isEvent: Bool
    /// An event that was rejected for its time after it was scanned.
    private(set) var isFromFuture = false

    init(_ batch: BatchBox, _ index: Int, source: Int) {
        (self.batch, self.index, self.source) = (batch, Int32(index), source)
        let records = batch.batch.records
        (position, time) = (records[index].position, records[index].event.time.milliseconds)
        isEvent = records[index].rejection == nil
    }

    /// All that is known of it.
    var record: ScannedRecord {
        var record = batch.batch.records[Int(index)]
        if isFromFuture {
            record.rejection = .future
            record.event.time = EventTime(milliseconds: time)
        }
        return record
    }

    /// - Parameter time: milliseconds; what the source had reached.
    mutating func rejectAsFuture(at time: Int64) {
        (self.time, isEvent, isFromFuture) = (time, false, true)
    }
}

/// Shares a batch among its records without copying it, and knows where reading can begin to have it again.
final class BatchBox {
    let batch: ScannedBatch
    /// Decompressed bytes of the source before the batch: the end of a record.
    let start: Int64
    /// Event time of the last good record before that.
    let startTime: EventTime

    init(_ batch: ScannedBatch, start: Int64 = 0, startTime: EventTime = .earliest) {
        (self.batch, self.start, self.startTime) = (batch, start, startTime)
    }

    init(_ chunk: ScannedChunk) { (batch, start, startTime) = (chunk.batch, chunk.start, chunk.startTime) }
}
