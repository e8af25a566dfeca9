/// Remembers contents by their hashes, in bounded memory, and tells of each new one which earlier it repeats.
///
/// Families are clustered around leaders: a content is compared with the first of each family, never with its copies,
/// so a family cannot drift by a chain of small changes (A. Z. Broder, "On the resemblance and containment of
/// documents", SEQUENCES 1997, for the measure). Two tables hold what is remembered:
/// exact hash → family, for every content; window hash → family, for leaders. A window belongs to the first leader
/// that had it. What was not met for longest is forgotten first, and what was not met for more than a horizon is no
/// evidence any more: its next content founds a family of its own.
///
/// The clock is the greatest epoch seen. A content that comes late is met when it comes, at the clock's epoch: an archive
/// that is read after newer logs is compared within itself as well. The clock is not stored: whoever moves it writes an
/// entry of that epoch, so it is the greatest epoch of the entries.
///
/// The answers depend on the contents, their order, `capacityBytes` and the horizon, and on nothing else: neither on how
/// the tables grew, nor on how often the index was written and read again.
public struct FamilyIndex: Sendable {
    /// Days for which a content is remembered after it was last met, where nobody says otherwise: as long as its item.
    public static let usualHorizonDays = 400
    /// Fewest common hashes that are evidence: one or two may be a phrase.
    static let leastHits = 3
    /// Share of the memory for exact hashes, and as much for kinships. A mail has one, and some twenty-five window hashes.
    private static let exactShare = 8

    var exact: SlotTable
    var windows: SlotTable
    /// Leaders that began with windows of earlier ones, by family.
    var kinships: KeyedTable<Kinship>
    /// Greatest epoch seen.
    private(set) var clock: UInt16 = 0
    private let horizon: UInt16

    /// Where each hash of the content at hand was found, -1 where it was not. Kept, to be allocated once.
    var places: [Int] = []
    /// Leader's family and level for each hit, family << 8 | level.
    var hits: [UInt64] = []
    /// The same, counted, ascending.
    var runs: [Run] = []

    /// - Parameters:
    ///   - capacityBytes: memory of both tables at full size; small runs take less. While a table grows for the last
    ///     time, half as much is taken again for a moment.
    ///   - horizonDays: epochs for which a content is remembered after it was last met; 0 = within its own epoch only.
    public init(capacityBytes: Int, horizonDays: Int = usualHorizonDays) {
        horizon = UInt16(clamping: horizonDays)
        let small = capacityBytes / FamilyIndex.exactShare
        exact = SlotTable(bytes: small)
        kinships = KeyedTable(capacity: small / (2 * MemoryLayout<Kinship?>.stride))
        windows = SlotTable(bytes: capacityBytes - 2 * small)
    }

    /// Entries held, of both kinds, expired ones that nothing took the room of among them.
    public var slotsUsed: Int { exact.used + windows.used }
    /// Entries that fit in at full size.
    public var slotCount: Int { (exact.fullBuckets + windows.fullBuckets) * SlotTable.slotsPerBucket }
    /// Entries forgotten for want of room since this value was made.
    public var evictions: Int { exact.evictions + windows.evictions }
    /// Entries that made room after they had expired, since this value was made. Where a table grew, more of them than
    /// in one of full size, which keeps them until it needs their room.
    public var expired: Int { exact.expired + windows.expired }

    /// How full it is, for people.
    public var use: FingerprintUse {
        FingerprintUse(slotsUsed: slotsUsed, slots: slotCount, evictions: evictions, expired: expired)
    }

