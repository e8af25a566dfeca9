/// The words of the rolling hash: one for each letter.
///
/// Gear hashing (Xia et al., "Ddelta: a deduplication-inspired fast delta compression approach", Performance
/// Evaluation 79, 2014) with a shift of 5: `h = h << 5 + word[letter]`. After thirteen letters the first of them is
/// shifted out, so the hash is that of a window of the last thirteen, and no subtraction is needed. Shorter windows
/// survive more edits, longer ones are shared by fewer texts that have nothing to do with each other (decision 0017).
enum GearTable {
    /// Letters in a window: 64 bits of hash, 5 a letter, of the first one 4.
    static let windowLetters = 13
    /// Bits that a letter moves those before it.
    static let shift: UInt64 = 5

    /// By byte of the folded text. Stored hashes depend on it: another table needs another version of the
    /// index segments.
    static let words: [UInt64] = {
        var words: [UInt64] = []
        words.reserveCapacity(256)
        var state: UInt64 = 0x7461_696C_7261_6365
        for _ in 0..<256 {
            // SplitMix64 (Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
            state = state &+ 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ word &>> 30) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ word &>> 27) &* 0x94D0_49BB_1331_11EB
            words.append(word ^ word &>> 31)
        }
        return words
    }()

    /// Writes the hashes below `limit` of the windows that end at `first..<end` of `letters`; returns how many.
    ///
    /// FracMinHash (Irber et al., "Lightweight compositional analysis of metagenomes with FracMinHash", bioRxiv
    /// 2022): what is kept depends on the window alone, so a content's share in another can be counted.
    /// - Precondition: the twelve letters before `first` are there too; `selected` has room for `end - first`.
    @inline(__always)
    static func select(
        _ letters: UnsafePointer<UInt8>, from first: Int, to end: Int, below limit: UInt64,
        words: UnsafePointer<UInt64>, into selected: UnsafeMutablePointer<UInt64>
    ) -> Int {
        // Two halves at once: each step of a rolling hash waits for the one before it, so there is time for a second.
        let half = (end - first) / 2
        var (one, two) = (warm(letters, first, words), warm(letters, first + half, words))
        let second = selected + half
        var (count, secondCount) = (0, 0)
        for at in first..<first &+ half {
            one = one &<< shift &+ words[Int(letters[at])]
            two = two &<< shift &+ words[Int(letters[at &+ half])]
            // Always written, counted when kept: one window in eight is no pattern that a branch could learn.
            selected[count] = one
            count &+= one < limit ? 1 : 0
            second[secondCount] = two
            secondCount &+= two < limit ? 1 : 0
        }
        if (end - first) % 2 == 1 {
            two = two &<< shift &+ words[Int(letters[end - 1])]
            second[secondCount] = two
            secondCount &+= two < limit ? 1 : 0
        }
        (selected + count).update(from: second, count: secondCount)
        return count + secondCount
    }

    /// The hash of the letters of a window but its last, before a place.
    @inline(__always)
    private static func warm(
        _ letters: UnsafePointer<UInt8>, _ place: Int, _ words: UnsafePointer<UInt64>
    ) -> UInt64 {
        var hash: UInt64 = 0
        for at in place - (windowLetters - 1)..<place { hash = hash &<< shift &+ words[Int(letters[at])] }
        return hash
    }
}
