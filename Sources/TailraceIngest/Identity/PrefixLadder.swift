/// The hash of a log's decompressed content, remembered at every power of two: tells whether one log is the beginning
/// of another without keeping a byte of either.
///
/// A log that grows keeps all its rungs, so two files of which one holds more can still be compared at every rung that
/// both reached. Content between the highest common rung and the end of the shorter one is not compared: whoever needs
/// that reads on (`contentRelation`). At most 57 rungs, about half a kilobyte.
///
///     bytes   0 ──── 64 ─ 128 ── 256 ───── 512 ──────── 1024 ─▶ …
///     rung            6    7      8         9            10
public struct PrefixLadder: Sendable, Equatable {
    /// The first rung is at 2^6 bytes; shorter beginnings are too often alike to tell anything.
    public static let lowestLevel = 6

    private var hasher = StreamingHash()
    /// Hashes of the first 2^6, 2^7, … bytes. Invariant: one for every power of two up to `count`.
    private var rungs: [UInt64] = []

    public init() {}

    /// Bytes taken.
    public var count: Int64 { hasher.count }

    /// Takes the next bytes of the content. Any cutting gives the same ladder.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var start = 0
        while start < bytes.count {
            let rung = Int64(1) << (PrefixLadder.lowestLevel + rungs.count)
            let taken = Int(min(Int64(bytes.count - start), rung - hasher.count))
            hasher.update(UnsafeRawBufferPointer(rebasing: bytes[start..<start + taken]))
            start += taken
            if hasher.count == rung { rungs.append(hasher.value) }
        }
    }

    /// The hash of all bytes so far.
    public var hash: UInt64 { hasher.value }

    /// The hash of the first 2^level bytes.
    ///
    /// - Returns: nil where fewer have been taken, and below `lowestLevel`.
    public func rung(_ level: Int) -> UInt64? {
        let index = level - PrefixLadder.lowestLevel
        return rungs.indices.contains(index) ? rungs[index] : nil
    }

    /// The level of the highest rung; nil below 2^6 bytes.
    public var highestLevel: Int? { rungs.isEmpty ? nil : PrefixLadder.lowestLevel + rungs.count - 1 }

    /// Do both say the same at every rung that both have, and, where they took equally many bytes, in the whole?
    ///
    /// True of any two of which one is below 2^6 bytes, unless they are equally long: nothing speaks against it.
    public func agrees(with other: PrefixLadder) -> Bool {
        zip(rungs, other.rungs).allSatisfy { $0 == $1 } && (count != other.count || hash == other.hash)
    }
}

extension PrefixLadder {
    private static let tag = UInt8(ascii: "L")
    private static let version: UInt8 = 1

    /// The ladder as bytes, with all that `update` needs to go on.
    public var encoded: [UInt8] {
        var writer = SealedWriter(tag: PrefixLadder.tag, version: PrefixLadder.version)
        writer.append(hasher.count)
        for lane in 0..<4 { writer.append(hasher.lanes[lane]) }
        for i in 0..<StreamingHash.stripeBytes { writer.append(hasher.tail[i]) }
        for rung in rungs { writer.append(rung) }
        return writer.sealed()
    }

    /// - Returns: nil where the bytes are damaged or of another version.
    public init?(encoded: [UInt8]) {
        guard var reader = SealedReader(encoded, tag: PrefixLadder.tag, version: PrefixLadder.version),
            let count = reader.next(Int64.self), count >= 0
        else { return nil }
        var lanes = SIMD4<UInt64>()
        for lane in 0..<4 {
            guard let word = reader.next(UInt64.self) else { return nil }
            lanes[lane] = word
        }
        guard let kept = reader.next(bytes: StreamingHash.stripeBytes),
            let hasher = StreamingHash(count: count, lanes: lanes, tail: SIMD32(kept))
        else { return nil }
        self.hasher = hasher
        let levels = count == 0 ? 0 : max(0, Int64.bitWidth - count.leadingZeroBitCount - PrefixLadder.lowestLevel)
        for _ in 0..<levels {
            guard let rung = reader.next(UInt64.self) else { return nil }
            rungs.append(rung)
        }
        guard reader.isAtEnd else { return nil }
    }
}
