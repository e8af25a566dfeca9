/// Once a day, once a week: what is a zombie, what may be forgotten, and how much is copied.
extension Pipeline {
    /// Families that changed, and those whose time has come.
    mutating func refreshFamilies(at seconds: Int64) {
        var ids = touchedFamilies
        touchedFamilies.removeAll(keepingCapacity: true)
        for day in dueFamilies.keys where day <= floorDivide(seconds, 86_400) {
            ids.formUnion(dueFamilies.removeValue(forKey: day) ?? [])
        }
        for id in ids {
            guard let family = families[id] else { continue }
            let hasReads = hasReads[Int(family.stream.rawValue)]
            let status = family.status(at: seconds, hasReads: hasReads)
            if status != family.status {
                let change = (status == .zombie ? 1 : 0) - (family.status == .zombie ? 1 : 0)
                stages[family.stage].zombies += Int64(change) * (family.copies + 1)
                family.status = status
                dirtyFamilies.insert(id)
            }
            let next = family.nextChange(after: seconds, hasReads: hasReads)
            if next != .max { dueFamilies[floorDivide(next, 86_400), default: []].append(id) }
        }
    }

    /// A family changed: it is stored, and its status is looked at when the day closes.
    mutating func touch(_ family: UInt32) {
        dirtyFamilies.insert(family)
        touchedFamilies.insert(family)
    }

    /// Done items are forgotten after 90 days, open ones after 400: counted as withdrawn, so that rows still add up.
    mutating func expire(at seconds: Int64) {
        let day: Int64 = 86_400
        var forgotten: [StageItem] = []
        stageItems.expire(closedBefore: seconds - 90 * day, openBefore: seconds - 400 * day) {
            if !$0.isClosed { forgotten.append($0) }
        }
        guard let hour = clockHour else { return }
        // At the very end of the input the hour may have closed with its week.
        let isLate = hour.end <= (closedThrough ?? .min)
        for item in forgotten {
            var change = QueueChange()
            change.withdrawal = true
            change.backlog = -1
            change.waiting = item.state == .waiting ? -1 : 0
            if isLate {
                stages[Int(item.stage)].lateBacklog += change.backlog
                stages[Int(item.stage)].lateWaiting += change.waiting
            }
            flow.count(FlowRow(window: hour, stage: Int(item.stage))) { $0.count(change, isLate: isLate) }
        }
        items.expire(closedBefore: seconds - 400 * day, openBefore: seconds - 400 * day) { _ in }
        cases.expire(closedBefore: seconds - 90 * day, openBefore: seconds - 90 * day) { _ in }
        index.forgetKinships()
        forgetFamilies(before: seconds - max(400, Int64(settings.fingerprintHorizonDays)) * day)
        // A record that was closed long ago is shown again and again; each time it would be a new one.
        records.expire(closedBefore: seconds - 400 * day, openBefore: seconds - 400 * day) { _ in }
    }

    /// Families whose items are forgotten and whose leader is out of the index: nothing can reach them any more. Their
    /// rows stay as they are.
    ///
    /// Whether some of it was to be written still makes no difference: it is handed over here. Their segments are only
    /// left out when all are written anew, so a restart forgets them again.
    mutating func forgetFamilies(before seconds: Int64) {
        familiesForgottenBefore = max(familiesForgottenBefore, seconds)
        let gone = families.values.filter { max($0.lastSeen, $0.recentReads.0) < familiesForgottenBefore }
        guard !gone.isEmpty else { return }
        for family in gone.sorted(by: { $0.id < $1.id }) {
            if dirtyFamilies.remove(family.id) != nil {
                pending.families.append(family.row(hasReads: hasReads[Int(family.stream.rawValue)]))
            }
            touchedFamilies.remove(family.id)
            families[family.id] = nil
        }
        for (key, cost) in familyCosts.sorted(by: { $0.key < $1.key }) where families[cost.family] == nil {
            if dirtyCosts.remove(key) != nil { pending.familyCosts.append(cost) }
            familyCosts[key] = nil
        }
    }

    /// What each stage made, and how much of it belongs together, as of a week's end.
    func copies(_ week: Window) -> [StageCopies] {
        var found: [Int: StageCopies] = [:]
        for stage in stages.indices where stages[stage].contents > 0 {
            var own = StageCopies(stage: stage)
            own.contents = stages[stage].contents
            let isCovered = hasReads.indices.contains { hasReads[$0] && stages[stage].contentStreams >> $0 & 1 == 1 }
            own.zombies = isCovered ? stages[stage].zombies : nil
            found[stage] = own
        }
        var related: [Int: Int64] = [:]
        let from = WeekCounts.first(endingWith: week.start)
        // Most families are older: what they have of these weeks need not be looked for.
        for family in families.values where family.lastSeen >= from {
            var sizes: [Int: Int64] = [:]
            for entry in family.recent.entries where WeekCounts.holds(entry.week, endingWith: week.start) {
                sizes[Int(entry.stage), default: 0] += Int64(entry.count)
            }
            for (stage, size) in sizes {
                found[stage]?.familySizes[size, default: 0] += 1
                related[stage, default: 0] += size
            }
        }
        for stage in found.keys {
            let alone = stages[stage].recentContents.sum(endingWith: week.start) - related[stage, default: 0]
            if alone > 0 { found[stage]?.familySizes[1, default: 0] += alone }
        }
        return found.values.sorted { $0.stage < $1.stage }
    }

    /// What became of the messages of the week before another.
    func answers(before week: Window) -> [SentCohort] {
        let cohort = calendar.window(.week, holding: week.start - 1).start
        return stages.indices.flatMap { (stage) -> [SentCohort] in
            let (sends, replies) = (stages[stage].recentSends, stages[stage].recentReplies)
            return Origin.allCases.compactMap { (origin) -> SentCohort? in
                let sent = sends.count(week: cohort, stage: Int(origin.rawValue))
                guard sent > 0 else { return nil }
                return SentCohort(
                    stage: stage, origin: origin, sent: sent,
                    replies: replies.count(week: cohort, stage: Int(origin.rawValue)))
            }
        }
    }
}
