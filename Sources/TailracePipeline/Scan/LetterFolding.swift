/// Reduces a text to its letters: what remains when a copy was re-wrapped, quoted, capitalised or renumbered.
///
/// Case is folded for ASCII, Latin-1, Greek and Cyrillic. Digits of any script, white space, punctuation, symbols and
/// emoji vanish. A letter is one byte, so that a window holds as many letters of each alphabet:
///
/// ```
/// a–z                                               the byte
/// two bytes of UTF-8 (accents, Greek, Cyrillic, …)  0x80 | 7 bits of the character
/// E0, E1 in front (Thai, Devanagari, Georgian, …)   0x80 | 7 bits of the character
/// other three and four bytes (Han, kana, Hangul)    two bytes: such a character says as much as two letters
/// ```
/// Characters of different alphabets may share a byte; texts of different alphabets share no windows for it. Bytes
/// that are no UTF-8 are letters by themselves and do no harm.
enum LetterFolding {
    /// By ASCII byte: the folded letter, 0 for what vanishes.
    static let table: [UInt8] = (0..<128).map { byte in
        let folded = UInt8(byte) | 0x20
        return folded >= UInt8(ascii: "a") && folded <= UInt8(ascii: "z") && byte >= 0x40 ? folded : 0
    }

    /// More letters than read bytes are never written, but a character begun before `limit` is read whole.
    static let overrunBytes = 3

    /// Writes the letters of the characters that begin in `text[start..<limit]`.
    ///
    /// - Parameters:
    ///   - text: the whole text, `end` bytes; a character may reach beyond `limit`, never beyond `end`.
    ///   - letters: room for `limit - start + overrunBytes + 1` bytes.
    /// - Returns: where reading stopped, and the number of letters written. Complexity: O(n).
    static func fold(
        _ text: UnsafePointer<UInt8>, from start: Int, to limit: Int, end: Int, table: UnsafePointer<UInt8>,
        into letters: UnsafeMutablePointer<UInt8>
    ) -> (next: Int, count: Int) {
        var at = start
        var count = 0
        while at < limit {
            while at &+ 8 <= limit {
                let word = UInt64(
                    littleEndian: UnsafeRawPointer(text).loadUnaligned(fromByteOffset: at, as: UInt64.self))
                if word & 0x8080_8080_8080_8080 != 0 { break }
                // Written out: the compiler leaves a loop of eight rolled, which takes twice as long.
                count = keep(table[Int(word & 0xFF)], letters, count)
                count = keep(table[Int(word &>> 8 & 0xFF)], letters, count)
                count = keep(table[Int(word &>> 16 & 0xFF)], letters, count)
                count = keep(table[Int(word &>> 24 & 0xFF)], letters, count)
                count = keep(table[Int(word &>> 32 & 0xFF)], letters, count)
                count = keep(table[Int(word &>> 40 & 0xFF)], letters, count)
                count = keep(table[Int(word &>> 48 & 0xFF)], letters, count)
                count = keep(table[Int(word &>> 56)], letters, count)
                at &+= 8
            }
            // One character, or the last few bytes.
            guard at < limit else { break }
            let byte = text[at]
            if byte < 0x80 {
                count = keep(table[Int(byte)], letters, count)
                at &+= 1
            } else {
                let second = at &+ 1 < end ? text[at &+ 1] : 0
                let third = at &+ 2 < end ? text[at &+ 2] : 0
                let length = vanishing(byte, second, third)
                if length > 0 {
                    at = min(at &+ length, end)
                } else if byte < 0xE0 || !isTail(second) || !isTail(third) {
                    let folded = letter(byte, second)
                    letters[count] = folded.letter
                    count &+= 1
                    at &+= folded.length
                } else if byte < 0xE2 {
                    letters[count] = 0x80 | second << 6 & 0x40 | third & 0x3F
                    count &+= 1
                    at &+= 3
                } else {
                    letters[count] = 0x80 | byte << 6 & 0x40 | second & 0x3F
                    letters[count &+ 1] = 0x80 | byte << 5 & 0x40 | third & 0x3F
                    count &+= 2
                    at &+= byte < 0xF0 ? 3 : at &+ 3 < end && isTail(text[at &+ 3]) ? 4 : 3
                }
            }
        }
        return (at, count)
    }

    /// Always writes, counts when it is a letter: no branch to predict.
    @inline(__always)
    private static func keep(_ letter: UInt8, _ letters: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
        letters[count] = letter
        return count &+ (letter != 0 ? 1 : 0)
    }

    /// Does a byte go on with a character?
    @inline(__always)
    private static func isTail(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// Bytes of a character that is no letter; 0 = it is one.
    @inline(__always)
    private static func vanishing(_ byte: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        switch (byte, second, third) {
        case (0xC2, 0x80...0xBF, _): 2  // U+0080–U+00BF: spaces and signs
        case (0xC3, 0x97, _), (0xC3, 0xB7, _): 2  // × ÷
        case (0xD8, 0x8C, _), (0xD8, 0x9B, _), (0xD8, 0x9F, _), (0xD9, 0x80, _): 2  // Arabic punctuation, tatweel
        case (0xD9, 0xA0...0xAD, _), (0xDB, 0xB0...0xB9, _): 2  // Arabic digits
        case (0xE0, 0xA5, 0xA4...0xAF): 3  // danda, Devanagari digits
        case (0xE0, 0xB9, 0x8F...0x9B): 3  // Thai digits and marks
        case (0xE2, 0x80...0xAF, _): 3  // U+2000–U+2BFF: dashes, quotes, bullets, arrows, mathematics, pictures
        case (0xE3, 0x80, _): 3  // U+3000–U+303F: CJK punctuation
        case (0xEF, 0xBB, 0xBF): 3  // byte order mark
        case (0xEF, 0xBC, 0x80...0xA0): 3  // full-width punctuation and digits
        case (0xEF, 0xB8, _): 3  // variation selectors
        case (0xF0, 0x9F, _): 4  // U+1F000–U+1FFFF: emoji
        default: 0
        }
    }

    /// The letter of a character of two bytes, small if it is a capital; a byte by itself where it is none.
    @inline(__always)
    private static func letter(_ byte: UInt8, _ second: UInt8) -> (letter: UInt8, length: Int) {
        guard byte < 0xE0, byte >= 0xC0, isTail(second) else { return (byte, 1) }
        let small = lowercase(byte, second) ?? (byte, second)
        return (0x80 | small.0 << 6 & 0x40 | small.1 & 0x3F, 2)
    }

    /// The small letter of a capital of two bytes; nil where it is none.
    @inline(__always)
    static func lowercase(_ byte: UInt8, _ second: UInt8) -> (UInt8, UInt8)? {
        switch (byte, second) {
        case (0xC3, 0x80...0x9E): (0xC3, second + 0x20)  // À–Þ
        case (0xCE, 0x91...0x9F): (0xCE, second + 0x20)  // Α–Ο
        case (0xCE, 0xA0...0xA9): (0xCF, second - 0x20)  // Π–Ω
        case (0xD0, 0x90...0x9F): (0xD0, second + 0x20)  // А–П
        case (0xD0, 0xA0...0xAF): (0xD1, second - 0x20)  // Р–Я
        case (0xD0, 0x80...0x8F): (0xD1, second + 0x10)  // Ѐ–Џ (a row of their own behind я)
        default: nil
        }
    }
}
