/// Tags that measures are split by: why work is laid aside, of what category is what comes back.
extension Pipeline {
    /// Tags of a kind that are told apart; what comes beyond is `(other)`. With none, they fit into a byte.
    public static let tagLimit = 250
    /// A longer one is a text and no tag: it is one of `(other)`, and not kept.
    static let longestTagBytes = 64
    /// What stands for tags that are not told apart.
    public static let otherTag = "(other)"

    /// The place of a tag among its like, and one; 0 = none.
    mutating func tag(
        _ name: TextRange, _ batch: ScannedBatch, in names: WritableKeyPath<Pipeline, NameTable>
    ) -> UInt8 {
        guard !name.isEmpty else { return 0 }
        let isTag = Int(name.count) <= Pipeline.longestTagBytes
        let index =
            isTag ? self[keyPath: names].index(batch.bytes(name)) : self[keyPath: names].index(Pipeline.otherTag)
        return UInt8(index + 1)
    }

    /// The key of a tag in a tally: the same in every store, as indices are not. Never 0, which stands for no tag.
    public static func tagKey(_ name: String) -> UInt64 {
        var name = name
        return max(1, name.withUTF8 { hash64(UnsafeRawBufferPointer($0), seed: 0) })
    }
}
