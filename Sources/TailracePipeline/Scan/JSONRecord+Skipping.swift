/// Moving past values, wanted or not: everything is checked.
extension JSONRecord {
    func skipValue(_ record: Span<UInt8>, _ at: inout Int, _ end: Int, depth: Int) throws(RejectionReason) {
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

    func skipContainer(
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
    func skipString(
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

    func skipNumber(_ record: Span<UInt8>, _ at: inout Int, _ end: Int) throws(RejectionReason) {
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

    func skipDigits(_ record: Span<UInt8>, _ at: inout Int, _ end: Int) throws(RejectionReason) {
        let start = at
        while at < end, record[at] &- 48 <= 9 { at += 1 }
        guard at > start else { throw .syntax }
    }

    func skipWord(
        _ record: Span<UInt8>, _ at: inout Int, _ end: Int, _ word: StaticString
    ) throws(RejectionReason) {
        guard at + word.utf8CodeUnitCount <= end else { throw .syntax }
        for i in 0..<word.utf8CodeUnitCount where record[at + i] != word.utf8Start[i] { throw .syntax }
        at += word.utf8CodeUnitCount
    }

    func skipSpace(_ record: Span<UInt8>, _ at: inout Int, _ end: Int) {
        while at < end, record[at] == 0x20 || (record[at] >= 0x09 && record[at] <= 0x0D && record[at] != 0x0B) {
            // 0x0C is no JSON white space.
            if record[at] == 0x0C { return }
            at += 1
        }
    }
}
