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
    /// Of the offers, then of what is ignored, then of what begins a thing (`join`).
    let tests: RecordTests
    let ignoredTests: Range<Int>
    let beginsTest: Int?
    /// A value with its escapes undone.
    var scratch: [UInt8] = []
    var csv: CSVRecord?
    /// How records are told from each other; of JSON the first line decides.
    var framing: Framing
    private var isUndecided: Bool
    private var hasBegun = false
    /// Looking at an array costs its counts of references, for every record.
    let mayLieInside: Bool
    /// A record is one event, or a rejection.
    let isSimple: Bool
    /// Records over several lines: where in its line the next one begins (`Documents`).
    var column = Column()
    /// Decoded values of a message, or the record that lay inside of another.
    var arena: [UInt8] = []
    /// The first bytes of a message that is longer than the limit.
    private var held: [UInt8] = []
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

    enum Framing: Sendable {
        case lines, rows, messages
        /// JSON over several lines, or several records in one.
        case documents
    }

    /// What lines said so far about the things they speak of; nil where the plan joins none.
    var joins: JoinTable?
    /// What was known where the next record stands in its log; nil: it is read where it stands.
    public var joinContext: [UInt8]?

    /// An event that a record can give, and when it does.
    struct Offer: Sendable {
        var builder: EventBuilder
        /// Made once for a record, not for each of its elements: its rule names nothing of them.
        var isOfRecord: Bool
    }

    /// - Parameters:
    ///   - header: of a source that is taken up beyond its start: the header row of CSV, or what told that JSON goes over
    ///     several lines.
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
                builder: EventBuilder(plan: plan, settings: settings, layout: layout, own: $0.bindings),
                isOfRecord: layout.element != nil && !layout.speaksOfElement($0))
        }
        let begins = plan.join?.begins ?? []
        tests = RecordTests(rules.map(\.conditions) + plan.ignored + (begins.isEmpty ? [] : [begins]), layout)
        ignoredTests = rules.count..<(rules.count + plan.ignored.count)
        beginsTest = begins.isEmpty ? nil : rules.count + plan.ignored.count
        slots = Array(repeating: FieldSlot(), count: layout.names.count)
        isUndecided = plan.kind == .json && header == nil
        mayLieInside = !plan.inside.isEmpty
        isSimple = plan.rules.isEmpty && plan.each == nil && plan.ignored.isEmpty && layout.wrapperSlots.isEmpty
        joins = plan.join.map { JoinTable(count: $0.keep.count) }
        switch plan.kind {
        case .json: framing = header == nil ? .lines : .documents
        case .syslog, .text: framing = .lines
        case .csv: framing = .rows
        case .mbox: framing = .messages
        }
        self.header = header
        if let header { readHeader(header) }
    }

    /// Where a record began that is longer than the limit and has not ended yet; nil outside of one.
    public var skippingFrom: Int64? { isSkipping ? skippedFrom : nil }

    /// The next record's time is known to be about this.
    public mutating func expect(_ time: EventTime) { lastTime = time }

    /// Are the records JSON objects? One that is closed is whole.
    public var isJSON: Bool { plan.kind == .json }
    /// Is a record a line, whatever is in it? A row may hold line ends in quotes.
    var isLine: Bool { framing == .lines }

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
        // Taken up inside of a source whose first line told that lines are records: no line tells it anew.
        if !hasBegun, position > 0 { isUndecided = false }
        hasBegun = true
        if position == 0, hasMark(bytes, at: 0) { at = 3 }
        while at < bytes.count {
            if isSkipping {
                guard let end = skippedEnd(bytes, from: at, isFinal: isFinal) else {
                    at = skippedThrough(bytes, from: at, isFinal: isFinal)
                    break
                }
                at = end + 1
                finishSkipping(at: position + Int64(at), &batch)
            } else if bytes[at] == 0 {
                while at < bytes.count, bytes[at] == 0 { at += 1 }
            } else if isUndecided || framing == .documents, hasMark(bytes, at: at) {
                at += 3
            } else if isUndecided || framing == .documents, !isFinal, mayBeginMark(bytes, at: at) {
                return at
            } else if isUndecided {
                guard decide(bytes, from: at, isFinal: isFinal) else { return at }
            } else if framing == .documents, column.passes(bytes[at]) {
                at += 1
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
        let end = recordEnd(bytes, from: start, isFinal: isFinal, position)
        // A document has no line end of its own.
        let lineEnd = end == nil || framing == .documents ? 0 : 1
        let next = (end ?? bytes.count) + lineEnd
        guard (end ?? bytes.count - lookahead) - start > limit else {
            guard end != nil || isFinal else { return nil }
            if framing == .documents { column.endRecord() }
            scanRecord(bytes, from: start, to: end ?? bytes.count, lineEnd: lineEnd, position, &batch)
            return next
        }
        if isLine {
            // Too long for a line; lines that end in carriage returns alone may be many short ones. Only bytes within
            // the limit decide, so that the size of the pieces does not matter.
            if let last = lastReturn(bytes, from: start, to: start + limit) {
                scanRecord(bytes, from: start, to: last, lineEnd: 1, position, &batch)
                return last + 1
            }
        }
        isSkipping = true
        skippedFrom = position + Int64(start)
        // What people wrote comes before what they attached.
        if framing == .messages {
            held = bytes.extracting(start..<(start + limit)).withUnsafeBufferPointer { Array($0) }
        }
        if framing == .rows || framing == .messages, end != nil {
            // Without a sample, as where the record comes in pieces: the same record, the same row.
            finishSkipping(at: position + Int64(next), &batch)
            return next
        }
        return framing == .rows ? bytes.count : start + limit
    }

    /// Bytes behind a record's end that may be needed to see that it is one.
    private var lookahead: Int {
        switch framing {
        case .lines, .rows: 0
        case .messages: MailRecord.envelopeLimitBytes + 1
        case .documents: column.indentation + 2
        }
    }

    /// Where the record that begins here ends, but for its line end; nil: not within these bytes.
    private mutating func recordEnd(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool, _ position: Int64) -> Int? {
        switch framing {
        case .lines: lineEnd(bytes, from: start)
        case .rows: rowEnd(bytes, from: start, isFinal: isFinal, position)
        case .messages: messageEnd(bytes, from: start, isFinal: isFinal)
        case .documents: documentEnd(bytes, from: start, isFinal: isFinal)
        }
    }

    /// The first line of JSON tells whether each line is a record. - Returns: false where it is not complete.
    private mutating func decide(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool) -> Bool {
        guard let framing = documentFraming(bytes, from: start, isFinal: isFinal) else { return false }
        self.framing = framing
        isUndecided = false
        if framing == .documents { header = [UInt8(ascii: "[")] }
        return true
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
        switch framing {
        case .lines: break
        case .rows: return lineEnd(bytes, from: start)
        case .messages: return messageEnd(bytes, from: start, isFinal: isFinal)
        case .documents: return documentStart(bytes, from: start, isFinal: isFinal)
        }
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

    /// How far a skipped record goes in bytes that do not hold its end: what may be half of an end is looked at again.
    private func skippedThrough(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool) -> Int {
        if isFinal { return bytes.count }
        switch framing {
        case .rows: return bytes.count
        // Only the byte behind a carriage return tells whether it is half of a line end.
        case .lines: return bytes[bytes.count - 1] == UInt8(ascii: "\r") ? bytes.count - 1 : bytes.count
        case .messages, .documents:
            // The line behind the last line end tells.
            var at = bytes.count
            while at > start, bytes[at - 1] != UInt8(ascii: "\n") { at -= 1 }
            if at > start { return at - 1 }
            return bytes.count - start > 4096 ? bytes.count : start
        }
    }

    private func lastReturn(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        var at = end
        while at > start, bytes[at - 1] != UInt8(ascii: "\r") { at -= 1 }
        return at > start ? at - 1 : nil
    }

    private mutating func finishSkipping(at end: Int64, _ batch: inout ScannedBatch) {
        isSkipping = false
        column = Column()
        if framing == .messages {
            let head = held
            held = []
            if takeHead(head, position: skippedFrom, length: end - skippedFrom, &batch) { return }
        }
        append(.oversize, position: skippedFrom, length: end - skippedFrom, sample: .none, &batch)
    }
}
