import TestSupport
import Testing

@testable import TailracePipeline

@Suite struct FamilyMergeTests {
    private static let capacityBytes = 16 << 20

    /// Two indexes of contents that are shared out by chance, and one that had them all. Families are numbered by the
    /// place of their leader in the whole, which is the order in which they were founded.
    private struct Split {
        var first: FamilyIndex
        var second: FamilyIndex
        var union: FamilyIndex
        var stream: FamilyStream
        var next: UInt32 = 1

        init(seed: UInt64, contents: Int, capacityBytes: Int = FamilyMergeTests.capacityBytes, horizon: Int = 30) {
            first = FamilyIndex(capacityBytes: capacityBytes, horizonDays: horizon)
            (second, union) = (first, first)
            stream = FamilyStream(seed: seed)
            var random = SplitMix64(seed: seed)
            for _ in 0..<contents {
                let content = stream.next()
                if random.oneIn(2) {
                    _ = first.place(content, newFamily: next)
                } else {
                    _ = second.place(content, newFamily: next)
                }
                _ = union.place(content, newFamily: next)
                next += 1
            }
        }
    }

    private func entries(_ table: SlotTable) -> [UInt64: UInt64] {
        var entries: [UInt64: UInt64] = [:]
        table.forEachLive { entries[$0.key] = $0.value }
        return entries
    }

    @Test(arguments: [1, 2, 3] as [UInt64], [(16 << 20, 30), (64 << 10, 30), (16 << 20, 3)])
    func `It does not matter which of two indexes takes up the other`(
        seed: UInt64, limits: (capacityBytes: Int, horizon: Int)
    ) {
        let split = Split(seed: seed, contents: 600, capacityBytes: limits.capacityBytes, horizon: limits.horizon)
        var (one, other) = (split.first, split.second)
        let joins = one.merge(split.second) { $0 }
        #expect(joins == other.merge(split.first) { $0 })
        #expect(!joins.isEmpty)
        #expect(entries(one.exact) == entries(other.exact))
        #expect(entries(one.windows) == entries(other.windows))
        #expect(one.clock == split.union.clock && other.clock == one.clock)
        for table in [one.exact, one.windows] {
            let homes = Dictionary(grouping: entries(table).keys) {
                $0.multipliedFullWidth(by: UInt64(table.fullBuckets)).high
            }
            #expect(homes.values.allSatisfy { $0.count <= 4 })
        }
        // A family is in one place: nothing is left of those that joined.
        let gone = Set(joins.map(\.family))
        for table in [one.exact, one.windows] {
            #expect(entries(table).values.allSatisfy { !gone.contains(UInt32($0 >> 32)) })
        }
        #expect(gone.isDisjoint(with: joins.map(\.into)))
    }

    @Test func `Numbers are given as the caller says, and decide who is older`() {
        let split = Split(seed: 4, contents: 300)
        var (identical, renumbered) = (split.first, split.first)
        let joins = identical.merge(split.second) { $0 }
        let others = renumbered.merge(split.second, own: { $0 * 2 + 1000 }, renumbering: { $0 * 2 + 1000 })
        #expect(others.map(\.family) == joins.map { $0.family * 2 + 1000 })
        #expect(others.map(\.into) == joins.map { $0.into * 2 + 1000 })
        var mineFirst = split.first
        let late = mineFirst.merge(split.second) { $0 + 100_000 }
        #expect(late.allSatisfy { $0.family > 100_000 && $0.into < 100_000 })
    }

    @Test func `An index without entries adds nothing, and what was merged is drained no more`() throws {
        var split = Split(seed: 5, contents: 200)
        let before = (entries(split.first.exact), entries(split.first.windows))
        #expect(split.first.merge(FamilyIndex(capacityBytes: FamilyMergeTests.capacityBytes)) { $0 }.isEmpty)
        #expect(entries(split.first.exact) == before.0 && entries(split.first.windows) == before.1)
        #expect(split.first.drainSegment() == nil)
        var loaded = FamilyIndex(capacityBytes: FamilyMergeTests.capacityBytes)
        var segments: [[UInt8]] = []
        split.first.snapshot { segments.append($0) }
        for segment in segments { try loaded.load(segment: segment) }
        #expect(entries(loaded.windows) == before.1)
    }

