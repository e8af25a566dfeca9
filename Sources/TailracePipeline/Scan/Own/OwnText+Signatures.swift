/// What stands under a text: signatures, closings, footers of lists, what a device adds.
extension OwnText {
    /// Lines of a signature that are not empty.
    private static let signatureLines = 12
    /// Lines behind a closing that tell no address or telephone.
    private static let nameLines = 5
    /// Lines of an address in a paragraph of its own.
    private static let paragraphLines = 10
    /// Lines that are looked at, so that more than one of them can stand under another.
    private static let tailLines = 26

    /// Where the signature begins that ends an own stretch; nil where none does.
    ///
    /// One kind after the other is taken off the end: people sign, their program adds, the list adds.
    mutating func signatureStart(_ text: Span<UInt8>, _ piece: Range<Int>, isEdge: Bool) -> Int? {
        gatherTail(text)
        var end = tail.count
        while end > 0 {
            let before = end
            end = footer(text, end)
            end = delimited(text, end)
            end = sentFrom(text, end)
            if end == before { break }
        }
        var isTaken = end < tail.count
        if !isPatch {
            let closed = closed(text, end) ?? (isEdge ? unannounced(text, end, piece) : nil)
            // A thank-you that is all somebody writes is the answer.
            if let closed, closed < end, isRestWritten(text, piece.lowerBound..<tail[closed].start, isEdge: isEdge) {
                (end, isTaken) = (closed, true)
            }
        }
        return isTaken ? (end < tail.count ? tail[end].start : nil) : nil
    }

    /// The last lines that are not empty, in order.
    private mutating func gatherTail(_ text: Span<UInt8>) {
        tail.removeAll(keepingCapacity: true)
        var back = 0
        while back < rememberedLines, tail.count < OwnText.tailLines {
            let line = recentLine(back)
            if !line.isBlank { tail.append(line) }
            back += 1
        }
        tail.reverse()
    }

    private mutating func isRestWritten(_ text: Span<UInt8>, _ rest: Range<Int>, isEdge: Bool) -> Bool {
        hasOwnLetter && isEdge || hasLetter(text, rest)
    }

    // MARK: - Announced

    /// Under a line of underscores or dashes: some lines with an address or a link.
    private mutating func footer(_ text: Span<UInt8>, _ end: Int) -> Int {
        for index in stride(from: end - 1, to: max(-1, end - 8), by: -1) {
            let line = tail[index]
            guard line.isRule(text, of: UInt8(ascii: "_"), atLeast: 20) else { continue }
            var hasContact = false
            for below in tail[(index + 1)..<end] {
                if below.characters(text) >= 100 { return end }
                hasContact = hasContact || evidence(text, below).isContact
            }
            return hasContact ? index : end
        }
        return end
    }

    /// Under `--`, with a blank behind it or not (RFC 3676, 4.3). In a patch only the version of git that made it.
    private mutating func delimited(_ text: Span<UInt8>, _ end: Int) -> Int {
        for index in stride(from: end - 1, to: max(-1, end - OwnText.signatureLines - 2), by: -1) {
            let line = tail[index]
            guard line.first - line.start <= 1, line.end - line.first == 2, beginsWithDashes(text, line) else {
                continue
            }
            // Comments of SQL, Lua and Haskell come in blocks.
            if index + 1 < end, beginsWithDashes(text, tail[index + 1]) { return end }
            if index > 0, beginsWithDashes(text, tail[index - 1]) { return end }
            if isPatch, end - index != 2 || !isVersion(text, tail[index + 1]) { return end }
            return index
        }
        return end
    }

    private func beginsWithDashes(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        line.end - line.first >= 2 && text[line.first] == UInt8(ascii: "-") && text[line.first + 1] == UInt8(ascii: "-")
    }

    /// `2.30.2`, `2.39.2.windows.1`
    private func isVersion(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        guard line.end - line.first <= 40, text[line.first] &- 0x30 < 10 else { return false }
        for at in line.content where text[at] == 0x20 || text[at] >= 0x80 { return false }
        return true
    }

