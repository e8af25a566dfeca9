internal import TailracePipeline

/// One record on its way from a source to the pipeline, with the batch that holds its texts.
struct RecordRef {
    var record: ScannedRecord
    var batch: BatchBox
    var source: Int
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
