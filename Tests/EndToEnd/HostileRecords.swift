import TestSupport

/// Records of the format `tailrace` with fields of every kind, sound and unsound, and bytes of them damaged.
struct HostileRecords {
    var generator: SplitMix64

    private static let names = [
        "case", "stage", "actor", "team", "origin", "actor_kind", "refers_to", "recipient", "title", "text", "currency",
        "category", "result", "reason",
    ]
    private static let counts = ["bytes", "recipients", "effort", "amount", "limit"]
    private static let pieces = [
        "a", "word", " ", "ü", "€", "𝄞", "\u{FEFF}", "\u{7F}", "\u{2028}", "e\u{301}", "\0", "/", "{", "}", "[", "]",
        ",", ":", "'", #"\n"#, #"\t"#, #"\r"#, #"\b"#, #"\f"#, #"\/"#, #"\\"#, #"\""#, #"\u00e9"#, #"\u20AC"#,
        #"\ud834\udd1e"#, #"\ud834"#, #"\udd1e"#, #"\u0000"#, #"\u001f"#, #"\uFFFF"#, #"\u0061"#,
    ]
    /// What tends to hurt: structure, escapes, controls, leads and tails of UTF-8, marks.
    private static let hostile =
        Array("{}[]\",:\\/u0123456789dDeE+-.tfn \t\r\n\u{0}\u{1}\u{B}\u{C}\u{1F}\u{7F}".utf8)
        + [0x80, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xEF, 0xBB, 0xF0, 0xF4, 0xF5, 0xFE, 0xFF]

    private mutating func space() -> String {
        generator.oneIn(6) ? generator.pick([" ", "\t", "  ", " \t ", "\r"]) : ""
    }

    private mutating func string() -> String {
        if generator.oneIn(40) {
            return "\"" + String(repeating: generator.pick(["x", "é", "€", "𝄞"]), count: 120) + "\""
        }
        return "\"" + (0..<generator.below(6)).map { _ in generator.pick(HostileRecords.pieces) }.joined() + "\""
    }

    private mutating func digits(_ count: Int) -> String {
        (0..<count).map { _ in String(generator.below(10)) }.joined()
    }

    private mutating func number() -> String {
        var text = generator.oneIn(3) ? "-" : ""
        text +=
            generator.oneIn(4)
            ? "0" : "\(1 + generator.below(9))" + digits(generator.below(generator.oneIn(4) ? 25 : 6))
        if generator.oneIn(3) { text += "." + digits(1 + generator.below(generator.oneIn(4) ? 25 : 5)) }
        if generator.oneIn(4) {
            text += generator.pick(["e", "E"]) + generator.pick(["", "+", "-"]) + digits(1 + generator.below(3))
        }
        return text
    }

    private mutating func value(_ depth: Int = 0) -> String {
        switch generator.below(depth > 4 ? 3 : 6) {
        case 0: return string()
        case 1: return number()
        case 2: return generator.pick(["true", "false", "null", "{}", "[]"])
        case 3:
            let levels = generator.pick([1, 2, 61, 62, 63, 64, 65])
            return generator.oneIn(10)
                ? String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
                : "[" + value(depth + 1) + "]"
        case 4:
            return "[" + (0..<generator.below(4)).map { _ in space() + value(depth + 1) }.joined(separator: ",") + "]"
        default:
            return "{"
                + (0..<generator.below(4)).map { _ in string() + space() + ":" + space() + value(depth + 1) }
                .joined(separator: ",") + "}"
        }
    }

    private mutating func count() -> String {
        generator.oneIn(4)
            ? number()
            : generator.pick(["", "0.", "1"]) + digits(1).replacing("0", with: "1") + digits(generator.below(14))
    }

    private mutating func time() -> String {
        switch generator.below(20) {
        case 0: return number()
        case 1: return string()
        case 2...5: return "\(generator.below(4_200_000_000)).\(generator.below(1_000_000))"
        case 6...8: return "\(generator.below(4_200_000_000_000))"
        default:
            let day = "20\(10 + generator.below(80))-0\(1 + generator.below(9))-\(10 + generator.below(19))"
            let clock = "1\(generator.below(10)):\(10 + generator.below(50))"
            let isOdd = generator.oneIn(8)
            let seconds = generator.pick(
                isOdd ? [":61", ":30.", ".5", ":7"] : ["", ":00", ":59.5", ":60", ":07,1239"])
            let offset = generator.pick(
                isOdd
                    ? ["", "+24:00", "+1", "Z ", "-02:60", "  Z"] : ["Z", "z", "+02:00", "-0730", "+14", " UTC", "GMT"])
            let between = isOdd ? generator.pick(["_", "T", " T", ""]) : generator.pick(["T", "t", " "])
            return "\"\(day)\(between)\(clock)\(seconds)\(offset)\""
        }
    }

    /// A key as it is, or with one of its letters written as an escape.
    private mutating func key(_ name: String) -> String {
        guard generator.oneIn(8), let letter = name.utf8.first else { return "\"\(name)\"" }
        return "\"\\u00\(String(letter, radix: 16))\(name.dropFirst())\""
    }

    /// One record: the required fields, others, some twice, in any order.
    mutating func record() -> [UInt8] {
        var members: [(name: String, value: String)] = [
            ("time", time()), ("stream", generator.pick(["\"email\"", "\"ticket\"", "\"document\""])),
            ("action", generator.pick(["\"send\"", "\"schedule\"", "\"complete\"", "\"reopen\"", #""re\u0061d""#])),
            ("item", "\"T-\(generator.below(100))\""),
        ]
        for _ in 0..<generator.below(7) {
            switch generator.below(5) {
            case 0, 1: members.append((generator.pick(HostileRecords.names), generator.oneIn(20) ? value() : string()))
            case 2: members.append((generator.pick(HostileRecords.counts), generator.oneIn(20) ? value() : count()))
            case 3: members.append((generator.pick(["x", "", "Time", "items", "é"]), value()))
            default:
                let twice = generator.pick(members).name
                members.append(
                    (twice, generator.oneIn(20) ? value() : generator.pick(members.filter { $0.name == twice }).value))
            }
        }
        members.shuffle(using: &generator)
        let pairs = members.map { space() + key($0.name) + space() + ":" + space() + $0.value + space() }
        return Array((space() + "{" + pairs.joined(separator: ",") + "}" + space()).utf8)
    }

    /// A record with bytes flipped, changed, put in, taken out, repeated, exchanged or cut off.
    mutating func damaged() -> [UInt8] {
        var bytes = record()
        for _ in 0...generator.below(3) where !bytes.isEmpty {
            let at = generator.below(bytes.count)
            let end = min(bytes.count, at + 1 + generator.below(8))
            switch generator.below(8) {
            case 0: bytes[at] ^= 1 << UInt8(generator.below(8))
            case 1: bytes[at] = generator.pick(HostileRecords.hostile)
            case 2: bytes.insert(generator.pick(HostileRecords.hostile), at: at)
            case 3: bytes.removeSubrange(at..<end)
            case 4: bytes.insert(contentsOf: bytes[at..<end], at: generator.below(bytes.count))
            case 5: bytes.swapAt(at, generator.below(bytes.count))
            case 6:
                bytes.insert(
                    contentsOf: generator.pick([[0, 0], [0xEF, 0xBB, 0xBF], [13], [0]]), at: generator.oneIn(2) ? 0 : at
                )
            default:
                if generator.oneIn(4) { bytes.removeSubrange(at...) } else { bytes[at] = UInt8(generator.below(256)) }
            }
        }
        return bytes
    }
}
