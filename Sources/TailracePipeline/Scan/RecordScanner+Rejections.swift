extension RecordScanner {
    /// Bytes of a rejected record that are shown, masked.
    private static let sampleBytes = 120

    /// Counts a record as rejected, with a sample of its head.
    mutating func reject(
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

    /// Counts a record as rejected.
    func append(
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
