/// Where a record holds the value of one field: a range of the record's bytes, not yet decoded.
struct FieldSlot: Sendable {
    enum Kind: UInt8, Sendable {
        case absent, string, number, other
    }

    var kind = Kind.absent
    /// Does the text hold escapes (JSON) or doubled quotes (CSV) that have to be undone?
    var isEscaped = false
    /// Place of the name in the binding's list; a lower one wins.
    var rank: UInt8 = .max
    var start: Int32 = 0
    var end: Int32 = 0
}
