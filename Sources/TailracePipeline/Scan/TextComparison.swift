/// Two contents side by side: what the index would say of one that came after the other, and what is really common.
///
/// The index keeps one window hash in eight to sixty-four and estimates; here all windows are at hand as well. For
/// people who want to understand a verdict, not for the way of the data.
public struct TextComparison: Sendable {
    /// How much of one content is in the other.
    public struct Side: Equatable, Sendable {
        /// Letters of this content.
        public var letters = 0
        /// Of its selected hashes so many are in the other: what the index counts.
        public var hits = 0
        public var compared = 0
        /// Letters of it that stand in a common stretch of thirteen or more.
        public var common = 0

        /// Share of the letters that is common; 0 where there are none.
        public var share: Double { letters == 0 ? 0 : Double(common) / Double(letters) }
        /// The estimate of the index.
        public var containment: Double { compared == 0 ? 0 : Double(hits) / Double(compared) }
        public var interval: (low: Double, high: Double) { wilsonInterval(hits: hits, of: compared) }
    }

    /// A stretch that stands in both, in bytes of each.
    public struct Span: Equatable, Sendable {
        public var first: Range<Int>
        public var second: Range<Int>
        public var letters: Int
    }

    public private(set) var first = Side()
    public private(set) var second = Side()
    /// What the index says of the second if it comes after the first: `exact`, `near`, `partial`, `short` or `novel`.
    public private(set) var relation = Relation.novel
    /// Common stretches in the order of the first content, none within another.
    public private(set) var spans: [Span] = []

    /// The same, the longest first.
    public var longestSpans: [Span] {
        spans.sorted { ($1.letters, $0.first.lowerBound) < ($0.letters, $1.first.lowerBound) }
    }

    /// Complexity: O(n), with some 50 bytes of memory for each letter of the longer one.
    public init(_ first: [UInt8], _ second: [UInt8]) {
        let (a, b) = (Letters(first), Letters(second))
        (self.first.letters, self.second.letters) = (a.folded.count, b.folded.count)
        let tiles = TextComparison.tiles(a.folded, b.folded)
        self.first.common = tiles.reduce(0) { $0 + $1.count }
        self.second.common = TextComparison.tiles(b.folded, a.folded).reduce(0) { $0 + $1.count }
        spans = tiles.map { tile in
            Span(first: a.bytes(tile.first, tile.count), second: b.bytes(tile.second, tile.count), letters: tile.count)
        }
        estimate(first, second)
    }

    private mutating func estimate(_ first: [UInt8], _ second: [UInt8]) {
        var fingerprinter = Fingerprinter()
        var (own, other): ([UInt64], [UInt64]) = ([], [])
        let a = first.withUnsafeBytes { fingerprinter.fingerprint($0, into: &own) }
        let b = second.withUnsafeBytes { fingerprinter.fingerprint($0, into: &other) }
        let limit = Fingerprinter.limit(level: max(a.level, b.level))
        let (left, right) = (Set(own.filter { $0 < limit }), Set(other.filter { $0 < limit }))
        let hits = left.intersection(right).count
        (self.first.hits, self.first.compared) = (hits, left.count)
        (self.second.hits, self.second.compared) = (hits, right.count)
        if a.exact == b.exact, !a.exact.isNone {
            relation = .exact
        } else if b.letters < Fingerprint.shortLetters {
            relation = .short
        } else if hits >= FamilyIndex.leastHits, hits * 5 >= right.count {
            relation = hits * 10 >= right.count * 7 ? .near : .partial
        }
    }

    /// Stretches of `a` that stand in `b` as well, from left to right, each as long as it goes.
    private static func tiles(_ a: [UInt8], _ b: [UInt8]) -> [(first: Int, second: Int, count: Int)] {
        let window = GearTable.windowLetters
        guard a.count >= window, b.count >= window else { return [] }
        var places: [UInt64: Int32] = [:]
        places.reserveCapacity(b.count)
        forEachWindow(b) { hash, start in if places[hash] == nil { places[hash] = Int32(start) } }
        var tiles: [(first: Int, second: Int, count: Int)] = []
        var next = 0
        forEachWindow(a) { hash, start in
            guard start >= next, let place = places[hash].map({ Int($0) }) else { return }
            var count = 0
            while start + count < a.count, place + count < b.count, a[start + count] == b[place + count] { count += 1 }
            // Two windows may have one hash by chance.
            guard count >= window else { return }
            tiles.append((start, place, count))
            next = start + count
        }
        return tiles
    }

    private static func forEachWindow(_ letters: [UInt8], _ body: (_ hash: UInt64, _ start: Int) -> Void) {
        var hash: UInt64 = 0
        for (at, letter) in letters.enumerated() {
            hash = hash &<< GearTable.shift &+ GearTable.words[Int(letter)]
            if at >= GearTable.windowLetters - 1 { body(hash, at - GearTable.windowLetters + 1) }
        }
    }

    /// The letters of a content, and where each stands in it.
    private struct Letters {
        var folded: [UInt8] = []
        private var starts: [Int32] = []
        private var ends: [Int32] = []

        init(_ text: [UInt8]) {
            let table = LetterFolding.table
            // One character at a time: up to three bytes of letters.
            var room = [UInt8](repeating: 0, count: LetterFolding.overrunBytes + 2)
            var at = 0
            while at < text.count {
                let found = text.withUnsafeBufferPointer { text in
                    table.withUnsafeBufferPointer { table in
                        room.withUnsafeMutableBufferPointer { room in
                            // None of the three is ever empty, so each has an address.
                            LetterFolding.fold(
                                text.baseAddress.unsafelyUnwrapped, from: at, to: at + 1, end: text.count,
                                table: table.baseAddress.unsafelyUnwrapped, into: room.baseAddress.unsafelyUnwrapped)
                        }
                    }
                }
                for number in 0..<found.count {
                    folded.append(room[number])
                    starts.append(Int32(at))
                    ends.append(Int32(found.next))
                }
                at = found.next
            }
        }

        func bytes(_ first: Int, _ count: Int) -> Range<Int> { Int(starts[first])..<Int(ends[first + count - 1]) }
    }
}
