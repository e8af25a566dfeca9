import Testing
import TestSupport

@testable import TailraceIngest

@Suite struct RestartPointTests {
    private func end(_ position: Int64, _ offset: Int64? = nil) -> RestartPoint {
        RestartPoint(position: position, offset: offset ?? position + 1, place: .memberEnd(.gzip))
    }

    private func block(_ position: Int64, window: Int = 0, using generator: inout SplitMix64) -> RestartPoint {
        let border = DeflateBorder(
            memberStart: 3, length: Int64(window), crc: UInt32(truncatingIfNeeded: generator.next()), bitCount: 5,
            bits: UInt8(generator.below(32)), window: generator.bytes(window))
        return RestartPoint(position: position, offset: position + 9, place: .block(border))
    }

    @Test func `Every kind of point is the same after it was kept`() {
        var generator = SplitMix64(seed: 41)
        let points = [
            RestartPoint.plain(at: 0), .plain(at: .max), end(5),
            RestartPoint(position: 0, offset: 9, place: .memberEnd(.zstd)),
            block(9, using: &generator), block(100, window: 1, using: &generator),
            block(40_000, window: 32_768, using: &generator),
        ]
        for point in points { #expect(RestartPoint(encoded: point.encoded) == point) }
    }

    @Test func `A point that is cut or changed in its store is refused, whichever byte it is`() {
        var generator = SplitMix64(seed: 42)
        for point in [RestartPoint.plain(at: 700), end(5), block(100, window: 90, using: &generator)] {
            let encoded = point.encoded
            for position in encoded.indices {
                for bit in 0..<8 {
                    var damaged = encoded
                    damaged[position] ^= 1 << UInt8(bit)
                    #expect(RestartPoint(encoded: damaged) == nil, "byte \(position)")
                }
                #expect(RestartPoint(encoded: Array(encoded[..<position])) == nil)
            }
            #expect(RestartPoint(encoded: encoded + [0]) == nil)
        }
    }

    @Test func `Random fields under a right checksum are refused or harmless`() {
        for seed in 1...3000 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            var writer = SealedWriter(tag: UInt8(ascii: "R"), version: 1)
            writer.append(UInt8(generator.below(5)))
            for _ in 0..<generator.below(3) { writer.append(Int64(generator.below(3) - 1)) }
            writer.append(generator.bytes(generator.below(60)))
            guard let point = RestartPoint(encoded: writer.sealed()) else { continue }
            #expect(point.position >= 0 && point.offset >= 0, "seed \(seed)")
        }
    }

    @Test func `Of many small members only the newest end is kept, and one every few megabytes`() {
        var trail = RestartTrail()
        trail.limit = .max
        let spacing = trail.spacingBytes
        for i in 1...100_000 as ClosedRange<Int64> { trail.append(end(i * 1000)) }
        let positions = trail.points.map(\.position)
        #expect(positions.last == 100_000_000)
        #expect(positions.count <= 2 * Int(100_000_000 / spacing) + 2)
        let gaps = zip(positions, [0] + positions).map { $0 - $1 }
        #expect(gaps.allSatisfy { $0 <= spacing })
        // The last stands wherever it is; the others stand apart.
        let skipping = zip(positions.dropLast(), [0, 0] + positions).map { $0 - $1 }
        #expect(skipping.allSatisfy { $0 >= spacing || $0 == skipping.first })
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `However far a reader runs ahead, eight points are enough and one before the slowest stays`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var trail = RestartTrail()
        var position: Int64 = 0
        var needed: Int64 = 0
        var wasReachable = false
        for _ in 0..<3000 {
            position += trail.spacingBytes + Int64(generator.below(1 << 20))
            trail.append(generator.oneIn(2) ? end(position) : block(position, using: &generator))
            #expect(trail.points.count <= 8)
            #expect(trail.points.last?.position == position)
            if generator.oneIn(5) {
                needed += Int64.random(in: 0...(position - needed), using: &generator)
                let before = trail.points
                trail.drop(before: needed)
                let passed = before.filter { $0.position <= needed }
                #expect(trail.points == passed.suffix(2) + before.filter { $0.position > needed })
            }
            let isReachable = trail.points[0].position <= needed
            #expect(isReachable || !wasReachable, "\(generator)")
            wasReachable = isReachable
        }
        #expect(wasReachable)
    }
}
