/// Cuts the decompressed bytes of one source into records and makes each an event or a rejection.
///
/// The scanner sees bytes in pieces of any size and gives the same records whatever the pieces were: it consumes
/// whole records only, and the caller hands it the rest again with more behind it.
public struct RecordScanner: Sendable {
    private let plan: RecordPlan
    private let settings: ScanSettings
    private var builder: EventBuilder
    private var json: JSONRecord
    private var csv: CSVRecord?
    private var slots: [FieldSlot]
    /// Inside a record longer than the limit: bytes are dropped up to its end.
    private var isSkipping = false
    private var skippedFrom: Int64 = 0
    /// Time of the last good event: a rejection has none of its own.
    public private(set) var lastTime: EventTime
    /// The header row of a CSV source, once seen; a later start inside the file needs it (`init(…header:)`).
    public private(set) var header: [UInt8]?

    /// - Parameters:
    ///   - header: the header row of a CSV source that is taken up beyond its start.
    ///   - lastTime: event time of the last good record before the start.
    public init(
        plan: RecordPlan, settings: ScanSettings, header: [UInt8]? = nil, lastTime: EventTime = .earliest
    ) {
        self.lastTime = lastTime
        self.plan = plan
        self.settings = settings
        builder = EventBuilder(plan: plan, settings: settings)
        json = JSONRecord(keys: KeyTable(bindings: plan.bindings.map(\.names)))
        slots = Array(repeating: FieldSlot(), count: plan.bindings.count)
        if let header { readHeader(header.span) }
    }

    /// Where a record began that is longer than the limit and has not ended yet; nil outside of one.
    public var skippingFrom: Int64? { isSkipping ? skippedFrom : nil }

    /// Are the records JSON objects, one a line?
    public var isJSON: Bool { plan.kind == .json }

    /// Scans the records that lie whole in `bytes`.
    /// - Parameters:
    ///   - position: where `bytes` begins, in decompressed bytes of the source.
    ///   - isFinal: nothing follows: the last record ends where the bytes end.
    /// - Returns: how many bytes were consumed; the rest belongs to a record that is not complete.
    public mutating func scan(
        _ bytes: Span<UInt8>, position: Int64, isFinal: Bool, into batch: inout ScannedBatch
    ) -> Int {
        var at = 0
        if position == 0, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
        while at < bytes.count {
            if isSkipping {
                guard let end = lineEnd(bytes, from: at) else {
                    if isFinal { finishSkipping(at: position + Int64(bytes.count), &batch) }
                    return bytes.count
                }
                at = end + 1
                finishSkipping(at: position + Int64(at), &batch)
                continue
            }
            guard let end = recordEnd(bytes, from: at, isFinal: isFinal) else {
                if bytes.count - at > settings.recordLimitBytes {
                    isSkipping = true
                    skippedFrom = position + Int64(at)
                    if isFinal { finishSkipping(at: position + Int64(bytes.count), &batch) }
                    return bytes.count
                }
                guard isFinal else { return at }
                scanRecord(bytes, from: at, to: bytes.count, lineEnd: 0, position, &batch)
                return bytes.count
            }
            if end - at > settings.recordLimitBytes {
                // Without a sample, as where the record comes in pieces: the same record, the same row.
                append(
                    .oversize, position: position + Int64(at), length: Int64(end + 1 - at), sample: .none, &batch)
            } else {
                scanRecord(bytes, from: at, to: end, lineEnd: 1, position, &batch)
            }
            at = end + 1
        }
        return at
    }

    /// The rest of a record that damage to its file cut off: one counted rejection.
    public mutating func tear(_ bytes: Span<UInt8>, position: Int64, into batch: inout ScannedBatch) {
        if isSkipping {
            finishSkipping(at: position + Int64(bytes.count), &batch)
        } else if !bytes.isEmpty {
            reject(.torn, bytes, from: 0, to: bytes.count, length: Int64(bytes.count), position, &batch)
        }
    }

    // MARK: - Framing

