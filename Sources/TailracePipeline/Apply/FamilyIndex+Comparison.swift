/// What the windows that were found say of a content.
extension FamilyIndex {
    /// Windows of a content that belong to one family.
    struct Run: Sendable {
        /// Family << 8 | level of its leader.
        var value: UInt64
        var count: Int

        var family: UInt32 { UInt32(truncatingIfNeeded: value >> 8) }
        var level: UInt8 { UInt8(truncatingIfNeeded: value) }
    }

    /// Hashes that are compared: those of a range below a level's limit.
    struct Part {
        var range: Range<Int>
        var level: UInt8
    }

    /// The family with most windows in common with a part, kinships counted in, the older of equals; and what it makes
    /// of it.
    ///
    /// - Parameter family: compared with this one, whatever others have in common.
    mutating func compare(
        _ part: Part, of hashes: UnsafeBufferPointer<UInt64>, with family: UInt32? = nil, newFamily: UInt32
    ) -> Placement {
        var part = part
        while part.level < Fingerprinter.coarsestLevel, isBoilerplateHidden(part, hashes) { part.level += 1 }
        countRuns(part, hashes)
        var placement = Placement(relation: .novel, family: newFamily, own: newFamily)
        guard let best = family.map({ run(of: $0) }) ?? bestRun() else {
            placement.compared = UInt32(count(part, hashes) { _ in true })
            return placement
        }
        // A coarser leader is compared at its level: a part of the windows counts.
        part.level = max(part.level, best.level)
        let compared = count(part, hashes) { isEvidence($0) }
        let hits = min(compared, self.hits(of: best, part, hashes))
        placement.compared = UInt32(compared)
        // Containment under 0.2 is what unrelated texts of one trade have in common.
        guard hits >= FamilyIndex.leastHits, hits * 5 >= compared else { return placement }
        placement.family = best.family
        placement.hits = UInt32(hits)
        let isNear = hits * 10 >= compared * 7
        placement.relation = isNear ? .near : .partial
        if isNear { placement.own = placement.family }
        return placement
    }

    /// Is a part boilerplate by the windows of the next level, and not yet by those that only its own level has?
    ///
    /// A disclaimer under long mails is soon known by the windows that are selected of those; the finer ones stand in
    /// short mails alone, and would be evidence for long.
    private func isBoilerplateHidden(_ part: Part, _ hashes: UnsafeBufferPointer<UInt64>) -> Bool {
        let (limit, coarser) = (
            Fingerprinter.limit(level: part.level), Fingerprinter.limit(level: part.level + 1)
        )
        var (coarse, fine) = (0, 0)
        var (coarseKnown, fineKnown) = (0, 0)
        for at in part.range where hashes[at] < limit {
            let known = places[at] >= 0 && SenderSet.isBoilerplate(windows.slots[places[at]].tag) ? 1 : 0
            if hashes[at] < coarser {
                (coarse, coarseKnown) = (coarse + 1, coarseKnown + known)
            } else {
                (fine, fineKnown) = (fine + 1, fineKnown + known)
            }
        }
        return coarseKnown > 0 && coarseKnown * 2 >= coarse && fineKnown * coarse * 2 < coarseKnown * fine
    }

    /// Counts the windows of a part by family, into `runs`.
    private mutating func countRuns(_ part: Part, _ hashes: UnsafeBufferPointer<UInt64>) {
        let limit = Fingerprinter.limit(level: part.level)
        hits.removeAll(keepingCapacity: true)
        for at in part.range where places[at] >= 0 && hashes[at] < limit {
            let slot = windows.slots[places[at]]
            if !SenderSet.isBoilerplate(slot.tag) { hits.append(UInt64(slot.family) << 8 | UInt64(slot.level)) }
        }
        if hits.count > 1 { hits.sort() }
        runs.removeAll(keepingCapacity: true)
        var start = 0
        for at in 0..<hits.count where at + 1 == hits.count || hits[at + 1] != hits[at] {
            runs.append(Run(value: hits[at], count: at + 1 - start))
            start = at + 1
        }
    }

    /// The best run that is evidence; nil where there is none.
    private func bestRun() -> Run? {
        var best: (run: Run, score: Int)?
        for run in runs where run.count >= FamilyIndex.leastHits {
            var score = run.count
            kinship(of: run.family)?.forEach { part in
                score += min(Int(part.windows), self.run(of: part.family)?.count ?? 0)
            }
            if score > best?.score ?? 0 { best = (run, score) }
        }
        return best?.run
    }

    private func hits(of best: Run, _ part: Part, _ hashes: UnsafeBufferPointer<UInt64>) -> Int {
        var found = count(part, hashes) { $0 == best.family }
        kinship(of: best.family)?.forEach { kin in
            guard isEvidence(kin.family) else { return }
            found += min(Int(kin.windows), count(part, hashes) { $0 == kin.family })
        }
        return found
    }

    /// Windows of a part that were found in a family that `isCounted`, boilerplate left out; nil stands for those
    /// that were not found.
    private func count(
        _ part: Part, _ hashes: UnsafeBufferPointer<UInt64>, _ isCounted: (UInt32?) -> Bool
    ) -> Int {
        let limit = Fingerprinter.limit(level: part.level)
        var count = 0
        for at in part.range where hashes[at] < limit {
            let place = places[at]
            if place < 0 {
                count += isCounted(nil) ? 1 : 0
            } else if !SenderSet.isBoilerplate(windows.slots[place].tag) {
                count += isCounted(windows.slots[place].family) ? 1 : 0
            }
        }
        return count
    }

    /// Does a window of this family count for or against the best one?
    ///
    /// The one or two windows of some other family do not: every long text shares a phrase here and there with many
    /// earlier ones, which have it first, and its copies would look less alike than they are.
    private func isEvidence(_ family: UInt32?) -> Bool {
        guard let family else { return true }
        return (run(of: family)?.count ?? 0) >= FamilyIndex.leastHits
    }

    /// Complexity: O(log n).
    private func run(of family: UInt32) -> Run? {
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].family < family { low = middle + 1 } else { high = middle }
        }
        return low < runs.count && runs[low].family == family ? runs[low] : nil
    }

    // MARK: - Kinships

    /// One that was not met within the horizon has expired, as windows do.
    private func kinship(of family: UInt32) -> Kinship? {
        guard let kinship = kinships[Kinship.key(family)], kinship.epoch >= windows.floor else { return nil }
        return kinship
    }

    /// Remembers what a new leader shares with earlier families. The runs are those of the comparison.
    mutating func keepKinship(of family: UInt32, epoch: UInt16) {
        let shared = runs.filter { $0.count >= FamilyIndex.leastHits }
        guard !shared.isEmpty else { return }
        // The most first, the older of equals.
        let ordered = shared.sorted { $0.count != $1.count ? $0.count > $1.count : $0.value < $1.value }
        kinships.put(Kinship(of: family, epoch: epoch, shared: ordered.map { ($0.family, $0.count) }))
    }

    mutating func refreshKinship(of family: UInt32, epoch: UInt16) {
        guard var kinship = kinship(of: family), kinship.epoch < epoch else { return }
        kinship.epoch = epoch
        kinships.put(kinship)
    }

    /// Forgets kinships that have expired, and the oldest beyond their share of the memory.
    mutating func forgetKinships() {
        kinships.expire(closedBefore: Int64(windows.floor), openBefore: Int64(windows.floor)) { _ in }
    }
}
