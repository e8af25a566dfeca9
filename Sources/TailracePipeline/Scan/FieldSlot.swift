/// Where a record holds the value of one path or column: a range of the record's bytes, not yet decoded.
struct FieldSlot: Sendable {
    enum Kind: UInt8, Sendable {
        /// `other`: an object, an array, true or false. `count`: `start` is a number of elements.
        case absent, string, number, other, count
    }

    var kind = Kind.absent
    /// Does the text hold escapes (JSON) or doubled quotes (CSV) that have to be undone?
    var isEscaped = false
    var start: Int32 = 0
    var end: Int32 = 0

    /// Does an object or an array stand here, or a text that begins like one?
    func mayHoldRecord(_ record: Span<UInt8>) -> Bool {
        guard kind == .other || kind == .string else { return false }
        var at = Int(start)
        while at < Int(end), record[at] <= 0x20 { at += 1 }
        return at < Int(end) && (record[at] == UInt8(ascii: "{") || record[at] == UInt8(ascii: "["))
    }

    /// No value, or an empty text, which says as much.
    var isNothing: Bool { kind == .absent || (kind == .string && start == end) }
}
