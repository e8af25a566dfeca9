/// Finds what a JSON key leads to: an open-addressing table over a hash of node, length and a few bytes.
struct KeyTable: Sendable {
    /// The object in which the key stands, the key, and what it leads to.
    typealias Name = (node: Int16, name: String, edge: Int16)

    private struct Entry: Sendable {
        var name: [UInt8] = []
        var node: Int16 = 0
        var edge: Int16 = 0
    }

    private var entries: [Entry]
    private let mask: Int

    /// - Parameter names: no key twice in one node.
    init(names: [Name]) {
        var size = 16
        while size < names.count * 4 { size *= 2 }
        mask = size - 1
        entries = Array(repeating: Entry(), count: size)
        for (node, name, edge) in names {
            let bytes = Array(name.utf8)
            guard !bytes.isEmpty else { continue }
            var index = KeyTable.hash(node, count: bytes.count, first: bytes[0], last: bytes[bytes.count - 1]) & mask
            while !entries[index].name.isEmpty { index = (index + 1) & mask }
            entries[index] = Entry(name: bytes, node: node, edge: edge)
        }
    }

    private static func hash(_ node: Int16, count: Int, first: UInt8, last: UInt8) -> Int {
        count &* 31 &+ Int(first) &* 7 &+ Int(last) &* 131 &+ Int(node) &* 17
    }

    /// The edge of a key; -1 where nobody wants it.
    func find(_ node: Int16, _ record: Span<UInt8>, from start: Int, to end: Int) -> Int {
        guard end > start else { return -1 }
        var index = KeyTable.hash(node, count: end - start, first: record[start], last: record[end - 1]) & mask
        while true {
            let count = entries[index].name.count
            if count == 0 { return -1 }
            if count == end - start, entries[index].node == node, matches(entries[index].name, record, start) {
                return Int(entries[index].edge)
            }
            index = (index + 1) & mask
        }
    }

    private func matches(_ name: [UInt8], _ record: Span<UInt8>, _ start: Int) -> Bool {
        for i in 0..<name.count where name[i] != record[start + i] { return false }
        return true
    }
}
