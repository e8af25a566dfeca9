/// The values of mail headers: unfolded, and their encoded words (RFC 2047) undone.
enum EncodedWords {
    /// Of a value as long as a book nobody reads more than this.
    static let limitBytes = 64 << 10

    /// Appends the text of a header's value as UTF-8, on one line.
    static func append(_ bytes: Span<UInt8>, from start: Int, to end: Int, to output: inout [UInt8]) {
        let end = min(end, start + limitBytes)
        // Nearly every value stands in one line and says what it says.
        if isPlain(bytes, from: start, to: end) {
            return bytes.extracting(start..<end).withUnsafeBufferPointer { output.append(contentsOf: $0) }
        }
        var unfolded: [UInt8] = []
        for at in start..<end where bytes[at] != UInt8(ascii: "\r") && bytes[at] != UInt8(ascii: "\n") {
            unfolded.append(bytes[at] == UInt8(ascii: "\t") ? 0x20 : bytes[at])
        }
        let text = unfolded.span
        var at = 0
        // Words of one charset, one behind the other, may share a character between them.
        var held: (charset: [UInt8], bytes: [UInt8]) = ([], [])
        var plainStart = 0
        func flush(_ output: inout [UInt8]) {
            if !held.bytes.isEmpty { Charset.append(held.bytes.span, charset: held.charset, to: &output) }
            held.bytes.removeAll()
        }
        while at < text.count {
            guard text[at] == UInt8(ascii: "="), let word = Word(text, at: at) else {
                at += 1
                continue
            }
            // White space between two words is none of the text.
            let isBetween = !held.bytes.isEmpty && (plainStart..<at).allSatisfy { text[$0] == 0x20 }
            if !isBetween {
                flush(&output)
                Charset.append(text.extracting(plainStart..<at), charset: [], to: &output)
            }
            if held.charset != word.charset { flush(&output) }
            held.charset = word.charset
            if word.isBase64 {
                TransferDecoding.appendBase64(
                    text, from: word.text.lowerBound, to: word.text.upperBound, to: &held.bytes)
            } else {
                TransferDecoding.appendQuotedPrintable(
                    text, from: word.text.lowerBound, to: word.text.upperBound, isWord: true, to: &held.bytes)
            }
            at = word.end
            plainStart = at
        }
        flush(&output)
        Charset.append(text.extracting(plainStart..<text.count), charset: [], to: &output)
    }

    private static func isPlain(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        for at in start..<end {
            let byte = bytes[at]
            if byte < 0x20 || byte >= 0x80 { return false }
            if byte == UInt8(ascii: "="), at + 1 < end, bytes[at + 1] == UInt8(ascii: "?") { return false }
        }
        return true
    }

    /// `=?charset?B|Q?text?=`
    private struct Word {
        /// The standard allows 75; some programs do not cut their words.
        private static let limitBytes = 4096

        var charset: [UInt8]
        var isBase64: Bool
        var text: Range<Int>
        var end: Int

        init?(_ bytes: Span<UInt8>, at start: Int) {
            guard start + 7 < bytes.count, bytes[start + 1] == UInt8(ascii: "?") else { return nil }
            var at = start + 2
            var charset: [UInt8] = []
            while at < bytes.count, bytes[at] != UInt8(ascii: "?"), charset.count < 64 {
                charset.append(lowercased(bytes[at]))
                at += 1
            }
            // RFC 2231 puts a language behind the charset.
            if let star = charset.firstIndex(of: UInt8(ascii: "*")) { charset.removeSubrange(star...) }
            guard at + 2 < bytes.count, bytes[at] == UInt8(ascii: "?"), bytes[at + 2] == UInt8(ascii: "?"),
                !charset.isEmpty
            else { return nil }
            switch lowercased(bytes[at + 1]) {
            case UInt8(ascii: "b"): isBase64 = true
            case UInt8(ascii: "q"): isBase64 = false
            default: return nil
            }
            at += 3
            let first = at
            while at + 1 < bytes.count, at - first < Word.limitBytes,
                !(bytes[at] == UInt8(ascii: "?") && bytes[at + 1] == UInt8(ascii: "="))
            { at += 1 }
            guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "?"), bytes[at + 1] == UInt8(ascii: "=") else {
                return nil
            }
            (self.charset, text, end) = (charset, first..<at, at + 2)
        }
    }
}
