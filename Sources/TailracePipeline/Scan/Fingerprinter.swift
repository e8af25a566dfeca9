/// Turns contents into fingerprints. Keeps its buffers, so a content costs no allocation of its own.
///
/// ```
/// text → letters (LetterFolding) ─┬→ 128-bit hash of all of them                       exact
///                                 └→ hash of each window of 13 (GearTable) → 1 in 2^level selected hashes
/// ```
/// A selected hash is below `2^(64 - level)`, so the hashes of a coarser level are those of a finer one below a
/// lower bound: contents of different levels are compared at the coarser.
public struct Fingerprinter: Sendable {
    /// Selected hashes kept of one content. Beyond it the level rises, which keeps about half of them, so a content
    /// of any length takes bounded memory and its share in another can still be counted.
    public static let maximumHashes = 65_536

    /// Read at a time: letters and hashes of a block stay in the nearest cache.
    private static let blockBytes = 8192
    /// Letters that a block needs of the one before it: those of a window, and the rest of a block of 16 that is
    /// hashed whole.
    private static let carriedLetters = max(GearTable.windowLetters, 16) - 1
    /// Seed of `Fingerprint.exact`; it is stored, so it never changes.
    private static let exactSeed: UInt64 = 0x636F_6E74_656E_7473

    private let words = GearTable.words
    private let table = LetterFolding.table
    private var letters = [UInt8](
        repeating: 0, count: carriedLetters + blockBytes + LetterFolding.overrunBytes + 1)
    private var selected = [UInt64](repeating: 0, count: blockBytes + LetterFolding.overrunBytes + 1)
    private var order = HashOrder()

    public init() {}

    /// The level at which a content of so many letters is compared: eight to a hundred hashes for a mail, one in 64
    /// windows of a long document. Thinner, the estimate of a short mail's share is too uncertain.
    static func level(letters: Int) -> UInt8 {
        letters < 768 ? 3 : letters < 2048 ? 4 : letters < 8192 ? 5 : 6
    }

    /// The level of long documents.
    static let coarsestLevel: UInt8 = 6

    /// Hashes of a level are below this.
    @inline(__always)
    static func limit(level: UInt8) -> UInt64 { 1 &<< (64 &- UInt64(level)) }

    /// The fingerprint of a content, given as UTF-8.
    ///
    /// Appends its selected hashes to `hashes`, ascending and each once. A content without letters has the exact hash
    /// `Hash128.none` and no hashes. Quoted replies and signatures are not taken out: they count as content.
    /// Complexity: O(n), about a nanosecond a byte.
    public mutating func fingerprint(_ text: UnsafeRawBufferPointer, into hashes: inout [UInt64]) -> Fingerprint {
        let first = hashes.count
        var progress = Progress()
        while progress.next < text.count {
            let block = progress.fold(text, table, into: &letters)
            progress.level = max(progress.level, Fingerprinter.level(letters: progress.letters))
            Fingerprinter.select(letters, block, words, level: progress.level, scratch: &selected, into: &hashes)
            progress.carry(block, &letters)
            if progress.next >= text.count || hashes.count - first > Fingerprinter.maximumHashes {
                progress.level = order.tidy(&hashes, from: first, level: progress.level)
            }
        }
        return Fingerprint(
            exact: progress.exact, letters: UInt32(clamping: progress.letters), level: progress.level,
            firstHash: UInt32(first), hashCount: UInt32(hashes.count - first))
    }

    /// Appends the selected hashes of the windows that end in a block.
    private static func select(
        _ letters: [UInt8], _ block: Range<Int>, _ words: [UInt64], level: UInt8, scratch: inout [UInt64],
        into hashes: inout [UInt64]
    ) {
        let start = max(block.lowerBound, GearTable.windowLetters - 1)
        guard start < block.upperBound else { return }
        // None of the three is ever empty, so each has an address.
        let count = scratch.withUnsafeMutableBufferPointer { scratch in
            letters.withUnsafeBufferPointer { letters in
                words.withUnsafeBufferPointer {
                    GearTable.select(
                        letters.baseAddress.unsafelyUnwrapped, from: start, to: block.upperBound,
                        below: limit(level: level), words: $0.baseAddress.unsafelyUnwrapped,
                        into: scratch.baseAddress.unsafelyUnwrapped)
                }
            }
        }
        hashes.append(contentsOf: scratch[..<count])
    }

    /// How far a content is read. `letters` holds up to 15 carried letters, then those of the block.
    private struct Progress {
        /// First byte that is not read yet.
        var next = 0
        /// Letters so far.
        var letters = 0
        var level: UInt8 = 3
        /// Of all letters so far; known when the text is at its end.
        var exact = Hash128.none
        private var carried = 0
        private var hasher = ContentHasher(seed: exactSeed)

        init() {}

        /// Reads the next block; returns where its letters lie.
        mutating func fold(_ text: UnsafeRawBufferPointer, _ table: [UInt8], into letters: inout [UInt8]) -> Range<Int>
        {
            let bytes = text.bindMemory(to: UInt8.self)
            guard let base = bytes.baseAddress else { return 0..<0 }
            let (start, end, before) = (next, bytes.count, carried)
            let folded = letters.withUnsafeMutableBufferPointer { letters in
                table.withUnsafeBufferPointer {
                    LetterFolding.fold(
                        base, from: start, to: min(start + blockBytes, end), end: end,
                        table: $0.baseAddress.unsafelyUnwrapped, into: letters.baseAddress.unsafelyUnwrapped + before)
                }
            }
            next = folded.next
            let block = carried..<carried + folded.count
            hash(block, letters, isLast: next >= end)
            self.letters += folded.count
            return block
        }

        /// Hashes whole blocks of 16 letters; what is left over is among the carried letters next time.
        private mutating func hash(_ block: Range<Int>, _ letters: [UInt8], isLast: Bool) {
            let start = block.lowerBound - self.letters % 16
            let whole = start + (block.upperBound - start) & ~15
            letters.withUnsafeBytes {
                hasher.update(blocks: UnsafeRawBufferPointer(rebasing: $0[start..<whole]))
                if isLast, self.letters + block.count > 0 {
                    exact = hasher.finish(tail: UnsafeRawBufferPointer(rebasing: $0[whole..<block.upperBound]))
                }
            }
        }

        /// Keeps the last letters for the windows that reach into the next block.
        mutating func carry(_ block: Range<Int>, _ letters: inout [UInt8]) {
            carried = min(block.upperBound, carriedLetters)
            for i in 0..<carried { letters[i] = letters[block.upperBound - carried + i] }
        }
    }
}
