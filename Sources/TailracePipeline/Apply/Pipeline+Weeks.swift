/// What is only told of a stage by the week.
extension Pipeline {
    /// Words of a text that can be read in a second: a thousand take twenty, at a glance; a word has six bytes.
    private static let bytesGlancedAtPerSecond: Int64 = 300
    /// A file's bytes are not all words: longer than this nobody is held to look.
    private static let longestGlance: Int64 = 60_000

    /// A name's hash: the same in every store, as indices are not.
    func nameKey(_ name: TextRange, _ batch: ScannedBatch) -> UInt64 {
        batch.bytes(name).withUnsafeBytes { hash64($0, seed: 0) }
    }

    /// Somebody finished an item.
    mutating func countFinish(
        _ event: Event, _ batch: ScannedBatch, hour: Window, stage: Int, actor: UInt64,
        age: (age: Int64, touch: Int64)?, gap: Int64?
    ) {
        let isPerson = event.actorKind != .automated && actor != 0
        guard isPerson || age != nil else { return }
        let team = isPerson && !event.team.isEmpty ? nameKey(event.team, batch) : nil
        stageWeeks.count(StageWeekRow(window: hour, stage: stage)) {
            if isPerson { $0.finishers.add(actor) }
            if let team { $0.teams.add(team) }
            if let gap { $0.gaps.add(gap) }
            if let age {
                $0.caseAge.add(age.age)
                $0.caseTouch += age.touch
            }
        }
    }

    /// Work of a person since the event before, in milliseconds; nil where that is not known.
    mutating func gap(before event: Event, of actor: UInt64) -> Int64? {
        guard actor != 0, event.actorKind != .automated else { return nil }
        let time = event.time.milliseconds
        guard let since = moments.take(actor, at: time) else { return nil }
        return staffed?.work(from: since, to: time) ?? time - since
    }

    /// Suspensions that end, and hand-overs.
    mutating func countQueueHabits(_ event: Event, _ change: QueueChange, hour: Window, stage: Int) {
        let reason = change.reason == 0 ? nil : Pipeline.tagKey(reasonNames.names[Int(change.reason) - 1])
        stageWeeks.count(StageWeekRow(window: hour, stage: stage)) {
            if let suspended = change.suspended {
                $0.suspendedTime += suspended
                if let reason { $0.suspendedReasons.add(reason, suspended) }
            }
            $0.assignments += event.action == .assign ? 1 : 0
        }
    }

    /// An item was sent back or opened again, by an event that says so: for the first time, or once more? It is charged
    /// to the stage that made it.
    mutating func countSentBack(_ event: Event, _ batch: ScannedBatch, hour: Window, stage: Int) {
        let category = tag(event.category, batch, in: \.categoryNames)
        let key = category == 0 ? 0 : Pipeline.tagKey(categoryNames.names[Int(category) - 1])
        var item = items[event.item] ?? Item(key: event.item)
        let isAgain = item.wasSentBack
        if !isAgain {
            item.wasSentBack = true
            items.put(item)
        }
        stageWeeks.count(StageWeekRow(window: hour, stage: stage)) {
            $0.sentBack.add(key)
            if isAgain { $0.sentBackAgain.add(key) }
            $0.unchargedReturns += item.stage == Item.unplaced ? 1 : 0
        }
        guard item.stage != Item.unplaced else { return }
        stageWeeks.count(StageWeekRow(window: hour, stage: Int(item.stage))) { $0.charge(item.origin) }
    }

    /// Approvals, rejections and escalations of items in the queue.
    mutating func countDecision(_ event: Event, hour: Window, stage: Int) {
        let place = stageItems[StageItem.key(item: event.item, stage: stage)]
        let entered = place.map { $0.state == .absent ? 0 : $0.arrivedAt } ?? 0
        stageWeeks.count(StageWeekRow(window: hour, stage: stage)) {
            if event.action == .escalate {
                $0.escalations += 1
            } else if entered > 0, event.time.milliseconds >= entered {
                $0.decisions += 1
                $0.decisionLatency.add(event.time.milliseconds - entered)
            }
        }
        if event.action == .approve { countApproval(event, hour: hour, stage: stage) }
    }

    /// An item is sent that a machine wrote or helped with: has a person changed it?
    mutating func countSend(_ item: Item, hour: Window, stage: Int) {
        guard item.origin == .automated || item.origin == .assisted else { return }
        stageWeeks.count(StageWeekRow(window: hour, stage: stage)) {
            $0.assistedSends += 1
            $0.unrevisedSends += item.isRevised ? 0 : 1
        }
    }

    /// An approval is quick if the item was in hand for less time than its content takes to look through, and nothing
    /// in it was changed. Where the beginning or the length is not known, nothing is told.
    private mutating func countApproval(_ event: Event, hour: Window, stage: Int) {
        guard event.actorKind != .automated,
            let place = stageItems[StageItem.key(item: event.item, stage: stage)],
            let bytes = items[event.item]?.bytes, bytes > 0
        else { return }
        let staffed = staffed
        let touch = place.touch(at: event.time.milliseconds) { staffed?.work(from: $0, to: $1) ?? $1 - $0 }
        guard let touch else { return }
        let glance = min(Pipeline.longestGlance, bytes * 1000 / Pipeline.bytesGlancedAtPerSecond)
        stageWeeks.count(StageWeekRow(window: hour, stage: stage)) {
            $0.seenApprovals += 1
            $0.quickApprovals += touch < glance && !place.isRevised ? 1 : 0
        }
    }

    // MARK: - Four weeks

    mutating func keepStageWeeks(_ rows: [StageWeekRow], of week: Window) {
        // An unfinished week at the end of the input closes again when it is whole.
        recentStageWeeks.removeAll { $0.first.map { $0.window.start >= week.start } ?? true }
        if !rows.isEmpty {
            recentStageWeeks.append(rows)
            pending.segments.append(("stage_weeks", Pipeline.segment(of: rows)))
        }
        if recentStageWeeks.count > WeekCounts.weeks {
            recentStageWeeks.removeFirst(recentStageWeeks.count - WeekCounts.weeks)
        }
    }

    func fourWeeks(endingWith week: Window) -> [[StageWeekRow]] {
        recentStageWeeks.filter { rows in
            rows.first.map { WeekCounts.holds($0.window.start, endingWith: week.start) } ?? false
        }
    }

    /// One week's rows.
    static func segment(of rows: [StageWeekRow]) -> [UInt8] {
        var writer = ByteWriter()
        for row in rows {
            writer.write(row.window.start)
            writer.write(row.window.end)
            writer.write(Int64(row.stage))
            row.encodeState(into: &writer)
        }
        return writer.bytes
    }

    mutating func loadStageWeeks(_ data: [UInt8]) throws(StateDamage) {
        var reader = ByteReader(data)
        var rows: [StageWeekRow] = []
        while !reader.isAtEnd {
            let window = Window(grain: .week, start: try reader.read(), end: try reader.read())
            let stage = Int(try reader.read(Int64.self))
            rows.append(try StageWeekRow(window: window, indices: (stage, 0), state: &reader))
        }
        guard let week = rows.first?.window else { return }
        recentStageWeeks.removeAll { $0.first.map { $0.window.start >= week.start } ?? true }
        recentStageWeeks.append(rows)
        if recentStageWeeks.count > WeekCounts.weeks { recentStageWeeks.removeFirst() }
    }
}
