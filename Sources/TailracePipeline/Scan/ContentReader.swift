/// Reads the contents of records: what of a text is its writer's own, what it quotes, and the fingerprints of both.
///
/// ```
/// text ─┬→ own      (OwnText) → fingerprint: exact hash, selected windows
///       ├→ quotes             → windows behind those, by which the index tells whether it has seen what is quoted
///       └→ signature, closing → nothing
/// ```
/// Keeps its buffers, so a content costs no allocation of its own.
public struct ContentReader: Sendable {
    private var fingerprinter = Fingerprinter()
    private var parts = OwnText()
    private var own: [UInt8] = []
    private var quoted: [UInt8] = []

    public init() {}

    /// The fingerprint of a text; its selected hashes are appended to `hashes`, those of what is quoted last.
    ///
    /// - Parameter stream: documents quote as well, but what they quote is a part of them.
    /// - Complexity: O(n).
    public mutating func read(_ text: Span<UInt8>, of stream: Stream, into hashes: inout [UInt64]) -> Fingerprint {
        text.withUnsafeBytes { text in
            guard stream != .document, parts.split(text) else { return fingerprinter.fingerprint(text, into: &hashes) }
            own.removeAll(keepingCapacity: true)
            for range in parts.own { own.append(contentsOf: text[range]) }
            var fingerprint = own.withUnsafeBytes { fingerprinter.fingerprint($0, into: &hashes) }
            let signed = parts.signature.reduce(0) { $0 + $1.count }
            fingerprint.signed = UInt16(1000 * signed / text.count)
            if !parts.quoted.isEmpty { takeQuotes(text, &fingerprint, &hashes) }
            return fingerprint
        }
    }

    private mutating func takeQuotes(
        _ text: UnsafeRawBufferPointer, _ fingerprint: inout Fingerprint, _ hashes: inout [UInt64]
    ) {
        quoted.removeAll(keepingCapacity: true)
        for range in parts.quoted { quoted.append(contentsOf: text[range]) }
        let quote = quoted.withUnsafeBytes { fingerprinter.fingerprint($0, into: &hashes) }
        fingerprint.quoted = UInt16(1000 * quoted.count / text.count)
        fingerprint.quotedLetters = quote.letters
        fingerprint.quotedLevel = quote.level
        fingerprint.quotedHashes = quote.hashCount
        fingerprint.hashCount += quote.hashCount
        // Two mails that say "Thanks" to different ones are no copies of each other.
        if quote.letters > 0 { fingerprint.exact = fingerprint.exact.joined(quote.exact) }
    }
}
