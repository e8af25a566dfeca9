/// Contents that quote: what is quoted counts as a part of the content where nobody has seen it before.
extension FamilyIndex {
    /// Where a content stands, and which of its hashes are entered if it leads a family.
    struct Weighed {
        var placement: Placement
        var part: Part
    }

    /// What the windows that were looked up say of a content.
    ///
    /// ```
    /// no quotes, or quotes of what is not known     compared as a whole
    /// quotes of what is known                       compared by what is the writer's own; if more of the text is in
    ///                                               the family that is quoted, it repeats a part of that one
    /// ```
    mutating func weigh(
        _ fingerprint: Fingerprint, _ hashes: UnsafeBufferPointer<UInt64>, newFamily: UInt32
    ) -> Weighed {
        let ownCount = hashes.count - Int(fingerprint.quotedHashes)
        var part = Part(range: 0..<ownCount, level: fingerprint.level)
        guard fingerprint.quotedHashes > 0 else {
            return Weighed(placement: compareIfLong(part, fingerprint.letters, hashes, newFamily), part: part)
        }
        let quoted = Part(range: ownCount..<hashes.count, level: fingerprint.quotedLevel)
        let quote = compare(quoted, of: hashes, newFamily: newFamily)
        guard quote.relation != .novel else {
            let letters = fingerprint.letters &+ fingerprint.quotedLetters
            let level = max(fingerprint.level, fingerprint.quotedLevel, Fingerprinter.level(letters: Int(letters)))
            part = Part(range: 0..<hashes.count, level: level)
            return Weighed(placement: compareIfLong(part, letters, hashes, newFamily), part: part)
        }
        let whole = Part(range: 0..<hashes.count, level: max(fingerprint.level, fingerprint.quotedLevel))
        let link = compare(whole, of: hashes, with: quote.family, newFamily: newFamily)
        // After the others, so that the runs are those of what is entered.
        var placement = compareIfLong(part, fingerprint.letters, hashes, newFamily)
        let letters = (own: Double(fingerprint.letters), quoted: Double(fingerprint.quotedLetters))
        if link.relation != .novel, link.family != placement.family,
            quote.containment * letters.quoted > placement.containment * letters.own
        {
            placement = link
            (placement.relation, placement.own, placement.isByQuote) = (.partial, newFamily, true)
        }
        placement.isQuoteKnown = true
        if fingerprint.letters < Fingerprint.shortLetters { part.range = 0..<0 }
        return Weighed(placement: placement, part: part)
    }

    private mutating func compareIfLong(
        _ part: Part, _ letters: UInt32, _ hashes: UnsafeBufferPointer<UInt64>, _ newFamily: UInt32
    ) -> Placement {
        guard letters >= Fingerprint.shortLetters else {
            runs.removeAll(keepingCapacity: true)
            return Placement(relation: .short, family: newFamily, own: newFamily)
        }
        return compare(part, of: hashes, newFamily: newFamily)
    }
}
