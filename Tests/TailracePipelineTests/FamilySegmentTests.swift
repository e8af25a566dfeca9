import TestSupport
import Testing

@testable import TailracePipeline

@Suite struct FamilySegmentTests {
    @Test(arguments: [1, 2, 3] as [UInt64], [(16 << 20, 30), (16 << 20, 2), (64 << 10, 30), (64 << 10, 4)])
    func `An index that is written and read again at any moment answers like one that never stopped`(
        seed: UInt64, limits: (capacityBytes: Int, horizon: Int)
    ) throws {
        var stream = FamilyStream(seed: seed)
        var random = FamilyTexts.Random(state: seed &+ 99)
        var steady = FamilyIndex(capacityBytes: limits.capacityBytes, horizonDays: limits.horizon)
        var restarted = steady
        var segments: [[UInt8]] = []
        var kinships: [[UInt8]] = []
        var restarts = 0
        var family: UInt32 = 1
        for i in 0..<1200 {
            let content = stream.next()
            let placement = steady.place(content, newFamily: family)
            let other = restarted.place(content, newFamily: family)
            guard placement == other else {
                Issue.record("seed \(seed), content \(i): \(other), expected \(placement)")
                return
            }
            if placement.own == family { family += 1 }
            let chance = random.next() % 40
            if chance < 6, let segment = restarted.drainSegment() { segments.append(segment) }
            if chance < 6, let segment = restarted.kinships.drainSegment() { kinships.append(segment) }
            if chance == 0 {
                segments.removeAll()
                kinships.removeAll()
                restarted.snapshot { segments.append($0) }
                restarted.kinships.snapshot { kinships.append($0) }
            }
            if chance == 1 {
                restarts += 1
                restarted = FamilyIndex(capacityBytes: limits.capacityBytes, horizonDays: limits.horizon)
                for segment in segments { try restarted.load(segment: segment) }
                for segment in kinships { try restarted.kinships.load(segment: segment) }
                #expect(restarted.live == steady.live)
                #expect(restarted.clock == steady.clock)
            }
        }
        #expect(restarts > 5)
    }

    @Test func `An entry is written when it is new and once in each later epoch, not at every hit`() throws {
        var texts = FamilyTexts(seed: 5)
        var index = FamilyIndex(capacityBytes: 1 << 20)
        var fingerprinter = Fingerprinter()
        var hashes: [UInt64] = []
        let print = Array(texts.text(words: 90).utf8).withUnsafeBytes { fingerprinter.fingerprint($0, into: &hashes) }
        var content = FamilyStream.Content(print: print, hashes: hashes, sender: 1, epoch: 1)
        #expect(index.drainSegment() == nil)
        _ = index.place(content, newFamily: 1)
        let written = index.drainSegment()
        let first = try #require(written)
        // One exact hash, and a run of windows.
        #expect(first.count == 17 + 16 + (24 + 8 * (hashes.count - 1)) + 8)
        #expect(index.drainSegment() == nil)
        _ = index.place(content, newFamily: 2)
        #expect(index.drainSegment() == nil)
        content.epoch = 2
        _ = index.place(content, newFamily: 2)
        #expect(index.drainSegment()?.count == first.count)
        _ = index.place(content, newFamily: 2)
        #expect(index.drainSegment() == nil)
        // A snapshot has a segment for each of the two tables: one more head and hash.
        var snapshot: [[UInt8]] = []
        index.snapshot { snapshot.append($0) }
        #expect(snapshot.map(\.count).reduce(0, +) == first.count + 17 + 8)
    }

    @Test func `A segment that is cut short, altered or of another version is damage, and nothing of it is entered`()
        throws
    {
        var stream = FamilyStream(seed: 6)
        var index = FamilyIndex(capacityBytes: 1 << 20)
        for i in 0..<5 as Range<UInt32> { _ = index.place(stream.next(), newFamily: i + 1) }
        let written = index.drainSegment()
        let whole = try #require(written)
        var fresh = FamilyIndex(capacityBytes: 1 << 20)
        for count in 0..<whole.count {
            #expect(throws: StateDamage.self) { try fresh.load(segment: Array(whole[..<count])) }
        }
        for at in whole.indices {
            var altered = whole
            altered[at] ^= 0x10
            #expect(throws: StateDamage.self) { try fresh.load(segment: altered) }
        }
        #expect(fresh.slotsUsed == 0)
        try fresh.load(segment: whole)
        #expect(fresh.slotsUsed == index.slotsUsed)
        #expect(fresh.drainSegment() == nil)
    }

    @Test func `A segment that says it holds other entries than it does is damage, whole as it may be`() throws {
        var stream = FamilyStream(seed: 7)
        var index = FamilyIndex(capacityBytes: 1 << 20)
        for i in 0..<5 as Range<UInt32> { _ = index.place(stream.next(), newFamily: i + 1) }
        let written = index.drainSegment()
        let whole = try #require(written)
        var fresh = FamilyIndex(capacityBytes: 1 << 20)
        for (at, byte) in [(1, 200), (9, 0xFF), (16, 0x80)] as [(Int, UInt8)] {
            var altered = Array(whole.dropLast(8))
            altered[at] = byte
            let hash = altered.withUnsafeBytes { hash64($0, seed: 0) }
            altered += (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64(8 * $0)) }
            #expect(throws: StateDamage.self) { try fresh.load(segment: altered) }
        }
        #expect(fresh.slotsUsed == 0)
    }

    @Test func `A part of a snapshot is spread as the whole will be, and does not pile up where its keys begin`() throws
    {
        var random = SplitMix64(seed: 11)
        var index = FamilyIndex(capacityBytes: 32 << 20)
        let print = Fingerprint(exact: Hash128(high: 1, low: 1), letters: 500, level: 4, firstHash: 0, hashCount: 0)
        for number in 1...1600 as ClosedRange<UInt32> {
            let hashes = (0..<200).map { _ in random.next() >> 4 }
            var print = print
            print.exact.low = UInt64(number)
            _ = index.place(
                FamilyStream.Content(print: print, hashes: hashes, sender: 1, epoch: 1), newFamily: number)
        }
        var segments: [[UInt8]] = []
        index.snapshot { segments.append($0) }
        #expect(segments.count > 3)
        var loaded = FamilyIndex(capacityBytes: 32 << 20)
        for segment in segments {
            try loaded.load(segment: segment)
            var (run, longest) = (0, 0)
            for slot in loaded.windows.slots {
                run = slot.isEmpty ? 0 : run + 1
                longest = max(longest, run)
            }
            #expect(longest < 200)
        }
        #expect(loaded.live == index.live)
        // Room for all of them, and no more than they would have grown to.
        var reserved = FamilyIndex(capacityBytes: 32 << 20)
        reserved.reserve(for: segments + segments)
        #expect(reserved.windows.slots.count == index.windows.slots.count)
        for segment in segments { try reserved.load(segment: segment) }
        #expect(reserved.windows.slots.count == index.windows.slots.count && reserved.live == index.live)
    }
}
