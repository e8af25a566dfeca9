/// Lines behind which everything is quoted: separators, header blocks, attributions of quotes without marks.
extension OwnText {
    /// Lines in which a header block has to show itself.
    private static let blockLines = 10
    /// A header's name stands in the first bytes of its line.
    private static let nameBytes = 64

    /// Where everything begins to be quoted, if it does with the line just remembered.
    mutating func restStart(_ text: Span<UInt8>, _ line: TextLine) -> Int? {
        if !isPatch, text[line.first] == UInt8(ascii: "-") {
            return isSeparator(text, line) ? line.start : nil
        }
        if !isPatch, line.isRule(text, of: UInt8(ascii: "_"), atLeast: 10), isBlockOfAnyLanguage(text, line) {
            return line.start
        }
        if isSender(text, line), line.first == line.start || !isPatch, let start = blockStart(text, line) {
            return start
        }
        guard line.endsInColon(text) else { return nil }
        if isForward(text, line) { return line.start }
        return unmarkedStart(text, line)
    }

    // MARK: - Separators

    /// `-----Original Message-----`, `---- On 5 May 2024 Jane wrote ----`.
    private mutating func isSeparator(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        let limit = min(line.end, line.first + 200)
        var at = line.first
        while at < limit, text[at] == UInt8(ascii: "-") { at += 1 }
        let dashes = at - line.first
        guard dashes >= 2, line.end - at <= 120 else { return false }
        look(limit - line.first)
        while let width = TextLine.blank(text, at, limit) { at += width }
        if let match = words.separators.match(text, at: at, end: line.end) {
            // Behind it dashes, or a little more and then dashes: who forwarded, and when.
            return match.end == line.end || text[line.end - 1] == UInt8(ascii: "-")
        }
        guard dashes >= 3, text[line.end - 1] == UInt8(ascii: "-"), at < line.end else { return false }
        return Evidence(text, at..<line.end).isDate && words.wrote.isWithin(text, at..<line.end)
    }

    /// `Begin forwarded message:`, nothing else in the line.
    private func isForward(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        guard let match = words.forwards.match(text, at: line.first, end: line.end) else { return false }
        var at = match.end
        while let width = TextLine.blank(text, at, line.end) { at += width }
        return at + TextLine.colon(text, before: line.end, at) == line.end
    }

    // MARK: - Header blocks

    /// The same as `header(_:_:) == .from`, and most lines are told off sooner.
    private func isSender(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        text[line.first] == UInt8(ascii: "*")
            ? header(text, line) == .from
            : words.senders.match(text, at: line.first, end: line.end) != nil && header(text, line) == .from
    }

    /// What header a line is: a name of some language, between marks of bold type or not, and a colon.
    func header(_ text: Span<UInt8>, _ line: TextLine) -> PhraseTable.Kind? {
        let end = min(line.end, line.first + OwnText.nameBytes)
        var at = line.first
        while at < end, at < line.first + 2, text[at] == UInt8(ascii: "*") { at += 1 }
        guard let match = words.headers.match(text, at: at, end: end) else { return nil }
        at = match.end
        while at < end, text[at] == UInt8(ascii: "*") || TextLine.blank(text, at, end) != nil {
            at += TextLine.blank(text, at, end) ?? 1
        }
        guard at < end else { return nil }
        let isColon = text[at] == UInt8(ascii: ":") || at + 3 <= end && TextLine.colon(text, before: at + 3, at) == 3
        return isColon ? match.kind : nil
    }

    /// Where the header block begins that a line with a sender is of: it also has a subject, and a date or a receiver.
    private mutating func blockStart(_ text: Span<UInt8>, _ line: TextLine) -> Int? {
        var (hasSubject, hasOther) = (false, false)
        var start = line.start
        func note(_ kind: PhraseTable.Kind) {
            hasSubject = hasSubject || kind == .subject
            hasOther = hasOther || kind == .date || kind == .to
        }
        // Some programs put the subject or the date first.
        var back = 1
        while back < min(rememberedLines, 5), let kind = header(text, recentLine(back)), kind != .from {
            note(kind)
            start = recentLine(back).start
            back += 1
        }
        var at = line.next
        var strangers = 0
        for _ in 0..<OwnText.blockLines where at < text.count && !(hasSubject && hasOther) {
            let next = read(text, at)
            at = next.next
            if let kind = header(text, next) {
                note(kind)
                strangers = 0
            } else {
                // A long list of receivers is wrapped; empty lines come from HTML.
                strangers += 1
                if strangers > 2 { return nil }
            }
        }
        guard hasSubject, hasOther else { return nil }
        return ruleStart(text, back) ?? start
    }

    /// The line of dashes or underscores above a block, two empty lines between at most.
    private func ruleStart(_ text: Span<UInt8>, _ from: Int) -> Int? {
        for back in from..<(from + 3) where back < rememberedLines {
            let line = recentLine(back)
            if line.isBlank { continue }
            let isRule =
                line.isRule(text, of: UInt8(ascii: "-"), atLeast: 5)
                || line.isRule(text, of: UInt8(ascii: "_"), atLeast: 5)
            return isRule ? line.start : nil
        }
        return nil
    }

    /// Four of the next five lines are names, colons and values, and an address is among them: a block of a language
    /// that is not in the list, under its line of underscores.
    private mutating func isBlockOfAnyLanguage(_ text: Span<UInt8>, _ rule: TextLine) -> Bool {
        var (at, headers, hasAddress) = (rule.next, 0, false)
        for _ in 0..<5 where at < text.count {
            let line = read(text, at)
            at = line.next
            guard !line.isBlank else { continue }
            let limit = min(line.end, line.first + OwnText.nameBytes)
            let colon = ByteFinder.find(UInt8(ascii: ":"), in: text, from: line.first, to: limit)
            guard colon < limit, colon > line.first else { continue }
            headers += 1
            look(min(line.end, line.first + 300) - line.first)
            hasAddress = hasAddress || Evidence(text, line.first..<min(line.end, line.first + 300)).hasAddress
        }
        return headers >= 4 && hasAddress
    }
}
