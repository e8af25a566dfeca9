/// Where in its line a record begins.
///
/// In JSON over several lines a record that was never closed would swallow all that follow. But an object that begins a
/// line, and no deeper than the record began its own, is a record again.
struct Column: Sendable {
    /// White space before it in its line; 0 where something else stands there too.
    private(set) var indentation = 0
    private var isBare = true

    /// Passes over what stands between records: white space, commas, and the brackets of arrays.
    mutating func passes(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\n"): (indentation, isBare) = (0, true)
        case 0x09, 0x0B, 0x0C, 0x0D, 0x20: indentation += isBare ? 1 : 0
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"): (indentation, isBare) = (0, false)
        default: return false
        }
        return true
    }

    /// A record ends here: another one may follow in its line.
    mutating func endRecord() { (indentation, isBare) = (0, false) }
}

/// JSON whose records are not lines: elements of an array, in one line or many, or objects over several lines.
extension RecordScanner {
    /// Is each line a record? Printers that spread an object over lines end the first of them behind `{`, `[` or `,`.
    /// - Returns: nil where the first line is not complete.
    func documentFraming(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool) -> Framing? {
        var at = start
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
        guard at < bytes.count else { return isFinal ? .lines : nil }
        if bytes[at] == UInt8(ascii: "[") { return .documents }
        guard bytes[at] == UInt8(ascii: "{") else { return .lines }
        guard var last = lineEnd(bytes, from: at) ?? (isFinal ? bytes.count : nil) else {
            return bytes.count - at > settings.recordLimitBytes ? .lines : nil
        }
        while bytes[last - 1] <= 0x20 { last -= 1 }
        return [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ",")].contains(bytes[last - 1]) ? .documents : .lines
    }

    /// Behind the object that begins here. What is no object ends with its line, and so does one whose text goes over a
    /// line end, which no text of JSON does.
    func documentEnd(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool) -> Int? {
        guard bytes[start] == UInt8(ascii: "{") else { return lineEnd(bytes, from: start) }
        var depth = 0
        var at = start
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return at + 1 }
            case UInt8(ascii: "\""):
                at += 1
                while true {
                    at = ByteFinder.stringStop(in: bytes, from: at, to: bytes.count)
                    guard at < bytes.count, bytes[at] != UInt8(ascii: "\"") else { break }
                    if bytes[at] == UInt8(ascii: "\n") { return at }
                    at = min(at + (bytes[at] == UInt8(ascii: "\\") ? 2 : 1), bytes.count)
                }
            case UInt8(ascii: "\n"):
                switch isStart(bytes, at + 1) {
                case true?: return at
                case nil where !isFinal: return nil
                default: break
                }
            default: break
            }
            at += 1
        }
        return nil
    }

    /// The line end before the next line at which a record can begin.
    func documentStart(_ bytes: Span<UInt8>, from start: Int, isFinal: Bool) -> Int? {
        var at = start
        while let end = lineEnd(bytes, from: at) {
            if isStart(bytes, end + 1) == true { return end }
            at = end + 1
        }
        return nil
    }

    /// Can the line that begins here begin a record? nil: its first bytes are missing.
    private func isStart(_ bytes: Span<UInt8>, _ start: Int) -> Bool? {
        for at in start...(start + column.indentation) {
            guard at < bytes.count else { return nil }
            if bytes[at] == UInt8(ascii: "{") { return true }
            if bytes[at] > 0x20 || bytes[at] == UInt8(ascii: "\n") { return false }
        }
        return false
    }
}
