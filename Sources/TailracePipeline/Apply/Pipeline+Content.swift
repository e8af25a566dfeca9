/// Content: output of stages, copies of earlier content, and what recipients did with it.
extension Pipeline {
    mutating func applyContent(
        _ event: Event, _ batch: ScannedBatch, hour: Window, stage: Int, origin: Origin, actor: UInt64
    ) {
        var item = items[event.item] ?? Item(key: event.item)
        if event.action == .send, item.sentAt == 0 {
            item.sentAt = event.time.milliseconds
            if Int(item.stage) != stage { makeAsset(&item, event, stage: stage, actor: actor) }
            item.stage = UInt16(stage)
            countSend(item, hour: hour, stage: stage)
        } else if item.stage == Item.unplaced, event.action.isContent {
            makeAsset(&item, event, stage: stage, actor: actor)
            item.stage = UInt16(stage)
        }
        // Only the first content of an item is compared: its revisions repeat it by nature. A reply's text is not
        // the content of the item it speaks of.
        var isFirstContent = false
        var quoted: Int64 = 0
        if let fingerprint = event.fingerprint, !item.hasContent, !event.action.isAttention,
            fingerprint.letters > 0
        {
            isFirstContent = true
            item.hasContent = true
            items.put(item)
            let placement = place(fingerprint, event, batch, stage: stage, actor: actor, item: &item)
            quoted = Int64(fingerprint.signed) + (placement.isQuoteKnown ? Int64(fingerprint.quoted) : 0)
        }
        if event.action.isContent, event.bytes > 0 { item.bytes = event.bytes }
        if event.action == .revise, event.actorKind != .automated, actor != 0 { item.isRevised = true }
        items.put(item)
        guard event.action.isContent else { return }
        if event.refersTo != event.item { countUse(of: event.refersTo, by: 0, at: event.time.seconds) }
        let key = StageItem.key(item: event.item, stage: stage)
        var stageItem = stageItems[key] ?? StageItem(key: key, stage: stage)
        let isFirstOutput = !stageItem.isOutput
        if isFirstOutput {
            stageItem.isOutput = true
            // In no queue here: the time of its content tells when it may be forgotten.
            if stageItem.state == .absent { stageItem.endedAt = event.time.milliseconds }
            stageItems.put(stageItem)
            if !event.category.isEmpty {
                let category = nameKey(event.category, batch)
                stageWeeks.count(StageWeekRow(window: hour, stage: stage)) { $0.categories.add(category) }
            }
        } else if event.action == .revise, stageItem.state.isOpen, !stageItem.isRevised {
            stageItem.isRevised = true
            stageItems.put(stageItem)
        }
        guard isFirstOutput || isFirstContent else { return }
        let relation = item.hasContent ? item.relation : .novel
        let bytes = max(0, event.bytes)
        let isCopy = isFirstContent && relation.isCopy
        countContents(of: event, batch, hour: hour, isCompared: isFirstContent, isCopy: isCopy)
        let row = OutputRow(window: hour, key: StreamKey(stage: stage, stream: event.stream, origin: origin))
        output.count(row) {
            if isFirstOutput {
                $0.items += 1
                $0.bytes += bytes
            }
            $0.authors.insert(actor)
            $0.minimumGroup = settings.minimumGroup
            // What is redundant is told once: with the output, or when the text comes later.
            guard isFirstContent || item.hasContent else { return }
            $0.comparedItems += 1
            let quotedBytes = bytes * quoted / 1000
            $0.quotedBytes += quotedBytes
            switch relation {
            case .exact: $0.exactItems += 1
            case .near: $0.nearItems += 1
            case .partial: $0.partialItems += 1
            case .leader, .novel, .short: return
            }
            if relation != .partial { $0.redundantItems += 1 }
            $0.redundantBytes += (bytes - quotedBytes) * Int64(item.containment) / 1000
        }
    }

    /// Contents of a team, and how many of them repeat earlier ones.
    private mutating func countContents(
        of event: Event, _ batch: ScannedBatch, hour: Window, isCompared: Bool, isCopy: Bool
    ) {
        guard isCompared, !event.team.isEmpty else { return }
        let team = teamNames.index(batch.bytes(event.team))
        teams.count(TeamRow(window: hour, team: team)) {
            $0.contents += 1
            $0.copies += isCopy ? 1 : 0
            $0.minimumGroup = settings.minimumGroup
        }
    }

