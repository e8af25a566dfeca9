internal import TailracePipeline

/// One record on its way from a source to the pipeline, with the batch that holds its texts.
struct RecordRef {
    var record: ScannedRecord
    var batch: BatchBox
    var source: Int
}

/// Shares a batch among its records without copying it.
final class BatchBox {
    let batch: ScannedBatch
    init(_ batch: ScannedBatch) { self.batch = batch }
}
