/// Distinct people (or programs), as keyed hashes: exact up to a limit, mergeable.
public struct ActorSet: Sendable, Equatable {
    /// Beyond this the count stays where it is: no team is larger, and memory is bounded.
    static let limit = 65_536

    /// Ascending.
    private var hashes: [UInt64] = []

    public init() {}

    public var count: Int { hashes.count }

    /// 0 stands for an unknown actor and is not counted.
    public mutating func insert(_ hash: UInt64) {
        guard hash != 0 else { return }
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        if low < hashes.count, hashes[low] == hash { return }
        if hashes.count < ActorSet.limit { hashes.insert(hash, at: low) }
    }

    /// Complexity: O(log n).
    public func contains(_ hash: UInt64) -> Bool {
        var (low, high) = (0, hashes.count)
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < hashes.count && hashes[low] == hash
    }

    public mutating func merge(_ other: ActorSet) {
        for hash in other.hashes { insert(hash) }
    }

    func encode(into writer: inout ByteWriter) {
        writer.writeVarint(UInt64(hashes.count))
        for hash in hashes { writer.write(hash) }
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        let n = try reader.readVarint()
        for _ in 0..<n { hashes.append(try reader.read()) }
    }
}
