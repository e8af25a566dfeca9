/// What a line under a text looks like. Precision before recall: each of these has to hold for what is taken off.
extension OwnText {
    /// Characters of a line of a signature.
    private static let lineCharacters = 72

    // MARK: - Closings and devices

    /// "Best regards," alone, with a name behind it, or, with a name below, with a few words more.
    func isClosing(_ text: Span<UInt8>, _ line: TextLine, below: TextLine?) -> Bool {
        guard line.end - line.first <= 160 else { return false }
        var first = line.first
        while first < line.end, text[first] == UInt8(ascii: "*") { first += 1 }
        guard let after = closingEnd(text, first, line.end) else {
            return first < line.end && text[first] >= 0x80 && line.characters(text) <= 32
                && words.closingEnds.isSuffix(text, first..<inkEnd(text, first, line.end))
        }
        let rest = skipMarks(text, after, line.end)
        if rest == line.end { return true }
        if rest > after, text[after] != 0x20 {
            // "Thanks, Bob"
            var name = line
            name.first = rest
            return isName(text, name, words: 3)
        }
        // "Thanks for your help," and a name below.
        guard let below, text[line.end - 1] == UInt8(ascii: ","), wordCount(text, line) <= 6 else { return false }
        return isName(text, below, words: 4)
    }

    /// The end of a closing, or of two of them joined.
    private func closingEnd(_ text: Span<UInt8>, _ first: Int, _ end: Int) -> Int? {
        guard let one = words.closings.match(text, at: first, end: end) else { return nil }
        if one.end < end, isWordByte(text[one.end]), text[one.end] < 0x80 { return nil }
        var at = one.end
        while at < end, text[at] == 0x20 || text[at] == UInt8(ascii: ",") { at += 1 }
        guard at > one.end else { return one.end }
        let second = words.connectors.match(text, at: at, end: end)?.end ?? at
        guard let two = words.closings.match(text, at: second, end: end) else { return one.end }
        return two.end < end && isWordByte(text[two.end]) ? one.end : two.end
    }

    /// "Sent from my telephone", no sentence.
    func isSentFrom(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        guard line.end - line.first <= 160, wordCount(text, line) <= 9 else { return false }
        for at in line.content where text[at] == UInt8(ascii: ",") || text[at] == UInt8(ascii: "?") {
            // One within a link is none of a sentence.
            if at + 1 == line.end || text[at + 1] <= 0x20 { return false }
        }
        if words.sentFrom.match(text, at: line.first, end: line.end) != nil { return true }
        let end = inkEnd(text, line.first, line.end)
        return words.sentEnds.isSuffix(text, line.first..<end) && words.devices.isWithin(text, line.first..<end)
    }

    func isLinkOnly(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        guard line.end - line.first <= 200 else { return false }
        for at in line.content where text[at] == 0x20 { return false }
        return Evidence(text, line.content).hasLink
    }

    // MARK: - Lines of a signature

    /// Short, no item of a list, no code, no sentence.
    func isSignatureLike(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        guard line.end - line.first <= 4 * OwnText.lineCharacters, line.characters(text) <= OwnText.lineCharacters,
            !isItem(text, line), wordCount(text, line) <= 10
        else { return false }
        for at in line.content {
            switch text[at] {
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: "?"), UInt8(ascii: "`"):
                return false
            default: break
            }
        }
        if line.endsInColon(text) { return false }
        return !endsSentence(text, line) || wordCount(text, line) <= 4 || Evidence(text, line.content).isContact
            || isSentFrom(text, line)
    }

    /// What comes first below a closing: who, or where.
    func isFirstOfSignature(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        if isName(text, line, words: 6) || isSentFrom(text, line) || Evidence(text, line.content).isContact {
            return true
        }
        if dashedName(text, line).map({ isName(text, $0, words: 4) }) ?? false { return true }
        // Somebody who signs in small letters, and needs one word to do so.
        for at in line.content where !isWordByte(text[at]) || text[at] &- 0x30 < 10 { return false }
        return line.characters(text) <= 16
    }

    /// `- `, `* `, `• `, `#`, `1. `
    private func isItem(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        let byte = text[line.first]
        let second = line.first + 1 < line.end ? text[line.first + 1] : 0
        switch byte {
        case UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: "$"), UInt8(ascii: "%"): return second != 0x68
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"): return second == 0x20
        case 0xE2: return second == 0x80 && line.first + 2 < line.end && text[line.first + 2] == 0xA2
        case 0x30...0x39:
            var at = line.first
            while at < line.end, text[at] &- 0x30 < 10 { at += 1 }
            return at + 1 < line.end && (text[at] == UInt8(ascii: ".") || text[at] == UInt8(ascii: ")"))
                && text[at + 1] <= 0x20
        default: return false
        }
    }

    /// The name behind a dash of any length.
    func dashedName(_ text: Span<UInt8>, _ line: TextLine) -> TextLine? {
        var name = line
        if text[line.first] == UInt8(ascii: "-") {
            name.first += 1
        } else if line.first + 3 < line.end, text[line.first] == 0xE2, text[line.first + 1] == 0x80,
            text[line.first + 2] == 0x93 || text[line.first + 2] == 0x94
        {
            name.first += 3
        } else {
            return nil
        }
        while let width = TextLine.blank(text, name.first, name.end) { name.first += width }
        return name.isBlank ? nil : name
    }

    /// `x-37059`, `*7086`, `3-7060`: within a house.
    func isExtension(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        guard line.end - line.first <= 9 else { return false }
        var (digits, others) = (0, 0)
        for at in line.content {
            switch text[at] {
            case 0x30...0x39: digits += 1
            case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "x"), UInt8(ascii: "X"), 0x20: others += 1
            default: return false
            }
        }
        return digits >= 4 && others > 0
    }
}
