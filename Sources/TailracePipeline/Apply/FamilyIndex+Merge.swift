/// The index of two streams over disjoint inputs, such as those of two hosts.
///
/// What a slot knows decides everything: a key, the family that owns it, when it was met last, the leader's level and
/// the set of senders. When a family was founded is not in a slot, but families are numbered in the order in which they
/// were founded; the caller, who knows the leaders, numbers those of both indexes in one such order.
///
/// - A window in both belongs to the older leader, with its level; it was met at the later epoch, and by the senders
///   of both.
/// - A family that is the same content as an older one of the other index joins it (`FamilyJoin`), but never one that
///   joins another itself: families do not chain. Its contents are the older one's from then on, and its windows too,
///   those that the older one's level selects.
/// - Home buckets hold the latest four of the entries of both. What either index had forgotten stays forgotten.
extension FamilyIndex {
    /// Takes up another index. With equal capacities and horizons it does not matter which of two takes up the other.
    ///
    /// The log of changes begins anew: before the next `drainSegment`, store a `snapshot` in place of all segments.
    ///
    /// - Parameters:
    ///   - other: an index of other contents.
    ///   - own: this index's families in the common numbering.
    ///   - renumbering: the other's. No two families of either get one number, and of any two the one that was founded
    ///     first gets the smaller. Where own families keep their numbers and all of the other get greater ones, the
    ///     own count as older, and a window in both goes to them.
    /// - Returns: which families joined, by their new numbers, ascending.
    /// - Complexity: O(slots of both), in the order of memory; the new tables stand beside the old ones until it is
    ///   done.
    public mutating func merge(
        _ other: FamilyIndex, own: (UInt32) -> UInt32 = { $0 }, renumbering: (UInt32) -> UInt32
    ) -> [FamilyJoin] {
        var other = other
        advance(to: other.clock)
        other.exact.raise(floor: exact.floor)
        other.windows.raise(floor: windows.floor)
        let joins = FamilyJoin.find(self, other, own: own, renumbering: renumbering)
        var joined: [UInt32: FamilyJoin] = [:]
        for join in joins { joined[join.family] = join }

        func exactSlot(_ slot: Slot?, _ number: (UInt32) -> UInt32) -> Slot? {
            guard let slot else { return nil }
            let family = number(slot.family)
            return Slot(key: slot.key, family: joined[family]?.into ?? family, epoch: slot.epoch, tag: slot.tag)
        }
        exact.merge(other.exact) { mine, its in
            FamilyIndex.united(exactSlot(mine, own), exactSlot(its, renumbering)) { older, younger in
                // Another tag is another content with the same half of a hash: one that was met later stays.
                guard older.tag == younger.tag else { return older.epoch < younger.epoch ? younger : older }
                return Slot(
                    key: older.key, family: older.family, epoch: max(older.epoch, younger.epoch), tag: older.tag)
            }
        }

        func windowSlot(_ slot: Slot?, _ number: (UInt32) -> UInt32) -> Slot? {
            guard let slot else { return nil }
            let family = number(slot.family)
            guard let join = joined[family] else {
                return Slot(key: slot.key, family: family, epoch: slot.epoch, tag: slot.tag)
            }
            // A hit beyond the level that contents are compared at would be evidence out of nothing.
            guard slot.hash < Fingerprinter.limit(level: join.level) else { return nil }
            let tag = UInt64(join.level) << 11 | slot.tag & SenderSet.mask
            return Slot(key: slot.key, family: join.into, epoch: slot.epoch, tag: tag)
        }
        windows.merge(other.windows) { mine, its in
            FamilyIndex.united(windowSlot(mine, own), windowSlot(its, renumbering)) { older, younger in
                let tag = older.tag | younger.tag & SenderSet.mask
                return Slot(key: older.key, family: older.family, epoch: max(older.epoch, younger.epoch), tag: tag)
            }
        }
        var united = KeyedTable<Kinship>(capacity: kinships.capacity)
        func take(_ table: KeyedTable<Kinship>, _ number: (UInt32) -> UInt32) {
            table.forEach { kinship in
                let family = number(kinship.family)
                guard joined[family] == nil else { return }
                united.put(
                    kinship.renumbered(as: family) {
                        let family = number($0)
                        return joined[family]?.into ?? family
                    })
            }
        }
        take(kinships, own)
        take(other.kinships, renumbering)
        kinships = united
        return joins
    }

    /// One slot of two with the same key. Of one family, the tag decides which is called the older, not whose it is.
    @inline(__always)
    private static func united(
        _ mine: Slot?, _ its: Slot?, _ both: (_ older: Slot, _ younger: Slot) -> Slot
    ) -> Slot? {
        guard let mine, let its else { return mine ?? its }
        let isOlder = (mine.family, mine.tag) <= (its.family, its.tag)
        return isOlder ? both(mine, its) : both(its, mine)
    }
}
