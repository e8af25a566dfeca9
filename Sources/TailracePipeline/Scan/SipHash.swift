/// The secret of a keyed hash. Who lacks it cannot tell which name a hash stands for.
public struct SipKey: Hashable, Sendable {
    public var k0: UInt64
    public var k1: UInt64

    public init(k0: UInt64, k1: UInt64) {
        self.k0 = k0
        self.k1 = k1
    }

    /// The key held in 16 bytes, each half with its lowest byte first; nil for another length.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        k0 = (0..<8).reduce(0) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
        k1 = (0..<8).reduce(0) { $0 | UInt64(bytes[$1 + 8]) << UInt64(8 * $1) }
    }
}

/// SipHash-2-4 (Aumasson & Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012): the keyed hash under
/// which recipients and actors are kept. Complexity: O(n).
public func sipHash(_ bytes: UnsafeRawBufferPointer, key: SipKey) -> UInt64 {
    var state = SipState(key: key)
    let whole = bytes.count & ~7
    for at in stride(from: 0, to: whole, by: 8) {
        state.take(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
    }
    var last = UInt64(truncatingIfNeeded: bytes.count) &<< 56
    for at in whole..<bytes.count { last |= UInt64(bytes[at]) << UInt64(8 * (at - whole)) }
    state.take(last)
    return state.finish()
}

/// The four words of the paper, v0 to v3.
private struct SipState {
    private var v0, v1, v2, v3: UInt64

    init(key: SipKey) {
        v0 = key.k0 ^ 0x736F_6D65_7073_6575
        v1 = key.k1 ^ 0x646F_7261_6E64_6F6D
        v2 = key.k0 ^ 0x6C79_6765_6E65_7261
        v3 = key.k1 ^ 0x7465_6462_7974_6573
    }

    mutating func take(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    mutating func finish() -> UInt64 {
        v2 ^= 0xFF
        for _ in 0..<4 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func round() {
        v0 = v0 &+ v1
        v2 = v2 &+ v3
        v1 = rotate(v1, 13) ^ v0
        v3 = rotate(v3, 16) ^ v2
        v0 = rotate(v0, 32)
        v2 = v2 &+ v1
        v0 = v0 &+ v3
        v1 = rotate(v1, 17) ^ v2
        v3 = rotate(v3, 21) ^ v0
        v2 = rotate(v2, 32)
    }

    private func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { word &<< bits | word &>> (64 &- bits) }
}
