/// How many columns of a terminal text takes, and how it is cut to fit.
///
/// Widths follow Unicode Standard Annex 11 (East Asian Width): wide and full-width characters and pictures take two
/// columns, marks that sit on another character none. Ambiguous characters take one, as terminals outside East Asia
/// draw them.
extension Character {
    /// Columns this character takes: 0, 1 or 2.
    var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        // U+FE0F asks for the picture of a character that is otherwise drawn as text.
        if unicodeScalars.dropFirst().contains("\u{FE0F}") { return 2 }
        if first.value < 0x300 { return first.isControl ? 0 : 1 }
        return first.displayWidth
    }
}

extension Unicode.Scalar {
    fileprivate var displayWidth: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if properties.isEmojiPresentation { return 2 }
        return Self.wide.contains { $0.contains(value) } ? 2 : 1
    }

    /// Blocks of wide and full-width characters (Annex 11, Unicode 16); within them a few unassigned ones.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
        0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF,
        0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}

extension String {
    /// Columns the text takes. Complexity: O(length).
    var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

    /// The text without anything that moves the cursor, changes the colour or turns the writing direction.
    ///
    /// Titles and names come from logs, and a log may hold what its author wanted a terminal to do. Control
    /// characters become a space, invisible ones of direction are dropped.
    var printable: String {
        let isClean = unicodeScalars.allSatisfy { !$0.isControl && !$0.isDirection }
        if isClean { return self }
        var clean = String.UnicodeScalarView()
        for scalar in unicodeScalars where !scalar.isDirection { clean.append(scalar.isControl ? " " : scalar) }
        return String(clean)
    }

    /// At most so many columns; what was left out is shown as "…".
    func cut(to width: Int, _ side: Cut = .end) -> String {
        guard displayWidth > width else { return self }
        guard width > 1 else { return width == 1 ? "…" : "" }
        switch side {
        case .end: return head(width - 1) + "…"
        case .start: return "…" + tail(width - 1)
        }
    }

    /// Which end of a text is left out: a path says more at its end.
    enum Cut: Sendable { case start, end }

    /// Filled up with spaces on the right, or on the left.
    func padded(to width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - displayWidth))
        return right ? space + self : self + space
    }

    /// Broken at spaces into lines of at most `width` columns; a longer word is broken where it must be.
    func wrapped(to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ").map(String.init) {
            if !line.isEmpty, line.displayWidth + 1 + word.displayWidth <= width {
                line += " " + word
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = word
            while line.displayWidth > width {
                let head = line.head(width)
                // A single character wider than the line still has to go somewhere.
                let piece = head.isEmpty ? String(line.prefix(1)) : head
                lines.append(piece)
                line = String(line.dropFirst(piece.count))
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    private func head(_ width: Int) -> String {
        var rest = width
        return String(
            prefix {
                rest -= $0.displayWidth
                return rest >= 0
            })
    }

    private func tail(_ width: Int) -> String { String(String(reversed()).head(width).reversed()) }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0x2028 || value == 0x2029
    }
    fileprivate var isDirection: Bool {
        (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value) || (0x200E...0x200F).contains(value)
    }
}
