/// Which stretches of a text are its writer's own, and which are quoted or a signature. Keeps its buffers.
///
/// ```
/// Thanks, that helped.             own
/// -- ⏎ Jane ⏎ Example Ltd          signature: to the end of the own stretch
/// On 5 May 2024, Joe wrote:        quoted, with the line that introduces it
/// > Have you tried to restart it?  quoted
/// ```
/// It goes by lines, and rather leaves a quote standing than takes a line of the writer's: a signature has to be short
/// and at the end, a header block to have a subject, an attribution to have a date. Where nothing own with a letter would
/// remain, as in a mail that forwards another, all of it is own.
///
/// The idea, and the forms that mail programs give their quotes: V. R. de Carvalho, W. W. Cohen, "Learning to Extract
/// Signature and Reply Lines from Email" (2004), with rules in place of a learner: they can be explained.
struct OwnText: Sendable {
    /// Ascending byte ranges of whole lines; together the three cover the text, each byte once.
    private(set) var own: [Range<Int>] = []
    /// Quotes, with the lines that introduce them.
    private(set) var quoted: [Range<Int>] = []
    /// Signatures, closings, footers of lists, "sent from my …".
    private(set) var signature: [Range<Int>] = []
    /// Bytes looked at by the last call, each as often as it was: no more than a multiple of the length.
    private(set) var steps = 0

    /// Own stretches of one text. The last of them takes the rest, marked lines as well: answers between so many quotes are
    /// none.
    static let maximumPieces = 4096
    /// Lines behind which nothing is remembered: the longest signature, and its empty lines.
    static let recentLines = 64

    let words = OwnWords.shared
    /// The last lines of the own stretch that is read, the newest at `(recentCount - 1) % recentLines`.
    private(set) var recent = [TextLine](repeating: TextLine(), count: recentLines)
    private(set) var recentCount = 0
    /// Lines of the end of an own stretch that are not empty, for `signatureStart`.
    var tail: [TextLine] = []
    /// Has an own stretch so far a letter?
    private(set) var hasOwnLetter = false
    /// Does the text greet somebody in its first line? Then a name below it signs it.
    private(set) var isLetter = false
    /// Is the own stretch that is read a patch? Its lines begin with marks that mean something else.
    private(set) var isPatch = false

    init() {}

    /// Finds them. Returns false, and leaves all three empty, where the whole text is own.
    ///
    /// - Complexity: O(n), a few looks at each byte; a text without a mark is looked through once and costs no more than
    ///   finding its lines.
    mutating func split(_ text: UnsafeRawBufferPointer) -> Bool {
        let bytes = Span(_unsafeElements: text.bindMemory(to: UInt8.self))
        steps = 0
        forget()
        guard mayHoldMarks(bytes) else { return false }
        walk(bytes)
        if hasOwnLetter, !(quoted.isEmpty && signature.isEmpty) { return true }
        forget()
        return false
    }

    private mutating func forget() {
        own.removeAll(keepingCapacity: true)
        quoted.removeAll(keepingCapacity: true)
        signature.removeAll(keepingCapacity: true)
        (recentCount, hasOwnLetter, isLetter, isPatch) = (0, false, false, false)
    }

    private mutating func walk(_ text: Span<UInt8>) {
        var at = 0
        var pieceStart = 0
        var quote: QuoteMark?
        while at < text.count {
            let line = read(text, at)
            at = line.next
            if line.isBlank {
                if quote == nil { remember(line) }
                continue
            }
            let mark = QuoteMark(text, line, isPatch: isPatch)
            if let open = quote {
                if let mark, mark.continues(open) { continue }
                // The writer again; empty lines before belong to the quote.
                quoted.append(pieceStart..<line.start)
                (quote, pieceStart, recentCount, isPatch) = (nil, line.start, 0, false)
            }
            if let mark, own.count < OwnText.maximumPieces, let start = quoteStart(text, line, mark) {
                closeOwn(text, pieceStart..<start, isEdge: own.isEmpty)
                (quote, pieceStart) = (mark, start)
                continue
            }
            remember(line)
            isLetter = isLetter || own.isEmpty && recentCount == 1 && greets(text, line)
            isPatch = isPatch || beginsPatch(text, line)
            if let start = restStart(text, line) {
                closeOwn(text, pieceStart..<start, isEdge: true)
                quoted.append(start..<text.count)
                return
            }
        }
        if quote != nil {
            quoted.append(pieceStart..<text.count)
        } else {
            closeOwn(text, pieceStart..<text.count, isEdge: true)
        }
    }

    /// Ends an own stretch, and finds the signature at its end.
    ///
    /// - Parameter isEdge: it is the first or the last one. Between quotes stand answers, rarely signatures.
    private mutating func closeOwn(_ text: Span<UInt8>, _ piece: Range<Int>, isEdge: Bool) {
        while recentCount > 0, recentLine(0).start >= piece.upperBound { recentCount -= 1 }
        let cut = piece.isEmpty ? piece.upperBound : signatureStart(text, piece, isEdge: isEdge) ?? piece.upperBound
        if piece.lowerBound < cut {
            own.append(piece.lowerBound..<cut)
            if !hasOwnLetter { hasOwnLetter = hasLetter(text, piece.lowerBound..<cut) }
        }
        if cut < piece.upperBound { signature.append(cut..<piece.upperBound) }
        recentCount = 0
    }

    // MARK: - Lines

    mutating func read(_ text: Span<UInt8>, _ at: Int) -> TextLine {
        let line = TextLine(text, at: at)
        steps += line.next - at
        return line
    }

    /// Counts bytes that are looked at again.
    mutating func look(_ count: Int) { steps += count }

    private mutating func remember(_ line: TextLine) {
        recent[recentCount % OwnText.recentLines] = line
        recentCount += 1
    }

    /// A line of the own stretch that is read, the newest first.
    ///
    /// - Precondition: `back < rememberedLines`.
    func recentLine(_ back: Int) -> TextLine { recent[(recentCount - 1 - back) % OwnText.recentLines] }

    var rememberedLines: Int { min(recentCount, OwnText.recentLines) }

    /// Is there a letter of any script?
    mutating func hasLetter(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for at in range where text[at] >= 0x80 || (text[at] | 0x20) &- 0x61 < 26 {
            look(at - range.lowerBound)
            return true
        }
        look(range.count)
        return false
    }
}
