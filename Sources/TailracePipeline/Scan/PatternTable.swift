/// Texts to compare with, without regard to ASCII case; `*` stands for anything, also nothing, `\*` for a star.
///
/// They lie in flat arrays of plain numbers: going through many of them costs no counts of references.
struct PatternTable: Sendable {
    /// What stands between the stars of all patterns, lower case.
    private var bytes: [UInt8] = []
    private var parts: [(start: Int32, count: Int32)] = []
    private var rows: [(firstPart: Int32, partCount: Int32)] = []

    init(_ texts: [String] = []) { for text in texts { append(text) } }

    var count: Int { rows.count }

    mutating func append(_ text: String) {
        var own: [[UInt8]] = [[]]
        var isEscaped = false
        for byte in trimmedLowercase(text).utf8 {
            if isEscaped, byte != UInt8(ascii: "*") { own[own.count - 1].append(UInt8(ascii: "\\")) }
            if byte == UInt8(ascii: "*"), !isEscaped {
                own.append([])
            } else if byte != UInt8(ascii: "\\") || isEscaped {
                own[own.count - 1].append(byte)
            }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        if isEscaped { own[own.count - 1].append(UInt8(ascii: "\\")) }
        rows.append((Int32(parts.count), Int32(own.count)))
        for part in own {
            parts.append((Int32(bytes.count), Int32(part.count)))
            bytes += part
        }
    }

    /// The first of some patterns that a text matches; nil where none does.
    func first(_ range: Range<Int>, matching text: Span<UInt8>) -> Int? {
        for row in range where matches(row, text) { return row }
        return nil
    }

    /// Complexity: O(text × parts), for each star takes as little as it can.
    func matches(_ row: Int, _ text: Span<UInt8>) -> Bool {
        let (bytes, parts) = (bytes.span, parts.span)
        let (firstPart, partCount) = (Int(rows[row].firstPart), Int(rows[row].partCount))
        let first = parts[firstPart]
        let headCount = Int(first.count)
        if partCount == 1 { return text.count == headCount && PatternTable.stands(first, bytes, text, 0) }
        let last = parts[firstPart + partCount - 1]
        let end = text.count - Int(last.count)
        guard end >= headCount, PatternTable.stands(first, bytes, text, 0), PatternTable.stands(last, bytes, text, end)
        else { return false }
        var at = headCount
        for index in (firstPart + 1)..<(firstPart + partCount - 1) {
            let part = parts[index]
            while at + Int(part.count) <= end, !PatternTable.stands(part, bytes, text, at) { at += 1 }
            guard at + Int(part.count) <= end else { return false }
            at += Int(part.count)
        }
        return true
    }

    /// - Precondition: the text is long enough.
    @inline(__always)
    private static func stands(
        _ part: (start: Int32, count: Int32), _ bytes: Span<UInt8>, _ text: Span<UInt8>, _ at: Int
    ) -> Bool {
        let start = Int(part.start)
        for i in 0..<Int(part.count) where bytes[start + i] != lowercased(text[at + i]) { return false }
        return true
    }
}
