/// Reads one JSON object (RFC 8259) and notes where the wanted values are.
///
/// Everything is checked, wanted or not: a record is well-formed as a whole or rejected. Values that nobody wants are
/// skipped, down to `nestingLimit`. Of a key that appears twice the last one counts, as in most parsers.
struct JSONRecord: Sendable {
    /// Deeper nesting is rejected: no log needs it, and every level costs stack.
    static let nestingLimit = 64

    private let tree: PathTree

    init(tree: PathTree) { self.tree = tree }

    /// Fills `slots` from `record[start..<end]`.
    func read(_ record: Span<UInt8>, from start: Int, to end: Int, into slots: inout [FieldSlot])
        throws(RejectionReason)
    {
        var at = start
        skipSpace(record, &at, end)
        guard at < end, record[at] == UInt8(ascii: "{") else { throw .syntax }
        try readObject(record, &at, end, node: PathTree.root, depth: 0, &slots)
        skipSpace(record, &at, end)
        guard at == end else { throw .syntax }
    }

    /// Is this an array of well-formed values, and nothing else?
    func check(_ record: Span<UInt8>) throws(RejectionReason) {
        var at = 0
        skipSpace(record, &at, record.count)
        try skipValue(record, &at, record.count, depth: 0)
        skipSpace(record, &at, record.count)
        guard at == record.count else { throw .syntax }
    }

    /// Fills `slots` from the next element of an array, and moves behind it.
    ///
    /// - Parameter at: the place of `[` first, then where the last call left it.
    /// - Returns: false behind the last element.
    /// - Precondition: the array was read as part of a record.
    func readElement(_ record: Span<UInt8>, _ at: inout Int, _ end: Int, into slots: inout [FieldSlot])
        throws(RejectionReason) -> Bool
    {
        if record[at] == UInt8(ascii: "]") { return false }
        at += 1
        skipSpace(record, &at, end)
        if record[at] == UInt8(ascii: "]") { return false }
        var edge = PathTree.Edge()
        edge.node = PathTree.root
        try readValue(record, &at, end, edge, depth: 1, &slots)
        skipSpace(record, &at, end)
        return true
    }

    /// - Parameter node: -1 where nothing inside is wanted.
    private func readObject(
        _ record: Span<UInt8>, _ at: inout Int, _ end: Int, node: Int16, depth: Int,
        _ slots: inout [FieldSlot]
    ) throws(RejectionReason) {
        at += 1
        skipSpace(record, &at, end)
        if at < end, record[at] == UInt8(ascii: "}") {
            at += 1
            return
        }
        while true {
            guard at < end, record[at] == UInt8(ascii: "\"") else { throw .syntax }
            let key = try skipString(record, &at, end)
            skipSpace(record, &at, end)
            guard at < end, record[at] == UInt8(ascii: ":") else { throw .syntax }
            at += 1
            skipSpace(record, &at, end)
            let edge = node < 0 ? -1 : find(node, record, key)
            if edge < 0 {
                try skipValue(record, &at, end, depth: depth + 1)
            } else {
                try readValue(
                    record, &at, end, tree.edges[edge], depth: depth + 1, &slots)
            }
            skipSpace(record, &at, end)
            guard at < end else { throw .syntax }
            let next = record[at]
            at += 1
            if next == UInt8(ascii: "}") { return }
            guard next == UInt8(ascii: ",") else { throw .syntax }
            skipSpace(record, &at, end)
        }
    }

    /// Keys are compared as they stand; one with escapes has to be decoded first.
    private func find(
        _ node: Int16, _ record: Span<UInt8>, _ key: (start: Int, end: Int, isEscaped: Bool)
    ) -> Int {
        if !key.isEscaped { return tree.keys.find(node, record, from: key.start, to: key.end) }
        var name: [UInt8] = []
        appendUnescapedJSON(record, from: key.start, to: key.end, into: &name)
        return tree.keys.find(node, name.span, from: 0, to: name.count)
    }

