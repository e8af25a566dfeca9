/// A stretch that was looked through for the end of a row in vain, and how it stood behind it.
///
/// A quote that never closes ends its row with its line, and the next row begins inside of the stretch. Where quotes do
/// not close there either, every line of a file would have the same bytes looked through, up to the record limit. But at
/// a line end inside quotes all rows stand alike: from there on the later one can go where the earlier one got.
struct EndlessRow: Sendable {
    /// In decompressed bytes of the source.
    var from: Int64
    var through: Int64
    var quotes: QuoteState
}

/// Where in a row a byte stands.
struct QuoteState: Sendable {
    var isQuoted = false
    /// Does the field begin with a quote? In a bare field quotes are plain bytes.
    var isQuotedField = false
    var isFieldStart = true
}

extension RecordScanner {
    /// The line end of a row: the first one outside quotes. A quote that does not close within the record limit, or
    /// at all, is an error of this row alone: the row then ends with its line, and the next line is read.
    ///
    /// Complexity: over all rows together linear in the bytes.
    mutating func rowEnd(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool, _ position: Int64) -> Int? {
        var quotes = QuoteState()
        var at = start
        let separator = csv?.separator
        let known = known(from: start, count: bytes.count, position)
        if let end = plainRowEnd(bytes, from: start) { return end }
        while at < bytes.count {
            // The row is too long, whatever follows: decided here, so that the size of the pieces does not matter.
            if at - start == settings.recordLimitBytes { break }
            let byte = bytes[at]
            if quotes.isQuoted {
                if byte == UInt8(ascii: "\"") {
                    quotes.isQuoted = false
                } else if let known, known.range.contains(at), isLineEnd(byte) {
                    (at, quotes) = (known.range.upperBound, known.quotes)
                    continue
                }
            } else if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && isRowEnd(bytes, at)) {
                return at
            } else if byte == UInt8(ascii: "\"") {
                // A doubled quote closes and opens again.
                quotes.isQuoted =
                    quotes.isFieldStart || (quotes.isQuotedField && bytes[at - 1] == UInt8(ascii: "\""))
                quotes.isQuotedField = quotes.isQuoted
            }
            // Before the header is read any separator may be the one.
            quotes.isFieldStart =
                !quotes.isQuoted && (separator.map { byte == $0 } ?? CSVRecord.separators.contains(byte))
            if quotes.isFieldStart { quotes.isQuotedField = false }
            at += 1
        }
        // What a header's last byte means can hang on the one behind it; and there is but one header.
        if csv != nil {
            endlessRow = EndlessRow(from: position + Int64(start), through: position + Int64(at), quotes: quotes)
        }
        if at < bytes.count { return lineEnd(bytes, from: quotes.isQuoted ? start : at) }
        return isFinal && quotes.isQuoted ? lineEnd(bytes, from: start) : nil
    }

    /// The line end of a row without quotes, which nearly all are; nil: look closer.
    private func plainRowEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        guard csv != nil, !endsAtReturn else { return nil }
        let limit = min(bytes.count, start + settings.recordLimitBytes)
        let end = ByteFinder.find(UInt8(ascii: "\n"), in: bytes, from: start, to: limit)
        guard end < limit, ByteFinder.find(UInt8(ascii: "\""), in: bytes, from: start, to: end) == end else {
            return nil
        }
        return end
    }

    /// The part of the endless row that lies in these bytes, for a row that begins inside of it.
    private func known(from start: Int, count: Int, _ position: Int64) -> (range: Range<Int>, quotes: QuoteState)? {
        guard let endlessRow else { return nil }
        let (from, through) = (Int(endlessRow.from - position), Int(endlessRow.through - position))
        return from <= start && start < through && through <= count ? (start..<through, endlessRow.quotes) : nil
    }

    /// Does this byte end a row outside quotes, whatever stands around it?
    private func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || (endsAtReturn && byte == UInt8(ascii: "\r"))
    }

    /// Does a carriage return end the row? That of the header does where no line feed follows, and then all do.
    private func isRowEnd(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
        endsAtReturn || (csv == nil && at + 1 < bytes.count && bytes[at + 1] != UInt8(ascii: "\n"))
    }
}
