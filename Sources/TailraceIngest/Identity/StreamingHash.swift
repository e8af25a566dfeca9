/// A 64-bit hash of bytes that come in pieces of any size: XXH64 with seed 0 (Y. Collet, "xxHash fast digest
/// algorithm", 2012-2021, section XXH64).
///
/// Tells contents apart and finds damage; no defence against someone who looks for collisions.
/// Complexity: O(n), about 10 bytes a nanosecond.
struct StreamingHash: Sendable, Equatable {
    /// Bytes of a stripe: the four lanes take eight each.
    static let stripeBytes = 32

    /// Bytes hashed so far.
    private(set) var count: Int64 = 0
    private(set) var lanes = SIMD4<UInt64>(prime1 &+ prime2, prime2, 0, 0 &- prime1)
    /// The bytes behind the last whole stripe. Invariant: zero behind those, so that equal states are equal values.
    private(set) var tail = SIMD32<UInt8>(repeating: 0)

    static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    init() {}

    /// Goes on with a state that was kept.
    ///
    /// - Returns: nil where the count is negative, or the tail holds bytes that the count does not speak of.
    init?(count: Int64, lanes: SIMD4<UInt64>, tail: SIMD32<UInt8>) {
        guard count >= 0 else { return nil }
        for i in Int(count % 32)..<32 where tail[i] != 0 { return nil }
        (self.count, self.lanes, self.tail) = (count, lanes, tail)
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let held = Int(count & 31)
        count += Int64(bytes.count)
        var rest = bytes
        if held > 0 {
            let taken = min(StreamingHash.stripeBytes - held, bytes.count)
            for i in 0..<taken { tail[held + i] = bytes[i] }
            guard held + taken == StreamingHash.stripeBytes else { return }
            // The closure cannot borrow `self`, which it changes.
            let stripe = tail
            withUnsafeBytes(of: stripe) { absorb($0) }
            tail = SIMD32(repeating: 0)
            rest = UnsafeRawBufferPointer(rebasing: bytes[taken...])
        }
        let whole = rest.count & ~31
        absorb(UnsafeRawBufferPointer(rebasing: rest[..<whole]))
        for i in whole..<rest.count { tail[i - whole] = rest[i] }
    }

    /// - Precondition: whole stripes.
    private mutating func absorb(_ stripes: UnsafeRawBufferPointer) {
        precondition(stripes.count & 31 == 0)
        var (a, b, c, d) = (lanes[0], lanes[1], lanes[2], lanes[3])
        var at = 0
        // `at + 32` never passes the end, as the count is a multiple of 32: the loads are within the buffer.
        while at < stripes.count {
            a = StreamingHash.round(a, StreamingHash.word(stripes, at))
            b = StreamingHash.round(b, StreamingHash.word(stripes, at &+ 8))
            c = StreamingHash.round(c, StreamingHash.word(stripes, at &+ 16))
            d = StreamingHash.round(d, StreamingHash.word(stripes, at &+ 24))
            at &+= 32
        }
        lanes = SIMD4(a, b, c, d)
    }

    /// The hash of all bytes so far.
    var value: UInt64 {
        var hash = StreamingHash.prime5
        if count >= 32 {
            hash = 0
            for (lane, bits) in zip(0..<4, [1, 7, 12, 18] as [UInt64]) {
                hash &+= StreamingHash.rotate(lanes[lane], bits)
            }
            for lane in 0..<4 {
                hash ^= StreamingHash.round(0, lanes[lane])
                hash = hash &* StreamingHash.prime1 &+ StreamingHash.prime4
            }
        }
        hash &+= UInt64(count)
        let held = Int(count & 31)
        return withUnsafeBytes(of: tail) { tail in
            var at = 0
            while at + 8 <= held {
                hash ^= StreamingHash.round(0, StreamingHash.word(tail, at))
                hash = StreamingHash.rotate(hash, 27) &* StreamingHash.prime1 &+ StreamingHash.prime4
                at += 8
            }
            if at + 4 <= held {
                let half = UInt32(littleEndian: tail.loadUnaligned(fromByteOffset: at, as: UInt32.self))
                hash ^= UInt64(half) &* StreamingHash.prime1
                hash = StreamingHash.rotate(hash, 23) &* StreamingHash.prime2 &+ StreamingHash.prime3
                at += 4
            }
            while at < held {
                hash ^= UInt64(tail[at]) &* StreamingHash.prime5
                hash = StreamingHash.rotate(hash, 11) &* StreamingHash.prime1
                at += 1
            }
            hash = (hash ^ hash &>> 33) &* StreamingHash.prime2
            hash = (hash ^ hash &>> 29) &* StreamingHash.prime3
            return hash ^ hash &>> 32
        }
    }

    /// The hash of bytes that are all there.
    static func hash(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = StreamingHash()
        hash.update(bytes)
        return hash.value
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotate(lane &+ word &* prime2, 31) &* prime1
    }

    @inline(__always)
    private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 { word &<< bits | word &>> (64 &- bits) }
}
