import TestSupport

/// The events of these tests: numbered, no two alike, each a line of the same length.
///
/// Three in four are content, whose items the store lists one by one; the fourth enters a queue, so that a window's
/// counts are checked too.
enum NumberedEvent {
    static let lineBytes = 200
    /// 2026-03-02T09:00:00Z, milliseconds.
    private static let firstTime = 1_772_442_000_000
    private static let step = 2
    /// Odd, hence it has an inverse: numbers are spread over all names, so that a damaged name is hardly another's.
    private static let spread: UInt32 = 2_654_435_761

    static func isContent(_ number: Int) -> Bool { number % 4 != 3 }

    static func item(_ number: Int) -> String {
        let hex = String(UInt32(truncatingIfNeeded: number) &* spread, radix: 16)
        return "D-" + String(repeating: "0", count: 8 - hex.count) + hex
    }

    /// The number behind a name; nil where it is no name of ours.
    static func number(item: Substring) -> Int? {
        guard item.hasPrefix("D-"), item.count == 10, let value = UInt32(item.dropFirst(2), radix: 16) else {
            return nil
        }
        return Int(value &* inverse)
    }

    /// Newton's iteration doubles the right bits; three are right at the start.
    private static let inverse: UInt32 = {
        var x = spread
        for _ in 0..<5 { x = x &* (2 &- spread &* x) }
        return x
    }()

    /// - Parameters:
    ///   - text: put into the content instead of the usual words; makes the line longer.
    ///   - shift: added to its time, milliseconds.
    static func line(_ number: Int, text: String? = nil, end: String = "\n", shift: Int = 0) -> [UInt8] {
        // An unknown field is skipped, so that what enters the queue has no content.
        let head =
            isContent(number)
            ? ("\"stream\":\"document\",\"action\":\"create\"", "text")
            : ("\"stream\":\"ticket\",\"action\":\"schedule\"", "pad")
        var line =
            "{\"time\":\(firstTime + number * step + shift),\(head.0),\"item\":\"\(item(number))\",\"stage\":\"desk\""
        line += ",\"\(head.1)\":\""
        if let text {
            line += text
        } else {
            var random = SplitMix64(seed: UInt64(number))
            while line.utf8.count < lineBytes - 20 { line += String(random.next(), radix: 36) + " " }
            line = String(line.prefix(lineBytes - 3))
        }
        return Array((line + "\"}" + end).utf8)
    }

    static func lines(_ numbers: Range<Int>, shift: Int = 0) -> [UInt8] { numbers.flatMap { line($0, shift: shift) } }

    /// Counted as an event, but of no item that is looked for; the same line each time.
    static let noise = Array(
        "{\"time\":\(firstTime),\"stream\":\"document\",\"action\":\"read\",\"item\":\"N-1\",\"stage\":\"desk\"}\n".utf8
    )
}
