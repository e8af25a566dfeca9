/// Cuts the decompressed bytes of one source into records and makes each an event or a rejection.
///
/// The scanner sees bytes in pieces of any size and gives the same records whatever the pieces were: it consumes
/// whole records only, and the caller hands it the rest again with more behind it. Every byte belongs to a record,
/// but for line ends, blank lines, byte order marks, the header row, and zero bytes between records.
public struct RecordScanner: Sendable {
    let plan: RecordPlan
    let settings: ScanSettings
    let layout: PlanLayout
    /// What a record can give: one event, or one for each of the plan's rules whose conditions hold.
    var offers: [Offer]
    let ignored: [RecordTest]
    /// A value with its escapes undone.
    var scratch: [UInt8] = []
    var csv: CSVRecord?
    var slots: [FieldSlot]
    /// Inside a record longer than the limit: bytes are dropped up to its end.
    private var isSkipping = false
    private var skippedFrom: Int64 = 0
    /// Time of the last good event: a rejection has none of its own.
    public internal(set) var lastTime: EventTime
    /// The header row of a CSV source, once seen; a later start inside the file needs it (`init(…header:)`). It ends
    /// with a carriage return where the rows of the source do.
    public internal(set) var header: [UInt8]?
    /// How far the last row was looked through that had no end there; nil: none was.
    var endlessRow: EndlessRow?
    /// Rows end at carriage returns alone, as old spreadsheets write them; told by the header row.
    var endsAtReturn = false

    /// An event that a record can give, and when it does.
    struct Offer: Sendable {
        var test: RecordTest
        var builder: EventBuilder
    }

    /// - Parameters:
    ///   - header: the header row of a CSV source that is taken up beyond its start.
    ///   - lastTime: event time of the last good record before the start.
    public init(
        plan: RecordPlan, settings: ScanSettings, header: [UInt8]? = nil, lastTime: EventTime = .earliest
    ) {
        self.lastTime = lastTime
        self.plan = plan
        self.settings = settings
        let layout = PlanLayout(plan)
        self.layout = layout
        let rules = plan.rules.isEmpty ? [RecordPlan.Rule(conditions: [], bindings: [])] : plan.rules
        offers = rules.map {
            Offer(
                test: RecordTest($0.conditions, layout),
                builder: EventBuilder(plan: plan, settings: settings, layout: layout, own: $0.bindings))
        }
        ignored = plan.ignored.map { RecordTest($0, layout) }
        slots = Array(repeating: FieldSlot(), count: layout.names.count)
        if let header { readHeader(header) }
    }

    /// Where a record began that is longer than the limit and has not ended yet; nil outside of one.
    public var skippingFrom: Int64? { isSkipping ? skippedFrom : nil }

    /// The next record's time is known to be about this.
    public mutating func expect(_ time: EventTime) { lastTime = time }

    /// Are the records JSON objects, one a line?
    public var isJSON: Bool { plan.kind == .json }
    /// Is a record a line, whatever is in it? A row may hold line ends in quotes.
    var isLine: Bool { plan.kind == .json || plan.kind == .syslog || plan.kind == .text }

    /// Scans the records that lie whole in `bytes`.
    ///
    /// Zero bytes before a record are passed over, however many there are: a writer that goes on at its old place in a
    /// file that was truncated meanwhile leaves a hole before it (copytruncate).
    /// - Parameters:
    ///   - position: where `bytes` begins, in decompressed bytes of the source.
    ///   - isFinal: nothing follows: the last record ends where the bytes end.
    /// - Returns: how many bytes were consumed; the rest belongs to a record that is not complete.
    public mutating func scan(
        _ bytes: Span<UInt8>, position: Int64, isFinal: Bool, into batch: inout ScannedBatch
    ) -> Int {
        var at = 0
        if position == 0, hasMark(bytes, at: 0) { at = 3 }
        while at < bytes.count {
            if isSkipping {
                guard let end = skippedEnd(bytes, from: at, isFinal: isFinal) else {
                    // Only the byte behind a carriage return tells whether it is half of a line end.
                    let isOpen = isLine && !isFinal && bytes[bytes.count - 1] == UInt8(ascii: "\r")
                    at = isOpen ? bytes.count - 1 : bytes.count
                    break
                }
                at = end + 1
                finishSkipping(at: position + Int64(at), &batch)
            } else if bytes[at] == 0 {
                while at < bytes.count, bytes[at] == 0 { at += 1 }
            } else {
                guard let next = scanNext(bytes, from: at, isFinal: isFinal, position, &batch) else { return at }
                at = next
            }
        }
        if isFinal, isSkipping { finishSkipping(at: position + Int64(bytes.count), &batch) }
        return at
    }

