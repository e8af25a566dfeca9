/// How often each of many recipients was written to: exact for a sample of them, bounded, and mergeable by adding.
///
/// The sample are the recipients with the smallest hashes (bottom-k; Cohen & Kaplan, "Summarizing data using bottom-k
/// sketches", PODC 2007). A hash tells nothing of how often somebody is written to, so what holds of the sample holds of
/// all. Which they are depends only on whom was written to, in whatever order and in however many parts.
public struct RecipientSample: Sendable, Equatable {
    /// Recipients told apart: the mean of as many is good to a few hundredths, and their counts take 16 KiB.
    static let limit = 1024

    /// Ascending by key, all below `bound`.
    public private(set) var entries: [Tally.Entry] = []
    /// The smallest hash that had no room; `.max` while all have.
    public private(set) var bound = UInt64.max

    public init() {}

    public var isEmpty: Bool { entries.isEmpty }

    /// Complexity: O(log n), O(n) for a new recipient of the sample.
    public mutating func add(_ recipient: UInt64, _ count: Int64 = 1) {
        guard recipient < bound else { return }
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < recipient { low = middle + 1 } else { high = middle }
        }
        if low < entries.count, entries[low].key == recipient {
            entries[low].count += count
            return
        }
        entries.insert(Tally.Entry(key: recipient, count: count), at: low)
        if entries.count > RecipientSample.limit { bound = entries.removeLast().key }
    }

    public mutating func merge(_ other: RecipientSample) {
        if other.bound < bound {
            bound = other.bound
            while let last = entries.last, last.key >= bound { entries.removeLast() }
        }
        for entry in other.entries { add(entry.key, entry.count) }
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(bound)
        writer.writeVarint(UInt64(entries.count))
        for entry in entries {
            writer.write(entry.key)
            writer.writeSigned(entry.count)
        }
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        bound = try reader.read()
        let count = try reader.readVarint()
        guard count <= UInt64(RecipientSample.limit) else {
            throw StateDamage("a sample of recipients is larger than it can be")
        }
        for _ in 0..<count {
            let entry = Tally.Entry(key: try reader.read(), count: try reader.readSigned())
            guard entry.key < bound, entries.last.map({ $0.key < entry.key }) ?? true else {
                throw StateDamage("a sample of recipients is out of order")
            }
            entries.append(entry)
        }
    }
}
