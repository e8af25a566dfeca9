import Testing

@testable import TailracePipeline

@Suite struct FingerprintTests {
    private func fingerprint(_ text: String) -> (print: Fingerprint, hashes: [UInt64]) {
        var fingerprinter = Fingerprinter()
        return fingerprint(Array(text.utf8), &fingerprinter)
    }

    private func fingerprint(_ text: [UInt8], _ fingerprinter: inout Fingerprinter) -> (Fingerprint, [UInt64]) {
        // Something before it, as in a batch.
        var hashes: [UInt64] = [3, 2, 1]
        let print = text.withUnsafeBytes { fingerprinter.fingerprint($0, into: &hashes) }
        #expect(hashes.prefix(3) == [3, 2, 1])
        #expect(print.firstHash == 3 && Int(print.hashCount) == hashes.count - 3)
        return (print, Array(hashes[3...]))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `Fingerprints are those of the naive version`(seed: UInt64) {
        var texts = FamilyTexts(seed: seed)
        var fingerprinter = Fingerprinter()
        for round in 0..<120 {
            var text = texts.text(words: [0, 1, 3, 40, 300, 1300, 2500][round % 7])
            if round % 3 == 0 { text = texts.decorated(text) }
            let (print, hashes) = fingerprint(Array(text.utf8), &fingerprinter)
            let naive = NaiveFingerprint(text)
            #expect(Int(print.letters) == naive.letters.count, "seed \(seed), round \(round)")
            #expect(print.level == naive.level, "seed \(seed), round \(round)")
            #expect(hashes == naive.hashes, "seed \(seed), round \(round)")
            #expect(print.exact == naive.exact, "seed \(seed), round \(round)")
        }
    }

    @Test func `Case, digits, white space, quote marks and punctuation vanish`() {
        let one = fingerprint("Order 4711: the pump stands still, please send someone before Friday.")
        let other = fingerprint(
            "> ORDER 4712 \u{2013} the  pump\n> stands still; please\n> send someone before friday\u{201D}")
        #expect(one.print.exact == other.print.exact)
        #expect(one.hashes == other.hashes)
        #expect(one.print.letters == 52)
    }

    @Test func `Capitals with accents, Greek and Cyrillic ones are the same as small letters`() {
        #expect(fingerprint("ÀÉÎÞ ΑΟΠΩ ЀЏАПРЯ").print.exact == fingerprint("àéîþ αοπω ѐџапря").print.exact)
        #expect(fingerprint("a × b ÷ c").print.exact == fingerprint("abc").print.exact)
    }

    @Test func `A text in a script without spaces has windows`() {
        let text = String(repeating: "水流受阻则轮转变慢无论上游注入多少", count: 1)
        let (print, hashes) = fingerprint(text + "。" + text.reversed())
        // A character says as much as two letters.
        #expect(print.letters == UInt32(text.count * 4))
        #expect(!hashes.isEmpty)
    }

    @Test(arguments: [
        "Отчёт за квартал готов", "Η τριμηνιαία έκθεση", "التقرير الفصلي جاهز", "รายงานประจำไตรมาส", "त्रैमासिक रिपोर्ट",
    ])
    func `A letter of an alphabet is one letter, however many bytes it takes`(text: String) {
        let letters = text.unicodeScalars.filter { $0 != " " }
        #expect(fingerprint(text).print.letters == UInt32(letters.count))
    }

    @Test func `Digits of any script vanish`() {
        for (one, other) in [("عدد ١٢٣", "عدد ٩٨"), ("หน้า ๑๒", "หน้า ๓"), ("पृष्ठ १२", "पृष्ठ ९"), ("頁１２", "頁９")] {
            #expect(fingerprint(one).print.exact == fingerprint(other).print.exact)
        }
    }

    @Test func `A content without letters has no hash and no windows`() {
        for text in ["", "1234 567", "\u{2026} \u{1F600}!", "\n\n\n"] {
            let (print, hashes) = fingerprint(text)
            #expect(print.exact.isNone && print.letters == 0 && hashes.isEmpty)
        }
    }

    @Test func `Twelve letters have no window, and the order of letters counts`() {
        #expect(fingerprint(String(repeating: "a", count: 12)).hashes.isEmpty)
        #expect(fingerprint("ab").print.exact != fingerprint("ba").print.exact)
    }

    @Test func `Levels nest: the hashes of a part at a coarser level are among those at its own`() {
        var texts = FamilyTexts(seed: 9)
        let part = texts.text(words: 200)
        let whole = part + " " + texts.text(words: 3000)
        let fine = fingerprint(part)
        let coarse = fingerprint(whole)
        #expect(fine.print.level == 4 && coarse.print.level == 6)
        let limit = Fingerprinter.limit(level: 6)
        let expected = fine.hashes.filter { $0 < limit }
        #expect(!expected.isEmpty)
        #expect(Set(expected).isSubset(of: coarse.hashes))
        #expect(coarse.hashes.allSatisfy { $0 < limit })
    }

    @Test func `A content of many megabytes keeps a bounded number of hashes`() {
        var texts = FamilyTexts(seed: 4)
        let letters = (0..<5_000_000).map { _ in UInt8(ascii: "a") + UInt8(texts.random.next() % 26) }
        var fingerprinter = Fingerprinter()
        let (print, hashes) = fingerprint(letters, &fingerprinter)
        #expect(hashes.count <= Fingerprinter.maximumHashes && hashes.count > Fingerprinter.maximumHashes / 4)
        #expect(print.level == 7)
        #expect(zip(hashes, hashes.dropFirst()).allSatisfy { $0 < $1 })
        #expect(hashes.allSatisfy { $0 < Fingerprinter.limit(level: 7) })
    }

    @Test func `Bytes that are no UTF-8 do no harm, wherever the text ends`() {
        var fingerprinter = Fingerprinter()
        for lead in 0x80...0xFF as ClosedRange<UInt8> {
            for rest in [[], [0x80], [0x9F], [0xBC], [0x9F, 0x98], [0xBB, 0xBF]] as [[UInt8]] {
                _ = fingerprint([lead] + rest, &fingerprinter)
                // The same across the end of a block.
                _ = fingerprint([UInt8](repeating: 0x61, count: 8191) + [lead] + rest, &fingerprinter)
            }
        }
    }

    @Test func `Selected hashes ascend, each once, however many there are and wherever they lie`() {
        var random = FamilyTexts.Random(state: 21)
        var order = HashOrder()
        for count in [0, 1, 2, 12, 13, 100, 256, 257, 3000, 20_000] {
            // Spread evenly, as hashes are; all in one range, as they may be made to be; with repeats.
            for limit in [1 << 60, 1 << 40, UInt64(max(1, count / 2))] {
                let hashes = (0..<count).map { _ in random.next() % (limit + limit / 8) }
                var sorted: [UInt64] = [7] + hashes
                let level = order.tidy(&sorted, from: 1, level: 4)
                #expect(level == 4)
                #expect(sorted == [7] + Set(hashes.filter { $0 < 1 << 60 }).sorted(), "\(count) below \(limit)")
            }
        }
    }
}
