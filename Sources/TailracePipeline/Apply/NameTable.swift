/// Gives names small indices, in the order of their first appearance.
///
/// Bounded: beyond `limit` names everything new is `(other)`, at the last index.
struct NameTable: Sendable {
    static let limit = 10_000
    /// Names told apart by this table.
    private let limit: Int

    private(set) var names: [String] = []
    private var indices: [UInt64: [Int]] = [:]
    private var bytes: [[UInt8]] = []
    /// Names from here on have not been stored yet.
    private(set) var stored = 0

    init(limit: Int = NameTable.limit) { self.limit = limit }

    /// The index of a name. Complexity: O(1), no String unless the name is new.
    mutating func index(_ name: ArraySlice<UInt8>) -> Int {
        let hash = name.withUnsafeBytes { hash64($0, seed: 1) }
        for index in indices[hash, default: []] where bytes[index].elementsEqual(name) { return index }
        if names.count >= limit { return names.count - 1 }
        let isLast = names.count == limit - 1
        return append(isLast ? Array("(other)".utf8) : Array(name), hash: hash)
    }

    /// The index of a name that has appeared.
    func find(_ name: String) -> Int? {
        let name = Array(name.utf8)
        return indices[name.withUnsafeBytes { hash64($0, seed: 1) }]?.first { bytes[$0] == name }
    }

    mutating func index(_ name: String) -> Int { index(Array(name.utf8)[...]) }

    private mutating func append(_ name: [UInt8], hash: UInt64) -> Int {
        names.append(String(decoding: name, as: UTF8.self))
        bytes.append(name)
        indices[hash, default: []].append(names.count - 1)
        return names.count - 1
    }

    /// Takes names up again, in the order of their indices.
    mutating func load(_ stored: [String]) {
        for name in stored {
            let bytes = Array(name.utf8)
            _ = append(bytes, hash: bytes.withUnsafeBytes { hash64($0, seed: 1) })
        }
        self.stored = names.count
    }

    /// Names that have appeared since the last call, with their indices.
    mutating func drainNew() -> [(index: Int, name: String)] {
        defer { stored = names.count }
        return (stored..<names.count).map { ($0, names[$0]) }
    }
}
