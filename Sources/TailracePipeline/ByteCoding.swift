/// Writes the little-endian, length-prefixed forms in which state is kept in the store.
public struct ByteWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    /// Without a length: whoever reads it knows.
    mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// Ready for something else, in the same memory.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    public mutating func write<T: FixedWidthInteger>(_ value: T) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    public mutating func write(_ value: Double) { write(value.bitPattern) }

    /// Seven bits a byte, the lowest first; small numbers take one byte.
    public mutating func writeVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Zigzag: small numbers of either sign take one byte.
    public mutating func writeSigned(_ value: Int64) { writeVarint(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    public mutating func write(_ hash: Hash128) {
        write(hash.high)
        write(hash.low)
    }

    public mutating func write(contentsOf text: [UInt8]) {
        writeVarint(UInt64(text.count))
        bytes.append(contentsOf: text)
    }
}

/// State in the store that cannot be what was written: cut short, or from another version.
public struct StateDamage: Error, CustomStringConvertible {
    public var description: String
    public init(_ description: String) { self.description = description }
}

/// Reads what `ByteWriter` wrote. Every read is checked; damage throws, it never traps.
public struct ByteReader: Sendable {
    private let bytes: [UInt8]
    private var next = 0

    /// - Parameter start: where to begin.
    public init(_ bytes: [UInt8], from start: Int = 0) {
        self.bytes = bytes
        next = start
    }

    public var isAtEnd: Bool { next == bytes.count }
    /// Where the next read begins.
    public var position: Int { next }

    public mutating func read<T: FixedWidthInteger>(_: T.Type = T.self) throws(StateDamage) -> T {
        let size = MemoryLayout<T>.size
        guard next + size <= bytes.count else { throw StateDamage("state ends in the middle of a number") }
        var value: T = 0
        for i in (0..<size).reversed() { value = (size == 1 ? 0 : value << 8) | T(truncatingIfNeeded: bytes[next + i]) }
        next += size
        return value
    }

    public mutating func readDouble() throws(StateDamage) -> Double { Double(bitPattern: try read()) }

    public mutating func readVarint() throws(StateDamage) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard next < bytes.count, shift < 64 else { throw StateDamage("state ends in the middle of a number") }
            let byte = bytes[next]
            next += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    public mutating func readSigned() throws(StateDamage) -> Int64 {
        let raw = try readVarint()
        return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }

    public mutating func readHash() throws(StateDamage) -> Hash128 { Hash128(high: try read(), low: try read()) }

    public mutating func readBytes() throws(StateDamage) -> [UInt8] {
        let count = try readVarint()
        guard count <= UInt64(bytes.count - next) else { throw StateDamage("state ends in the middle of a text") }
        defer { next += Int(count) }
        return Array(bytes[next..<next + Int(count)])
    }
}
