import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct SketchTests {
    private func sketch(_ values: some Sequence<Int64>) -> Sketch {
        values.reduce(into: Sketch()) { $0.add($1) }
    }

    private func durations(_ generator: inout SplitMix64, _ count: Int) -> [Int64] {
        (0..<count).map { _ in Int64(bitPattern: generator.next() >> UInt64(20 + generator.below(44))) }
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `Merging in any order equals one pass`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let values = durations(&generator, 600)
        let whole = sketch(values)
        for _ in 0..<5 {
            var parts: [Sketch] = Array(repeating: Sketch(), count: 1 + generator.below(8))
            for value in values { parts[generator.below(parts.count)].add(value) }
            parts.shuffle(using: &generator)
            let merged = parts.reduce(into: Sketch()) { $0.merge($1) }
            #expect(merged == whole && merged.count == 600, "seed \(seed)")
        }
        var writer = ByteWriter()
        whole.encode(into: &writer)
        var reader = ByteReader(writer.bytes)
        let read = try Sketch(from: &reader)
        #expect(read == whole && read.count == whole.count && reader.isAtEnd)
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `Quantiles are within half a percent of the exact ones`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for count in [1, 2, 3, 10, 1000] {
            let values = durations(&generator, count).sorted()
            let sketch = sketch(values)
            #expect(sketch.sum == values.reduce(0, +))
            for q in [0, 0.01, 0.5, 0.9, 0.99, 1] {
                let exact = Double(values[max(0, Int((q * Double(count)).rounded(.up)) - 1)]) / 1000
                let found = try #require(sketch.quantileSeconds(q))
                #expect(abs(found - exact) <= exact * 0.005, "seed \(seed), \(q) of \(count): \(found), exact \(exact)")
            }
        }
        #expect(Sketch().quantileSeconds(0.5) == nil)
    }

    @Test func `Buckets ascend without a hole, and hold their middle, around every power of two`() {
        var last: UInt16?
        for power in 0..<62 {
            let base = Int64(1) << Int64(power)
            for value in Set((-3...3).map { base + $0 } + [base + base / 2]).sorted() where value >= 0 {
                let bucket = Sketch.bucket(value)
                #expect(bucket <= Sketch.bucket(value + 1) && Sketch.bucket(value + 1) - bucket <= 1)
                let middle = Sketch.middle(bucket)
                #expect(Sketch.bucket(Int64(middle)) == bucket, "\(value)")
                #expect(abs(middle - Double(value)) <= Double(value) / 256, "\(value)")
            }
            let bucket = Sketch.bucket(base)
            if let last { #expect(bucket > last) }
            last = bucket
        }
        for value in Int64(0)..<100_000 {
            #expect(Sketch.bucket(value + 1) - Sketch.bucket(value) <= 1)
        }
        #expect(Sketch.bucket(-5) == 0)
        #expect(Sketch.bucket(.max) > Sketch.bucket(.max / 2))
    }

    @Test func `A damaged state is an error and never a crash`() {
        for seed in 1...300 as ClosedRange<UInt64> {
            var generator = SplitMix64(seed: seed)
            var reader = ByteReader(generator.bytes(generator.below(60)))
            _ = try? Sketch(from: &reader)
            var other = ByteReader([5] + Array(repeating: 0xFF, count: 9) + [1] + generator.bytes(40))
            _ = try? Sketch(from: &other)
        }
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `A set of actors is a set, merged in any order, up to its limit`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let hashes = (0..<500).map { _ in generator.next() % 200 }
        var (a, b, whole) = (ActorSet(), ActorSet(), ActorSet())
        for hash in hashes {
            if generator.oneIn(2) { a.insert(hash) } else { b.insert(hash) }
            whole.insert(hash)
        }
        #expect(whole.count == Set(hashes).subtracting([0]).count)
        var (ab, ba) = (a, b)
        ab.merge(b)
        ba.merge(a)
        #expect(ab == whole && ba == whole)
        var writer = ByteWriter()
        whole.encode(into: &writer)
        var reader = ByteReader(writer.bytes)
        #expect(try ActorSet(from: &reader) == whole)
    }

    @Test func `Beyond its limit a set of actors stays as it is`() {
        var set = ActorSet()
        for hash in 1...UInt64(ActorSet.limit + 10) { set.insert(hash) }
        #expect(set.count == ActorSet.limit)
    }
}
