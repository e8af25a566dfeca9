internal import TailraceIngest
internal import TailracePipeline

/// Where reading a source begins, and what is known of what lies before.
struct ReadingPlace {
    /// Decompressed bytes before the first record to read: the end of a record.
    var position: Int64 = 0
    /// Event time of the last good record before it.
    var lastTime = EventTime.earliest
    /// The header row of a CSV source that is taken up beyond it.
    var header: [UInt8]?
    /// Content that was read before, at least up to `position`.
    var prefix = PrefixLadder()
    /// Places inside the archive where decoding can begin.
    var points: [RestartPoint] = []
    /// Read no further than this: a sorted source has the extent that it had when it was first sorted.
    var limit = Int64.max
}

extension CarrierMark {
    /// Before the first byte: every file has it.
    static let none = CarrierMark(offset: 0, hash: 0)
}

/// How far the bytes of a source are read, as later readers need it.
struct CarrierState: Sendable {
    /// Of all content up to the end of the last record.
    var prefix = PrefixLadder()
    /// Just before the place that reading has reached in the file as stored.
    var mark = CarrierMark.none
    var points: [RestartPoint] = []
    var packing = Compression.plain
}
