/// Finds which field a JSON key names: an open-addressing table over a hash of length and a few bytes.
struct KeyTable: Sendable {
    struct Hit {
        var slot: Int
        /// Place in the binding's list of names; a lower one wins.
        var rank: UInt8
    }

    private struct Entry: Sendable {
        var name: [UInt8] = []
        var slot: UInt8 = 0
        var rank: UInt8 = 0
    }

    private var entries: [Entry]
    private let mask: Int

    /// - Parameter bindings: the names of slot i are `bindings[i]`.
    init(bindings: [[String]]) {
        let count = bindings.reduce(0) { $0 + $1.count }
        var size = 16
        while size < count * 4 { size *= 2 }
        mask = size - 1
        entries = Array(repeating: Entry(), count: size)
        for (slot, names) in bindings.enumerated() {
            for (rank, name) in names.enumerated() {
                let bytes = Array(name.utf8)
                guard !bytes.isEmpty else { continue }
                var index = KeyTable.hash(count: bytes.count, first: bytes[0], last: bytes[bytes.count - 1]) & mask
                while !entries[index].name.isEmpty { index = (index + 1) & mask }
                entries[index] = Entry(name: bytes, slot: UInt8(slot), rank: UInt8(min(rank, 254)))
            }
        }
    }

    private static func hash(count: Int, first: UInt8, last: UInt8) -> Int {
        (count &* 31 &+ Int(first) &* 7 &+ Int(last) &* 131)
    }

    func find(_ record: Span<UInt8>, from start: Int, to end: Int) -> Hit? {
        guard end > start else { return nil }
        var index = KeyTable.hash(count: end - start, first: record[start], last: record[end - 1]) & mask
        while true {
            let count = entries[index].name.count
            if count == 0 { return nil }
            if count == end - start, matches(entries[index].name, record, start) {
                return Hit(slot: Int(entries[index].slot), rank: entries[index].rank)
            }
            index = (index + 1) & mask
        }
    }

    private func matches(_ name: [UInt8], _ record: Span<UInt8>, _ start: Int) -> Bool {
        for i in 0..<name.count where name[i] != record[start + i] { return false }
        return true
    }
}
