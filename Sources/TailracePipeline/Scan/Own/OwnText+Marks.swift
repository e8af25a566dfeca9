/// The fast way out: most texts have neither quote nor signature, and it takes one look to know.
extension OwnText {
    /// A longer line, in bytes, is no name and does not take leave. Letters of other scripts take two bytes or three.
    private static let shortBytes = 48

    /// May there be a quote or a signature? False is certain, true is not.
    mutating func mayHoldMarks(_ text: Span<UInt8>) -> Bool {
        var start = 0
        var paragraphs = 0
        var isAfterBlank = true
        var firstBytes = 0
        let feed = ByteFinder.find(UInt8(ascii: "\n"), in: text, from: 0, to: text.count)
        guard feed < text.count else { return false }
        var end = feed
        while start < text.count {
            var (first, last) = (start, end)
            while last > first, text[last - 1] <= 0x20 { last -= 1 }
            while first < last, text[first] <= 0x20 { first += 1 }
            if first == last {
                isAfterBlank = true
            } else {
                if isMark(text, first, last) { return true }
                if isAfterBlank {
                    paragraphs += 1
                    firstBytes = text[first] < 0x80 ? last - first : (last - first) / 3
                }
                isAfterBlank = false
            }
            start = end + 1
            end =
                start < text.count ? ByteFinder.find(UInt8(ascii: "\n"), in: text, from: start, to: text.count) : start
        }
        look(text.count)
        return paragraphs > 1 && firstBytes <= OwnText.shortBytes
    }

    /// Can a line, of which the ends are known, begin or end what is not own?
    @inline(__always)
    private func isMark(_ text: Span<UInt8>, _ first: Int, _ last: Int) -> Bool {
        let head = text[first]
        let tail = text[last - 1]
        switch head {
        case UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "*"): return true
        case 0xC2, 0xE2, 0xE3, 0xEF:
            if TextLine.blank(text, first, last) != nil || isWideMark(text, first, last) { return true }
        default: break
        }
        if tail == UInt8(ascii: ":") { return true }
        if tail >= 0x80, isWideEnd(text, first, last) { return true }
        if head &- 0x41 < 26, isSuperciteLike(text, first, last) { return true }
        if last - first <= (head < 0x80 ? 1 : 3) * OwnText.shortBytes, isLeave(text, first, last) { return true }
        return words.sentFrom.match(text, at: first, end: last) != nil
            || words.senders.match(text, at: first, end: last).map { isColonNext(text, $0.end, last) } ?? false
    }

    /// A colon of either width in the next few bytes; a blank or two may stand before it.
    private func isColonNext(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        for at in start..<min(start + 8, end) where text[at] == UInt8(ascii: ":") || text[at] == 0xEF { return true }
        return false
    }

    /// `＞`, `–`, `—`.
    private func isWideMark(_ text: Span<UInt8>, _ first: Int, _ last: Int) -> Bool {
        guard first + 2 < last else { return false }
        return text[first] == 0xEF && text[first + 1] == 0xBC && text[first + 2] == 0x9E
            || text[first] == 0xE2 && text[first + 1] == 0x80
    }

    /// A wide colon, or something that is not to be seen and may hide one.
    private func isWideEnd(_ text: Span<UInt8>, _ first: Int, _ last: Int) -> Bool {
        if TextLine.colon(text, before: last, first) > 0 { return true }
        if last - first >= 2, text[last - 2] == 0xC2 { return true }
        guard last - first >= 3 else { return false }
        let lead = text[last - 3]
        return lead == 0xE2 && text[last - 2] <= 0x81
            || lead == 0xE3 && text[last - 2] == 0x80 && text[last - 1] == 0x80
            || lead == 0xEF && text[last - 2] == 0xBB
    }

    private func isSuperciteLike(_ text: Span<UInt8>, _ first: Int, _ last: Int) -> Bool {
        for at in (first + 1)..<min(first + 5, last) where text[at] == UInt8(ascii: ">") { return true }
        return false
    }

    private func isLeave(_ text: Span<UInt8>, _ first: Int, _ last: Int) -> Bool {
        words.closings.match(text, at: first, end: last) != nil
            || text[first] >= 0x80 && words.closingEnds.isWithin(text, first..<last)
    }
}
