/// A text that can be edited the way people edit: by names, by digits, by sentences, by halves.
struct Prose {
    enum Token {
        case word(String)
        case name(String)
        case number(Int)

        var text: String {
            switch self {
            case .word(let text), .name(let text): text
            case .number(let number): String(number)
            }
        }
    }

    private(set) var sentences: [[Token]]

    /// A new text of about `words` words. Slots outnumber fixed words, and no run of fixed words is long, so that two
    /// texts hardly ever share sixteen letters in a row.
    init(words: Int, _ random: inout SplitMix64) {
        sentences = []
        var count = 0
        while count < words {
            let sentence = Prose.sentence(&random)
            count += sentence.count
            sentences.append(sentence)
        }
    }

    private init(sentences: [[Token]]) { self.sentences = sentences }

    /// Patterns: N noun, A adjective, V verb, B adverb, P name of a person or firm, D number; the rest stands as it is.
    private static let patterns: [[Substring]] = [
        "P V the A N and B V D N", "the A N of P was V B", "in P a A N V the N", "D N were V by P for N",
        "B P V D A N at P", "no N was V but the A N V B", "A N and A N were V near P", "P and P V a N of D N",
        "the N that P V was A", "if the N is A then V N B", "each A N V a N for P", "P B V the N with A N",
        "a A N on N V P", "for N D the A N V B", "V N and V N are A", "P says the N V B", "our A N V D N from P",
        "when P V the A N all N V", "to P the N was A not A", "with D N P V a A N",
    ].map { $0.split(separator: " ") }

    private static func sentence(_ random: inout SplitMix64) -> [Token] {
        random.pick(patterns).map { slot in
            switch slot {
            case "N": .word(random.pick(Vocabulary.nouns))
            case "A": .word(random.pick(Vocabulary.adjectives))
            case "V": .word(random.pick(Vocabulary.verbs))
            case "B": .word(random.pick(Vocabulary.adverbs))
            case "P": .name(name(&random))
            case "D": .number(random.whole(2...980))
            default: .word(String(slot))
            }
        }
    }

    /// An invented proper name.
    static func name(_ random: inout SplitMix64) -> String {
        let name = random.pick(Vocabulary.beginnings) + random.pick(Vocabulary.endings)
        return random.happens(0.3) ? name + " " + random.pick(Vocabulary.beginnings) + "o" : name
    }

    /// A heading of three or four words.
    static func title(_ random: inout SplitMix64) -> String {
        let words = [
            random.pick(Vocabulary.adjectives), random.pick(Vocabulary.nouns), "for", name(&random),
        ]
        return words.joined(separator: " ")
    }

    var text: String {
        sentences.map { sentence in
            let line = sentence.map(\.text).joined(separator: " ")
            return line.prefix(1).uppercased() + line.dropFirst() + "."
        }.joined(separator: " ")
    }

    /// A copy with other digits and up to `names` other names: the same letter, sent to somebody else.
    func readdressed(names: Int, _ random: inout SplitMix64) -> Prose {
        var copy = self
        var places: [(Int, Int)] = []
        for (row, sentence) in sentences.enumerated() {
            for (column, token) in sentence.enumerated() {
                switch token {
                case .word: break
                case .name: places.append((row, column))
                case .number: copy.sentences[row][column] = .number(random.whole(2...980))
                }
            }
        }
        for _ in 0..<min(names, places.count) {
            let (row, column) = places.remove(at: random.whole(0...places.count - 1))
            copy.sentences[row][column] = .name(Prose.name(&random))
        }
        return copy
    }

    /// A copy in which `count` sentences are said anew.
    func reworded(sentences count: Int, _ random: inout SplitMix64) -> Prose {
        var copy = self
        for _ in 0..<count {
            copy.sentences[random.whole(0...sentences.count - 1)] = Prose.sentence(&random)
        }
        return copy
    }

    /// The first half of this text under a new beginning of the same length.
    func pasted(_ random: inout SplitMix64) -> Prose {
        let half = sentences.prefix(sentences.count / 2)
        let words = half.reduce(0) { $0 + $1.count }
        return Prose(sentences: Prose(words: words, &random).sentences + half)
    }
}
