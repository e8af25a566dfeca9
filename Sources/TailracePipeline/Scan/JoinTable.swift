/// What earlier lines of a log said about the things that later lines speak of, for a short stretch of the log.
///
/// A value counts for `reachBytes` behind the record that told it, and no longer. So what is known at a place hangs on
/// that stretch before it alone: a reader that is taken up in the middle of a log reads it again, and knows the same.
/// Memory is bounded by the values within the stretch.
public struct JoinTable: Sendable {
    /// Decompressed bytes for which a value counts.
    public static let reachBytes: Int64 = 4 << 20
    /// Bytes of a value that are kept.
    private static let valueLimitBytes = 512

    private struct Value: Sendable {
        var position: Int64
        var bytes: [UInt8]
    }

    /// By key, each value at the index of its name.
    private var known: [Hash128: [Value?]] = [:]
    /// Keys in the order in which something was kept of them; before `head` all have been looked at.
    private var order: [(position: Int64, key: Hash128)] = []
    private var head = 0
    private let count: Int

    /// - Parameter count: how many names values have.
    init(count: Int) { self.count = count }

    /// Tells each value that is known of a key at a position.
    func each(_ key: Hash128, at position: Int64, _ body: (_ index: Int, _ value: [UInt8]) -> Void) {
        guard let values = known[key] else { return }
        for (index, value) in values.enumerated() {
            if let value, position - value.position <= JoinTable.reachBytes { body(index, value.bytes) }
        }
    }

    mutating func keep(_ key: Hash128, _ index: Int, _ value: Span<UInt8>, at position: Int64) {
        let bytes = value.extracting(0..<min(value.count, JoinTable.valueLimitBytes)).withUnsafeBufferPointer {
            Array($0)
        }
        known[key, default: Array(repeating: nil, count: count)][index] = Value(position: position, bytes: bytes)
        if order.last?.key != key || order.last?.position != position { order.append((position, key)) }
        dropOld(before: position - JoinTable.reachBytes)
    }

    /// A new thing has the name of an old one.
    mutating func forget(_ key: Hash128) { known[key] = nil }

    private mutating func dropOld(before position: Int64) {
        while head < order.count, order[head].position < position {
            let key = order[head].key
            head += 1
            if known[key]?.allSatisfy({ ($0?.position ?? .min) < position }) == true { known[key] = nil }
        }
        if head > 4096, head * 2 > order.count {
            order.removeSubrange(..<head)
            head = 0
        }
    }
}
