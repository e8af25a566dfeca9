/// Reads one JSON object (RFC 8259) and notes where the wanted top-level fields are.
///
/// Everything is checked, wanted or not: a record is well-formed as a whole or rejected. Nested values are skipped,
/// down to `nestingLimit`. Of a key that appears twice the last one counts, as in most parsers.
struct JSONRecord: Sendable {
    /// Deeper nesting is rejected: no log needs it, and every level costs stack.
    static let nestingLimit = 64

    private let keys: KeyTable

    init(keys: KeyTable) { self.keys = keys }

    /// Fills `slots` from `record[start..<end]`.
    func read(_ record: Span<UInt8>, from start: Int, to end: Int, into slots: inout [FieldSlot])
        throws(RejectionReason)
    {
        var at = start
        skipSpace(record, &at, end)
        guard at < end, record[at] == UInt8(ascii: "{") else { throw .syntax }
        at += 1
        skipSpace(record, &at, end)
        if at < end, record[at] == UInt8(ascii: "}") {
            at += 1
        } else {
            while true {
                guard at < end, record[at] == UInt8(ascii: "\"") else { throw .syntax }
                let key = try skipString(record, &at, end)
                skipSpace(record, &at, end)
                guard at < end, record[at] == UInt8(ascii: ":") else { throw .syntax }
                at += 1
                skipSpace(record, &at, end)
                let value = try readValue(record, &at, end)
                if let hit = find(record, key), isBetter(value, hit.rank, than: slots[hit.slot]) {
                    slots[hit.slot] = value
                    slots[hit.slot].rank = hit.rank
                }
                skipSpace(record, &at, end)
                guard at < end else { throw .syntax }
                let next = record[at]
                at += 1
                if next == UInt8(ascii: "}") { break }
                guard next == UInt8(ascii: ",") else { throw .syntax }
                skipSpace(record, &at, end)
            }
        }
        skipSpace(record, &at, end)
        guard at == end else { throw .syntax }
    }

    /// Keys are compared as they stand; one with escapes has to be decoded first.
    private func find(_ record: Span<UInt8>, _ key: (start: Int, end: Int, isEscaped: Bool)) -> KeyTable.Hit? {
        if !key.isEscaped { return keys.find(record, from: key.start, to: key.end) }
        var name: [UInt8] = []
        appendUnescapedJSON(record, from: key.start, to: key.end, into: &name)
        return keys.find(name.span, from: 0, to: name.count)
    }

    /// Of names that differ the first in the binding's list wins, a null being none; of equal ones the last.
    private func isBetter(_ value: FieldSlot, _ rank: UInt8, than slot: FieldSlot) -> Bool {
        if value.kind == .absent { return rank == slot.rank }
        return rank <= slot.rank || slot.kind == .absent
    }

    private func readValue(_ record: Span<UInt8>, _ at: inout Int, _ end: Int) throws(RejectionReason) -> FieldSlot {
        guard at < end else { throw .syntax }
        var slot = FieldSlot()
        switch record[at] {
        case UInt8(ascii: "\""):
            let text = try skipString(record, &at, end)
            slot.kind = .string
            slot.isEscaped = text.isEscaped
            (slot.start, slot.end) = (Int32(text.start), Int32(text.end))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            slot.kind = .number
            slot.start = Int32(at)
            try skipNumber(record, &at, end)
            slot.end = Int32(at)
        case UInt8(ascii: "n"):
            try skipWord(record, &at, end, "null")
        default:
            slot.kind = .other
            try skipValue(record, &at, end, depth: 1)
        }
        return slot
    }

    private func skipValue(_ record: Span<UInt8>, _ at: inout Int, _ end: Int, depth: Int) throws(RejectionReason) {
        guard at < end else { throw .syntax }
        switch record[at] {
        case UInt8(ascii: "\""): _ = try skipString(record, &at, end)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber(record, &at, end)
        case UInt8(ascii: "t"): try skipWord(record, &at, end, "true")
        case UInt8(ascii: "f"): try skipWord(record, &at, end, "false")
        case UInt8(ascii: "n"): try skipWord(record, &at, end, "null")
        case UInt8(ascii: "{"): try skipContainer(record, &at, end, depth: depth, close: UInt8(ascii: "}"))
        case UInt8(ascii: "["): try skipContainer(record, &at, end, depth: depth, close: UInt8(ascii: "]"))
        default: throw .syntax
        }
    }

    private func skipContainer(
        _ record: Span<UInt8>, _ at: inout Int, _ end: Int, depth: Int, close: UInt8
    ) throws(RejectionReason) {
        guard depth < JSONRecord.nestingLimit else { throw .nesting }
        at += 1
        skipSpace(record, &at, end)
        if at < end, record[at] == close {
            at += 1
            return
        }
        while true {
            if close == UInt8(ascii: "}") {
                guard at < end, record[at] == UInt8(ascii: "\"") else { throw .syntax }
                _ = try skipString(record, &at, end)
                skipSpace(record, &at, end)
                guard at < end, record[at] == UInt8(ascii: ":") else { throw .syntax }
                at += 1
                skipSpace(record, &at, end)
            }
            try skipValue(record, &at, end, depth: depth + 1)
            skipSpace(record, &at, end)
            guard at < end else { throw .syntax }
            let next = record[at]
            at += 1
            if next == close { return }
            guard next == UInt8(ascii: ",") else { throw .syntax }
            skipSpace(record, &at, end)
        }
    }

