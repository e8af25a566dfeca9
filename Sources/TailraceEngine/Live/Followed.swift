internal import TailraceConfig
internal import TailracePipeline

/// One source that is followed.
struct Followed {
    /// Nil while the file is closed; it is opened again when it grows.
    var reader: ChunkReader?
    var definition: FormatDefinition?
    /// The header row of a CSV source.
    var header: [UInt8]?
    var guardBuffer: ReorderBuffer
    /// Latest event time, milliseconds.
    var latest = Int64.min
    /// When the last record came, and when the file last grew: nanoseconds of the clock that never goes back.
    var newsAt: UInt64 = 0
    var grownAt: UInt64 = 0
    /// Bytes without a line end stand behind the last record.
    var hasTail = false
    /// The file ends inside a member of its archive.
    var isUnfinished = false
}