    /// Finds what a content repeats and enters it into its family.
    private mutating func place(
        _ fingerprint: Fingerprint, _ event: Event, _ batch: ScannedBatch, stage: Int, actor: UInt64,
        item: inout Item
    ) -> Placement {
        let placement = batch.hashes.withUnsafeBufferPointer { hashes in
            index.place(
                fingerprint,
                hashes: UnsafeBufferPointer(
                    rebasing: hashes[Int(fingerprint.firstHash)..<Int(fingerprint.firstHash + fingerprint.hashCount)]),
                sender: actor, epoch: UInt16(clamping: event.time.seconds / 86_400), newFamily: nextFamily)
        }
        item.row = nextRow
        nextRow += 1
        let week = weekHolding(event.time.seconds).start
        stages[stage].contents += 1
        stages[stage].contentStreams |= 1 << event.stream.rawValue
        stages[stage].recentContents.add(week: week)
        // What an item only quotes makes it no repetition.
        item.relation = placement.isByQuote ? .novel : placement.relation
        item.containment = placement.isByQuote ? 0 : UInt16((placement.containment * 1000).rounded())
        let record = LeaderRecord(
            family: nextFamily, key: event.item, row: item.row, stream: event.stream, origin: item.origin,
            stage: stage, publishedAt: event.time.seconds, bytes: event.bytes, author: actor,
            relation: placement.relation, linked: placement.relation == .partial ? placement.family : 0,
            hits: placement.hits, compared: placement.compared,
            item: String(decoding: batch.bytes(event.itemName), as: UTF8.self),
            title: String(decoding: batch.bytes(event.title), as: UTF8.self),
            team: String(decoding: batch.bytes(event.team), as: UTF8.self),
            actor: shownMaker(event, batch, stage: stage, actor: actor))
        switch placement.relation {
        case .exact, .near:
            item.family = placement.family
            join(record, family: placement.family, relation: placement.relation)
        case .novel, .short, .partial, .leader:
            item.family = nextFamily
            item.isLeader = true
            nextFamily += 1
            pending.leaders.append(record)
            if placement.relation == .partial {
                pending.items.append(itemRow(record, relation: .partial, family: placement.family, copies: nil))
            } else if settings.keepsAllItems {
                pending.items.append(itemRow(record, relation: placement.relation, family: nil, copies: nil))
            }
        }
        return placement
    }

    /// A copy joins its family; with the first one, the leader gets a row.
    private mutating func join(_ copy: LeaderRecord, family id: UInt32, relation: Relation) {
        if families[id] == nil, let leader = leader(of: id) {
            let item = items[leader.key]
            let family = Family(
                leader: leader, reads: Int64(item?.reads ?? 0), lastRead: Int64(item?.lastSeen ?? 0))
            family.recent.add(week: weekHolding(leader.publishedAt).start, stage: leader.stage)
            families[id] = family
            pending.items.append(itemRow(leader, relation: .leader, family: id, copies: 1))
        }
        if let family = families[id] {
            family.copies += 1
            // It may have been read before its text was logged, and where logs are merged before it was published.
            if let item = items[copy.key], item.reads > 0 {
                family.add(reads: Int64(item.reads), lastAt: Int64(item.lastSeen))
            }
            family.exactCopies += relation == .exact ? 1 : 0
            family.publishedSum += copy.publishedAt
            family.lastSeen = max(family.lastSeen, copy.publishedAt)
            family.bytes += max(0, copy.bytes)
            family.authors.insert(copy.author)
            family.recent.add(week: weekHolding(copy.publishedAt).start, stage: copy.stage)
            if family.status == .zombie { stages[family.stage].zombies += 1 }
            touch(id)
            pending.copies[family.leaderRow] = family.copies
        }
        pending.items.append(itemRow(copy, relation: relation, family: id, copies: nil))
    }

    func leader(of family: UInt32) -> LeaderRecord? {
        if let leader = pending.leader(of: family) { return leader }
        return findLeader(family)
    }

    func itemRow(_ record: LeaderRecord, relation: Relation, family: UInt32?, copies: Int64?) -> ItemRow {
        // A leader may have begun as a part of something earlier, and stays that.
        let isCompared = relation == .near || record.relation == .partial
        let interval = wilsonInterval(hits: Int(record.hits), of: Int(record.compared))
        let reads = Int64(items[record.key]?.reads ?? 0)
        let canRead = hasReads[Int(record.stream.rawValue)]
        return ItemRow(
            id: record.row, item: record.item, stream: record.stream, stage: record.stage,
            team: record.team.isEmpty ? nil : record.team,
            owner: settings.declaredStages[stageNames.names[record.stage]]?.owner,
            actor: record.actor.isEmpty ? nil : record.actor, origin: record.origin,
            publishedAt: record.publishedAt, bytes: record.bytes < 0 ? nil : record.bytes, relation: relation.name,
            family: family,
            containment: relation == .exact
                ? 1 : isCompared ? Double(record.hits) / Double(max(record.compared, 1)) : nil,
            repeats: record.linked == 0 ? nil : record.linked,
            containmentLow: relation == .exact ? 1 : isCompared ? interval.low : nil,
            containmentHigh: relation == .exact ? 1 : isCompared ? interval.high : nil, copies: copies,
            reads: canRead ? reads : nil, readsMissing: canRead ? nil : "read")
    }

