/// Where quotes begin: by their marks, and by the lines that introduce them.
extension OwnText {
    /// Bytes of the lines that say who wrote and when.
    private static let attributionBytes = 300
    /// Empty lines between them and the quote.
    private static let gapLines = 6
    /// Lines that they are wrapped to, beside the last.
    private static let wrappedLines = 3

    /// Where the quote begins whose first marked line this is, with its attribution; nil where the mark is none.
    mutating func quoteStart(_ text: Span<UInt8>, _ line: TextLine, _ mark: QuoteMark) -> Int? {
        let attribution = attribution(text, before: line)
        switch mark.kind {
        case .angle:
            if attribution == nil, isPromptOrMarker(text, line, mark) { return nil }
        case .bar:
            // Tables, traces and diagnostics have bars as well.
            guard let attribution, attribution.isDated else { return nil }
        case .initials:
            if attribution == nil {
                guard line.next < text.count,
                    QuoteMark(text, read(text, line.next), isPatch: isPatch) == mark
                else { return nil }
            }
        }
        return attribution?.start ?? line.start
    }

    /// `>>> ` is what Python asks with, `>>>>>>> ` ends a conflict of versions, and `diff` marks what is new by `> `.
    private func isPromptOrMarker(_ text: Span<UInt8>, _ line: TextLine, _ mark: QuoteMark) -> Bool {
        if mark.depth == 3 || mark.depth == 7, line.first + mark.depth < line.end,
            text[line.first + mark.depth] == 0x20
        {
            return true
        }
        guard rememberedLines > 0 else { return false }
        let before = recentLine(0)
        guard !before.isBlank else { return false }
        if before.isRule(text, of: UInt8(ascii: "-"), atLeast: 3), rememberedLines > 1 {
            let old = recentLine(1)
            return !old.isBlank && text[old.first] == UInt8(ascii: "<")
        }
        return isChangeCommand(text, before) || text[before.first] == UInt8(ascii: ">")
    }

    /// `5c5`, `12,14d11`: a command of `diff`.
    private func isChangeCommand(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        guard line.end - line.first <= 40, text[line.first] &- 0x30 < 10 else { return false }
        var letters = 0
        for at in line.content {
            let byte = text[at]
            if byte == UInt8(ascii: "a") || byte == UInt8(ascii: "c") || byte == UInt8(ascii: "d") {
                letters += 1
            } else if byte != UInt8(ascii: ","), byte &- 0x30 >= 10 {
                return false
            }
        }
        return letters == 1
    }

    // MARK: - Attributions

    /// The lines before a quote that introduce it.
    struct Attribution {
        var start: Int
        /// They have a figure or an address.
        var isDated: Bool
    }

    /// The lines that introduce the marked line: the last ends in a colon.
    private mutating func attribution(_ text: Span<UInt8>, before line: TextLine) -> Attribution? {
        var back = 0
        while back < rememberedLines, back < OwnText.gapLines, recentLine(back).isBlank { back += 1 }
        guard back < rememberedLines else { return nil }
        let last = recentLine(back)
        guard !last.isBlank, last.endsInColon(text), last.end - last.first <= OwnText.attributionBytes else {
            return nil
        }
        look(last.end - last.first)
        let evidence = Evidence(text, last.content)
        if beginsAttribution(text, last) { return Attribution(start: last.start, isDated: evidence.hasFigure) }
        // Wrapped: up to a line that begins one.
        for more in 1...OwnText.wrappedLines where back + more < rememberedLines {
            let above = recentLine(back + more)
            guard !above.isBlank, last.end - above.start <= OwnText.attributionBytes else { break }
            look(above.end - above.first)
            if beginsAttribution(text, above), Evidence(text, above.content).isDate {
                return Attribution(start: above.start, isDated: true)
            }
        }
        return Attribution(start: last.start, isDated: evidence.hasFigure || evidence.hasAddress)
    }

