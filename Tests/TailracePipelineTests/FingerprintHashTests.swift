import Testing

@testable import TailracePipeline

@Suite struct FingerprintHashTests {
    private func hash(_ text: String, seed: UInt64 = 0) -> Hash128 {
        Array(text.utf8).withUnsafeBytes { hash128($0, seed: seed) }
    }

    @Test func `hash128 gives the published values of MurmurHash3 x64-128`() {
        #expect(hash("hello") == Hash128(high: 0xCBD8_A7B3_41BD_9B02, low: 0x5B1E_906A_48AE_1D19))
        #expect(
            hash("The quick brown fox jumps over the lazy dog")
                == Hash128(high: 0xE34B_BC7B_BC07_1B6C, low: 0x7A43_3CA9_C49A_9347))
    }

    @Test func `No bytes hash to the mark of absence`() {
        #expect(!hash("", seed: 0).isNone)
        #expect(hash("", seed: 0) != hash("\0", seed: 0))
    }

    @Test func `Another seed or one changed byte gives another hash, at every length up to 70`() {
        var seen: Set<Hash128> = []
        var bytes = [UInt8](repeating: 7, count: 70)
        var expected = 0
        for count in 1...70 {
            for seed in 0..<2 as Range<UInt64> {
                seen.insert(
                    bytes.withUnsafeBytes { hash128(UnsafeRawBufferPointer(rebasing: $0[..<count]), seed: seed) })
                expected += 1
            }
            for at in 0..<count {
                bytes[at] ^= 0x80
                seen.insert(bytes.withUnsafeBytes { hash128(UnsafeRawBufferPointer(rebasing: $0[..<count]), seed: 0) })
                bytes[at] ^= 0x80
                expected += 1
            }
        }
        #expect(seen.count == expected)
    }

    @Test func `Where the blocks of a content are cut makes no difference`() {
        let bytes = (0..<100).map { UInt8($0 * 7 % 251) }
        bytes.withUnsafeBytes { bytes in
            let whole = hash128(bytes, seed: 5)
            for cut in stride(from: 0, through: 96, by: 16) {
                var hasher = ContentHasher(seed: 5)
                hasher.update(blocks: UnsafeRawBufferPointer(rebasing: bytes[..<cut]))
                hasher.update(blocks: UnsafeRawBufferPointer(rebasing: bytes[cut..<96]))
                #expect(hasher.finish(tail: UnsafeRawBufferPointer(rebasing: bytes[96...])) == whole)
            }
        }
    }

    @Test func `sipHash gives the published values of SipHash-2-4`() throws {
        let key = try #require(SipKey(bytes: Array(0..<16)))
        // Appendix A of the paper, and the first values of the authors' reference vectors.
        let expected: [(count: UInt8, hash: UInt64)] = [
            (0, 0x726F_DB47_DD0E_0E31), (1, 0x74F8_39C5_93DC_67FD), (15, 0xA129_CA61_49BE_45E5),
        ]
        for (count, value) in expected {
            #expect(Array(0..<count).withUnsafeBytes { sipHash($0, key: key) } == value)
        }
        #expect(SipKey(bytes: [1, 2, 3]) == nil)
    }
}