    private func lineEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var at = start
        let count = bytes.count
        while at < count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
        return at < count ? at : nil
    }

    private func recordEnd(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool) -> Int? {
        plan.kind == .json ? lineEnd(bytes, from: start) : rowEnd(bytes, from: start, isFinal: isFinal)
    }

    /// The line end of a row: the first one outside quotes. A quote that does not close within the record limit, or
    /// at all, is an error of this row alone: the row then ends with its line, and the next line is read.
    private func rowEnd(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool) -> Int? {
        var isQuoted = false
        /// Does the field begin with a quote? In a bare field quotes are plain bytes.
        var isQuotedField = false
        var isFieldStart = true
        var at = start
        let separator = csv?.separator
        while at < bytes.count {
            // The row is too long, whatever follows: decided here, so that the size of the pieces does not matter.
            if at - start == settings.recordLimitBytes { return lineEnd(bytes, from: isQuoted ? start : at) }
            let byte = bytes[at]
            if isQuoted {
                if byte == UInt8(ascii: "\"") { isQuoted = false }
            } else if byte == UInt8(ascii: "\n") {
                return at
            } else if byte == UInt8(ascii: "\"") {
                // A doubled quote closes and opens again.
                isQuoted = isFieldStart || (isQuotedField && bytes[at - 1] == UInt8(ascii: "\""))
                isQuotedField = isQuoted
            }
            // Before the header is read any separator may be the one.
            isFieldStart = !isQuoted && (separator.map { byte == $0 } ?? CSVRecord.separators.contains(byte))
            if isFieldStart { isQuotedField = false }
            at += 1
        }
        return isFinal && isQuoted ? lineEnd(bytes, from: start) : nil
    }

    // MARK: - Records

    private mutating func scanRecord(
        _ bytes: Span<UInt8>, from start: Int, to rawEnd: Int, lineEnd: Int, _ position: Int64,
        _ batch: inout ScannedBatch
    ) {
        var end = rawEnd
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        guard !isBlank(bytes, start, end) else { return }
        if plan.kind != .json, csv == nil {
            readHeader(bytes.extracting(start..<end))
            return
        }
        let length = Int64(rawEnd + lineEnd - start)
        let textCount = batch.text.count
        let hashCount = batch.hashes.count
        do throws(RejectionReason) {
            guard isASCII(bytes, start, end) || isValidUTF8(bytes, from: start, to: end) else { throw .encoding }
            for i in slots.indices { slots[i] = FieldSlot() }
            if let csv {
                try csv.read(bytes, from: start, to: end, into: &slots)
            } else {
                try json.read(bytes, from: start, to: end, into: &slots)
            }
            let event = try builder.build(bytes, slots, into: &batch)
            lastTime = event.time
            batch.records.append(
                ScannedRecord(position: position + Int64(start), length: length, rejection: nil, event: event))
        } catch {
            batch.text.removeSubrange(textCount...)
            batch.hashes.removeSubrange(hashCount...)
            reject(error, bytes, from: start, to: end, length: length, position, &batch)
        }
    }

    private mutating func readHeader(_ row: Span<UInt8>) {
        guard case .csv(let declared) = plan.kind else { return }
        header = row.withUnsafeBufferPointer { Array($0) }
        let separator = declared ?? CSVRecord.separator(ofHeader: row)
        let names = CSVRecord.header(row, separator: separator) ?? []
        csv = CSVRecord(header: names, separator: separator, bindings: plan.bindings.map(\.names))
    }

    private func isBlank(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var at = start
        while at < end, bytes[at] <= 0x20 {
            if bytes[at] == 0 { return false }
            at += 1
        }
        return at == end
    }

    private func isASCII(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var all: UInt8 = 0
        for i in start..<end { all |= bytes[i] }
        return all < 0x80
    }

    // MARK: - Rejections

    /// Bytes of a rejected record that are shown, masked.
    private static let sampleBytes = 120

    private mutating func reject(
        _ reason: RejectionReason, _ bytes: Span<UInt8>, from start: Int, to end: Int, length: Int64,
        _ position: Int64, _ batch: inout ScannedBatch
    ) {
        let sampleStart = batch.text.count
        var at = start
        while at < min(end, start + RecordScanner.sampleBytes) {
            batch.text.append(masked(bytes[at]))
            at += 1
        }
        append(
            reason, position: position + Int64(start), length: length,
            sample: TextRange(start: UInt32(sampleStart), count: UInt32(batch.text.count - sampleStart)), &batch)
    }

    private mutating func finishSkipping(at end: Int64, _ batch: inout ScannedBatch) {
        isSkipping = false
        append(.oversize, position: skippedFrom, length: end - skippedFrom, sample: .none, &batch)
    }

    private func append(
        _ reason: RejectionReason, position: Int64, length: Int64, sample: TextRange, _ batch: inout ScannedBatch
    ) {
        var event = Event()
        event.time = lastTime
        batch.records.append(
            ScannedRecord(position: position, length: length, rejection: reason, event: event, sample: sample))
    }

    /// Letters and digits are masked: a sample shows the shape of a record, never its content.
    private func masked(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(ascii: "9")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt8(ascii: "a")
        case 0x20..<0x7F: byte
        default: UInt8(ascii: "?")
        }
    }
}
