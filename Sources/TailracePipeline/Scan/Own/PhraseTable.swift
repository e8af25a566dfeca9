/// Phrases to find at a place of a text, whatever their case (`LetterFolding`). A blank of theirs stands for one or more.
///
/// They lie in flat arrays, in the order of their first byte: looking one up costs no count of references.
struct PhraseTable: Sendable {
    /// What a header names.
    enum Kind: UInt8, Sendable { case other, from, date, to, subject }

    /// A phrase that stands in a text.
    struct Match: Sendable {
        var end: Int
        var kind: Kind
    }

    private var bytes: [UInt8] = []
    private var rows: [(start: Int32, count: Int32, second: UInt8, kind: Kind)] = []
    /// By first byte: its first row. One more for the end.
    private var firsts = [Int32](repeating: 0, count: 257)
    /// By the first two bytes, as `pair` gives them: may one begin so? Most places of a text are told off by this.
    private var pairs = [UInt64](repeating: 0, count: 64)

    init(_ lists: [String]) { self.init(kinds: lists.map { (.other, $0) }) }

    init(kinds: [(kind: Kind, phrases: String)]) {
        var phrases: [(bytes: [UInt8], kind: Kind)] = []
        for (kind, list) in kinds {
            for phrase in list.utf8.split(separator: UInt8(ascii: "|")) {
                phrases.append((PhraseTable.folded(Array(phrase)), kind))
            }
        }
        // The longest first, so that the first that fits is the longest.
        phrases.sort { ($0.bytes[0], $1.bytes.count) < ($1.bytes[0], $0.bytes.count) }
        for (phrase, kind) in phrases {
            rows.append((Int32(bytes.count), Int32(phrase.count), phrase.count > 1 ? phrase[1] : 0x20, kind))
            bytes += phrase
            firsts[Int(phrase[0]) + 1] = Int32(rows.count)
            for second in phrase.count > 1 ? phrase[1]...phrase[1] : 0...255 {
                let pair = PhraseTable.pair(phrase[0], second)
                pairs[pair >> 6] |= 1 << UInt64(pair & 63)
            }
        }
        for byte in 1...256 { firsts[byte] = max(firsts[byte], firsts[byte - 1]) }
    }

    /// The same for what a phrase holds to be the same, of 4,096.
    @inline(__always)
    private static func pair(_ first: UInt8, _ second: UInt8) -> Int {
        // Letters of two bytes may have another first one when small.
        if first >= 0x80 { return Int(first) & 0xF0 }
        let isBlank = second <= 0x20 || second == 0xC2 || second == 0xE2 || second == 0xE3
        return (Int(first | 0x20) &* 97 &+ Int(isBlank ? 0x20 : second | 0x20)) & 4095
    }

    /// The longest phrase that stands at a place, before `end`; nil where none does.
    @inline(__always)
    func match(_ text: Span<UInt8>, at start: Int, end: Int) -> Match? {
        guard start < end else { return nil }
        if start + 1 < end {
            let pair = PhraseTable.pair(text[start], text[start + 1])
            if pairs[pair >> 6] & 1 << UInt64(pair & 63) == 0 { return nil }
        }
        return look(text, at: start, end: end)
    }

    private func look(_ text: Span<UInt8>, at start: Int, end: Int) -> Match? {
        let first = Int(PhraseTable.fold(text, start, end).first)
        let (from, to) = (Int(firsts[first]), Int(firsts[first + 1]))
        let second = start + 1 < end && text[start] < 0x80 ? PhraseTable.fold(text, start + 1, end).first : 0x20
        for row in from..<to {
            // Most differ in the second byte; a blank may stand for another, and a letter of two bytes is left to `stands`.
            let wanted = rows[row].second
            if wanted != second, wanted != 0x20, second != 0x20 { continue }
            let after = stands(rows[row].start, rows[row].count, text, start, end)
            if after >= 0 { return Match(end: after, kind: rows[row].kind) }
        }
        return nil
    }

    /// Does a phrase stand anywhere in `range` as a word of its own? Complexity: O(range × phrases of one first byte).
    func isWithin(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var at = range.lowerBound
        while at < range.upperBound {
            let isStart = at == range.lowerBound || !isLetter(text[at - 1]) || text[at] >= 0x80
            if isStart, let found = match(text, at: at, end: range.upperBound),
                found.end == range.upperBound || !isLetter(text[found.end])
            {
                return true
            }
            at += 1
        }
        return false
    }

    /// Does one end exactly at `end`, beginning in `range`?
    func isSuffix(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for at in range {
            if let found = match(text, at: at, end: range.upperBound), found.end == range.upperBound { return true }
        }
        return false
    }

    private func stands(_ start: Int32, _ count: Int32, _ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
        var (word, at) = (Int(start), at)
        let wordEnd = word + Int(count)
        while word < wordEnd {
            if bytes[word] == 0x20 {
                let before = at
                while at < end, let width = TextLine.blank(text, at, end) { at += width }
                if at == before { return -1 }
                word += 1
                continue
            }
            guard at < end else { return -1 }
            let folded = PhraseTable.fold(text, at, end)
            guard folded.first == bytes[word] else { return -1 }
            if folded.count == 2 {
                guard word + 1 < wordEnd, folded.second == bytes[word + 1] else { return -1 }
            }
            word += folded.count
            at += folded.count
        }
        return at
    }

    private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    /// A byte, or the two of a letter that has a small form.
    @inline(__always)
    private static func fold(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> (first: UInt8, second: UInt8, count: Int) {
        let byte = text[at]
        if byte < 0x80 { return (byte &- 0x41 < 26 ? byte | 0x20 : byte, 0, 1) }
        guard at + 1 < end else { return (byte, 0, 1) }
        if let pair = LetterFolding.lowercase(byte, text[at + 1]) { return (pair.0, pair.1, 2) }
        // Latin Extended-A, where capital and small letter stand side by side.
        switch (byte, text[at + 1]) {
        case (0xC4, 0x80...0xB7), (0xC5, 0x8A...0xB7): return (byte, text[at + 1] | 1, 2)
        case (0xC4, 0xB9...0xBE), (0xC5, 0x81...0x88): return (byte, (text[at + 1] &+ 1) & 0xFE, 2)
        default: break
        }
        return (byte, 0, 1)
    }

    private static func folded(_ phrase: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        while output.count < phrase.count {
            let folded = fold(phrase.span, output.count, phrase.count)
            output.append(folded.first)
            if folded.count == 2 { output.append(folded.second) }
        }
        return output
    }
}
