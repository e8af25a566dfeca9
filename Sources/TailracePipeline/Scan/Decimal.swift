/// Reads a decimal number as an integer count of 10^-decimals, rounding half away from zero.
///
/// Exact where a Double would not be: money and milliseconds are summed as integers.
/// - Returns: nil where the text is no number (`-12`, `3.50`, `1.7e9` are), or beyond 64 bits. Of digits that no number
///   within 64 bits needs, behind the nineteenth, the place counts and not the value.
func parseDecimal(_ text: Span<UInt8>, decimals: Int) -> Int64? {
    var at = 0
    var isNegative = false
    if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
        isNegative = text[at] == UInt8(ascii: "-")
        at += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    /// Power of ten that the mantissa still has to be multiplied with.
    var scale = decimals
    var isFraction = false
    while at < text.count {
        let byte = text[at]
        if byte == UInt8(ascii: "."), !isFraction {
            isFraction = true
        } else if byte &- 48 <= 9 {
            digits += 1
            // Another digit fits into 64 bits; what follows only moves the point.
            if mantissa <= (UInt64.max - 9) / 10 {
                mantissa = mantissa &* 10 &+ UInt64(byte &- 48)
                if isFraction { scale -= 1 }
            } else if !isFraction {
                scale += 1
            }
        } else {
            break
        }
        at += 1
    }
    guard digits > 0 else { return nil }
    if at < text.count, text[at] | 0x20 == UInt8(ascii: "e") {
        at += 1
        var isNegativeExponent = false
        if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
            isNegativeExponent = text[at] == UInt8(ascii: "-")
            at += 1
        }
        // Beyond the digits of any record: an exponent can take back as many zeros as a record holds.
        let exponentLimit = 1 << 40
        var exponent = 0
        let start = at
        while at < text.count, text[at] &- 48 <= 9 {
            exponent = min(exponent * 10 + Int(text[at] &- 48), exponentLimit)
            at += 1
        }
        guard at > start else { return nil }
        scale += isNegativeExponent ? -exponent : exponent
    }
    guard at == text.count else { return nil }
    if mantissa == 0 { return 0 }
    while scale > 0 {
        let (value, overflow) = mantissa.multipliedReportingOverflow(by: 10)
        if overflow { return nil }
        mantissa = value
        scale -= 1
    }
    if scale < -19 { return 0 }
    while scale < 0 {
        mantissa = scale == -1 ? (mantissa + 5) / 10 : mantissa / 10
        scale += 1
    }
    guard let value = Int64(exactly: mantissa) else { return nil }
    return isNegative ? -value : value
}
