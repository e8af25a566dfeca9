/// The words a field may hold and what each means, as codes. A class: it is lent for every record.
final class WordTable: Sendable {
    /// Names of the contract, compared to the letter: one behind the other.
    private let bytes: [UInt8]
    private let words: [(start: Int32, count: Int32, code: UInt8)]
    /// Words of a definition's map, compared without regard to case.
    private let patterns: PatternTable
    private let hasPatterns: Bool
    private let codes: [UInt8]

    /// - Parameter map: text, or pattern, → name. A text without a star goes before the patterns, a longer pattern
    ///   before a shorter one.
    init(names: [(name: String, code: UInt8)], map: [String: String]) {
        var (bytes, codes): ([UInt8], [UInt8]) = ([], [])
        var words: [(start: Int32, count: Int32, code: UInt8)] = []
        var patterns = PatternTable()
        for (name, code) in names {
            words.append((Int32(bytes.count), Int32(name.utf8.count), code))
            bytes += Array(name.utf8)
        }
        for (text, name) in MapOrder.sorted(map) {
            guard let code = names.first(where: { $0.name == name })?.code else { continue }
            patterns.append(text)
            codes.append(code)
        }
        (self.bytes, self.words, self.patterns, self.codes) = (bytes, words, patterns, codes)
        hasPatterns = patterns.count > 0
    }

    func code(_ text: Span<UInt8>) -> UInt8? {
        if hasPatterns, let row = patterns.first(0..<patterns.count, matching: text) { return codes[row] }
        let (words, bytes) = (words, bytes)
        for index in 0..<words.count where Int(words[index].count) == text.count {
            let start = Int(words[index].start)
            var at = 0
            while at < text.count, bytes[start + at] == text[at] { at += 1 }
            if at == text.count { return words[index].code }
        }
        return nil
    }

    func code(_ text: String) -> UInt8? { code(Array(text.utf8).span) }
}

/// The order in which the entries of a map are tried.
enum MapOrder {
    static func sorted(_ map: [String: String]) -> [(key: String, value: String)] {
        map.sorted { a, b in
            let (isOpenA, isOpenB) = (a.key.utf8.contains(UInt8(ascii: "*")), b.key.utf8.contains(UInt8(ascii: "*")))
            if isOpenA != isOpenB { return isOpenB }
            if a.key.utf8.count != b.key.utf8.count { return a.key.utf8.count > b.key.utf8.count }
            return a.key < b.key
        }
    }
}
