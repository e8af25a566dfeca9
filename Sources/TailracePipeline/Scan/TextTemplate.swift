/// The shape of a line: literal text, and places that are kept under a name.
///
/// ```
/// {queue}: message-id={id}      what stands before `: message-id=`, and what stands behind it
/// {queue}: {*}                  pairs of the rest: `to=<a@b>, status=sent (250 Ok)` are `to`, `status`, and `detail`
/// {_} [{client}]: {}            `{_}` and `{}` are passed over
/// {+subject} from {client}      what stands before the last ` from `
/// ```
/// A place takes as little as it can, one with `+` as much as it can, and never nothing; the last one takes the rest.
public struct TextTemplate: Sendable {
    private enum Piece: Sendable {
        case literal([UInt8])
        /// The slot of a name; -1 where nobody wants it.
        case place(Int, isGreedy: Bool)
        /// `key=value` pairs; the slots of their keys.
        case pairs
    }

    private var pieces: [Piece] = []
    private var pairSlots: [(key: [UInt8], slot: Int)] = []

    /// What is wrong with a text that is no template.
    struct Fault: Error {
        var message: String
    }

    /// - Parameter slot: the slot of a name; nil where nobody wants it.
    init(_ text: String, slot: (String) -> Int?) throws(Fault) {
        var literal: [UInt8] = []
        var rest = Array(text.utf8)[...]
        func take(_ literal: inout [UInt8], _ pieces: inout [Piece]) {
            if !literal.isEmpty { pieces.append(.literal(literal)) }
            literal = []
        }
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "{") else {
                literal.append(byte)
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { throw Fault(message: "`{` is not closed") }
            let name = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[(end + 1)...]
            if literal.isEmpty, case .place = pieces.last { throw Fault(message: "nothing stands between two places") }
            take(&literal, &pieces)
            let isGreedy = name.hasPrefix("+")
            let place = Piece.place(slot(isGreedy ? String(name.dropFirst()) : name) ?? -1, isGreedy: isGreedy)
            pieces.append(name == "*" ? .pairs : place)
        }
        take(&literal, &pieces)
        if pieces.isEmpty { throw Fault(message: "it is empty") }
        if pieces.dropLast().contains(where: { if case .pairs = $0 { true } else { false } }) {
            throw Fault(message: "`{*}` takes the rest: nothing can follow it")
        }
    }

    /// What is wrong with a text that is no template; nil where it is one.
    public static func fault(in text: String) -> String? {
        do throws(Fault) {
            _ = try TextTemplate(text) { _ in nil }
            return nil
        } catch {
            return error.message
        }
    }

    /// The names of a template's places.
    static func names(_ text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.split(separator: "}", omittingEmptySubsequences: false).first.map {
                String($0.hasPrefix("+") ? $0.dropFirst() : $0)
            }
        }.filter { !["", "_", "*"].contains($0) }
    }

    /// The keys that `{*}` is asked for.
    mutating func want(_ names: [(key: String, slot: Int)]) {
        pairSlots = names.map { (Array($0.key.utf8), $0.slot) }
    }

    /// Fills the slots of the places from `record[start..<end]`; none where it has another shape.
    ///
    /// Complexity: O(bytes × literals).
    func match(_ record: Span<UInt8>, from start: Int, to end: Int, into slots: inout [FieldSlot]) -> Bool {
        var at = start
        var open: (slot: Int, start: Int, isGreedy: Bool)?
        for piece in pieces {
            switch piece {
            case .literal(let word):
                var next = at
                if let place = open {
                    next = place.start + 1
                    if place.isGreedy {
                        next = max(next, end - word.count)
                        while next > place.start + 1, !(next + word.count <= end && stands(word, record, next)) {
                            next -= 1
                        }
                    } else {
                        while next + word.count <= end, !stands(word, record, next) { next += 1 }
                    }
                    set(place.slot, place.start, next, &slots)
                    open = nil
                }
                guard next + word.count <= end, stands(word, record, next) else { return clear(&slots) }
                at = next + word.count
            case .place(let slot, let isGreedy): open = (slot, at, isGreedy)
            case .pairs:
                guard takePairs(record, from: at, to: end, &slots) else { return clear(&slots) }
                at = end
            }
        }
        if let place = open {
            guard place.start < end else { return clear(&slots) }
            set(place.slot, place.start, end, &slots)
        } else if at != end {
            return clear(&slots)
        }
        return true
    }

    private func set(_ slot: Int, _ start: Int, _ end: Int, _ slots: inout [FieldSlot]) {
        guard slot >= 0, end > start else { return }
        slots[slot].kind = .string
        (slots[slot].start, slots[slot].end) = (Int32(start), Int32(end))
    }

    /// What a line of another shape has filled is empty again. - Returns: false.
    private func clear(_ slots: inout [FieldSlot]) -> Bool {
        for case .place(let slot, _) in pieces where slot >= 0 { slots[slot] = FieldSlot() }
        for (_, slot) in pairSlots { slots[slot] = FieldSlot() }
        return false
    }

    private func stands(_ word: [UInt8], _ record: Span<UInt8>, _ at: Int) -> Bool {
        for i in 0..<word.count where record[at + i] != word[i] { return false }
        return true
    }

    /// `key=value, key=<value>, key="a value" word key=value (detail)`; a detail ends them.
    private func takePairs(
        _ record: Span<UInt8>, from start: Int, to end: Int, _ slots: inout [FieldSlot]
    ) -> Bool {
        var at = start
        var count = 0
        while at < end {
            let keyStart = at
            while at < end, record[at] != UInt8(ascii: "="), record[at] != UInt8(ascii: " "),
                record[at] != UInt8(ascii: ",")
            {
                at += 1
            }
            guard at < end, record[at] == UInt8(ascii: "="), at > keyStart else {
                // A word that is no pair stands between those that are.
                while at < end, record[at] != UInt8(ascii: " ") { at += 1 }
                while at < end, record[at] == UInt8(ascii: " ") { at += 1 }
                continue
            }
            let key = (start: keyStart, end: at)
            at += 1
            var value = (start: at, end: at)
            if at < end, record[at] == UInt8(ascii: "<") {
                while at < end, record[at] != UInt8(ascii: ">") { at += 1 }
                value = (value.start + 1, at)
                at = min(at + 1, end)
            } else if at < end, record[at] == UInt8(ascii: "\"") {
                at += 1
                while at < end, record[at] != UInt8(ascii: "\"") { at += record[at] == UInt8(ascii: "\\") ? 2 : 1 }
                at = min(at, end)
                value = (value.start + 1, at)
                at = min(at + 1, end)
            } else {
                while at < end, record[at] != UInt8(ascii: ","), record[at] != UInt8(ascii: " ") { at += 1 }
                value.end = at
            }
            count += 1
            for (name, slot) in pairSlots
            where name.count == key.end - key.start && stands(name, record, key.start) && value.end > value.start {
                set(slot, value.start, value.end, &slots)
            }
            if at < end, record[at] == UInt8(ascii: ",") { at += 1 }
            while at < end, record[at] == UInt8(ascii: " ") { at += 1 }
            if at < end, record[at] == UInt8(ascii: "(") {
                var close = end
                while close > at + 1, record[close - 1] != UInt8(ascii: ")") { close -= 1 }
                if let slot = pairSlots.first(where: { $0.key.elementsEqual("detail".utf8) })?.slot, close > at + 1 {
                    set(slot, at + 1, close - 1, &slots)
                }
                break
            }
        }
        return count > 0
    }
}
