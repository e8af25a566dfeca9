import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct PrefixLadderTests {
    @Test func `The hash is XXH64 as published`() {
        func hash(_ text: String) -> UInt64 { Array(text.utf8).withUnsafeBytes { StreamingHash.hash(of: $0) } }
        #expect(hash("") == 0xEF46_DB37_51D8_E999)
        #expect(hash("a") == 0xD24E_C4F1_A98C_6E5B)
        #expect(hash("abc") == 0x44BC_2CF5_AD77_0999)
    }

    @Test func `The hash of every length is that of the naive version`() {
        var generator = SplitMix64(seed: 20)
        let bytes = generator.bytes(300)
        for count in 0...bytes.count {
            let prefix = Array(bytes[..<count])
            #expect(prefix.withUnsafeBytes { StreamingHash.hash(of: $0) } == naiveXXH64(prefix), "\(count) bytes")
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `However content is cut and kept in between, the ladder is the same`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let bytes = generator.bytes(1 + generator.below(20_000))
        let whole = ladder(bytes)
        var cut = PrefixLadder()
        var at = 0
        while at < bytes.count {
            let end = min(bytes.count, at + generator.below(generator.oneIn(3) ? 1500 : 40))
            bytes[at..<end].withUnsafeBytes { cut.update($0) }
            at = end
            if generator.oneIn(4) { cut = try #require(PrefixLadder(encoded: cut.encoded)) }
        }
        #expect(cut == whole, "\(generator)")
        #expect(whole.count == Int64(bytes.count))
        #expect(whole.hash == naiveXXH64(bytes))
    }

    @Test func `There is a rung at every power of two that was reached, and no other`() {
        var generator = SplitMix64(seed: 21)
        let bytes = generator.bytes(1030)
        for count in [0, 1, 63, 64, 65, 127, 128, 1023, 1024, 1030] {
            let ladder = ladder(Array(bytes[..<count]))
            #expect(ladder.highestLevel == (6...12).last { 1 << $0 <= count })
            for level in 0...12 {
                let expected = level >= 6 && 1 << level <= count ? naiveXXH64(Array(bytes[..<(1 << level)])) : nil
                #expect(ladder.rung(level) == expected, "level \(level) of \(count) bytes")
            }
        }
    }

    @Test func `Ladders agree when one content begins the other, and not when they differ below a common rung`() {
        var generator = SplitMix64(seed: 22)
        let bytes = generator.bytes(600)
        for count in stride(from: 0, through: 600, by: 7) {
            #expect(ladder(bytes).agrees(with: ladder(Array(bytes[..<count]))))
            #expect(ladder(Array(bytes[..<count])).agrees(with: ladder(bytes)))
        }
        for position in [0, 63, 64, 255, 511, 512, 599] {
            var other = bytes
            other[position] ^= 1
            // Equally long: the whole is compared.
            #expect(!ladder(bytes).agrees(with: ladder(other)), "byte \(position)")
            // Otherwise only up to the highest common rung, at 512 bytes.
            let longer = ladder(other + [0])
            #expect(ladder(bytes).agrees(with: longer) == (position >= 512), "byte \(position)")
            #expect(longer.agrees(with: ladder(bytes)) == (position >= 512), "byte \(position)")
        }
        #expect(PrefixLadder().agrees(with: ladder(bytes)))
    }

    @Test func `A ladder that is damaged in its store is refused`() {
        var generator = SplitMix64(seed: 23)
        for count in [0, 1, 64, 1000] {
            let encoded = ladder(generator.bytes(count)).encoded
            #expect(PrefixLadder(encoded: encoded) != nil)
            for position in encoded.indices {
                var damaged = encoded
                damaged[position] ^= 1 << UInt8(generator.below(8))
                #expect(PrefixLadder(encoded: damaged) == nil, "\(count) bytes, byte \(position)")
                #expect(PrefixLadder(encoded: Array(encoded[..<position])) == nil)
            }
            #expect(PrefixLadder(encoded: encoded + [0]) == nil)
        }
    }
}

func ladder(_ bytes: [UInt8]) -> PrefixLadder {
    var ladder = PrefixLadder()
    bytes.withUnsafeBytes { ladder.update($0) }
    return ladder
}

/// XXH64 as its paper describes it: all bytes at once, byte by byte.
private func naiveXXH64(_ bytes: [UInt8]) -> UInt64 {
    let (p1, p2, p3) = (
        11_400_714_785_074_694_791 as UInt64, 14_029_467_366_897_019_727 as UInt64, 1_609_587_929_392_839_161 as UInt64
    )
    let (p4, p5) = (9_650_029_242_287_828_579 as UInt64, 2_870_177_450_012_600_261 as UInt64)
    func left(_ word: UInt64, _ bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }
    func round(_ lane: UInt64, _ word: UInt64) -> UInt64 { left(lane &+ word &* p2, 31) &* p1 }
    func word(_ at: Int, _ size: Int) -> UInt64 {
        (0..<size).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
    }
    var at = 0
    var hash = p5
    if bytes.count >= 32 {
        var lanes = [p1 &+ p2, p2, 0, 0 &- p1]
        while at + 32 <= bytes.count {
            for i in 0..<4 { lanes[i] = round(lanes[i], word(at + 8 * i, 8)) }
            at += 32
        }
        hash = left(lanes[0], 1) &+ left(lanes[1], 7) &+ left(lanes[2], 12) &+ left(lanes[3], 18)
        for lane in lanes { hash = (hash ^ round(0, lane)) &* p1 &+ p4 }
    }
    hash = hash &+ UInt64(bytes.count)
    while at + 8 <= bytes.count {
        hash = left(hash ^ round(0, word(at, 8)), 27) &* p1 &+ p4
        at += 8
    }
    if at + 4 <= bytes.count {
        hash = left(hash ^ word(at, 4) &* p1, 23) &* p2 &+ p3
        at += 4
    }
    while at < bytes.count {
        hash = left(hash ^ UInt64(bytes[at]) &* p5, 11) &* p1
        at += 1
    }
    hash = (hash ^ hash >> 33) &* p2
    hash = (hash ^ hash >> 29) &* p3
    return hash ^ hash >> 32
}
