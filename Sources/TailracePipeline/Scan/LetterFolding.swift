/// Reduces a text to its letters: what remains when a copy was re-wrapped, quoted, capitalised or renumbered.
///
/// Case is folded for ASCII, Latin-1, Greek and Cyrillic. Digits, white space, punctuation, symbols and emoji vanish.
/// Every other byte from 0x80 on is a letter by itself, so scripts without spaces work as well (a window of sixteen
/// then spans five to eight characters). Bytes that are no UTF-8 do no harm.
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
                } else if let folded = lowercase(byte, second) {
                    letters[count] = folded.0
                    letters[count &+ 1] = folded.1
                    count &+= 2
                    at &+= 2
                } else {
                    letters[count] = byte
                    count &+= 1
                    at &+= 1
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

    /// Bytes of a character that is no letter; 0 = it is one.
    @inline(__always)
    private static func vanishing(_ byte: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        switch (byte, second, third) {
        case (0xC2, 0x80...0xBF, _): 2  // U+0080–U+00BF: spaces and signs
        case (0xC3, 0x97, _), (0xC3, 0xB7, _): 2  // × ÷
        case (0xE2, 0x80...0xAF, _): 3  // U+2000–U+2BFF: dashes, quotes, bullets, arrows, mathematics, pictures
        case (0xE3, 0x80, _): 3  // U+3000–U+303F: CJK punctuation
        case (0xEF, 0xBB, 0xBF): 3  // byte order mark
        case (0xEF, 0xBC, 0x80...0xA0): 3  // full-width punctuation and digits
        case (0xEF, 0xB8, _): 3  // variation selectors
        case (0xF0, 0x9F, _): 4  // U+1F000–U+1FFFF: emoji
        default: 0
        }
    }

    /// The small letter of a capital of two bytes; nil where it is none.
    @inline(__always)
    private static func lowercase(_ byte: UInt8, _ second: UInt8) -> (UInt8, UInt8)? {
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
