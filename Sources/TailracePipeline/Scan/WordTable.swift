/// The words a field may hold and what each means, as codes.
struct WordTable: Sendable {
    private var words: [(bytes: [UInt8], code: UInt8)] = []
    /// Words of a definition's map are compared without regard to case, names of the contract to the letter.
    private var mapped: [(pattern: TextPattern, code: UInt8)] = []

    /// - Parameter map: text, or pattern, → name. A text without a star goes before the patterns, a longer pattern
    ///   before a shorter one.
    init(names: [(name: String, code: UInt8)], map: [String: String]) {
        words = names.map { (Array($0.name.utf8), $0.code) }
        for (text, name) in MapOrder.sorted(map) {
            guard let code = names.first(where: { $0.name == name })?.code else { continue }
            mapped.append((TextPattern(text), code))
        }
    }

    func code(_ text: Span<UInt8>) -> UInt8? {
        for word in mapped where word.pattern.matches(text) { return word.code }
        for word in words where word.bytes.count == text.count {
            if (0..<text.count).allSatisfy({ word.bytes[$0] == text[$0] }) { return word.code }
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
