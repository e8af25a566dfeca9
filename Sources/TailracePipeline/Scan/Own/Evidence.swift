/// What a line shows, beside its words, of a date, a telephone, an address.
struct Evidence: Sendable {
    /// A digit.
    private(set) var hasFigure = false
    /// `10:12`, `10.12`, `10h12`.
    private(set) var hasClock = false
    /// Four digits from 1900 to 2999, or digits that are not ours.
    private(set) var hasYear = false
    /// Somebody's at a host.
    private(set) var hasAddress = false
    /// `https://`, `www.`
    private(set) var hasLink = false
    /// Seven digits and more in groups, which are no date, address of a host or version.
    private(set) var hasTelephone = false

    /// Has a date or a time of day.
    var isDate: Bool { hasClock || hasYear }
    /// Tells where somebody is reached.
    var isContact: Bool { hasAddress || hasLink || hasTelephone }

    /// Complexity: O(range).
    init(_ text: Span<UInt8>, _ range: Range<Int>) {
        var at = range.lowerBound
        while at < range.upperBound {
            let byte = text[at]
            if byte &- 0x30 < 10 {
                at = readFigures(text, at, range)
                continue
            }
            switch byte {
            case UInt8(ascii: "@"):
                if at > range.lowerBound, at + 1 < range.upperBound, Evidence.isWord(text[at - 1]),
                    Evidence.isWord(text[at + 1])
                {
                    hasAddress = true
                }
            case UInt8(ascii: "h"), UInt8(ascii: "H"):
                if Evidence.begins(text, at..<range.upperBound, "http") { hasLink = true }
            case UInt8(ascii: "w"), UInt8(ascii: "W"):
                if Evidence.begins(text, at..<range.upperBound, "www.") { hasLink = true }
            case 0xD9, 0xDB, 0xE0:
                // Digits of Arabic, Persian and Thai.
                if at + 2 < range.upperBound, Evidence.isForeignDigit(byte, text[at + 1], text[at + 2]) {
                    (hasFigure, hasYear) = (true, true)
                }
            default: break
            }
            at += 1
        }
    }

    /// Reads digits with what may stand between those of a telephone; returns where they end.
    private mutating func readFigures(_ text: Span<UInt8>, _ start: Int, _ range: Range<Int>) -> Int {
        hasFigure = true
        let isPlus = start > range.lowerBound && text[start - 1] == UInt8(ascii: "+")
        // The first four groups are kept; a date or a host's address has no more.
        var (groups, digits, group, at) = (0, 0, 0, start)
        var lengths: [4 of Int] = [0, 0, 0, 0]
        var dots = 0
        var isStop = false
        while at < range.upperBound, !isStop {
            let byte = text[at]
            if byte &- 0x30 < 10 {
                group += 1
                digits += 1
                at += 1
                if at < range.upperBound, text[at] &- 0x30 < 10 { continue }
                noteGroup(text, at - group, group, range)
                if groups < 4 { lengths[groups] = group }
                groups += 1
                group = 0
            } else {
                switch byte {
                case UInt8(ascii: "."): dots += 1
                case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"), 0x20: break
                default: isStop = true
                }
                if !isStop { at += 1 }
            }
        }
        let isHost = groups == 4 && dots >= 3 && lengths[0] <= 3 && lengths[3] <= 3
        let isDate =
            groups >= 3
            && (lengths[0] == 4 && lengths[1] <= 2 && lengths[2] <= 2
                || lengths[0] <= 2 && lengths[1] <= 2 && lengths[2] == 4 && groups == 3)
        if digits >= 7, digits <= 20, groups >= 2 || isPlus, !isHost, !isDate { hasTelephone = true }
        return at
    }

    /// A year, or the hour of a time.
    private mutating func noteGroup(_ text: Span<UInt8>, _ start: Int, _ count: Int, _ range: Range<Int>) {
        let after = start + count
        if count == 4 {
            hasYear = hasYear || text[start] == 0x32 || text[start] == 0x31 && text[start + 1] == 0x39
        } else if count <= 2, after + 2 < range.upperBound {
            let mark = text[after]
            let isMark = mark == UInt8(ascii: ":") || mark == UInt8(ascii: ".") || mark == UInt8(ascii: "h")
            let isEnd = after + 3 >= range.upperBound || text[after + 3] &- 0x30 >= 10
            if isMark, isEnd, text[after + 1] &- 0x30 < 6, text[after + 2] &- 0x30 < 10 { hasClock = true }
        }
    }

    /// Does a text begin with ASCII, in small letters where it has letters at all? Case is not looked at.
    static func begins(_ text: Span<UInt8>, _ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count >= word.utf8CodeUnitCount else { return false }
        for index in 0..<word.utf8CodeUnitCount {
            let byte = text[range.lowerBound + index]
            let folded = byte &- 0x41 < 26 ? byte | 0x20 : byte
            let wanted = word.utf8Start[index]
            if folded != (wanted &- 0x41 < 26 ? wanted | 0x20 : wanted) { return false }
        }
        return true
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80 || byte == UInt8(ascii: "_")
    }

    private static func isForeignDigit(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool {
        switch (a, b, c) {
        case (0xD9, 0xA0...0xA9, _), (0xDB, 0xB0...0xB9, _), (0xE0, 0xB9, 0x90...0x99): true
        default: false
        }
    }
}
