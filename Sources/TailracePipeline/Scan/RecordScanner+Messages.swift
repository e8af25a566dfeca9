/// Messages of an mbox: each begins with a line of its own (`MailRecord.isEnvelope`).
extension RecordScanner {
    /// The line end before the next message; nil: not within these bytes.
    func messageEnd(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool) -> Int? {
        var at = start
        while true {
            at = ByteFinder.find(UInt8(ascii: "\n"), in: bytes, from: at, to: bytes.count)
            let line = at + 1
            guard line < bytes.count else { return nil }
            if bytes[line] == UInt8(ascii: "F") {
                let end = ByteFinder.find(UInt8(ascii: "\n"), in: bytes, from: line, to: bytes.count)
                // What it is may be seen when the line is whole.
                if end == bytes.count, !isFinal, end - line < MailRecord.envelopeLimitBytes { return nil }
                if MailRecord.isEnvelope(bytes, from: line, to: end) { return at }
            }
            at = line
        }
    }

    /// Makes an event of a message of which only the first bytes are kept: its headers and, as a rule, its text.
    /// - Returns: false where they are not enough.
    mutating func takeHead(_ head: [UInt8], position: Int64, length: Int64, _ batch: inout ScannedBatch) -> Bool {
        let reason = take(head.span, from: 0, to: head.count, length: length, position, &batch)
        if reason != nil { return false }
        batch.heads.append((position, head))
        return true
    }
}