    /// Moves past a string; the range is what stands between the quotes.
    private func skipString(
        _ record: Span<UInt8>, _ at: inout Int, _ end: Int
    ) throws(RejectionReason) -> (start: Int, end: Int, isEscaped: Bool) {
        var i = at + 1
        let start = i
        var isEscaped = false
        while true {
            i = ByteFinder.stringStop(in: record, from: i, to: end)
            guard i < end else { throw .syntax }
            let byte = record[i]
            if byte == UInt8(ascii: "\"") {
                at = i + 1
                return (start, i, isEscaped)
            }
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                guard i + 1 < end else { throw .syntax }
                switch record[i + 1] {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
                    UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
                    i += 2
                case UInt8(ascii: "u"):
                    guard i + 6 <= end, (2..<6).allSatisfy({ hexValue(record[i + $0]) != nil }) else { throw .syntax }
                    i += 6
                default: throw .syntax
                }
            } else {
                // RFC 8259 allows no bare control character. A zero byte is a slip of the writer and no line end:
                // the record is worth more than the rule.
                guard byte == 0 else { throw .syntax }
                i += 1
            }
        }
    }

    private func skipNumber(_ record: Span<UInt8>, _ at: inout Int, _ end: Int) throws(RejectionReason) {
        if record[at] == UInt8(ascii: "-") { at += 1 }
        guard at < end else { throw .syntax }
        if record[at] == UInt8(ascii: "0") { at += 1 } else { try skipDigits(record, &at, end) }
        if at < end, record[at] == UInt8(ascii: ".") {
            at += 1
            try skipDigits(record, &at, end)
        }
        if at < end, record[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < end, record[at] == UInt8(ascii: "+") || record[at] == UInt8(ascii: "-") { at += 1 }
            try skipDigits(record, &at, end)
        }
    }

    private func skipDigits(_ record: Span<UInt8>, _ at: inout Int, _ end: Int) throws(RejectionReason) {
        let start = at
        while at < end, record[at] &- 48 <= 9 { at += 1 }
        guard at > start else { throw .syntax }
    }

    private func skipWord(
        _ record: Span<UInt8>, _ at: inout Int, _ end: Int, _ word: StaticString
    ) throws(RejectionReason) {
        guard at + word.utf8CodeUnitCount <= end else { throw .syntax }
        for i in 0..<word.utf8CodeUnitCount where record[at + i] != word.utf8Start[i] { throw .syntax }
        at += word.utf8CodeUnitCount
    }

    private func skipSpace(_ record: Span<UInt8>, _ at: inout Int, _ end: Int) {
        while at < end, record[at] == 0x20 || (record[at] >= 0x09 && record[at] <= 0x0D && record[at] != 0x0B) {
            // 0x0C is no JSON white space.
            if record[at] == 0x0C { return }
            at += 1
        }
    }
}

func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - 48)
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - 87)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - 55)
    default: nil
    }
}

/// Appends a JSON string's value, its escapes undone, to `output`.
///
/// Half a surrogate pair becomes U+FFFD: the text has to stay UTF-8.
/// - Precondition: the range was accepted by `JSONRecord`.
func appendUnescapedJSON(_ record: Span<UInt8>, from start: Int, to end: Int, into output: inout [UInt8]) {
    var i = start
    while i < end {
        let next = ByteFinder.find(UInt8(ascii: "\\"), in: record, from: i, to: end)
        if next > i {
            record.extracting(i..<next).withUnsafeBufferPointer { output.append(contentsOf: $0) }
            i = next
            continue
        }
        let letter = record[i + 1]
        i += 2
        switch letter {
        case UInt8(ascii: "b"): output.append(0x08)
        case UInt8(ascii: "f"): output.append(0x0C)
        case UInt8(ascii: "n"): output.append(0x0A)
        case UInt8(ascii: "r"): output.append(0x0D)
        case UInt8(ascii: "t"): output.append(0x09)
        case UInt8(ascii: "u"):
            var scalar = codeUnit(record, at: i)
            i += 4
            if scalar & 0xFC00 == 0xD800, i + 6 <= end, record[i] == UInt8(ascii: "\\"),
                record[i + 1] == UInt8(ascii: "u")
            {
                let low = codeUnit(record, at: i + 2)
                if low & 0xFC00 == 0xDC00 {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
                    i += 6
                }
            }
            if scalar & 0xFFFF_F800 == 0xD800 { scalar = 0xFFFD }
            appendScalar(scalar, into: &output)
        default: output.append(letter)
        }
    }
}

private func codeUnit(_ record: Span<UInt8>, at: Int) -> UInt32 {
    var value: UInt32 = 0
    for i in 0..<4 { value = value << 4 | (hexValue(record[at + i]) ?? 0) }
    return value
}

private func appendScalar(_ scalar: UInt32, into output: inout [UInt8]) {
    switch scalar {
    case 0..<0x80: output.append(UInt8(scalar))
    case 0x80..<0x800:
        output.append(UInt8(0xC0 | scalar >> 6))
        output.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
        output.append(UInt8(0xE0 | scalar >> 12))
        output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
        output.append(UInt8(0x80 | scalar & 0x3F))
    default:
        output.append(UInt8(0xF0 | scalar >> 18))
        output.append(UInt8(0x80 | scalar >> 12 & 0x3F))
        output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
        output.append(UInt8(0x80 | scalar & 0x3F))
    }
}
