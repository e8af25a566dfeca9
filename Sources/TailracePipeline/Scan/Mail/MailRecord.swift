/// Reads one message of an mbox: the values of its headers, decoded, and its text.
///
/// ```
/// From kim@example.org Mon Mar  2 09:15:00 2026     envelope, envelope.date
/// Subject: =?utf-8?q?Angebot_f=C3=BCr_M=C3=A4rz?=    subject
/// From: Kim <kim@example.org>                       from, from.address
/// Message-ID: <2@example.org>                       message-id
/// References: <1@example.org>                       thread (the first), parent (the last, or In-Reply-To)
///
/// Hello                                             text
/// ```
/// Beside these: `recipients` (addresses in To, Cc and Bcc), `attachments`, and every header by its name.
struct MailRecord: Sendable {
    /// Names that are no headers.
    static let names = [
        "envelope", "envelope.date", "from.address", "sender.address", "thread", "parent", "text", "attachments",
        "recipients",
    ]

    private struct Header: Sendable {
        var name: [UInt8]
        var slot: Int
    }
    private let headers: [Header]
    private let wanted: [Int]

    /// - Parameter names: what each slot wants; names of headers in whatever case.
    init(names: [String]) {
        let folded = names.map(trimmedLowercase)
        headers = folded.enumerated().filter { !MailRecord.names.contains($1) }.map {
            Header(name: Array($1.utf8), slot: $0)
        }
        wanted = MailRecord.names.map { folded.firstIndex(of: $0) ?? -1 }
    }

    private enum Special: Int {
        case envelope, envelopeDate, fromAddress, senderAddress, thread, parent, text, attachments, recipients
    }

    /// What the headers have told so far.
    private struct Findings {
        var head = MailBody.Head()
        var identifier: Range<Int>?
        var references: (first: Range<Int>?, last: Range<Int>?)
        var inReplyTo: (first: Range<Int>?, last: Range<Int>?)
        var recipients = 0
        var headerCount = 0
    }

    /// Reads `record[start..<end]`; decoded values go to `arena`, and the slots speak of their places there.
    func read(
        _ record: Span<UInt8>, from start: Int, to end: Int, into arena: inout [UInt8], _ slots: inout [FieldSlot]
    ) throws(RejectionReason) {
        let line = ByteFinder.find(UInt8(ascii: "\n"), in: record, from: start, to: end)
        guard MailRecord.isEnvelope(record, from: start, to: line) else { throw .syntax }
        readEnvelope(record, from: start + 5, to: line, &arena, &slots)
        var findings = Findings()
        var body = min(line + 1, end)
        MailHeaders.each(record, from: body, to: end, bodyStart: &body) {
            take(record, name: $0, value: $1, &findings, &arena, &slots)
        }
        guard findings.headerCount > 0 else { throw .syntax }
        let parent = findings.references.last ?? findings.inReplyTo.last
        put(.parent, record, parent, &arena, &slots)
        put(.thread, record, findings.references.first ?? parent ?? findings.identifier, &arena, &slots)
        putCount(.recipients, findings.recipients, &slots)
        guard wanted[Special.text.rawValue] >= 0 || wanted[Special.attachments.rawValue] >= 0 else { return }
        let textStart = arena.count
        var reader = MailBody()
        var text: [UInt8] = []
        try reader.append(record, from: body, to: end, findings.head, to: &text)
        arena += text
        set(.text, textStart..<arena.count, &slots)
        putCount(.attachments, reader.attachments, &slots)
    }

    private func readEnvelope(
        _ record: Span<UInt8>, from start: Int, to end: Int, _ arena: inout [UInt8], _ slots: inout [FieldSlot]
    ) {
        put(.envelope, record, start..<end, &arena, &slots)
        var at = start
        while at < end, record[at] > 0x20 { at += 1 }
        guard let date = MailDate(record, from: at, to: end) else { return }
        putTime(wanted[Special.envelopeDate.rawValue], date.time, &arena, &slots)
    }

