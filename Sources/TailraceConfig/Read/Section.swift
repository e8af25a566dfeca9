/// One mapping of a file whose keys are known: reading it finds every unknown key.
struct Section {
    private var values: [String: YAMLNode] = [:]
    /// False where something else than a mapping is written: that is one problem, not one more for each missing key.
    private var isMapping = false
    /// Where the mapping begins, for what is missing in it.
    let place: TextPlace

    /// - Parameters:
    ///   - node: nil or nothing written counts as an empty mapping.
    ///   - what: the name of the mapping in messages.
    init(_ node: YAMLNode?, _ what: String, keys: [String], problems: inout ProblemList) {
        place = node?.place ?? .start
        guard let node else {
            isMapping = true
            return
        }
        guard let entries = node.entries(what, problems: &problems) else { return }
        isMapping = true
        for entry in entries {
            if keys.contains(entry.key) {
                values[entry.key] = entry.value
            } else {
                problems.error(
                    entry.keyPlace, "unknown key \(quoted(entry.key)) in \(what)",
                    mend: suggestion(for: entry.key, among: keys))
            }
        }
    }

    subscript(key: String) -> YAMLNode? { values[key] }

    /// The value of a key that must be there.
    func needed(_ key: String, _ what: String, mend: String, problems: inout ProblemList) -> YAMLNode? {
        if let value = values[key] { return value }
        guard isMapping else { return nil }
        problems.error(place, "\(what) has no \(quoted(key))", mend: mend)
        return nil
    }
}

extension YAMLNode {
    /// The entries of a mapping; nothing written is an empty one; nil with a problem where it is something else.
    func entries(_ what: String, problems: inout ProblemList) -> [Entry]? {
        if case .mapping(let entries) = content { return entries }
        if isNull { return [] }
        problems.error(place, "\(what) must be a mapping, not \(kindName)", mend: "write `key: value` lines")
        return nil
    }

    /// The items of a list; nothing written is an empty one; nil with a problem where it is something else.
    func items(_ what: String, problems: inout ProblemList) -> [YAMLNode]? {
        if case .sequence(let items) = content { return items }
        if isNull { return [] }
        problems.error(place, "\(what) must be a list, not \(kindName)", mend: "begin each item with `- `")
        return nil
    }

    /// A single value that is not nothing; quotes make an empty text a value.
    func text(_ what: String, problems: inout ProblemList) -> String? {
        if case .scalar(let text, _) = content, !isNull { return text }
        problems.error(place, "\(what) must be a single value, not \(kindName)")
        return nil
    }

    /// A single value that is neither nothing nor empty.
    func name(_ what: String, problems: inout ProblemList) -> String? {
        guard let text = text(what, problems: &problems) else { return nil }
        if !text.isEmpty { return text }
        problems.error(place, "\(what) is empty", mend: "write a value, or leave the key out")
        return nil
    }

    /// A list of names; a single one needs no list.
    func names(_ what: String, problems: inout ProblemList) -> [String]? {
        if case .scalar = content { return name(what, problems: &problems).map { [$0] } }
        return items(what, problems: &problems)?.compactMap { $0.name("each of \(what)", problems: &problems) }
    }

    /// One of the words of an enumeration.
    func word<Word: RawRepresentable & CaseIterable>(
        _ what: String, as type: Word.Type = Word.self, problems: inout ProblemList
    ) -> Word? where Word.RawValue == String {
        guard let text = text(what, problems: &problems) else { return nil }
        if let word = Word(rawValue: text) { return word }
        problems.error(
            place, "\(what) cannot be \(quoted(text))",
            mend: suggestion(for: text, among: Word.allCases.map(\.rawValue)))
        return nil
    }

    func boolean(_ what: String, problems: inout ProblemList) -> Bool? {
        guard let text = text(what, problems: &problems) else { return nil }
        switch text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            problems.error(place, "\(what) cannot be \(quoted(text))", mend: "write true or false")
            return nil
        }
    }

    func integer(_ what: String, in range: ClosedRange<Int>, problems: inout ProblemList) -> Int? {
        guard let text = text(what, problems: &problems) else { return nil }
        if let value = Int(text), range.contains(value) { return value }
        problems.error(
            place, "\(what) cannot be \(quoted(text))",
            mend: "write a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    /// A value that `parse` understands; `example` shows the reader one.
    func value<Value>(
        _ what: String, example: String, problems: inout ProblemList, parse: (String) -> Value?
    ) -> Value? {
        guard let text = text(what, problems: &problems) else { return nil }
        if let value = parse(text) { return value }
        problems.error(place, "\(what) cannot be \(quoted(text))", mend: "write it like `\(example)`")
        return nil
    }
}