    // MARK: - Engagement

    /// Replies and reads within this time of sending make a cohort, milliseconds.
    private static let cohortLimit: Int64 = 7 * 86_400_000

    mutating func applyEngagement(_ event: Event, hour: Window, stage: Int, actor: UInt64) {
        let target = items[event.action == .send ? event.item : event.refersTo]
        // Attention without a stage of its own belongs to the stage that made the item.
        let isPlaced = event.stage.isEmpty && target != nil && target?.stage != Item.unplaced
        let place = isPlaced ? Int(target?.stage ?? 0) : stage
        let origin = target?.origin ?? .unknown
        let stream = target?.stream ?? event.stream
        let key = StreamKey(stage: place, stream: event.action == .send ? event.stream : stream, origin: origin)
        let audience = event.recipients >= 0 ? Int64(event.recipients) : 1
        engagement.count(EngagementRow(window: hour, key: key)) {
            switch event.action {
            case .send:
                $0.sent += 1
                $0.recipients += audience
                $0.delivered += audience
            case .read: $0.reads += 1
            case .click: $0.clicks += 1
            case .reply: $0.replies += 1
            case .share: $0.shares += 1
            case .defer: $0.softBounces += 1
            case .bounce:
                $0.hardBounces += 1
                $0.delivered -= 1
            case .unsubscribe: $0.unsubscribes += 1
            case .complain: $0.complaints += 1
            default: break
            }
        }
        switch event.action {
        case .send:
            let cohort = cohortHour(event.time.seconds)
            cohorts.count(CohortRow(window: cohort, stage: place, origin: origin)) { $0.sent += 1 }
            stages[place].recentSends.add(week: lastCohort.week.start, stage: Int(origin.rawValue))
            if event.recipient != 0 {
                stageWeeks.count(StageWeekRow(window: hour, stage: place)) { $0.contacts.add(event.recipient) }
            }
        case .reply, .read, .click, .share:
            if event.action == .read { countRead(event, target, actor: actor) }
            if let target, !target.isUseSettled {
                // Who reads or clicks is the recipient where no other is told; who answers is not.
                let isRecipient = actor == 0 && (event.action == .read || event.action == .click)
                countUse(of: target.key, by: isRecipient ? event.recipient : actor, at: event.time.seconds)
            }
            guard event.action == .reply || event.action == .read else { break }
            guard let target, target.sentAt != 0, event.time.milliseconds >= target.sentAt,
                event.time.milliseconds - target.sentAt <= Pipeline.cohortLimit
            else { break }
            let cohort = cohortHour(target.sentAt / 1000)
            cohorts.count(CohortRow(window: cohort, stage: Int(target.stage), origin: origin)) {
                $0.replies += event.action == .reply ? 1 : 0
                $0.reads += event.action == .read ? 1 : 0
            }
            if event.action == .reply {
                stages[Int(target.stage)].recentReplies.add(week: lastCohort.week.start, stage: Int(origin.rawValue))
            }
        default: break
        }
    }

    /// A cohort is a week; it is counted in the week's first hour and folded from there.
    private mutating func cohortHour(_ seconds: Int64) -> Window {
        _ = weekHolding(seconds)
        return lastCohort.hour
    }

    mutating func weekHolding(_ seconds: Int64) -> Window {
        if seconds < lastCohort.week.start || seconds >= lastCohort.week.end {
            let week = calendar.window(.week, holding: seconds)
            lastCohort = (week, calendar.window(.hour, holding: week.start))
        }
        return lastCohort.week
    }

    private mutating func countRead(_ event: Event, _ target: Item?, actor: UInt64) {
        let stream = Int((target?.stream ?? event.stream).rawValue)
        if !hasReads[stream] {
            hasReads[stream] = true
            pending.firstReads.append(Stream(rawValue: UInt8(stream)) ?? .email)
            for (id, family) in families where Int(family.stream.rawValue) == stream { touch(id) }
        }
        guard var item = target else { return }
        item.reads += 1
        item.lastSeen = UInt32(clamping: max(Int64(item.lastSeen), event.time.seconds))
        items.put(item)
        if item.family != 0, families[item.family] != nil {
            families[item.family]?.addRead(at: event.time.seconds)
            families[item.family]?.readers.insert(actor)
            touch(item.family)
        }
        if item.row != 0 { pending.reads[item.row] = Int64(item.reads) }
    }
}