    private func take(
        _ record: Span<UInt8>, name: Range<Int>, value: Range<Int>, _ findings: inout Findings, _ arena: inout [UInt8],
        _ slots: inout [FieldSlot]
    ) {
        findings.headerCount += 1
        findings.head.take(record, name: name, value: value)
        if MailHeaders.isNamed(record, name, "message-id") {
            findings.identifier = findings.identifier ?? MailHeaders.identifiers(record, value).first ?? value
        } else if MailHeaders.isNamed(record, name, "references") {
            if findings.references.first == nil { findings.references = MailHeaders.identifiers(record, value) }
        } else if MailHeaders.isNamed(record, name, "in-reply-to") {
            if findings.inReplyTo.first == nil { findings.inReplyTo = MailHeaders.identifiers(record, value) }
        } else if MailHeaders.isNamed(record, name, "from") {
            put(.fromAddress, record, MailHeaders.address(record, value), &arena, &slots)
        } else if MailHeaders.isNamed(record, name, "sender") {
            put(.senderAddress, record, MailHeaders.address(record, value), &arena, &slots)
        } else if MailHeaders.isNamed(record, name, "to") || MailHeaders.isNamed(record, name, "cc")
            || MailHeaders.isNamed(record, name, "bcc")
        {
            findings.recipients += MailHeaders.countAddresses(record, value)
        }
        for header in headers where header.name.count == name.count && slots[header.slot].kind == .absent {
            guard header.name.indices.allSatisfy({ lowercased(record[name.lowerBound + $0]) == header.name[$0] }) else {
                continue
            }
            putHeader(record, header, value, &arena, &slots)
        }
    }

    private func putHeader(
        _ record: Span<UInt8>, _ header: Header, _ value: Range<Int>, _ arena: inout [UInt8], _ slots: inout [FieldSlot]
    ) {
        if header.name == MailRecord.date, let date = MailDate(record, from: value.lowerBound, to: value.upperBound) {
            return putTime(header.slot, date.time, &arena, &slots)
        }
        let start = arena.count
        if header.name == MailRecord.messageID, let identifier = MailHeaders.identifiers(record, value).first {
            record.extracting(identifier).withUnsafeBufferPointer { arena.append(contentsOf: $0) }
        } else {
            EncodedWords.append(record, from: value.lowerBound, to: value.upperBound, to: &arena)
        }
        set(header.slot, start..<arena.count, &slots)
    }

    private static let date = Array("date".utf8)
    private static let messageID = Array("message-id".utf8)

    // MARK: - Values

    private func put(
        _ special: Special, _ record: Span<UInt8>, _ range: Range<Int>?, _ arena: inout [UInt8],
        _ slots: inout [FieldSlot]
    ) {
        guard wanted[special.rawValue] >= 0, let range else { return }
        let start = arena.count
        EncodedWords.append(record, from: range.lowerBound, to: range.upperBound, to: &arena)
        set(special, start..<arena.count, &slots)
    }

    private func set(_ special: Special, _ range: Range<Int>, _ slots: inout [FieldSlot]) {
        set(wanted[special.rawValue], range, &slots)
    }

    private func set(_ slot: Int, _ range: Range<Int>, _ slots: inout [FieldSlot]) {
        guard slot >= 0, !range.isEmpty else { return }
        slots[slot].kind = .string
        (slots[slot].start, slots[slot].end) = (Int32(range.lowerBound), Int32(range.upperBound))
    }

    private func putCount(_ special: Special, _ count: Int, _ slots: inout [FieldSlot]) {
        guard wanted[special.rawValue] >= 0 else { return }
        slots[wanted[special.rawValue]].kind = .count
        slots[wanted[special.rawValue]].start = Int32(clamping: count)
    }

    /// Seconds since 1970, as a number.
    private func putTime(_ slot: Int, _ time: EventTime, _ arena: inout [UInt8], _ slots: inout [FieldSlot]) {
        let start = arena.count
        arena += Array(String(time.seconds).utf8)
        set(slot, start..<arena.count, &slots)
        if slot >= 0, time >= .earliest { slots[slot].kind = .number }
    }

    // MARK: - Where messages begin

    /// Longer lines begin no message.
    static let envelopeLimitBytes = 1000

    /// Is this line the one before a message: `From `, whom it is from, and a date with a clock and a year?
    static func isEnvelope(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        guard end - start > 20, end - start < MailRecord.envelopeLimitBytes, bytes[start] == UInt8(ascii: "F"),
            bytes[start + 1] == UInt8(ascii: "r"), bytes[start + 2] == UInt8(ascii: "o"),
            bytes[start + 3] == UInt8(ascii: "m"), bytes[start + 4] == 0x20
        else { return false }
        var (hasClock, hasYear) = (false, false)
        for at in (start + 6)..<(end - 1) {
            if bytes[at] == UInt8(ascii: ":"), isDigit(bytes[at - 1]), isDigit(bytes[at + 1]) { hasClock = true }
        }
        var digits = 0
        for at in (start + 5)...end {
            if at < end, isDigit(bytes[at]) {
                digits += 1
            } else {
                if digits == 4 { hasYear = true }
                digits = 0
            }
        }
        return hasClock && hasYear
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
}
