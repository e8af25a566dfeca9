/// Writes a small state as bytes that a later version can refuse: what it is, its version, its fields, a checksum.
///
///     tag (1) · version (1) · fields, little-endian, one after the other · hash of all before it (8)
struct SealedWriter {
    private var bytes: [UInt8]

    init(tag: UInt8, version: UInt8) { bytes = [tag, version] }

    mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends bytes as they are; their number has to be known from another field.
    mutating func append(_ more: [UInt8]) { bytes += more }

    consuming func sealed() -> [UInt8] {
        append(bytes.withUnsafeBytes { StreamingHash.hash(of: $0) })
        return bytes
    }
}

/// Reads what `SealedWriter` wrote, from a place that may be damaged.
struct SealedReader {
    private let bytes: [UInt8]
    private var at = 2
    private let end: Int

    /// - Returns: nil where the bytes are something else, of another version, cut or changed.
    init?(_ sealed: [UInt8], tag: UInt8, version: UInt8) {
        end = sealed.count - 8
        guard end >= 2, sealed[0] == tag, sealed[1] == version else { return nil }
        bytes = sealed
        let end = end
        let (kept, made) = sealed.withUnsafeBytes { all in
            (
                UInt64(littleEndian: all.loadUnaligned(fromByteOffset: end, as: UInt64.self)),
                StreamingHash.hash(of: UnsafeRawBufferPointer(rebasing: all[..<end]))
            )
        }
        guard kept == made else { return nil }
    }

    /// - Returns: nil where no field of this size is left.
    mutating func next<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
        let size = MemoryLayout<Value>.size
        guard end - at >= size else { return nil }
        defer { at += size }
        return bytes.withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: Value.self)) }
    }

    /// - Returns: nil where fewer bytes are left.
    mutating func next(bytes count: Int) -> [UInt8]? {
        guard count >= 0, end - at >= count else { return nil }
        defer { at += count }
        return Array(bytes[at..<at + count])
    }

    var isAtEnd: Bool { at == end }
}
