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
