/// The headers of a message or of one of its parts (RFC 5322, section 2.2).
enum MailHeaders {
    /// Tells of each header: the range of its name, and of its value with its further lines.
    ///
    /// - Parameter bodyStart: where the body begins, behind the first empty line; a line that is no header ends them too.
    static func each(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, bodyStart: inout Int,
        _ body: (_ name: Range<Int>, _ value: Range<Int>) -> Void
    ) {
        var line = start
        while line < end {
            var lineEnd = ByteFinder.find(UInt8(ascii: "\n"), in: bytes, from: line, to: end)
            if line == lineEnd || (lineEnd == line + 1 && bytes[line] == UInt8(ascii: "\r")) {
                bodyStart = min(lineEnd + 1, end)
                return
            }
            var colon = line
            while colon < lineEnd, bytes[colon] > 0x20, bytes[colon] != UInt8(ascii: ":") { colon += 1 }
            var mark = colon
            while mark < lineEnd, bytes[mark] == 0x20 { mark += 1 }
            guard colon > line, mark < lineEnd, bytes[mark] == UInt8(ascii: ":") else {
                // Old programs put `>From ` among the headers.
                if bytes[line] == UInt8(ascii: ">") {
                    line = min(lineEnd + 1, end)
                    continue
                }
                bodyStart = line
                return
            }
            // A line that begins with white space goes on with the one before it, also where it has nothing else.
            while lineEnd + 1 < end, bytes[lineEnd + 1] == 0x20 || bytes[lineEnd + 1] == 0x09 {
                lineEnd = ByteFinder.find(UInt8(ascii: "\n"), in: bytes, from: lineEnd + 1, to: end)
            }
            body(line..<colon, trimmed(bytes, mark + 1, lineEnd))
            line = min(lineEnd + 1, end)
        }
        bodyStart = end
    }

    /// - Parameter word: lower case.
    static func isNamed(_ bytes: Span<UInt8>, _ name: Range<Int>, _ word: StaticString) -> Bool {
        guard name.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in
            for i in 0..<word.count where lowercased(bytes[name.lowerBound + i]) != word[i] { return false }
            return true
        }
    }

    private static func trimmed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Range<Int> {
        var (start, end) = (start, end)
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
        return start..<end
    }

    // MARK: - Values

    /// `text/plain; charset="utf-8"; boundary=x`: the value in lower case, the parameters by their names.
    static func parameters(
        _ bytes: Span<UInt8>, _ range: Range<Int>
    ) -> (value: [UInt8], parameters: [String: [UInt8]]) {
        let end = min(range.upperBound, range.lowerBound + 4096)
        var at = range.lowerBound
        var value: [UInt8] = []
        while at < end, bytes[at] != UInt8(ascii: ";") {
            // Remarks and white space are none of it.
            if bytes[at] == UInt8(ascii: "(") { break }
            if bytes[at] > 0x20 { value.append(lowercased(bytes[at])) }
            at += 1
        }
        var parameters: [String: [UInt8]] = [:]
        while at < end {
            while at < end, bytes[at] != UInt8(ascii: ";") { at += 1 }
            at += 1
            while at < end, bytes[at] <= 0x20 { at += 1 }
            let start = at
            while at < end, bytes[at] != UInt8(ascii: "="), bytes[at] != UInt8(ascii: ";") { at += 1 }
            guard at < end, bytes[at] == UInt8(ascii: "=") else { continue }
            let name = String(decoding: (start..<at).map { lowercased(bytes[$0]) }.filter { $0 > 0x20 }, as: UTF8.self)
            at += 1
            while at < end, bytes[at] <= 0x20 { at += 1 }
            var text: [UInt8] = []
            if at < end, bytes[at] == UInt8(ascii: "\"") {
                at += 1
                while at < end, bytes[at] != UInt8(ascii: "\"") {
                    if bytes[at] == UInt8(ascii: "\\"), at + 1 < end { at += 1 }
                    if bytes[at] != UInt8(ascii: "\r"), bytes[at] != UInt8(ascii: "\n") { text.append(bytes[at]) }
                    at += 1
                }
            } else {
                while at < end, bytes[at] > 0x20, bytes[at] != UInt8(ascii: ";") {
                    text.append(bytes[at])
                    at += 1
                }
            }
            if parameters[name] == nil { parameters[name] = text }
        }
        return (value, parameters)
    }

    /// The first address of a list: what stands between angle brackets, or the first word with an `@`.
    static func address(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var found: Range<Int>?
        forEachAddress(bytes, range) { if found == nil { found = $0 } }
        return found
    }

    static func countAddresses(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        var count = 0
        forEachAddress(bytes, range) { _ in count += 1 }
        return count
    }

    /// Quoted names and remarks may hold anything, commas and signs too.
    private static func forEachAddress(_ bytes: Span<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) -> Void) {
        var at = range.lowerBound
        let end = range.upperBound
        var bare: Range<Int>?
        var isFound = false
        func finish() {
            if !isFound, let bare { body(bare) }
            (bare, isFound) = (nil, false)
        }
        while at < end {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                at += 1
                while at < end, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
                at += 1
            case UInt8(ascii: "("):
                var depth = 0
                repeat {
                    if bytes[at] == UInt8(ascii: "(") { depth += 1 }
                    if bytes[at] == UInt8(ascii: ")") { depth -= 1 }
                    at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
                } while at < end && depth > 0
            case UInt8(ascii: "<"):
                let start = at + 1
                while at < end, bytes[at] != UInt8(ascii: ">") { at += 1 }
                if !isFound, at > start { body(trimmed(bytes, start, min(at, end))) }
                isFound = true
                at += 1
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                finish()
                at += 1
            case 0x00...0x20: at += 1
            default:
                let start = at
                var hasSign = false
                while at < end, bytes[at] > 0x20, !",;<(\"".utf8.contains(bytes[at]) {
                    if bytes[at] == UInt8(ascii: "@") { hasSign = true }
                    at += 1
                }
                if hasSign, bare == nil { bare = start..<at }
            }
        }
        finish()
    }

    /// The identifiers of `Message-ID`, `In-Reply-To` and `References`, without their brackets.
    static func identifiers(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (first: Range<Int>?, last: Range<Int>?) {
        var (first, last): (Range<Int>?, Range<Int>?) = (nil, nil)
        var at = range.lowerBound
        while at < range.upperBound {
            at = ByteFinder.find(UInt8(ascii: "<"), in: bytes, from: at, to: range.upperBound) + 1
            let close =
                at > range.upperBound
                ? at : ByteFinder.find(UInt8(ascii: ">"), in: bytes, from: at, to: range.upperBound)
            guard close < range.upperBound else { break }
            let found = trimmed(bytes, at, close)
            if !found.isEmpty { (first, last) = (first ?? found, found) }
            at = close + 1
        }
        return (first, last)
    }
}
