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
}
