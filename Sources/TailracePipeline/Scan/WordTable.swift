/// The words a field may hold and what each means, as codes.
struct WordTable: Sendable {
    private var words: [(bytes: [UInt8], code: UInt8)] = []
    /// Words of a definition's map are compared without regard to case, names of the contract to the letter.
    private var mapped: [(bytes: [UInt8], code: UInt8)] = []

    init(names: [(name: String, code: UInt8)], map: [String: String]) {
        words = names.map { (Array($0.name.utf8), $0.code) }
        for (text, name) in map.sorted(by: { $0.key < $1.key }) {
            guard let code = names.first(where: { $0.name == name })?.code else { continue }
            mapped.append((Array(trimmedLowercase(text).utf8), code))
        }
    }

    func code(_ text: Span<UInt8>) -> UInt8? {
        for word in mapped where word.bytes.count == text.count {
            if (0..<text.count).allSatisfy({ word.bytes[$0] == lowercased(text[$0]) }) { return word.code }
        }
        for word in words where word.bytes.count == text.count {
            if (0..<text.count).allSatisfy({ word.bytes[$0] == text[$0] }) { return word.code }
        }
        return nil
    }

    func code(_ text: String) -> UInt8? { code(Array(text.utf8).span) }
}
