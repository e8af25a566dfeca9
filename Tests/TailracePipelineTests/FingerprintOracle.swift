@testable import TailracePipeline

/// The rules of a fingerprint, written down as plainly as they can be.
struct NaiveFingerprint {
    var letters: [UInt8] = []
    var level: UInt8
    var hashes: [UInt64] = []
    var exact = Hash128.none

    init(_ text: String) {
        for scalar in text.unicodeScalars { letters += NaiveFingerprint.letters(scalar) }
        level = letters.count < 768 ? 3 : letters.count < 2048 ? 4 : letters.count < 8192 ? 5 : 6
        var found: Set<UInt64> = []
        for start in 0..<max(0, letters.count - 12) {
            var hash: UInt64 = 0
            for (i, letter) in letters[start..<start + 13].enumerated() {
                hash = hash &+ GearTable.words[Int(letter)] << UInt64(5 * (12 - i))
            }
            if hash >> (64 - UInt64(level)) == 0 { found.insert(hash) }
        }
        hashes = found.sorted()
        if !letters.isEmpty { exact = letters.withUnsafeBytes { hash128($0, seed: 0x636F_6E74_656E_7473) } }
    }

    private static func letters(_ scalar: Unicode.Scalar) -> [UInt8] {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A: return Array(String(scalar).lowercased().utf8)
        case 0..<0xC0, 0xD7, 0xF7, 0x2000..<0x2C00, 0x3000..<0x3040, 0xFEFF, 0xFF00...0xFF20, 0xFE00..<0xFE40,
            0x1F000...0x1FFFF, 0x60C, 0x61B, 0x61F, 0x640, 0x660...0x66D, 0x6F0...0x6F9, 0x964...0x96F,
            0xE4F...0xE5B:
            return []
        default: break
        }
        let hasCase = [0xC0...0xDE, 0x391...0x3A1, 0x3A3...0x3A9, 0x400...0x42F].contains { $0.contains(scalar.value) }
        let folded = hasCase ? String(scalar).lowercased().unicodeScalars.first?.value ?? 0 : scalar.value
        // Seven bits of an alphabet's letter; of others, six bits and the lowest of what is before them.
        if folded < 0x2000 { return [UInt8(0x80 | folded & 0x7F)] }
        let bytes = Array(String(Unicode.Scalar(folded) ?? "?").utf8)
        return [0x80 | (bytes[0] & 1) << 6 | bytes[1] & 0x3F, 0x80 | (bytes[0] & 2) << 5 | bytes[2] & 0x3F]
    }
}

/// Texts of random words, and the edits that make copies of them.
struct FamilyTexts {
    /// SplitMix64.
    struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &+ 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
            return word ^ word >> 31
        }
    }

    var random: Random
    private let words: [String]

    init(seed: UInt64) {
        var random = Random(state: seed)
        words = (0..<2000).map { _ in
            let count = Int.random(in: 2...9, using: &random)
            return String((0..<count).map { _ in "etaoinshrdlucmfwypvbgk".randomElement(using: &random) ?? "e" })
        }
        self.random = random
    }

    func word(_ random: inout Random) -> String { words.randomElement(using: &random) ?? "word" }

    mutating func text(words count: Int) -> String {
        (0..<count).map { i in
            let end = i % 11 == 10 ? ".\n" : i % 17 == 3 ? " \(random.next() % 1000), " : " "
            return (i % 11 == 0 ? word(&random).capitalizedFirst : word(&random)) + end
        }.joined()
    }

    /// Strews characters of more than one byte into a text.
    mutating func decorated(_ text: String) -> String {
        let marks = [
            "é", "É", "×", "–", "“", "水", "。", "Ж", "Џ", "Σ", "ñ", "\u{A0}", "\u{1F600}", "\u{FF11}", "ß", "\u{FEFF}",
            "ก", "๓", "ع", "٣", "،", "न", "।", "한", "の", "𠀋",
        ]
        return text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            random.next() % 5 == 0 ? word + (marks.randomElement(using: &random) ?? "") : String(word)
        }.joined(separator: " ")
    }

    /// A copy: the same but for digits, case, a few words, the order of its sentences, or with other text around it.
    mutating func edited(_ text: String) -> String {
        var pieces = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        switch random.next() % 6 {
        case 0: return text.uppercased().replacing("1", with: "7")
        case 1:
            for _ in 0..<max(1, pieces.count / 40) {
                if let at = pieces.indices.randomElement(using: &random) { pieces[at] = word(&random) }
            }
            return pieces.joined(separator: " ")
        case 2:
            for at in pieces.indices where random.next() % 10 == 0 { pieces[at] = word(&random) }
            return pieces.joined(separator: " ")
        case 3: return text.split(separator: "\n").shuffled(using: &random).joined(separator: "\n")
        case 4: return pieces.prefix(pieces.count / 2).joined(separator: " ") + self.text(words: pieces.count / 2)
        default: return self.text(words: pieces.count * 2) + pieces.joined(separator: " ")
        }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
