/// A line of a text, by place: `start..<next` with its end, `first..<end` without blanks around.
struct TextLine: Sendable {
    var start = 0
    var first = 0
    var end = 0
    /// Where the next one begins; the length of the text for the last.
    var next = 0

    init() {}

    /// The line that begins at a place.
    init(_ text: Span<UInt8>, at start: Int) {
        let feed = ByteFinder.find(UInt8(ascii: "\n"), in: text, from: start, to: text.count)
        self.start = start
        next = min(feed + 1, text.count)
        (first, end) = (start, feed)
        while let width = TextLine.blank(text, first, end) { first += width }
        while let width = TextLine.blank(text, before: end, first) { end -= width }
    }

    var isBlank: Bool { first == end }
    var content: Range<Int> { first..<end }

    /// Does it end in a colon?
    func endsInColon(_ text: Span<UInt8>) -> Bool { TextLine.colon(text, before: end, first) > 0 }

    /// Characters of the line, as few bytes as they may be. Beyond 100 it says 100.
    func characters(_ text: Span<UInt8>) -> Int {
        if end - first > 400 { return 100 }
        var count = 0
        for at in content where text[at] & 0xC0 != 0x80 { count += 1 }
        return min(count, 100)
    }

    /// Does it consist of at least so many of one byte?
    func isRule(_ text: Span<UInt8>, of byte: UInt8, atLeast count: Int) -> Bool {
        guard end - first >= count, text[first] == byte else { return false }
        for at in content where text[at] != byte { return false }
        return true
    }

    /// The bytes of the colon that ends at `end`: `:`, or the wide one.
    static func colon(_ text: Span<UInt8>, before end: Int, _ start: Int) -> Int {
        if end > start, text[end - 1] == UInt8(ascii: ":") { return 1 }
        if end >= start + 3, text[end - 1] == 0x9A, text[end - 2] == 0xBC, text[end - 3] == 0xEF { return 3 }
        return 0
    }

    /// The bytes of what is not to be seen at a place: spaces of all widths, marks of direction; nil where there is ink.
    @inline(__always)
    static func blank(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
        guard at < end else { return nil }
        let byte = text[at]
        if byte <= 0x20 { return 1 }
        if byte < 0x80 { return nil }
        if byte == 0xC2 { return at + 1 < end && text[at + 1] == 0xA0 ? 2 : nil }
        guard at + 2 < end else { return nil }
        return isWideBlank(byte, text[at + 1], text[at + 2]) ? 3 : nil
    }

    /// The same, of what ends at a place.
    @inline(__always)
    private static func blank(_ text: Span<UInt8>, before end: Int, _ start: Int) -> Int? {
        guard end > start else { return nil }
        let byte = text[end - 1]
        if byte <= 0x20 { return 1 }
        if byte < 0x80 { return nil }
        if byte == 0xA0, end - 2 >= start, text[end - 2] == 0xC2 { return 2 }
        guard end - 3 >= start else { return nil }
        return isWideBlank(text[end - 3], text[end - 2], byte) ? 3 : nil
    }

    private static func isWideBlank(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool {
        switch (a, b, c) {
        case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xA8...0xAF), (0xE2, 0x81, 0x9F...0xAF): true
        case (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF): true
        default: false
        }
    }
}