    /// A content and what an index makes of it.
    private func index(_ contents: [(text: String, family: UInt32, sender: UInt64, epoch: UInt16)]) -> FamilyIndex {
        contents.reduce(into: FamilyIndex(capacityBytes: FamilyMergeTests.capacityBytes)) {
            _ = $0.place(FamilyStream.Content($1.text, sender: $1.sender, epoch: $1.epoch), newFamily: $1.family)
        }
    }

    @Test func `A family joins the older one of the other index that it copies, by what is told`() throws {
        var texts = FamilyTexts(seed: 31)
        let text = texts.text(words: 300)
        let edited = text + texts.text(words: 30)
        let (same, alone, short) = (texts.text(words: 200), texts.text(words: 200), "As agreed today.")
        var first = index([(text, 1, 1, 1), (same, 3, 1, 1), (short, 5, 1, 1)])
        let second = index([(edited, 2, 2, 4), (same, 4, 2, 4), (short, 6, 2, 4), (alone, 8, 2, 4)])
        let joins = first.merge(second) { $0 }
        #expect(joins.map(\.family) == [2, 4, 6] && joins.map(\.into) == [1, 3, 5])
        #expect(joins.map(\.exactContents) == [0, 1, 1])
        #expect(joins[0].windows * 10 >= joins[0].of * 7 && joins[0].of > joins[0].windows)
        #expect(joins[1].windows == joins[1].of && joins[1].of > 0)
        #expect(joins[2].of == 0)
        for (content, family) in [(text, 1), (edited, 1), (same, 3), (short, 5), (alone, 8)] as [(String, UInt32)] {
            let placement = first.place(FamilyStream.Content(content, sender: 3, epoch: 5), newFamily: 20)
            #expect(placement.relation == .exact && placement.family == family)
        }
    }

    @Test func `Senders of both count, and so does the later meeting`() {
        var texts = FamilyTexts(seed: 32)
        let disclaimer = texts.text(words: 80)
        func index(_ senders: ClosedRange<UInt64>, epoch: UInt16) -> FamilyIndex {
            self.index(senders.map { (texts.text(words: 100) + disclaimer, UInt32($0), $0, epoch) })
        }
        var (first, second) = (index(1...6, epoch: 10), index(101...140, epoch: 405))
        let probe = FamilyStream.Content(disclaimer + texts.text(words: 60), sender: 500, epoch: 412)
        var alone = first
        #expect(alone.place(FamilyStream.Content(disclaimer, sender: 500, epoch: 11), newFamily: 900).family < 900)
        _ = first.merge(second) { $0 }
        // By the calendar of the first alone the disclaimer would have expired; of six senders it would be evidence.
        #expect(first.place(probe, newFamily: 900).relation == .novel)
        #expect(first.exact.slots.contains { $0.family == 101 && $0.epoch == 405 })
        #expect(!first.exact.slots.contains { $0.family == 1 && $0.epoch >= first.exact.floor })
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `A merged index answers nearly as one that had all contents`(seed: UInt64) {
        var split = Split(seed: seed, contents: 900)
        var merged = split.first
        let joins = merged.merge(split.second) { $0 }
        var (same, sameRelation, copies, found) = (0, 0, 0, 0)
        let later = 500
        for _ in 0..<later {
            let content = split.stream.next()
            let expected = split.union.place(content, newFamily: split.next)
            let placement = merged.place(content, newFamily: split.next)
            same += placement.relation == expected.relation && placement.family == expected.family ? 1 : 0
            sameRelation += placement.relation == expected.relation ? 1 : 0
            copies += expected.family != split.next ? 1 : 0
            found += expected.family != split.next && placement.family == expected.family ? 1 : 0
            split.next += 1
        }
        print(
            "seed \(seed), merged beside union: \(joins.count) families joined; of \(later) later contents",
            "\(same) the same family and relation, \(sameRelation) the same relation;",
            "of \(copies) copies and partial ones \(found) in the same family")
        #expect(same * 100 >= later * 90)
        #expect(found * 100 >= copies * 90)
    }

    @Test func `The mixing of hashes is undone`() {
        var random = SplitMix64(seed: 9)
        for _ in 0..<1000 {
            let word = random.next()
            #expect(unmix64(mix64(word)) == word && mix64(unmix64(word)) == word)
        }
        #expect(unmix64(0) == 0)
    }
}
