/// A text to compare with, without regard to ASCII case; `*` stands for anything, also nothing, `\*` for a star.
struct TextPattern: Sendable {
    /// What stands between the stars, lower case.
    private let parts: [[UInt8]]

    init(_ text: String) {
        var parts: [[UInt8]] = [[]]
        var isEscaped = false
        for byte in trimmedLowercase(text).utf8 {
            if isEscaped, byte != UInt8(ascii: "*") { parts[parts.count - 1].append(UInt8(ascii: "\\")) }
            if byte == UInt8(ascii: "*"), !isEscaped {
                parts.append([])
            } else if byte != UInt8(ascii: "\\") || isEscaped {
                parts[parts.count - 1].append(byte)
            }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        if isEscaped { parts[parts.count - 1].append(UInt8(ascii: "\\")) }
        self.parts = parts
    }

    /// Complexity: O(text × parts), for each star takes as little as it can.
    func matches(_ text: Span<UInt8>) -> Bool {
        let first = parts[0]
        if parts.count == 1 { return text.count == first.count && stands(first, text, 0) }
        let last = parts[parts.count - 1]
        guard text.count >= first.count + last.count, stands(first, text, 0),
            stands(last, text, text.count - last.count)
        else { return false }
        var at = first.count
        let end = text.count - last.count
        for part in parts[1..<(parts.count - 1)] {
            while at + part.count <= end, !stands(part, text, at) { at += 1 }
            guard at + part.count <= end else { return false }
            at += part.count
        }
        return true
    }

    /// - Precondition: the text is long enough.
    private func stands(_ part: [UInt8], _ text: Span<UInt8>, _ at: Int) -> Bool {
        for i in 0..<part.count where part[i] != lowercased(text[at + i]) { return false }
        return true
    }
}
