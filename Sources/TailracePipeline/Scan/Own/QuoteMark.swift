/// The mark at the beginning of a quoted line.
struct QuoteMark: Equatable, Sendable {
    enum Kind: Sendable {
        /// `>`, `>>`, the wide `＞`.
        case angle
        /// `|`.
        case bar
        /// `JD> `, of Supercite.
        case initials
    }

    var kind: Kind
    /// Marks one behind the other, at most 8.
    var depth: Int
    /// The bytes of the initials, 0 where there are none.
    var initials: UInt32 = 0

    /// nil where the line has none.
    ///
    /// - Parameter isPatch: lines of a patch are indented by a blank, which is no margin there.
    init?(_ text: Span<UInt8>, _ line: TextLine, isPatch: Bool) {
        guard line.first - line.start <= (isPatch ? 0 : 3), line.first < line.end else { return nil }
        let byte = text[line.first]
        if byte == UInt8(ascii: ">") {
            self.init(kind: .angle, depth: QuoteMark.depth(text, line))
        } else if byte == 0xEF, line.end >= line.first + 3, text[line.first + 1] == 0xBC, text[line.first + 2] == 0x9E {
            self.init(kind: .angle, depth: 1)
        } else if byte == UInt8(ascii: "|") {
            guard !QuoteMark.isTable(text, line) else { return nil }
            self.init(kind: .bar, depth: 1)
        } else if byte &- 0x41 < 26, let initials = QuoteMark.initials(text, line) {
            self.init(kind: .initials, depth: 1, initials: initials)
        } else {
            return nil
        }
    }

    private init(kind: Kind, depth: Int, initials: UInt32 = 0) {
        (self.kind, self.depth, self.initials) = (kind, depth, initials)
    }

    /// Can a line with this mark stand in a block that began with another?
    func continues(_ block: QuoteMark) -> Bool { kind == block.kind || kind == .angle }

    private static func depth(_ text: Span<UInt8>, _ line: TextLine) -> Int {
        var (at, depth) = (line.first, 0)
        while at < line.end, depth < 8, text[at] == UInt8(ascii: ">") {
            depth += 1
            at += 1
        }
        return depth
    }

    /// A second bar that is not of the margin: cells.
    private static func isTable(_ text: Span<UInt8>, _ line: TextLine) -> Bool {
        var at = line.first
        while at < line.end, text[at] == UInt8(ascii: "|") || text[at] == 0x20 { at += 1 }
        while at < line.end, text[at] != UInt8(ascii: "|") { at += 1 }
        return at < line.end
    }

    /// One to four capitals before `>` and a blank; not the prompts of shells.
    private static func initials(_ text: Span<UInt8>, _ line: TextLine) -> UInt32? {
        var (at, initials) = (line.first, UInt32(0))
        while at < line.end, text[at] &- 0x41 < 26 {
            if at == line.first + 4 { return nil }
            initials = initials << 8 | UInt32(text[at])
            at += 1
        }
        guard at + 1 < line.end, text[at] == UInt8(ascii: ">"), text[at + 1] == 0x20 else { return nil }
        // SQL> PS> CMD> DB> IN> OUT>
        let prompts: [6 of UInt32] = [0x53514C, 0x5053, 0x434D44, 0x4442, 0x494E, 0x4F5554]
        for index in prompts.indices where prompts[index] == initials { return nil }
        return initials
    }
}
