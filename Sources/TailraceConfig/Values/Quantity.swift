/// Numbers with their units, as people write them: `45 min`, `1h30m`, `256MiB`.
struct Quantity {
    var number: Double
    /// As written; empty where none is.
    var unit: String

    /// Splits a text into its quantities; nil where it is anything else, or empty.
    ///
    /// A number is digits with at most one point, so that signs, exponents, `nan` and `inf` are no numbers.
    static func list(_ text: String) -> [Quantity]? {
        var rest = Substring(text)
        var quantities: [Quantity] = []
        while true {
            rest = rest.drop { $0 == " " }
            if rest.isEmpty { return quantities.isEmpty ? nil : quantities }
            let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            rest = rest.dropFirst(digits.count).drop { $0 == " " }
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let number = decimal(digits) else { return nil }
            quantities.append(Quantity(number: number, unit: String(unit)))
        }
    }

    private static func decimal(_ text: Substring) -> Double? {
        guard text.first != ".", text.last != ".", text.count <= 18 else { return nil }
        return Double(text)
    }
}

/// A length of time such as `45 min`, `1 day`, `90 s`, `1h30m`; nil where it is none, or above ten years.
///
/// A number without a unit is no duration: half of its readers would take it for seconds, half for minutes.
func parseDuration(_ text: String) -> Duration? {
    guard let quantities = Quantity.list(text) else { return nil }
    var milliseconds = 0.0
    var largest = Double.infinity
    for quantity in quantities {
        // Units must shrink (`1h30m`), else `30m1h` or `5m5m` pass as typing mistakes.
        guard let unit = millisecondsPerUnit(quantity.unit), unit < largest else { return nil }
        milliseconds += quantity.number * unit
        largest = unit
    }
    guard milliseconds <= 3650 * 86_400_000 else { return nil }
    return .milliseconds(Int64(milliseconds.rounded()))
}

private func millisecondsPerUnit(_ unit: String) -> Double? {
    switch unit.lowercased() {
    case "ms": 1
    case "s", "sec", "secs", "second", "seconds": 1000
    case "m", "min", "mins", "minute", "minutes": 60_000
    case "h", "hr", "hrs", "hour", "hours": 3_600_000
    case "d", "day", "days": 86_400_000
    case "w", "week", "weeks": 7 * 86_400_000
    default: nil
    }
}

/// A size such as `256MiB`, `1 GB`, `4096` (bytes), in bytes; nil where it is none, or above 1 PiB.
func parseByteSize(_ text: String) -> Int? {
    guard let quantities = Quantity.list(text), quantities.count == 1, let quantity = quantities.first else {
        return nil
    }
    let unit: Double
    switch quantity.unit.lowercased() {
    case "", "b", "byte", "bytes": unit = 1
    case "kib": unit = 1024
    case "mib": unit = 1_048_576
    case "gib": unit = 1_073_741_824
    case "tib": unit = 1_099_511_627_776
    case "kb": unit = 1e3
    case "mb": unit = 1e6
    case "gb": unit = 1e9
    case "tb": unit = 1e12
    default: return nil
    }
    let bytes = (quantity.number * unit).rounded()
    return bytes <= 1_125_899_906_842_624 ? Int(bytes) : nil
}

/// An amount of money in ten-thousandths of the currency's unit; nil where it is none, negative, or finer.
func parseAmount(_ text: String) -> Int64? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty else { return nil }
    let decimals = parts.count == 2 ? parts[1] : "0"
    guard (1...4).contains(decimals.count), whole.count <= 14 else { return nil }
    let digits = whole + decimals + String(repeating: "0", count: 4 - decimals.count)
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Int64(digits)
}
