/// The text of a message: of its MIME parts (RFC 2045, 2046) those that people read, as UTF-8.
struct MailBody {
    /// A message that nests deeper, or has more parts, was made to break readers.
    static let depthLimit = 20
    static let partLimit = 2_000

    /// Leaves that are no text, or are sent as attachments.
    private(set) var attachments = 0
    private var parts = 0

    /// What a part's header says about it.
    struct Head {
        /// Lower case, `text/plain` where nothing is said.
        var type = Array("text/plain".utf8)
        var charset: [UInt8] = []
        var boundary: [UInt8] = []
        /// Lower case: `base64`, `quoted-printable`, others.
        var encoding: [UInt8] = []
        var isAttachment = false

        var isText: Bool { type.starts(with: Array("text/".utf8)) }
        var isMultipart: Bool { type.starts(with: Array("multipart/".utf8)) && !boundary.isEmpty }
        var isHTML: Bool { type == Array("text/html".utf8) }

        /// Takes what a header says, where it is one of those that describe a part.
        mutating func take(_ bytes: Span<UInt8>, name: Range<Int>, value: Range<Int>) {
            if MailHeaders.isNamed(bytes, name, "content-type") {
                let found = MailHeaders.parameters(bytes, value)
                if found.value.contains(UInt8(ascii: "/")) { type = found.value }
                charset = (found.parameters["charset"] ?? []).map(lowercased)
                boundary = found.parameters["boundary"] ?? []
            } else if MailHeaders.isNamed(bytes, name, "content-transfer-encoding") {
                encoding = MailHeaders.parameters(bytes, value).value
            } else if MailHeaders.isNamed(bytes, name, "content-disposition") {
                isAttachment = MailHeaders.parameters(bytes, value).value == Array("attachment".utf8)
            }
        }
    }

    /// Appends the text of a part.
    ///
    /// Of alternatives the last that gives a text in plain counts, or else the last of HTML. A forwarded message counts
    /// as an attachment: its text is that of another message.
    mutating func append(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, _ head: Head, depth: Int = 0, to text: inout [UInt8]
    ) throws(RejectionReason) {
        parts += 1
        guard depth < MailBody.depthLimit, parts <= MailBody.partLimit else { throw .nesting }
        guard head.isMultipart else {
            if head.isAttachment || !head.isText {
                attachments += 1
            } else {
                MailBody.appendLeaf(bytes, from: start, to: end, head, to: &text)
            }
            return
        }
        let ranges = try children(bytes, from: start, to: end, boundary: head.boundary)
        let isChoice = head.type == Array("multipart/alternative".utf8)
        var best: (isPlain: Bool, text: [UInt8])?
        for range in ranges {
            var (inner, body) = (Head(), range.lowerBound)
            if head.type == Array("multipart/digest".utf8) { inner.type = Array("message/rfc822".utf8) }
            MailHeaders.each(bytes, from: range.lowerBound, to: range.upperBound, bodyStart: &body) {
                inner.take(bytes, name: $0, value: $1)
            }
            guard isChoice else {
                try append(bytes, from: body, to: range.upperBound, inner, depth: depth + 1, to: &text)
                continue
            }
            var own: [UInt8] = []
            try append(bytes, from: body, to: range.upperBound, inner, depth: depth + 1, to: &own)
            let isPlain = inner.isText && !inner.isHTML
            let isEmpty = own.allSatisfy { $0 <= 0x20 }
            if !isEmpty, isPlain || best?.isPlain != true { best = (isPlain, own) }
        }
        if let best { MailBody.join(best.text, to: &text) }
    }

    /// The parts between the lines of a boundary (RFC 2046, section 5.1.1); the last one may lack its end.
    private func children(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, boundary: [UInt8]
    ) throws(RejectionReason) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var partStart: Int?
        var line = start
        while line < end {
            let lineEnd = ByteFinder.find(UInt8(ascii: "\n"), in: bytes, from: line, to: end)
            let next = min(lineEnd + 1, end)
            if line + 2 + boundary.count <= lineEnd, bytes[line] == UInt8(ascii: "-"),
                bytes[line + 1] == UInt8(ascii: "-"),
                (0..<boundary.count).allSatisfy({ bytes[line + 2 + $0] == boundary[$0] }),
                let isLast = isBoundaryEnd(bytes, line + 2 + boundary.count, lineEnd)
            {
                if let partStart {
                    ranges.append(partStart..<max(partStart, MailBody.beforeLineEnd(bytes, line, partStart)))
                }
                guard ranges.count <= MailBody.partLimit else { throw .nesting }
                if isLast { return ranges }
                partStart = next
            }
            line = next
        }
        if let partStart { ranges.append(partStart..<end) }
        return ranges
    }

    /// What may stand behind a boundary: `--` after the last part, and white space. nil: it is none.
    private func isBoundaryEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool? {
        var at = start
        let isLast = at + 1 < end && bytes[at] == UInt8(ascii: "-") && bytes[at + 1] == UInt8(ascii: "-")
        if isLast { at += 2 }
        while at < end, bytes[at] <= 0x20 { at += 1 }
        return at == end || isLast ? isLast : nil
    }

    /// The line end before a boundary belongs to it.
    private static func beforeLineEnd(_ bytes: Span<UInt8>, _ line: Int, _ start: Int) -> Int {
        var end = line
        if end > start, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return end
    }

    // MARK: - Leaves

    private static func appendLeaf(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, _ head: Head, to text: inout [UInt8]
    ) {
        var decoded: [UInt8] = []
        switch String(decoding: head.encoding, as: UTF8.self) {
        case "base64": TransferDecoding.appendBase64(bytes, from: start, to: end, to: &decoded)
        case "quoted-printable":
            TransferDecoding.appendQuotedPrintable(bytes, from: start, to: end, isWord: false, to: &decoded)
        default: appendUnquoted(bytes, from: start, to: end, to: &decoded)
        }
        var own: [UInt8] = []
        Charset.append(decoded.span, charset: head.charset, to: &own)
        if head.isHTML {
            decoded.removeAll(keepingCapacity: true)
            HTMLText.append(own.span, to: &decoded)
            swap(&own, &decoded)
        }
        join(own, to: &text)
    }

    /// `>From ` at the start of a line was `From ` before it came into the mbox (mboxrd: one `>` of however many).
    private static func appendUnquoted(_ bytes: Span<UInt8>, from start: Int, to end: Int, to output: inout [UInt8]) {
        var plainStart = start
        var line = start
        let word = Array("From ".utf8)
        while line < end {
            var at = line
            while at < end, bytes[at] == UInt8(ascii: ">") { at += 1 }
            if at > line, at + word.count <= end, (0..<word.count).allSatisfy({ bytes[at + $0] == word[$0] }) {
                bytes.extracting(plainStart..<line).withUnsafeBufferPointer { output.append(contentsOf: $0) }
                plainStart = line + 1
            }
            line = ByteFinder.find(UInt8(ascii: "\n"), in: bytes, from: at, to: end) + 1
        }
        bytes.extracting(plainStart..<end).withUnsafeBufferPointer { output.append(contentsOf: $0) }
    }

    private static func join(_ part: [UInt8], to text: inout [UInt8]) {
        if let last = text.last, last != 0x0A, !part.isEmpty { text.append(0x0A) }
        text += part
    }
}
