/// What people read of an HTML page.
///
/// Tags, remarks, scripts and styles are left out, blocks begin on a line of their own, character references become
/// characters. It is meant for fingerprints and never fails: broken HTML gives a broken text. Complexity: O(n).
enum HTMLText {
    static func append(_ html: Span<UInt8>, to output: inout [UInt8]) {
        var at = 0
        while at < html.count {
            switch html[at] {
            case UInt8(ascii: "<"): takeTag(html, &at, &output)
            case UInt8(ascii: "&"): takeReference(html, &at, &output)
            case 0x00...0x20:
                // White space of the source is one space.
                while at < html.count, html[at] <= 0x20 { at += 1 }
                if let last = output.last, last != 0x20, last != 0x0A { output.append(0x20) }
            default:
                output.append(html[at])
                at += 1
            }
        }
    }

    private static func takeTag(_ html: Span<UInt8>, _ at: inout Int, _ output: inout [UInt8]) {
        if stands("<!--", html, at) {
            at = find("-->", html, from: at + 4).map { $0 + 3 } ?? html.count
            return
        }
        var nameStart = at + 1
        let isEnd = nameStart < html.count && html[nameStart] == UInt8(ascii: "/")
        if isEnd { nameStart += 1 }
        guard nameStart < html.count, isNameStart(html[nameStart]) else {
            // A sign, as in `a < b`.
            output.append(html[at])
            at += 1
            return
        }
        var nameEnd = nameStart
        while nameEnd < html.count, nameEnd - nameStart < 16, isNamePart(html[nameEnd]) { nameEnd += 1 }
        let name = (nameStart..<nameEnd).map { lowercased(html[$0]) }
        skipTag(html, &at)
        if !isEnd, let hidden = hidden.first(where: { $0 == name }) {
            // Nothing in it is text, whatever it looks like.
            while at < html.count {
                at = ByteFinder.find(UInt8(ascii: "<"), in: html, from: at, to: html.count)
                if at + 2 < html.count, html[at + 1] == UInt8(ascii: "/"), stands(hidden, html, at + 2) {
                    skipTag(html, &at)
                    break
                }
                at = min(at + 1, html.count)
            }
        }
        if blocks.contains(where: { $0 == name }), let last = output.last, last != 0x0A { output.append(0x0A) }
    }

    /// Moves behind the tag; a `>` inside quotes does not end it.
    private static func skipTag(_ html: Span<UInt8>, _ at: inout Int) {
        var quote: UInt8 = 0
        let start = at
        while at < html.count {
            let byte = html[at]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                at += 1
                return
            }
            at += 1
        }
        // A quote that nobody closed: the tag ends at the first `>`.
        at = ByteFinder.find(UInt8(ascii: ">"), in: html, from: start, to: html.count)
        at = min(at + 1, html.count)
    }

    /// `&amp;` `&#228;` `&#xE4;`
    private static func takeReference(_ html: Span<UInt8>, _ at: inout Int, _ output: inout [UInt8]) {
        var end = at + 1
        while end < html.count, end - at < 12, isNamePart(html[end]) || html[end] == UInt8(ascii: "#") { end += 1 }
        let name = (at + 1..<end).map { html[$0] }
        var scalar: UInt32?
        if name.first == UInt8(ascii: "#") {
            let isHexadecimal = name.dropFirst().first.map(lowercased) == UInt8(ascii: "x")
            let digits = String(decoding: name.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
            scalar = UInt32(digits, radix: isHexadecimal ? 16 : 10)
        } else {
            scalar = HTMLEntities.scalar(name)
        }
        guard let scalar, let character = Unicode.Scalar(scalar), scalar > 0 else {
            output.append(html[at])
            at += 1
            return
        }
        at = end < html.count && html[end] == UInt8(ascii: ";") ? end + 1 : end
        if scalar == 0xA0 { return output.append(0x20) }
        output.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
    }

    private static let hidden = ["script", "style", "title"].map { Array($0.utf8) }
    private static let blocks = [
        "p", "br", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre",
        "blockquote",
        "td", "th", "dt", "dd", "section", "article", "header", "footer",
    ].map { Array($0.utf8) }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (lowercased(byte) >= UInt8(ascii: "a") && lowercased(byte) <= UInt8(ascii: "z")) || byte == UInt8(ascii: "!")
            || byte == UInt8(ascii: "?")
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        isNameStart(byte) || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }

    private static func stands(_ word: String, _ html: Span<UInt8>, _ at: Int) -> Bool {
        stands(Array(word.utf8), html, at)
    }

    private static func stands(_ word: [UInt8], _ html: Span<UInt8>, _ at: Int) -> Bool {
        guard at + word.count <= html.count else { return false }
        for i in 0..<word.count where lowercased(html[at + i]) != word[i] { return false }
        return true
    }

    private static func find(_ word: String, _ html: Span<UInt8>, from start: Int) -> Int? {
        var at = start
        let first = word.utf8.first ?? 0
        while at < html.count {
            at = ByteFinder.find(first, in: html, from: at, to: html.count)
            if stands(word, html, at) { return at }
            at += 1
        }
        return nil
    }
}
