/// What is kept of a content: enough to find its copies, too little to read it.
public struct Fingerprint: Sendable {
    /// Hash of the normalised content (letters only, case folded); equal for exact copies.
    public var exact: Hash128
    /// Letters in the normalised content. Under `shortLetters` only exact copies are looked for.
    public var letters: UInt32
    /// Selection level: one in 2^level window hashes is kept.
    public var level: UInt8
    /// Thousandths of the text that are quotes, and signatures. What is quoted is no part of the content where the index
    /// knows it; a signature never is.
    public var quoted: UInt16 = 0
    public var signed: UInt16 = 0
    /// Of what is quoted: its letters, the level of its hashes, and how many of the last of `hashCount` are of it.
    public var quotedLetters: UInt32 = 0
    public var quotedLevel: UInt8 = 0
    public var quotedHashes: UInt32 = 0
    /// Where the selected hashes lie in the hash arena of the batch.
    public var firstHash: UInt32
    public var hashCount: UInt32

    public init(exact: Hash128, letters: UInt32, level: UInt8, firstHash: UInt32, hashCount: UInt32) {
        self.exact = exact
        self.letters = letters
        self.level = level
        self.firstHash = firstHash
        self.hashCount = hashCount
    }

    /// Contents with fewer letters are compared exactly only: too few hashes to tell.
    public static let shortLetters: UInt32 = 64
}
