/// Is every sequence well-formed UTF-8 (Unicode 15, table 3-7)? Overlong forms, surrogates and values above
/// U+10FFFF are not. Complexity: O(n).
func isValidUTF8(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    var at = start
    while at < end {
        let lead = bytes[at]
        if lead < 0x80 {
            at = ByteFinder.nonASCII(in: bytes, from: at, to: end)
            continue
        }
        let count: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: count = 2
        case 0xE0: (count, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: count = 3
        case 0xED: (count, second) = (3, 0x80...0x9F)
        case 0xF0: (count, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: count = 4
        case 0xF4: (count, second) = (4, 0x80...0x8F)
        default: return false
        }
        guard at + count <= end, second.contains(bytes[at + 1]) else { return false }
        for i in 2..<max(2, count) where bytes[at + i] & 0xC0 != 0x80 { return false }
        at += count
    }
    return true
}
