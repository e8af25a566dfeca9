/// What one chunk of a source became: its records in order, with their texts and hashes in two arenas.
///
/// A batch owns everything it speaks of, so it can be made on one thread and applied on another. It is reused:
/// `removeAll` keeps the memory.
public struct ScannedBatch: Sendable {
    /// Events and rejections in the order of the source.
    public var records: [ScannedRecord] = []
    /// Records that are known to say nothing.
    public var ignored = 0
    /// Short texts of the events: names, titles; also the masked samples of rejections.
    public var text: [UInt8] = []
    /// Selected window hashes of the contents.
    public var hashes: [UInt64] = []

    /// Of records longer than the limit that count nevertheless: the bytes that stand for them.
    public var heads: [(position: Int64, bytes: [UInt8])] = []

    /// Of records that speak of a thing: what was known of it (`RecordScanner.joinContext`).
    public var contexts: [(position: Int64, bytes: [UInt8])] = []

    /// The text of an item that was asked for.
    public struct Content: Sendable {
        public var item: Hash128
        public var time: EventTime
        public var bytes: [UInt8]
    }
    /// Those of `ScanSettings.wantedContents`, in the order of the source.
    public var contents: [Content] = []

    public init() {}

    public mutating func removeAll() {
        records.removeAll(keepingCapacity: true)
        ignored = 0
        heads.removeAll()
        contexts.removeAll()
        contents.removeAll()
        text.removeAll(keepingCapacity: true)
        hashes.removeAll(keepingCapacity: true)
    }

    /// The bytes of a text range.
    public func bytes(_ range: TextRange) -> ArraySlice<UInt8> {
        text[Int(range.start)..<Int(range.start) + Int(range.count)]
    }
}

/// One record after parsing: an event, or the reason why there is none.
public struct ScannedRecord: Sendable {
    /// Where the record starts, in decompressed bytes of its source.
    public var position: Int64
    /// Bytes of the record with its line end.
    public var length: Int64
    /// nil for an event.
    public var rejection: RejectionReason?
    /// For a rejection only the time is meaningful: that of the last good event before it.
    public var event: Event
    /// The head of a rejected record, letters and digits masked.
    public var sample: TextRange

    public init(
        position: Int64, length: Int64, rejection: RejectionReason?, event: Event, sample: TextRange = .none
    ) {
        self.position = position
        self.length = length
        self.rejection = rejection
        self.event = event
        self.sample = sample
    }
}