    /// Finds what a content repeats, and remembers it.
    ///
    /// - Parameters:
    ///   - fingerprint: `firstHash` and `hashCount` are not looked at.
    ///   - hashes: the fingerprint's selected hashes, those of what it quotes last; each part's once.
    ///   - sender: who sent it, as a hash; 0 = unknown. Windows in the leaders of some nine senders are boilerplate
    ///     and no evidence.
    ///   - epoch: event time in days, or any unit that only grows; decides what is forgotten. An earlier one than
    ///     the greatest so far counts as that.
    ///   - newFamily: the family this content founds if it belongs to none, greater than all before. It is taken if
    ///     the answer's `own` is it.
    /// - Complexity: O(n log n) in the hashes, one or two cache misses each.
    public mutating func place(
        _ fingerprint: Fingerprint, hashes: UnsafeBufferPointer<UInt64>, sender: UInt64, epoch: UInt16,
        newFamily: UInt32
    ) -> Placement {
        // Without letters there is nothing to compare, and all such contents would be one family.
        guard !fingerprint.exact.isNone else { return Placement(relation: .short, family: newFamily, own: newFamily) }
        advance(to: epoch)
        let epoch = clock
        let key = Slot.key(fingerprint.exact.low)
        let tag = fingerprint.exact.high & Slot.tagMask
        if let place = exact.find(key), exact.slots[place].tag == tag {
            let slot = exact.slots[place]
            if slot.epoch < epoch {
                exact.update(place, epoch: epoch, tag: tag)
                // A family that lives by exact copies stays known to near ones as well.
                lookUp(hashes)
                refresh(epoch: epoch, sender: 0, of: 0..<0)
                refreshKinship(of: slot.family, epoch: epoch)
            }
            return Placement(relation: .exact, family: slot.family, own: slot.family)
        }

        var placement = Placement(relation: .short, family: newFamily, own: newFamily)
        if fingerprint.letters >= Fingerprint.shortLetters || fingerprint.quotedHashes > 0 {
            lookUp(hashes)
            let weighed = weigh(fingerprint, hashes, newFamily: newFamily)
            placement = weighed.placement
            let isLeader = placement.relation != .near && placement.relation != .short
            refresh(epoch: epoch, sender: isLeader ? sender : 0, of: weighed.part.range)
            if isLeader {
                keepKinship(of: newFamily, epoch: epoch)
                insert(weighed.part, hashes, sender: sender, epoch: epoch, newFamily: newFamily)
            }
            if placement.relation.isCopy || placement.relation == .partial {
                refreshKinship(of: placement.family, epoch: epoch)
            }
        }
        exact.reserve(1)
        exact.insert(Slot(key: key, family: placement.own, epoch: epoch, tag: tag))
        return placement
    }

    /// Moves the clock; what is beyond the horizon from then on expires.
    mutating func advance(to epoch: UInt16) {
        guard epoch > clock else { return }
        clock = epoch
        let floor = epoch > horizon ? epoch - horizon : 0
        exact.raise(floor: floor)
        windows.raise(floor: floor)
    }

    /// Asks for what `place` will look at, some time before it does.
    package func prefetch(_ fingerprint: Fingerprint, hashes: UnsafeBufferPointer<UInt64>) {
        guard !fingerprint.exact.isNone else { return }
        exact.prefetch(Slot.key(fingerprint.exact.low))
        if fingerprint.letters >= Fingerprint.shortLetters || fingerprint.quotedHashes > 0 { windows.prefetch(hashes) }
    }

    /// How many of these windows are held: what `place` looks up, and nothing else. To measure with.
    package mutating func held(_ hashes: UnsafeBufferPointer<UInt64>) -> Int {
        lookUp(hashes)
        return places.reduce(0) { $0 + ($1 < 0 ? 0 : 1) }
    }

    private mutating func lookUp(_ hashes: UnsafeBufferPointer<UInt64>) {
        places.removeAll(keepingCapacity: true)
        windows.find(hashes, into: &places)
    }

    /// Marks what was found as met again; what is a leader's own, by its sender too. A quote by many makes no
    /// boilerplate of what they quote.
    private mutating func refresh(epoch: UInt16, sender: UInt64, of own: Range<Int>) {
        let bit = SenderSet.bit(sender)
        for (at, place) in places.enumerated() where place >= 0 {
            windows.update(place, epoch: epoch, tag: windows.slots[place].tag | (own.contains(at) ? bit : 0))
        }
    }

    /// Enters a leader's windows that were not found.
    private mutating func insert(
        _ part: Part, _ hashes: UnsafeBufferPointer<UInt64>, sender: UInt64, epoch: UInt16, newFamily: UInt32
    ) {
        windows.reserve(part.range.count)
        let tag = UInt64(min(part.level, 15)) << 11 | SenderSet.bit(sender)
        let limit = Fingerprinter.limit(level: part.level)
        // Growing moved the found ones, but not those that are entered here: `places` tells only found or not.
        for at in part.range where places[at] < 0 && hashes[at] < limit {
            windows.insert(Slot(key: Slot.key(hashes[at]), family: newFamily, epoch: epoch, tag: tag))
        }
    }
}