    /// The rest of a record that damage to its file cut off: one counted rejection.
    public mutating func tear(_ bytes: Span<UInt8>, position: Int64, into batch: inout ScannedBatch) {
        if isSkipping { return finishSkipping(at: position + Int64(bytes.count), &batch) }
        var start = 0
        // What ends with a carriage return is whole.
        if isLine, let last = lastReturn(bytes, from: 0, to: bytes.count) {
            scanRecord(bytes, from: 0, to: last, lineEnd: 1, position, &batch)
            start = last + 1
        }
        if start < bytes.count {
            reject(.torn, bytes, from: start, to: bytes.count, length: Int64(bytes.count - start), position, &batch)
        }
    }

    // MARK: - Framing

    /// Scans one record, or begins to skip it.
    /// - Returns: where the next one begins; nil where this one is not complete.
    private mutating func scanNext(
        _ bytes: Span<UInt8>, from start: Int, isFinal: Bool, _ position: Int64, _ batch: inout ScannedBatch
    ) -> Int? {
        let limit = settings.recordLimitBytes
        let end = isLine ? lineEnd(bytes, from: start) : rowEnd(bytes, from: start, isFinal: isFinal, position)
        guard (end ?? bytes.count) - start > limit else {
            guard end != nil || isFinal else { return nil }
            scanRecord(bytes, from: start, to: end ?? bytes.count, lineEnd: end == nil ? 0 : 1, position, &batch)
            return (end ?? bytes.count - 1) + 1
        }
        if isLine {
            // Too long for a line; lines that end in carriage returns alone may be many short ones. Only bytes within
            // the limit decide, so that the size of the pieces does not matter.
            if let last = lastReturn(bytes, from: start, to: start + limit) {
                scanRecord(bytes, from: start, to: last, lineEnd: 1, position, &batch)
                return last + 1
            }
        } else if let end {
            // Without a sample, as where the record comes in pieces: the same record, the same row.
            append(.oversize, position: position + Int64(start), length: Int64(end + 1 - start), sample: .none, &batch)
            return end + 1
        }
        isSkipping = true
        skippedFrom = position + Int64(start)
        return isLine ? start + limit : bytes.count
    }

    func lineEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        let count = bytes.count
        var at = start
        if endsAtReturn {
            // Rare, and where rows end at returns a line feed may be megabytes away: both at once.
            while at < count, bytes[at] != UInt8(ascii: "\n"), bytes[at] != UInt8(ascii: "\r") { at += 1 }
        } else {
            at = ByteFinder.find(UInt8(ascii: "\n"), in: bytes, from: start, to: count)
        }
        return at < count ? at : nil
    }

    /// The last byte of the line end behind a record that is skipped.
    private func skippedEnd(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool) -> Int? {
        guard isLine else { return lineEnd(bytes, from: start) }
        var at = start
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "\n") { return at }
            if bytes[at] == UInt8(ascii: "\r") {
                guard at + 1 < bytes.count else { return isFinal ? at : nil }
                return bytes[at + 1] == UInt8(ascii: "\n") ? at + 1 : at
            }
            at += 1
        }
        return nil
    }

    private func lastReturn(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        var at = end
        while at > start, bytes[at - 1] != UInt8(ascii: "\r") { at -= 1 }
        return at > start ? at - 1 : nil
    }

    private mutating func finishSkipping(at end: Int64, _ batch: inout ScannedBatch) {
        isSkipping = false
        append(.oversize, position: skippedFrom, length: end - skippedFrom, sample: .none, &batch)
    }
}
