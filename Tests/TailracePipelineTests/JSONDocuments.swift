import TestSupport

/// Random JSON objects, well-formed and nearly so.
struct JSONDocuments {
    var generator: SplitMix64

    static let keys = ["a", "b", "c", "time", "A", "", "ä", "\\u0061", "a\\n", "title", "x\\\"y"]

    mutating func space() -> String {
        generator.oneIn(4) ? generator.pick([" ", "\t", "\r", "  ", " \t ", "\r\n"]) : ""
    }

    mutating func string() -> String {
        var text = "\""
        for _ in 0..<generator.below(8) {
            text += generator.pick([
                "a", "word", "ü", "€", "𝄞", "\\n", "\\t", "\\r", "\\b", "\\f", "\\/", "\\\\", "\\\"", "\\u00e9",
                "\\u20AC", "\\ud834\\udd1e", "\\u0000", "\\u001f", "/", "{", "}", "[", ",", ":", "\u{7F}", "e\u{301}",
            ])
        }
        return text + "\""
    }

    mutating func number() -> String {
        switch generator.below(7) {
        case 0: "0"
        case 1: "-\(generator.below(1000))"
        case 2: "\(generator.below(1_000_000)).\(generator.below(1000))"
        case 3: "\(generator.below(100))e\(generator.pick(["", "+", "-"]))\(generator.below(20))"
        case 4: "123456789012345678"
        case 5: "-0.0"
        default: "\(generator.below(100_000))"
        }
    }

    mutating func value(depth: Int) -> String {
        switch generator.below(depth > 5 ? 5 : 8) {
        case 0, 1: return string()
        case 2: return number()
        case 3: return generator.pick(["true", "false", "null"])
        case 4: return generator.pick(["{}", "[]", "{ }", "[ ]"])
        case 5: return object(depth: depth + 1)
        default:
            let values = (0..<generator.below(4)).map { _ in space() + value(depth: depth + 1) + space() }
            return "[" + values.joined(separator: ",") + "]"
        }
    }

    mutating func object(depth: Int = 0) -> String {
        let pairs = (0..<generator.below(6)).map { _ in
            space() + "\"" + generator.pick(JSONDocuments.keys) + "\"" + space() + ":" + space()
                + value(depth: depth) + space()
        }
        return "{" + pairs.joined(separator: ",") + "}"
    }

    /// An object with a few bytes removed, repeated, changed or cut off.
    mutating func damaged() -> [UInt8] {
        var bytes = Array((space() + object() + space()).utf8)
        for _ in 0...generator.below(3) where !bytes.isEmpty {
            let at = generator.below(bytes.count)
            switch generator.below(5) {
            case 0: bytes.remove(at: at)
            case 1: bytes.insert(bytes[generator.below(bytes.count)], at: at)
            case 2: bytes[at] = generator.pick(Array("{}[]\",:\\u0eE+-.tfn \u{1}\u{B}\u{C}\u{7F}".utf8))
            case 3: bytes.removeSubrange(at...)
            default: bytes.swapAt(at, generator.below(bytes.count))
            }
        }
        return bytes
    }
}
