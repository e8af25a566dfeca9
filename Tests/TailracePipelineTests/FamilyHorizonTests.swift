import Testing

@testable import TailracePipeline

@Suite struct FamilyHorizonTests {
    private static let roomy = 16 << 20
    private static let cramped = 64 << 10

    @Test(arguments: [roomy, cramped], [0, 1, 3, 10])
    func `Placements across the horizon are those of the naive version, which takes out what expires`(
        capacityBytes: Int, horizon: Int
    ) {
        for seed in 1...5 as ClosedRange<UInt64> {
            var stream = FamilyStream(seed: seed, contentsPerDay: [7, 20, 60][Int(seed % 3)])
            var index = FamilyIndex(capacityBytes: capacityBytes, horizonDays: horizon)
            var full = index
            full.exact.reserve(1 << 40)
            full.windows.reserve(1 << 40)
            var naive = NaiveFamilies(like: index, horizon: horizon)
            var family: UInt32 = 1
            for i in 0..<400 {
                let content = stream.next()
                let placement = index.place(content, newFamily: family)
                let expected = naive.place(
                    content.print, content.hashes, sender: content.sender, epoch: content.epoch, newFamily: family)
                guard placement == expected, full.place(content, newFamily: family) == expected else {
                    Issue.record("seed \(seed), content \(i): \(placement), expected \(expected)")
                    return
                }
                if placement.own == family { family += 1 }
            }
            #expect(index.live == naive.exact.entries.count + naive.windows.entries.count, "seed \(seed)")
            #expect(full.live == index.live)
            #expect(index.evictions == naive.exact.evictions + naive.windows.evictions, "seed \(seed)")
            #expect(full.evictions == index.evictions)
        }
    }

    /// A text met on the days given, as relations.
    private func relations(on days: [UInt16], words: Int, horizon: Int) -> [Relation] {
        var texts = FamilyTexts(seed: 21)
        var index = FamilyIndex(capacityBytes: FamilyHorizonTests.roomy, horizonDays: horizon)
        let content = FamilyStream.Content(texts.text(words: words), sender: 1, epoch: 0)
        return days.enumerated().map { number, day in
            var content = content
            content.epoch = day
            return index.place(content, newFamily: UInt32(number + 1)).relation
        }
    }

    @Test func `A content is known to the last day of the horizon, and each meeting begins it anew`() {
        #expect(relations(on: [10, 40], words: 80, horizon: 30) == [.novel, .exact])
        #expect(relations(on: [10, 41], words: 80, horizon: 30) == [.novel, .novel])
        #expect(
            relations(on: [10, 40, 70, 100, 131], words: 80, horizon: 30) == [.novel] + [
                .exact, .exact, .exact, .novel,
            ])
        #expect(relations(on: [10, 40, 71], words: 4, horizon: 30) == [.short, .exact, .short])
        #expect(relations(on: [5, 5, 6], words: 80, horizon: 0) == [.novel, .exact, .novel])
        #expect(relations(on: [0, 65535], words: 80, horizon: .max) == [.novel, .exact])
    }

    @Test func `A content that comes late is met when it comes: it neither expires at once nor turns the clock back`() {
        #expect(relations(on: [100, 20, 20], words: 80, horizon: 30) == [.novel, .exact, .exact])
        var texts = FamilyTexts(seed: 22)
        var index = FamilyIndex(capacityBytes: FamilyHorizonTests.roomy, horizonDays: 30)
        _ = index.place(FamilyStream.Content(texts.text(words: 80), sender: 1, epoch: 100), newFamily: 1)
        let old = FamilyStream.Content(texts.text(words: 80), sender: 1, epoch: 20)
        #expect(index.place(old, newFamily: 2).relation == .novel)
        #expect(index.place(old, newFamily: 3).own == 2)
        #expect(index.clock == 100)
    }

    @Test func `The next leader takes over the windows of an expired one, with its own family and senders alone`() {
        var texts = FamilyTexts(seed: 23)
        var index = FamilyIndex(capacityBytes: FamilyHorizonTests.roomy, horizonDays: 30)
        let text = texts.text(words: 120)
        // So many senders that the windows are boilerplate while they live.
        for sender in 1...40 as ClosedRange<UInt64> {
            let own = texts.text(words: 900)
            _ = index.place(FamilyStream.Content(own + text, sender: sender, epoch: 1), newFamily: UInt32(sender))
        }
        let before = index.expired
        #expect(index.place(FamilyStream.Content(text, sender: 1, epoch: 40), newFamily: 50).relation == .novel)
        #expect(index.expired > before)
        let edited = FamilyStream.Content(text + texts.text(words: 10), sender: 2, epoch: 41)
        let placement = index.place(edited, newFamily: 51)
        #expect(placement.relation == .near && placement.own == 50)
    }

    @Test func `A table of a steady stream stops growing at what the horizon holds, and a snapshot holds no more`() {
        var stream = FamilyStream(seed: 24, contentsPerDay: 10)
        var index = FamilyIndex(capacityBytes: FamilyHorizonTests.roomy, horizonDays: 2)
        var boundless = FamilyIndex(capacityBytes: FamilyHorizonTests.roomy, horizonDays: .max)
        for number in 0..<800 as Range<UInt32> {
            let content = stream.next()
            _ = index.place(content, newFamily: number + 1)
            _ = boundless.place(content, newFamily: number + 1)
        }
        #expect(index.windows.slots.count * 2 < boundless.windows.slots.count)
        #expect(index.evictions == 0 && index.expired > 0 && boundless.expired == 0)
        var bytes = 0
        index.snapshot { bytes += $0.count }
        #expect(bytes <= 16 * index.live + 100)
    }
}
