internal import TailracePipeline

/// One source that is being followed closely: open, or with something that time will settle.
final class Followed {
    /// Nil while the file is closed; it is opened again when it grows.
    var reader: ChunkReader?
    /// Name of the format definition, once known.
    var format: String?
    /// The header row of a CSV source.
    var header: [UInt8]?
    var guardBuffer = ReorderBuffer(lateness: 0)
    /// Latest event time, milliseconds.
    var latest: Int64
    /// When the last record came, and when the file last grew: nanoseconds of the clock that never goes back.
    var newsAt: UInt64 = 0
    var grownAt: UInt64
    /// When the file was found to have no name any more; nil while it has one.
    var adriftSince: UInt64?
    /// How far the file was read when it last grew, in bytes as stored.
    var readOffset: Int64 = -1
    /// Bytes without a line end stand behind the last record.
    var hasTail = false
    /// The file ends inside a member of its archive.
    var isUnfinished = false

    init(latest: Int64, now: UInt64) { (self.latest, grownAt) = (latest, now) }

    /// Nothing is lost when it is forgotten: the ledger holds all that a later reader needs.
    func isForgettable(at now: UInt64, idle: UInt64) -> Bool {
        reader == nil && !hasTail && !isUnfinished && guardBuffer.heldPosition == nil
            && now - min(newsAt, now) > idle && now - min(grownAt, now) > idle
    }
}
