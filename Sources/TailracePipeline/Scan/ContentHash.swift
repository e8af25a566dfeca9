/// A 128-bit hash of some bytes. Never `Hash128.none`.
///
/// MurmurHash3 x64-128 (A. Appleby, 2011, public domain), with a seed of 64 bits. Two lanes of multiplications and
/// rotations that lose nothing: good enough to tell contents and names apart, no defence against someone who
/// looks for collisions. Use `sipHash` where outsiders choose the bytes and gain by a collision.
/// Complexity: O(n), about 4 bytes a nanosecond.
public func hash128(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> Hash128 {
    var hasher = ContentHasher(seed: seed)
    let whole = bytes.count & ~15
    hasher.update(blocks: UnsafeRawBufferPointer(rebasing: bytes[..<whole]))
    return hasher.finish(tail: UnsafeRawBufferPointer(rebasing: bytes[whole...]))
}

extension Hash128 {
    /// The hash of two parts, given those of each. Never `none`.
    func joined(_ other: Hash128) -> Hash128 {
        let low = mix64(low ^ mix64(other.low &+ 1))
        let high = mix64(high &+ 3 &* other.high) ^ low
        return low == 0 && high == 0 ? Hash128(high: 0, low: 1) : Hash128(high: high, low: low)
    }
}

/// A 64-bit hash of some bytes, for tables of names: the lower half of `hash128`. May be zero.
public func hash64(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 { hash128(bytes, seed: seed).low }

/// The running state of `hash128`, for bytes that come in pieces.
///
/// All pieces but the last are whole blocks of 16 bytes.
struct ContentHasher: Sendable {
    private var a: UInt64
    private var b: UInt64
    /// Bytes hashed so far.
    private(set) var count: UInt64 = 0

    private static let c1: UInt64 = 0x87C3_7B91_1142_53D5
    private static let c2: UInt64 = 0x4CF5_AD43_2745_937F

    init(seed: UInt64) {
        a = seed
        b = seed
    }

    /// - Precondition: `blocks.count` is a multiple of 16.
    mutating func update(blocks: UnsafeRawBufferPointer) {
        precondition(blocks.count & 15 == 0)
        guard let base = blocks.baseAddress else { return }
        var (a, b) = (a, b)
        for at in stride(from: 0, to: blocks.count, by: 16) {
            let first = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let second = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
            a ^= ContentHasher.scrambleFirst(first)
            a = (ContentHasher.rotate(a, 27) &+ b) &* 5 &+ 0x52DC_E729
            b ^= ContentHasher.scrambleSecond(second)
            b = (ContentHasher.rotate(b, 31) &+ a) &* 5 &+ 0x3849_5AB5
        }
        (self.a, self.b) = (a, b)
        count &+= UInt64(blocks.count)
    }

    /// The hash of all blocks and a rest.
    ///
    /// - Precondition: `tail.count` is under 16.
    func finish(tail: UnsafeRawBufferPointer) -> Hash128 {
        precondition(tail.count < 16)
        var (first, second): (UInt64, UInt64) = (0, 0)
        for (i, byte) in tail.enumerated() {
            if i < 8 { first |= UInt64(byte) << UInt64(8 * i) } else { second |= UInt64(byte) << UInt64(8 * (i - 8)) }
        }
        let length = count &+ UInt64(tail.count)
        var a = a ^ ContentHasher.scrambleFirst(first) ^ length
        var b = b ^ ContentHasher.scrambleSecond(second) ^ length
        a = a &+ b
        b = b &+ a
        a = mix64(a)
        b = mix64(b)
        a = a &+ b
        b = b &+ a
        return a == 0 && b == 0 ? Hash128(high: 0, low: 1) : Hash128(high: a, low: b)
    }

    @inline(__always)
    private static func scrambleFirst(_ word: UInt64) -> UInt64 { rotate(word &* c1, 31) &* c2 }

    @inline(__always)
    private static func scrambleSecond(_ word: UInt64) -> UInt64 { rotate(word &* c2, 33) &* c1 }

    @inline(__always)
    private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { word &<< bits | word &>> (64 &- bits) }
}

/// Spreads the bits of a word over the whole word; one to one, and 0 stays 0 (the finaliser of MurmurHash3).
@inline(__always)
func mix64(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ word &>> 33) &* 0xFF51_AFD7_ED55_8CCD
    word = (word ^ word &>> 33) &* 0xC4CE_B9FE_1A85_EC53
    return word ^ word &>> 33
}

/// The word that `mix64` makes this of.
func unmix64(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ word &>> 33) &* 0x9CB4_B2F8_1293_37DB
    word = (word ^ word &>> 33) &* 0x4F74_430C_22A5_4005
    return word ^ word &>> 33
}