    /// Reads a value that is wanted, or in which something is.
    private func readValue(
        _ record: Span<UInt8>, _ at: inout Int, _ end: Int, _ edge: PathTree.Edge, depth: Int,
        _ slots: inout [FieldSlot]
    ) throws(RejectionReason) {
        guard at < end else { throw .syntax }
        // Of a key that appears again nothing stays that lay inside of it.
        if edge.innerCount > 0 || edge.countSlot >= 0 {
            if edge.countSlot >= 0 { slots[Int(edge.countSlot)] = FieldSlot() }
            for number in Int(edge.firstInner)..<Int(edge.firstInner + edge.innerCount) {
                slots[Int(tree.inner[number])] = FieldSlot()
            }
        }
        var slot = FieldSlot()
        slot.start = Int32(at)
        switch record[at] {
        case UInt8(ascii: "\""):
            let text = try skipString(record, &at, end)
            slot.kind = .string
            slot.isEscaped = text.isEscaped
            (slot.start, slot.end) = (Int32(text.start), Int32(text.end))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            slot.kind = .number
            try skipNumber(record, &at, end)
            slot.end = Int32(at)
        case UInt8(ascii: "n"):
            try skipWord(record, &at, end, "null")
            slot = FieldSlot()
        case UInt8(ascii: "{"):
            guard depth < JSONRecord.nestingLimit else { throw .nesting }
            slot.kind = .other
            try readObject(record, &at, end, node: edge.node, depth: depth, &slots)
            slot.end = Int32(at)
        case UInt8(ascii: "["):
            guard depth < JSONRecord.nestingLimit else { throw .nesting }
            slot.kind = .other
            try readArray(record, &at, end, edge, depth: depth, &slots)
            slot.end = Int32(at)
        default:
            slot.kind = .other
            try skipValue(record, &at, end, depth: depth)
            slot.end = Int32(at)
        }
        if edge.slot >= 0 { slots[Int(edge.slot)] = slot }
    }

    private func readArray(
        _ record: Span<UInt8>, _ at: inout Int, _ end: Int, _ edge: PathTree.Edge, depth: Int,
        _ slots: inout [FieldSlot]
    ) throws(RejectionReason) {
        var count = 0
        at += 1
        skipSpace(record, &at, end)
        if at < end, record[at] == UInt8(ascii: "]") {
            at += 1
        } else {
            while true {
                let start = at
                try skipValue(record, &at, end, depth: depth + 1)
                for number in Int(edge.firstElement)..<Int(edge.firstElement + edge.elementCount) {
                    let element = tree.elements[number]
                    guard isWanted(element.kind, record, start, at, count) else { continue }
                    // What was skipped is well-formed: reading it again cannot fail.
                    if case .any = element.kind {
                        readMissing(record, start, at, element.edge, depth: depth + 1, &slots)
                    } else {
                        var again = start
                        try readValue(record, &again, at, element.edge, depth: depth + 1, &slots)
                    }
                }
                count += 1
                skipSpace(record, &at, end)
                guard at < end else { throw .syntax }
                let next = record[at]
                at += 1
                if next == UInt8(ascii: "]") { break }
                guard next == UInt8(ascii: ",") else { throw .syntax }
                skipSpace(record, &at, end)
            }
        }
        if edge.countSlot >= 0 {
            var slot = FieldSlot()
            (slot.kind, slot.start) = (.count, Int32(clamping: count))
            slots[Int(edge.countSlot)] = slot
        }
    }

    /// Reads an element into those slots only that no element before it has filled.
    private func readMissing(
        _ record: Span<UInt8>, _ start: Int, _ end: Int, _ edge: PathTree.Edge, depth: Int, _ slots: inout [FieldSlot]
    ) {
        let count = Int(edge.innerCount)
        withUnsafeTemporaryAllocation(of: FieldSlot.self, capacity: count + 2) { before in
            func place(_ number: Int) -> Int {
                if number == count { return Int(edge.slot) }
                return Int(number > count ? edge.countSlot : tree.inner[Int(edge.firstInner) + number])
            }
            for number in 0..<(count + 2) {
                before[number] = place(number) < 0 ? FieldSlot() : slots[place(number)]
            }
            var at = start
            try? readValue(record, &at, end, edge, depth: depth, &slots)
            for number in 0..<(count + 2) where before[number].kind != .absent { slots[place(number)] = before[number] }
        }
    }

    private func isWanted(
        _ kind: PathTree.Element.Kind, _ record: Span<UInt8>, _ start: Int, _ end: Int, _ index: Int
    ) -> Bool {
        switch kind {
        case .index(let wanted): return index == wanted
        case .any: return true
        case .match(let key, let value):
            // An object of few keys: looked through for the one.
            guard record[start] == UInt8(ascii: "{") else { return false }
            var at = start + 1
            skipSpace(record, &at, end)
            while record[at] == UInt8(ascii: "\"") {
                guard let name = try? skipString(record, &at, end) else { return false }
                skipSpace(record, &at, end)
                at += 1
                skipSpace(record, &at, end)
                let valueStart = at
                guard (try? skipValue(record, &at, end, depth: 1)) != nil else { return false }
                if isText(record, name.start, name.end, tree.words[key]) {
                    let isString = record[valueStart] == UInt8(ascii: "\"")
                    return isText(
                        record, isString ? valueStart + 1 : valueStart, isString ? at - 1 : at, tree.words[value])
                }
                skipSpace(record, &at, end)
                at += 1
                skipSpace(record, &at, end)
                guard at < end else { return false }
            }
            return false
        }
    }

    /// As it stands; names and values that are matched have no escapes.
    private func isText(_ record: Span<UInt8>, _ start: Int, _ end: Int, _ word: [UInt8]) -> Bool {
        end - start == word.count && (0..<word.count).allSatisfy { record[start + $0] == word[$0] }
    }
}
