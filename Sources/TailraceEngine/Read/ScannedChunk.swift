internal import TailraceIngest
internal import TailracePipeline

/// What one step through a source gave.
struct ScannedChunk: Sendable {
    enum End: Sendable, Equatable {
        /// More may follow at once.
        case more
        /// The file ends here; its last member is complete.
        case end
        /// The file ends inside a member of its archive.
        case unfinished
        /// The file could not be read on.
        case unreadable(String)
        /// The file holds another log now: it was cut short or written anew while it was read.
        case replaced
    }

    var batch = ScannedBatch()
    /// Decompressed bytes of the source before the batch, and the event time of the last good record there.
    var start: Int64 = 0
    var startTime = EventTime.earliest
    /// Decompressed bytes of the source up to which records have been delivered, and the time of the last good one.
    var position: Int64 = 0
    var endTime = EventTime.earliest
    /// Where a later reader goes on: before `position` inside a record that is too long to be held.
    var resumePosition: Int64 = 0
    var compressedPosition: Int64 = 0
    var carrier = CarrierState()
    var end = End.more
    /// Bytes without a line end behind the last record: perhaps only half of a record is written yet.
    var tailBytes = 0
    /// Where a last record starts that was rejected and has no line end: perhaps only half of it is written yet.
    var halfFrom: Int64?
    /// What reading takes: buffers and the decoder's own.
    var memoryBytes = 0
    /// Damage met in this step, in the order of the file.
    var faults: [ArchiveFault] = []
    /// The bytes themselves, where asked for, from `start` on.
    var raw: [UInt8] = []
}