    /// Where the quote without marks begins that the line just remembered introduces; nil where it does not.
    ///
    /// It ends in a colon, says that somebody wrote, and when.
    mutating func unmarkedStart(_ text: Span<UInt8>, _ line: TextLine) -> Int? {
        guard line.endsInColon(text), line.end - line.first <= OwnText.attributionBytes else { return nil }
        for more in 0...OwnText.wrappedLines where more < rememberedLines {
            let above = recentLine(more)
            guard !above.isBlank, line.end - above.start <= OwnText.attributionBytes else { return nil }
            let range = above.first..<line.end
            look(2 * range.count)
            let evidence = Evidence(text, range)
            guard evidence.isDate else { continue }
            let isWritten = words.wrote.isWithin(text, range)
            let isAddressed = evidence.hasAddress && (isWritten || evidence.hasYear && endsInAddress(text, line))
            if isAddressed || isWritten && beginsAttribution(text, above)
                || isWritten && evidence.hasClock && evidence.hasYear && (more == 0 || endsInWrote(text, line))
            {
                return isFirstAfterGreeting(text, more) || isOtherwiseRead(text, line, more) ? nil : above.start
            }
        }
        return nil
    }

    private func beginsAttribution(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        text[line.first] &- 0x30 < 10 || words.attributionStarts.match(text, at: line.first, end: line.end) != nil
    }

    /// `<jane@example.org>:`
    private func endsInAddress(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        var at = line.end - TextLine.colon(text, before: line.end, line.first)
        while at > line.first, text[at - 1] == 0x20 || text[at - 1] >= 0x80 { at -= 1 }
        return at > line.first && text[at - 1] == UInt8(ascii: ">")
    }

    /// The last word before the colon.
    private mutating func endsInWrote(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        var end = line.end - TextLine.colon(text, before: line.end, line.first)
        while end > line.first, text[end - 1] == 0x20 { end -= 1 }
        look(24)
        return words.wrote.isSuffix(text, max(line.first, end - 24)..<end)
    }

    /// Is nothing above but a greeting? Then the answer is below, and nobody can tell where.
    private func isFirstAfterGreeting(_ text: Span<UInt8>, _ back: Int) -> Bool {
        guard isLetter, own.isEmpty, recentCount <= OwnText.recentLines else { return false }
        var (lines, end) = (0, 0)
        for index in (back + 1)..<max(back + 1, rememberedLines) where !recentLine(index).isBlank {
            lines += 1
            end = recentLine(index).end
        }
        return lines == 1 && text[end - 1] != UInt8(ascii: "!")
    }

    /// Do marked lines follow, a few empty ones between? Or more than one empty line, as where a quote was taken out and
    /// the answer left? Or is it a log, of which the lines around begin with a time as well?
    private mutating func isOtherwiseRead(_ text: Span<UInt8>, _ line: TextLine, _ back: Int) -> Bool {
        let first = recentLine(back)
        let isTimed = text[first.first] &- 0x30 < 10
        if isTimed, back + 1 < rememberedLines {
            let above = recentLine(back + 1)
            if !above.isBlank, text[above.first] &- 0x30 < 10 { return true }
        }
        var at = line.next
        for gap in 0...OwnText.gapLines where at < text.count {
            let next = read(text, at)
            if !next.isBlank {
                let isLog = isTimed && text[next.first] &- 0x30 < 10
                return gap > 1 || isLog || QuoteMark(text, next, isPatch: isPatch) != nil
            }
            at = next.next
        }
        return false
    }

    func beginsPatch(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        switch text[line.start] {
        case UInt8(ascii: "d"): Evidence.begins(text, line.content, "diff --git ")
        case UInt8(ascii: "@"): Evidence.begins(text, line.content, "@@ -")
        case UInt8(ascii: "I"): Evidence.begins(text, line.content, "Index: ")
        default: false
        }
    }
}
