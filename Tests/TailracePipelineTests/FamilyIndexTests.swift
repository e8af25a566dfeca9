import Testing

@testable import TailracePipeline

@Suite struct FamilyIndexTests {
    private static let roomy = 64 << 20
    /// So small that most of what is entered is forgotten again.
    private static let cramped = 64 << 10

    @Test(arguments: [1, 2] as [UInt64], [roomy, cramped])
    func `Placements are those of the naive version`(seed: UInt64, capacityBytes: Int) {
        var stream = FamilyStream(seed: seed)
        var index = FamilyIndex(capacityBytes: capacityBytes)
        var naive = NaiveFamilies(like: index)
        var family: UInt32 = 1
        var seen: Set<Relation> = []
        for i in 0..<1500 {
            let content = stream.next()
            let placement = index.place(content, newFamily: family)
            let expected = naive.place(
                content.print, content.hashes, sender: content.sender, epoch: content.epoch, newFamily: family)
            guard placement == expected else {
                Issue.record("seed \(seed), content \(i): \(placement), expected \(expected)")
                return
            }
            seen.insert(placement.relation)
            if placement.own == family { family += 1 }
        }
        #expect(seen == [.exact, .near, .partial, .novel, .short])
        #expect(index.live == naive.exact.entries.count + naive.windows.entries.count)
        #expect(index.evictions == naive.exact.evictions + naive.windows.evictions)
        #expect((index.evictions > 0) == (capacityBytes == FamilyIndexTests.cramped))
        #expect(index.slotCount * 16 <= capacityBytes)
    }

    @Test(arguments: [roomy, cramped])
    func `An index that grew answers like one that had its full size from the start`(capacityBytes: Int) {
        var stream = FamilyStream(seed: 3)
        var grown = FamilyIndex(capacityBytes: capacityBytes)
        var full = FamilyIndex(capacityBytes: capacityBytes)
        full.exact.reserve(1 << 40)
        full.windows.reserve(1 << 40)
        #expect(full.windows.slots.count > grown.windows.slots.count)
        var family: UInt32 = 1
        for _ in 0..<1500 {
            let content = stream.next()
            let placement = grown.place(content, newFamily: family)
            #expect(placement == full.place(content, newFamily: family))
            if placement.own == family { family += 1 }
        }
        #expect(grown.live == full.live)
        #expect(grown.evictions == full.evictions)
    }

    @Test func `A full bucket keeps the latest four, in whatever order five of them come`() {
        // (epoch, key): the second is the oldest, the third shares its epoch and has the greater key.
        let entries: [(epoch: UInt16, key: UInt64)] = [(5, 10), (3, 20), (3, 30), (9, 1), (4, 2)]
        for order in permutations([0, 1, 2, 3, 4]) {
            var table = SlotTable(bytes: 64)
            for i in order {
                table.insert(Slot(key: entries[i].key, family: UInt32(i), epoch: entries[i].epoch, tag: 0))
            }
            #expect(Set(table.slots.map(\.key).filter { $0 != 0 }) == [10, 30, 1, 2], "order \(order)")
            #expect(table.evictions == 1 && table.used == 4)
        }
    }

    private func permutations(_ items: [Int]) -> [[Int]] {
        items.isEmpty
            ? [[]] : items.flatMap { first in permutations(items.filter { $0 != first }).map { [first] + $0 } }
    }

    @Test func `A window in the leaders of many senders is no evidence, of one sender it is`() {
        var relations: [Bool: Relation] = [:]
        for isShared in [true, false] {
            var texts = FamilyTexts(seed: 8)
            var index = FamilyIndex(capacityBytes: 1 << 20)
            var fingerprinter = Fingerprinter()
            let disclaimer = texts.text(words: 60)
            for i in 0..<60 as Range<UInt32> {
                var hashes: [UInt64] = []
                let text = texts.text(words: 80) + disclaimer
                let print = Array(text.utf8).withUnsafeBytes { fingerprinter.fingerprint($0, into: &hashes) }
                let content = FamilyStream.Content(
                    print: print, hashes: hashes, sender: isShared ? UInt64(i) + 1 : 1, epoch: 1)
                relations[isShared] = index.place(content, newFamily: i + 1).relation
            }
        }
        #expect(relations == [true: .novel, false: .partial])
    }

    @Test func `A text that drifts founds a family when it has left its leader, and members stay near theirs`() {
        var texts = FamilyTexts(seed: 12)
        var index = FamilyIndex(capacityBytes: 1 << 20)
        var fingerprinter = Fingerprinter()
        var words = texts.text(words: 200).split(separator: " ").map(String.init)
        var placements: [Placement] = []
        var leaders: [UInt32: [String]] = [:]
        for i in 0..<10 as Range<UInt32> {
            var hashes: [UInt64] = []
            let text = Array(words.joined(separator: " ").utf8)
            let print = text.withUnsafeBytes { fingerprinter.fingerprint($0, into: &hashes) }
            let content = FamilyStream.Content(print: print, hashes: hashes, sender: 1, epoch: 1)
            let placement = index.place(content, newFamily: i + 1)
            placements.append(placement)
            if placement.own == i + 1 { leaders[i + 1] = words }
            let leader = leaders[placement.own] ?? []
            #expect(zip(leader, words).filter { $0 == $1 }.count >= words.count * 7 / 10, "step \(i)")
            // A tenth of the words goes at each step, always another one.
            for at in Int(i) * 20..<Int(i) * 20 + 20 where at < words.count { words[at] = texts.text(words: 1) }
        }
        #expect(placements[1].relation == .near)
        // A leader that began with most of another's windows has near copies all the same.
        let second = placements.firstIndex { $0.relation == .partial } ?? 0
        #expect(placements[second].family == 1 && placements[second].own == UInt32(second) + 1)
        #expect(placements[second + 1].relation == .near && placements[second + 1].own == UInt32(second) + 1)
        #expect(leaders.count >= 3)
    }

    @Test func `Contents without letters are no copies of each other`() {
        var index = FamilyIndex(capacityBytes: 1 << 20)
        let nothing = FamilyStream.Content(
            print: Fingerprint(exact: .none, letters: 0, level: 4, firstHash: 0, hashCount: 0), hashes: [], sender: 1,
            epoch: 1)
        #expect(index.place(nothing, newFamily: 1).own == 1)
        #expect(index.place(nothing, newFamily: 2).own == 2)
        #expect(index.slotsUsed == 0)
    }

    @Test func `Wilson's interval is that of the published examples and never leaves 0 to 1`() {
        // Newcombe 1998 (Statistics in Medicine 17): 81 of 263 and 0 of 20.
        let (low, high) = wilsonInterval(hits: 81, of: 263)
        #expect(abs(low - 0.2553) < 0.0001 && abs(high - 0.3662) < 0.0001)
        let none = wilsonInterval(hits: 0, of: 20)
        #expect(none.low == 0 && abs(none.high - 0.1611) < 0.0001)
        #expect(wilsonInterval(hits: 0, of: 0) == (0, 1))
        for total in 1...40 {
            for hits in 0...total {
                let (low, high) = wilsonInterval(hits: hits, of: total)
                let share = Double(hits) / Double(total)
                #expect(0 <= low && low <= share && share <= high && high <= 1)
            }
        }
    }
}
