/// What can be told of a stored state without taking it up.
extension Pipeline {
    /// Can this program take up a stored state?
    public static func isCurrent(core: [UInt8]) -> Bool { core.first == version }

    /// Streams (by raw value) in which a stored state had seen reads.
    public static func hasReads(core: [UInt8]) throws(StateDamage) -> [Bool] {
        var reader = ByteReader(core)
        _ = try reader.read(UInt8.self)
        for _ in 0..<5 { _ = try reader.read(Int64.self) }
        for _ in 0..<2 { _ = try reader.read(UInt32.self) }
        _ = try reader.read(Int64.self)
        var flags: [Bool] = []
        for _ in 0..<3 { flags.append(try reader.read(UInt8.self) != 0) }
        return flags
    }

    /// Names of a kind that are told apart; what comes beyond is `(other)`.
    public static let nameLimit = NameTable.limit
}
