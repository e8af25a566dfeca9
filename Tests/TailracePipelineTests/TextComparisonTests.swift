import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct TextComparisonTests {
    private func compare(_ a: String, _ b: String) -> TextComparison { TextComparison(Array(a.utf8), Array(b.utf8)) }

    private static func prose(_ generator: inout SplitMix64, _ words: Int) -> String {
        (0..<words).map { _ in
            String(
                (0..<(3 + generator.below(7))).map { _ in Character(UnicodeScalar(UInt8(97 + generator.below(26)))) })
        }.joined(separator: " ")
    }

    @Test func `The same letters are an exact copy, whatever stands between them`() {
        let text = "The quarterly review of all open cases takes place on Monday, as announced before to everybody."
        let other = compare(text, "> " + text.uppercased().replacing(" ", with: "  \n") + " 12:30")
        #expect(other.relation == .exact)
        #expect(other.first.share == 1 && other.second.share == 1)
        #expect(other.spans.map(\.letters) == [other.first.letters])
    }

    @Test func `What is pasted into a longer text is found where it stands, and told both ways`() {
        var generator = SplitMix64(seed: 5)
        let (paste, own) = (TextComparisonTests.prose(&generator, 120), TextComparisonTests.prose(&generator, 240))
        let text = own + "\n" + paste + "\nGrüße"
        let found = compare(paste, text)
        #expect(found.relation == .partial)
        #expect(found.first.share == 1 && abs(found.second.share - 1.0 / 3) < 0.05)
        #expect(found.first.interval.low <= 1 && found.first.containment > 0.9)
        #expect(found.second.interval.low < found.second.share && found.second.share < found.second.interval.high)
        let span = found.spans.first
        #expect(found.spans.count == 1 && span?.first == 0..<paste.utf8.count)
        #expect(span?.second == own.utf8.count + 1..<own.utf8.count + 1 + paste.utf8.count)
    }

    @Test func `Nothing in common is novel, and little is too short to tell`() {
        var generator = SplitMix64(seed: 6)
        let found = compare(TextComparisonTests.prose(&generator, 200), TextComparisonTests.prose(&generator, 200))
        #expect(found.relation == .novel && found.spans.isEmpty && found.first.share == 0)
        #expect(
            compare("A long text that says something about nothing at all, and goes on.", "Thank you").relation
                == .short)
        for (a, b) in [("", ""), ("", "x"), ("12 34", "56")] {
            let nothing = compare(a, b)
            #expect(nothing.relation == .short && nothing.first.share == 0 && nothing.spans.isEmpty)
        }
    }

    /// The index and the comparison are two ways to one answer.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func `The verdict is that of the index`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<30 {
            let words = TextComparisonTests.prose(&generator, 150).split(separator: " ")
            let kept = words.map { generator.below(100) < 60 ? String($0) : TextComparisonTests.prose(&generator, 1) }
            let texts = [
                words.joined(separator: " "),
                generator.oneIn(2)
                    ? kept.joined(separator: " ") : words.dropLast(generator.below(140)).joined(separator: " "),
            ]
            var index = FamilyIndex(capacityBytes: 1 << 20)
            var fingerprinter = Fingerprinter()
            var placements: [Placement] = []
            for (number, text) in texts.enumerated() {
                var hashes: [UInt64] = []
                let print = Array(text.utf8).withUnsafeBytes { fingerprinter.fingerprint($0, into: &hashes) }
                placements.append(
                    hashes.withUnsafeBufferPointer {
                        index.place(print, hashes: $0, sender: 0, epoch: 1, newFamily: UInt32(number + 1))
                    })
            }
            let found = compare(texts[0], texts[1])
            #expect(found.relation == placements[1].relation, "seed \(seed)")
            if found.relation == .near || found.relation == .partial {
                #expect(
                    found.second.hits == Int(placements[1].hits) && found.second.compared == Int(placements[1].compared)
                )
            }
        }
    }
}
