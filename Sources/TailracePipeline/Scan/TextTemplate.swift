/// The shape of a line: literal text, and places that are kept under a name.
///
/// ```
/// {queue}: message-id={id}      what stands before `: message-id=`, and what stands behind it
/// {queue}: {*}                  pairs of the rest: `to=<a@b>, status=sent (250 Ok)` are `to`, `status`, and `detail`
/// {_} [{client}]: {}            `{_}` and `{}` are passed over
/// {+subject} from {client}      what stands before the last ` from `
/// ```
/// A place takes as little as it can, one with `+` as much as it can, and never nothing; the last one takes the rest.
///
/// A class of flat arrays: many templates are tried on every line, and copying one would cost the counts of its pieces.
public final class TextTemplate: Sendable {
    private struct Piece: Sendable {
        enum Kind: UInt8, Sendable {
            case literal, place, greedyPlace
            /// `key=value` pairs.
            case pairs
        }
        var kind: Kind
        /// Of a place: the slot of its name; -1 where nobody wants it.
        var slot = -1
        /// Of a literal: where it lies in `bytes`.
        var start = 0
        var count = 0
    }

    private let pieces: [Piece]
    /// The slots of the keys of pairs, and where the keys lie in `bytes`.
    private let pairs: [(slot: Int, start: Int, count: Int)]
    private let detailSlot: Int
    private let bytes: [UInt8]

    /// What is wrong with a text that is no template.
    struct Fault: Error {
        var message: String
    }

    /// - Parameters:
    ///   - wanted: the keys that `{*}` is asked for.
    ///   - slot: the slot of a name; nil where nobody wants it.
    init(_ text: String, wanted: [(key: String, slot: Int)] = [], slot: (String) -> Int?) throws(Fault) {
        var (bytes, pieces): ([UInt8], [Piece]) = ([], [])
        var literalStart = 0
        var rest = Array(text.utf8)[...]
        func takeLiteral() {
            if bytes.count > literalStart {
                pieces.append(Piece(kind: .literal, start: literalStart, count: bytes.count - literalStart))
            }
            literalStart = bytes.count
        }
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "{") else {
                bytes.append(byte)
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { throw Fault(message: "`{` is not closed") }
            let name = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[(end + 1)...]
            if bytes.count == literalStart, let last = pieces.last, last.kind == .place || last.kind == .greedyPlace {
                throw Fault(message: "nothing stands between two places")
            }
            takeLiteral()
            let isGreedy = name.hasPrefix("+")
            let own = isGreedy ? String(name.dropFirst()) : name
            pieces.append(Piece(kind: name == "*" ? .pairs : isGreedy ? .greedyPlace : .place, slot: slot(own) ?? -1))
        }
        takeLiteral()
        if pieces.isEmpty { throw Fault(message: "it is empty") }
        if pieces.dropLast().contains(where: { $0.kind == .pairs }) {
            throw Fault(message: "`{*}` takes the rest: nothing can follow it")
        }
        var pairs: [(slot: Int, start: Int, count: Int)] = []
        for (key, slot) in wanted {
            pairs.append((slot, bytes.count, key.utf8.count))
            bytes += Array(key.utf8)
        }
        (self.pieces, self.pairs, self.bytes) = (pieces, pairs, bytes)
        detailSlot = wanted.first { $0.key == "detail" }?.slot ?? -1
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

    /// Fills the slots of the places from `record[start..<end]`; none where it has another shape.
    ///
    /// Complexity: O(bytes × literals).
    func match(_ record: Span<UInt8>, from start: Int, to end: Int, into slots: inout [FieldSlot]) -> Bool {
        let (pieces, words) = (pieces, bytes)
        var at = start
        var open: (piece: Piece, start: Int)?
        for piece in pieces {
            switch piece.kind {
            case .literal:
                var next = at
                if let place = open {
                    next = TextTemplate.find(
                        piece, words, record, from: place.start + 1, to: end, isLast: place.piece.kind == .greedyPlace)
                    set(place.piece.slot, place.start, next, &slots)
                    open = nil
                }
                guard TextTemplate.stands(piece.start, piece.count, words, record, next, end) else {
                    return clear(&slots)
                }
                at = next + piece.count
            case .place, .greedyPlace: open = (piece, at)
            case .pairs:
                guard takePairs(record, from: at, to: end, &slots) else { return clear(&slots) }
                at = end
            }
        }
        if let place = open {
            guard place.start < end else { return clear(&slots) }
            set(place.piece.slot, place.start, end, &slots)
        } else if at != end {
            return clear(&slots)
        }
        return true
    }

    /// The first place of a literal, or the last one; beyond the end where there is none.
    private static func find(
        _ piece: Piece, _ words: [UInt8], _ record: Span<UInt8>, from start: Int, to end: Int, isLast: Bool
    ) -> Int {
        let last = end - piece.count
        if isLast {
            var at = last
            while at >= start {
                if stands(piece.start, piece.count, words, record, at, end) { return at }
                at -= 1
            }
            return end
        }
        var at = start
        let first = words[piece.start]
        while at <= last {
            at = ByteFinder.find(first, in: record, from: at, to: last + 1)
            if at <= last, stands(piece.start, piece.count, words, record, at, end) { return at }
            at += 1
        }
        return end
    }

    private func set(_ slot: Int, _ start: Int, _ end: Int, _ slots: inout [FieldSlot]) {
        guard slot >= 0, end > start else { return }
        slots[slot].kind = .string
        (slots[slot].start, slots[slot].end) = (Int32(start), Int32(end))
    }

    /// What a line of another shape has filled is empty again. - Returns: false.
    private func clear(_ slots: inout [FieldSlot]) -> Bool {
        for piece in pieces where piece.slot >= 0 { slots[piece.slot] = FieldSlot() }
        // Pairs come last: what they have filled is the end of a line that fits.
        return false
    }

    @inline(__always)
    private static func stands(
        _ start: Int, _ count: Int, _ words: [UInt8], _ record: Span<UInt8>, _ at: Int, _ end: Int
    ) -> Bool {
        guard at + count <= end else { return false }
        for i in 0..<count where record[at + i] != words[start + i] { return false }
        return true
    }

    /// `key=value, key=<value>, key="a value" word key=value (detail)`; a detail ends them.
    private func takePairs(
        _ record: Span<UInt8>, from start: Int, to end: Int, _ slots: inout [FieldSlot]
    ) -> Bool {
        let (pairs, words) = (pairs, bytes)
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
            for pair in pairs
            where pair.count == key.end - key.start && value.end > value.start
                && TextTemplate.stands(pair.start, pair.count, words, record, key.start, key.end)
            {
                set(pair.slot, value.start, value.end, &slots)
            }
            if at < end, record[at] == UInt8(ascii: ",") { at += 1 }
            while at < end, record[at] == UInt8(ascii: " ") { at += 1 }
            if at < end, record[at] == UInt8(ascii: "(") {
                var close = end
                while close > at + 1, record[close - 1] != UInt8(ascii: ")") { close -= 1 }
                if close > at + 1 { set(detailSlot, at + 1, close - 1, &slots) }
                break
            }
        }
        return count > 0
    }
}