    /// "Sent from my …" as the last line, a link below it or not.
    private mutating func sentFrom(_ text: Span<UInt8>, _ end: Int) -> Int {
        if end > 0, isSentFrom(text, tail[end - 1]) { return withRule(text, end - 1) }
        if end > 1, isSentFrom(text, tail[end - 2]), isLinkOnly(text, tail[end - 1]) { return withRule(text, end - 2) }
        return end
    }

    /// Takes the line of dashes above along.
    private func withRule(_ text: Span<UInt8>, _ index: Int) -> Int {
        guard index > 0 else { return index }
        let isRule =
            tail[index - 1].isRule(text, of: UInt8(ascii: "-"), atLeast: 3)
            || tail[index - 1].isRule(text, of: UInt8(ascii: "_"), atLeast: 3)
        return isRule ? index - 1 : index
    }

    // MARK: - Closings

    /// The line of `tail` with the closing, if all behind it can be of a signature.
    private mutating func closed(_ text: Span<UInt8>, _ end: Int) -> Int? {
        var index = end - 1
        var hasContact = false
        while index >= 0, end - index <= OwnText.signatureLines + 1 {
            let below = index + 1 < end ? tail[index + 1] : nil
            if isClosing(text, tail[index], below: below) {
                let isShort = end - index - 1 <= OwnText.nameLines || hasContact
                guard isShort, below.map({ isFirstOfSignature(text, $0) }) ?? true else { return nil }
                // "Thanks." and "Best regards," one under the other.
                if index > 0, isClosing(text, tail[index - 1], below: nil) { return index - 1 }
                return index
            }
            guard isSignatureLike(text, tail[index]) else { return nil }
            hasContact = hasContact || evidence(text, tail[index]).isContact
            index -= 1
        }
        return nil
    }

    // MARK: - Unannounced

    /// The line of `tail` at which a last paragraph begins that tells who and where somebody is, or a name below a letter.
    private mutating func unannounced(_ text: Span<UInt8>, _ end: Int, _ piece: Range<Int>) -> Int? {
        guard var start = paragraphStart(end), start > 0 else { return nil }
        if end - start == 1, isSigned(text, start, isAnnounced: end < tail.count) { return start }
        var contacts = 0
        for line in tail[start..<end] {
            guard isSignatureLike(text, line) else { return nil }
            contacts += evidence(text, line).isContact ? 1 : 0
        }
        if contacts == end - start, contacts > 1, let above = paragraphStart(start), above > 0, start - above <= 3,
            tail[above..<start].allSatisfy({ isName(text, $0, words: 5) })
        {
            start = above
        }
        if tail[start - 1].endsInColon(text) { return nil }
        guard isName(text, tail[start], words: 5) else { return nil }
        if end - start == 2, isExtension(text, tail[start + 1]) { return start }
        return isReachable(text, (start + 1)..<end) ? start : nil
    }

    /// The first line of the paragraph that ends before a line of `tail`; nil for a long one.
    private func paragraphStart(_ end: Int) -> Int? {
        for index in stride(from: end - 1, to: max(-1, end - OwnText.paragraphLines - 1), by: -1) {
            // An empty line before it, or none that is remembered.
            if index == 0 || tail[index - 1].next != tail[index].start { return index }
        }
        return nil
    }

    /// An address or telephone among some lines. A link alone may be what the text is about.
    private mutating func isReachable(_ text: Span<UInt8>, _ lines: Range<Int>) -> Bool {
        for line in tail[lines] {
            let evidence = evidence(text, line)
            if evidence.hasAddress || evidence.hasTelephone { return true }
        }
        return false
    }

    /// A last line that is a name: with a dash before it, below a letter that greets somebody, or above what is already
    /// taken off.
    private mutating func isSigned(_ text: Span<UInt8>, _ index: Int, isAnnounced: Bool) -> Bool {
        let (line, above) = (tail[index], tail[index - 1])
        if above.endsInColon(text) { return false }
        if let name = dashedName(text, line) {
            return isName(text, name, words: 3) && dashedName(text, above) == nil
        }
        return (isLetter || isAnnounced) && isName(text, line, words: 3) && endsSentence(text, above)
    }

    private mutating func evidence(_ text: Span<UInt8>, _ line: TextLine) -> Evidence {
        let range = line.first..<min(line.end, line.first + 400)
        look(range.count)
        return Evidence(text, range)
    }
}
