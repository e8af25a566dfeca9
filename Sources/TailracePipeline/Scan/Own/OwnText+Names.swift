/// Names, sentences and greetings, told by capitals, words and marks.
extension OwnText {
    /// Some words, each with a capital or of a script that has none: a name, a title, a firm.
    func isName(_ text: Span<UInt8>, _ line: TextLine, words limit: Int) -> Bool {
        guard line.end - line.first <= 120, line.characters(text) <= 48 else { return false }
        var (at, count, capitals) = (line.first, 0, 0)
        while at < line.end {
            let start = at
            while at < line.end, text[at] > 0x20 {
                switch text[at] {
                case 0x80..., 0x41...0x5A, 0x61...0x7A: break
                case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: ","), UInt8(ascii: "&"),
                    UInt8(ascii: "*"):
                    break
                default: return false
                }
                at += 1
            }
            if at > start {
                count += 1
                if isCapital(text, start, at) {
                    capitals += 1
                } else if at - start > 4 {
                    return false
                }
            }
            at += 1
        }
        if text[line.first] >= 0xE1, count == 1, line.characters(text) > 12 { return false }
        return count <= limit && capitals * 2 > count
    }

    private func isCapital(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var start = start
        while start < end, text[start] == UInt8(ascii: "*") { start += 1 }
        guard start < end else { return false }
        if text[start] < 0x80 { return text[start] &- 0x41 < 26 }
        guard start + 1 < end else { return false }
        switch (text[start], text[start + 1]) {
        case (0xC3, 0x9F...0xBF), (0xD0, 0xB0...0xBF), (0xD1, 0x80...0x9F), (0xCE, 0xAC...0xBF), (0xCF, 0x80...0x8E):
            return false
        default: return true
        }
    }

    func endsSentence(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        var end = line.end
        while end > line.first, text[end - 1] == UInt8(ascii: ")") || text[end - 1] == UInt8(ascii: "\"") { end -= 1 }
        return end > line.first && stopBytes(text, before: end, line.first) > 0 && text[end - 1] != UInt8(ascii: ",")
    }

    /// "Dear Bob,", "Bob:", "Hi!"
    func greets(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        guard line.end - line.first <= 120, line.characters(text) <= 40, wordCount(text, line) <= 4 else {
            return false
        }
        switch text[line.end - 1] {
        case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "!"), UInt8(ascii: "-"): return true
        default: return line.endsInColon(text) || stopBytes(text, before: line.end, line.first) == 3
        }
    }

    func wordCount(_ text: Span<UInt8>, _ line: TextLine) -> Int {
        var count = 0
        for at in line.content where text[at] > 0x20 && (at == line.first || text[at - 1] <= 0x20) { count += 1 }
        return count
    }

    func isWordByte(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 || byte &- 0x30 < 10 }

    /// Behind blanks and marks.
    func skipMarks(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var at = start
        while at < end {
            if let width = TextLine.blank(text, at, end) {
                at += width
            } else if text[at] < 0x80, !isWordByte(text[at]) {
                at += 1
            } else if text[at] == 0xD8, at + 1 < end, text[at + 1] == 0x8C {
                at += 2
            } else if text[at] == 0xE3, at + 2 < end, text[at + 1] == 0x80 {
                at += 3
            } else if text[at] == 0xEF, at + 2 < end, text[at + 1] == 0xBC {
                at += 3
            } else if text[at] == 0xE2, at + 2 < end, text[at + 1] == 0x80 {
                at += 3
            } else {
                break
            }
        }
        return at
    }

    /// Where marks at the end of a line begin.
    func inkEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start {
            let width = stopBytes(text, before: end, start)
            if width == 0 { break }
            end -= width
        }
        return end
    }

    /// The bytes of a stop or comma that ends at a place: `.`, `!`, `?`, `,`, `…`, and the wide ones.
    func stopBytes(_ text: Span<UInt8>, before end: Int, _ start: Int) -> Int {
        guard end > start else { return 0 }
        switch text[end - 1] {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ","): return 1
        case 0x80...:
            // The comma of Arabic.
            if end - start >= 2, text[end - 2] == 0xD8, text[end - 1] == 0x8C { return 2 }
            guard end - start >= 3 else { return 0 }
            switch (text[end - 3], text[end - 2], text[end - 1]) {
            case (0xE3, 0x80, 0x81), (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x8C), (0xEF, 0xBC, 0x9F),
                (0xE2, 0x80, 0xA6):
                return 3
            default: return 0
            }
        default: return 0
        }
    }
}
