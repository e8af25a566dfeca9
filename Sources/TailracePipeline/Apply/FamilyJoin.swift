/// A family of one index that is the same content as an older one of another, found when the two merge.
///
/// The evidence is what two tables of slots can tell. Either both indexes met the same exact content, and it is in the
/// two families: then they share a member, most often the leader. Or the younger leader would have been a near copy of
/// the older one: at least `FamilyIndex.leastHits` windows in both, and 0.7 of the younger one's windows, counted at the
/// coarser of the two levels as `FamilyIndex.place` does. Boilerplate counts in neither.
///
/// A leader's windows that an earlier leader of its own index had before it are not its own here: a family that is
/// `partial` of another is compared by the rest of it, and windows that were evicted are missing on both sides.
public struct FamilyJoin: Equatable, Sendable {
    /// The younger family, in the common numbering.
    public var family: UInt32
    /// The older one that it is part of from now on; itself in no other.
    public var into: UInt32
    /// Exact contents that are in both.
    public var exactContents: Int
    /// Evidence: so many windows `of` the younger one's are the older one's too.
    public var windows: Int
    public var of: Int
    /// Level of the older one's leader, the younger one's where the older has no windows.
    var level: UInt8

    /// What a pair of families, one of each index, has in common.
    private struct Common {
        var exactContents = 0
        var windows = 0
    }

    /// A family's windows that are no boilerplate, by the number of zero bits that their hashes begin with.
    private struct Windows {
        var level: UInt8 = 0
        var zeros = SIMD16<UInt32>()

        func count(level: UInt8) -> Int { (Int(min(level, 15))..<16).reduce(0) { $0 + Int(zeros[$1]) } }
    }

    /// The families that join, ascending.
    static func find(
        _ mine: FamilyIndex, _ its: FamilyIndex, own: (UInt32) -> UInt32, renumbering: (UInt32) -> UInt32
    ) -> [FamilyJoin] {
        let common = pairs(mine, its)
        var windows: [UInt32: Windows] = [:]
        for pair in common.keys {
            windows[own(UInt32(truncatingIfNeeded: pair >> 32))] = Windows()
            windows[renumbering(UInt32(truncatingIfNeeded: pair))] = Windows()
        }
        count(mine.windows, own, into: &windows)
        count(its.windows, renumbering, into: &windows)

        var candidates: [FamilyJoin] = []
        for (pair, common) in common {
            let (a, b) = (own(UInt32(truncatingIfNeeded: pair >> 32)), renumbering(UInt32(truncatingIfNeeded: pair)))
            let (younger, older) = (windows[max(a, b)] ?? Windows(), windows[min(a, b)] ?? Windows())
            let of = younger.count(level: max(younger.level, older.level))
            let isNear = common.windows >= FamilyIndex.leastHits && common.windows * 10 >= of * 7
            guard common.exactContents > 0 || isNear else { continue }
            candidates.append(
                FamilyJoin(
                    family: max(a, b), into: min(a, b), exactContents: common.exactContents, windows: common.windows,
                    of: of, level: older.level == 0 ? younger.level : older.level))
        }
        return select(candidates)
    }

    /// Of each family's candidates the best that joins none itself. Older families are decided before younger ones.
    private static func select(_ candidates: [FamilyJoin]) -> [FamilyJoin] {
        var joins: [FamilyJoin] = []
        var joined: Set<UInt32> = []
        let order = candidates.sorted {
            ($0.family, -$0.exactContents, -$0.windows, $0.into) < ($1.family, -$1.exactContents, -$1.windows, $1.into)
        }
        for candidate in order where !joined.contains(candidate.family) && !joined.contains(candidate.into) {
            joined.insert(candidate.family)
            joins.append(candidate)
        }
        return joins
    }

    /// What families have in common, by the family of `mine` << 32 | the family of `its`.
    private static func pairs(_ mine: FamilyIndex, _ its: FamilyIndex) -> [UInt64: Common] {
        var common: [UInt64: Common] = [:]
        mine.exact.forEachLive { slot in
            guard let place = its.exact.find(slot.key), its.exact.slots[place].tag == slot.tag else { return }
            common[pair(slot, its.exact.slots[place]), default: Common()].exactContents += 1
        }
        mine.windows.forEachLive { slot in
            guard let place = its.windows.find(slot.key) else { return }
            let other = its.windows.slots[place]
            guard !SenderSet.isBoilerplate(slot.tag | other.tag) else { return }
            common[pair(slot, other), default: Common()].windows += 1
        }
        return common
    }

    private static func pair(_ mine: Slot, _ its: Slot) -> UInt64 { UInt64(mine.family) << 32 | UInt64(its.family) }

    private static func count(
        _ table: SlotTable, _ number: (UInt32) -> UInt32, into windows: inout [UInt32: Windows]
    ) {
        table.forEachLive { slot in
            guard !SenderSet.isBoilerplate(slot.tag), let at = windows.index(forKey: number(slot.family)) else {
                return
            }
            windows.values[at].level = slot.level
            windows.values[at].zeros[min(slot.hash.leadingZeroBitCount, 15)] += 1
        }
    }
}
