import Foundation

/// Numbers as people read them. What is not measurable is "–", never 0.
enum Figure {
    static let unknown = "–"

    /// `1,234,567`.
    static func count(_ value: Int64?) -> String {
        guard let value else { return unknown }
        let digits = String(value.magnitude)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }

    /// Three significant digits at most after the point, none that say nothing: `0.047`, `4.6`, `38`, `1,240`.
    static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return unknown }
        let size = abs(value)
        if size >= 1e15 { return String(format: "%.3g", value) }
        if size >= 99.95 || value == value.rounded() { return count(Int64(value.rounded())) }
        return String(format: size >= 9.995 ? "%.1f" : size >= 0.0995 ? "%.2f" : "%.2g", value).withoutTrailingZeros
    }

    /// Days of work: `4.6`, `0.3`, `120`.
    static func days(_ value: Double?) -> String {
        guard let value, value.isFinite else { return unknown }
        return value >= 99.95 ? number(value) : String(format: value < 0.095 && value > 0 ? "%.2f" : "%.1f", value)
    }

    /// A share of one as `38 %`, `4.6 %`, `0.047 %`.
    static func share(_ value: Double?) -> String {
        guard let value, value.isFinite else { return unknown }
        return number(value * 100) + " %"
    }

    /// Decimal units, as disks are sold: `45.6 MB`.
    static func bytes(_ value: Int64?) -> String {
        guard let value else { return unknown }
        return bytes(Double(value))
    }

    static func bytes(_ value: Double) -> String {
        var rest = value
        var unit = 0
        let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
        while abs(rest) >= 999.5, unit < units.count - 1 { (rest, unit) = (rest / 1000, unit + 1) }
        return number(unit == 0 ? rest.rounded() : rest) + " " + units[unit]
    }

    /// The two largest units that say something: `450 ms`, `3.2 s`, `12 min`, `5 h 20 min`, `4 d 3 h`, `75 d`.
    static func duration(_ seconds: Double?) -> String {
        guard let seconds, seconds.isFinite else { return unknown }
        if seconds < 0 { return "-" + duration(-seconds) }
        if seconds < 0.9995 { return seconds == 0 ? "0 s" : "\(number((seconds * 1000).rounded())) ms" }
        if seconds < 9.95 { return String(format: "%.1f", seconds).withoutTrailingZeros + " s" }
        if seconds < 119.5 { return "\(Int64(seconds.rounded())) s" }
        let minutes = Int64(min((seconds / 60).rounded(), 1e15))
        if minutes < 120 { return "\(minutes) min" }
        if minutes < 48 * 60 { return pair(minutes / 60, "h", minutes % 60, "min") }
        let hours = (minutes + 30) / 60
        return hours < 60 * 24 ? pair(hours / 24, "d", hours % 24, "h") : "\(count((hours + 12) / 24)) d"
    }

    static func duration(_ seconds: Int64?) -> String { duration(seconds.map(Double.init)) }

    /// `1 file`, `2 files`.
    static func counted(_ value: Int64, _ noun: String, plural: String? = nil) -> String {
        "\(count(value)) \(value == 1 ? noun : plural ?? noun + "s")"
    }

    private static func pair(_ large: Int64, _ unit: String, _ small: Int64, _ smallUnit: String) -> String {
        small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(smallUnit)"
    }
}

extension String {
    fileprivate var withoutTrailingZeros: String {
        guard contains("."), !contains("e") else { return self }
        var text = self
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
