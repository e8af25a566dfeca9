/// How a file's decompressed content stands to the beginning that a ladder remembers.
public enum ContentRelation: Sendable, Equatable {
    /// The file's first `count` decompressed bytes are those of the ladder.
    case carries
    /// The file ends, waits or is damaged before that, after so many bytes, and agrees as far as it goes: up to the
    /// highest power of two of bytes that it has. Below 2^6 bytes nothing was compared.
    case prefix(Int64)
    case differs
}

/// Reads the file, whatever its packing, up to as many bytes as the ladder has, and compares.
///
/// Stops at the first rung that differs. Damage is the end of the content: what comes behind is another member's.
/// Complexity: O(bytes of the ladder), memory of fixed size.
public func contentRelation(of path: String, to ladder: PrefixLadder) throws(ReadFault) -> ContentRelation {
    var stream = try ContentStream(path: path)
    var own = PrefixLadder()
    while own.count < ladder.count {
        guard try stream.fill() else { return .prefix(own.count) }
        let taken = Int(min(Int64(stream.bytes.count), ladder.count - own.count))
        own.update(UnsafeRawBufferPointer(rebasing: stream.bytes[..<taken]))
        stream.take(taken)
        guard own.agrees(with: ladder) else { return .differs }
    }
    return .carries
}

/// How the content of one file stands to that of another.
public enum ContentOrder: Sendable, Equatable {
    case equal, firstIsPrefix, secondIsPrefix
    /// At this decompressed byte.
    case differs(at: Int64)
}

/// Compares the decompressed content of two files, whatever their packings.
///
/// Content ends at the file's end, where it waits, or at damage, whichever comes first. A file that ends before
/// `position` has nothing to compare and is a prefix.
/// - Parameter position: bytes before it are passed over, not compared.
/// - Complexity: O(bytes of the shorter), memory of fixed size.
public func compareContent(_ first: String, _ second: String, from position: Int64 = 0) throws(ReadFault)
    -> ContentOrder
{
    var one = try ContentStream(path: first)
    var other = try ContentStream(path: second)
    try one.skip(to: position)
    try other.skip(to: position)
    while true {
        let (hasOne, hasOther) = (try one.fill(), try other.fill())
        guard hasOne, hasOther else { return hasOne ? .secondIsPrefix : hasOther ? .firstIsPrefix : .equal }
        let count = min(one.bytes.count, other.bytes.count)
        let (a, b) = (one.bytes.prefix(count), other.bytes.prefix(count))
        if !a.elementsEqual(b) {
            let same = zip(a, b).prefix { $0 == $1 }.count
            return .differs(at: one.position + Int64(same))
        }
        one.take(count)
        other.take(count)
    }
}

/// Is any part of the file's archive damaged? Complexity: O(bytes), memory of fixed size.
public func isDamaged(_ path: String) throws(ReadFault) -> Bool {
    var stream = try ContentStream(path: path)
    while try stream.fill() { stream.take(stream.bytes.count) }
    return stream.isDamaged
}

/// A file's decompressed content up to its first damage, in a buffer of fixed size.
private struct ContentStream: ~Copyable {
    private static let bufferBytes = 64 << 10

    private var reader: ArchiveReader
    private let buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    private var isAtEnd = false
    /// The content ends at damage.
    private(set) var isDamaged = false

    init(path: String) throws(ReadFault) {
        reader = try ArchiveReader(path: path)
        buffer = .allocate(byteCount: ContentStream.bufferBytes, alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// What was read and not taken. Valid until the next change.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[start..<end]) }

    /// Place of the first of `bytes` in the content.
    var position: Int64 { reader.position - Int64(end - start) }

    mutating func take(_ count: Int) { start += count }

    /// Reads where nothing is left. - Returns: false at the end of the content.
    mutating func fill() throws(ReadFault) -> Bool {
        if start < end { return true }
        if isAtEnd { return false }
        switch try reader.read(into: buffer) {
        case .bytes(let count):
            (start, end) = (0, count)
            return true
        case .fault(let fault): isDamaged = fault.kind == .corrupt
        case .end, .waiting: break
        }
        isAtEnd = true
        return false
    }

    /// Passes over the bytes before a position, as far as there are so many.
    mutating func skip(to position: Int64) throws(ReadFault) {
        // A packing that cannot be told yet may still turn out not to be plain.
        let isPlain = reader.compression == .plain && reader.phase != .fileHead
        if isPlain, position > 0, position <= reader.status.size { reader.seek(to: position) }
        while self.position < position, try fill() { take(Int(min(Int64(end - start), position - self.position))) }
    }
}
