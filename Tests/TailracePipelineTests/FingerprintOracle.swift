@testable import TailracePipeline

/// The rules of a fingerprint, written down as plainly as they can be.
struct NaiveFingerprint {
    var letters: [UInt8] = []
    var level: UInt8
    var hashes: [UInt64] = []
    var exact = Hash128.none

    init(_ text: String) {
        for scalar in text.unicodeScalars { letters += NaiveFingerprint.letters(scalar) }
        level = letters.count < 1024 ? 4 : letters.count < 8192 ? 5 : 6
        var found: Set<UInt64> = []
        for start in 0..<max(0, letters.count - 15) {
            var hash: UInt64 = 0
            for (i, letter) in letters[start..<start + 16].enumerated() {
                hash = hash &+ GearTable.words[Int(letter)] << UInt64(4 * (15 - i))
            }
            if hash >> (64 - UInt64(level)) == 0 { found.insert(hash) }
        }
        hashes = found.sorted()
        if !letters.isEmpty { exact = letters.withUnsafeBytes { hash128($0, seed: 0x636F_6E74_656E_7473) } }
    }

    private static func letters(_ scalar: Unicode.Scalar) -> [UInt8] {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A: Array(String(scalar).lowercased().utf8)
        case 0..<0xC0, 0xD7, 0xF7, 0x2000..<0x2C00, 0x3000..<0x3040, 0xFEFF, 0xFF00...0xFF20, 0xFE00..<0xFE40,
            0x1F000...0x1FFFF:
            []
        case 0xC0...0xDE, 0x391...0x3A1, 0x3A3...0x3A9, 0x400...0x42F: Array(String(scalar).lowercased().utf8)
        default: Array(String(scalar).utf8)
        }
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
