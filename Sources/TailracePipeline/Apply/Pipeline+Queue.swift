/// Queues: what an event does to an item in a stage, and the counts that follow.
extension Pipeline {
    /// A completion followed by another stage within this time is a hand-off (semantics: 30 days), milliseconds.
    private static let handoffLimit: Int64 = 30 * 86_400_000

    mutating func applyQueue(
        _ event: Event, _ batch: ScannedBatch, hour: Window, stage: Int, origin: Origin, actor: UInt64, isLate: Bool
    ) {
        let time = event.time.milliseconds
        let key = StageItem.key(item: event.item, stage: stage)
        var item = stageItems[key] ?? StageItem(key: key, stage: stage)
        let staffed = staffed
        let change = item.apply(event.action, at: time, isNews: event.isState) {
            staffed?.work(from: $0, to: $1) ?? $1 - $0
        }
        if !change.duplicate {
            if event.action == .suspend, item.state == .suspended, item.startedAt == time {
                item.reason = tag(event.reason, batch, in: \.reasonNames)
            }
            stageItems.put(item)
        }
        if change.arrival || change.isReturn, change.backlog > 0 { stages[stage].oldest.insert(item.arrivedAt, key) }
        if isLate {
            stages[stage].lateBacklog += change.backlog
            stages[stage].lateWaiting += change.waiting
        }
        let effort = change.touch ?? (change.completion && event.effort >= 0 ? event.effort : nil)
        let isWork = event.action == .start || event.action == .complete || event.action == .resume
        flow.count(FlowRow(window: hour, stage: stage)) {
            if change.duplicate {
                $0.duplicates += 1
                return
            }
            $0.scheduleEvents += event.action == .schedule ? 1 : 0
            $0.completeEvents += event.action == .complete ? 1 : 0
            $0.returnEvents += event.action == .return ? 1 : 0
            $0.count(change, isLate: isLate)
            if let wait = change.wait { $0.wait.add(wait) }
            if let cycle = change.cycle { $0.cycle.add(cycle) }
            if let effort { $0.touch.add(effort) }
            if isWork, event.actorKind != .automated { $0.workers.insert(actor) }
            $0.minimumGroup = settings.minimumGroup
        }
        guard !change.duplicate else { return }
        let isDone = change.completion || change.unscheduled
        if change.arrival || isDone || change.isReturn || change.wait != nil {
            work.count(WorkRow(window: hour, stage: stage, origin: origin)) {
                $0.arrivals += change.arrival ? 1 : 0
                $0.completions += change.completion ? 1 : 0
                $0.returns += change.isReturn ? 1 : 0
                $0.automatedCompletions +=
                    isDone && (event.actorKind == .automated || origin == .automated) ? 1 : 0
                $0.touchSum += effort ?? 0
                $0.touchCount += effort == nil ? 0 : 1
                $0.reworkTouchSum += change.completion && !change.firstCompletion ? effort ?? 0 : 0
                $0.waitSum += change.wait ?? 0
                $0.waitCount += change.wait == nil ? 0 : 1
            }
        }
        if change.arrival || change.unscheduled {
            enterCase(event, hour: hour, stage: stage, time: time)
        } else if change.isReturn, !paths.isEmpty, var workCase = cases[event.workCase] {
            follow(&workCase, to: stage, hour: hour, isNew: false, isAgain: true)
            cases.put(workCase)
        }
        if change.completion || change.unscheduled {
            let age = leaveCase(
                event, hour: hour, stage: stage, time: time, effort: effort, isFirst: change.firstCompletion)
            // A look at how things stand is not when they were done.
            let isEstimated = change.completion && effort == nil && !event.isState
            countFinish(
                event, batch, hour: hour, stage: stage, actor: actor, age: age,
                gap: isEstimated ? gap(before: event, of: actor) : nil)
        }
        if change.suspended != nil || event.action == .assign {
            countQueueHabits(event, change, hour: hour, stage: stage)
        }
        if event.action == .return, change.isReturn || change.reworkCycle {
            countSentBack(event, batch, hour: hour, stage: stage)
        }
        if change.completion { costFamily(of: event.item, stage: stage, touch: effort) }
    }

    /// The case comes to a stage: from the one it was completed at last, or from outside.
    private mutating func enterCase(_ event: Event, hour: Window, stage: Int, time: Int64) {
        var workCase = cases[event.workCase] ?? WorkCase(key: event.workCase)
        let isNew = workCase.lastSeen == 0
        workCase.lastSeen = UInt32(clamping: max(Int64(workCase.lastSeen), event.time.seconds))
        var from: Int?
        if isNew {
            from = outsideIndex()
            // A completion that nothing came before tells nothing of when the case began.
            if event.action != .complete { workCase.enteredAt = UInt32(clamping: event.time.seconds) }
        } else if workCase.completedAt != 0, Int(workCase.stage) != stage,
            time - workCase.completedAt <= Pipeline.handoffLimit
        {
            from = Int(workCase.stage)
        }
        if let from {
            let wait = isNew ? nil : max(0, time - workCase.completedAt)
            handoffs.count(HandoffRow(window: hour, from: from, to: stage)) {
                $0.cases += 1
                $0.firstSeen = min($0.firstSeen, event.time.seconds)
                if let wait { $0.wait.add(wait) }
            }
            workCase.completedAt = 0
        }
        if !paths.isEmpty { follow(&workCase, to: stage, hour: hour, isNew: isNew, isAgain: false) }
        cases.put(workCase)
    }

    /// - Returns: the case's age and the work on it, in milliseconds, where an item completes for the first time.
    private mutating func leaveCase(
        _ event: Event, hour: Window, stage: Int, time: Int64, effort: Int64?, isFirst: Bool
    )
        -> (age: Int64, touch: Int64)?
    {
        var workCase = cases[event.workCase] ?? WorkCase(key: event.workCase)
        workCase.completedAt = time
        workCase.stage = UInt16(stage)
        workCase.lastSeen = UInt32(clamping: max(Int64(workCase.lastSeen), event.time.seconds))
        if isFirst, !paths.isEmpty { judge(workCase, at: stage, hour: hour) }
        workCase.touched = UInt32(clamping: Int64(workCase.touched) + (effort ?? 0) / 1000)
        cases.put(workCase)
        guard isFirst, workCase.enteredAt != 0 else { return nil }
        let entered = Int64(workCase.enteredAt) * 1000
        return (staffed?.hours(from: entered, to: time) ?? max(0, time - entered), Int64(workCase.touched) * 1000)
    }

    /// The stage that stands for where work enters.
    public static let outsideName = "(outside)"

    private mutating func outsideIndex() -> Int {
        if let outside { return outside }
        let index = stageIndex(Array(Pipeline.outsideName.utf8)[...])
        outside = index
        return index
    }

    /// What handling a copy cost: charged to its family.
    private mutating func costFamily(of key: Hash128, stage: Int, touch: Int64?) {
        guard let item = items[key], item.family != 0, families[item.family] != nil else { return }
        let id = Int64(item.family) << 14 | Int64(stage)
        var cost =
            familyCosts[id] ?? FamilyCostRow(family: item.family, stage: stage, touch: 0, measured: 0, handled: 0)
        cost.handled += 1
        if let touch {
            cost.touch += touch
            cost.measured += 1
        }
        familyCosts[id] = cost
        dirtyCosts.insert(id)
    }
}

extension FlowRow {
    mutating func count(_ change: QueueChange, isLate: Bool) {
        arrivals += change.arrival ? 1 : 0
        starts += change.start ? 1 : 0
        completions += change.completion ? 1 : 0
        firstCompletions += change.firstCompletion ? 1 : 0
        returns += change.isReturn ? 1 : 0
        withdrawals += change.withdrawal ? 1 : 0
        unscheduled += change.unscheduled ? 1 : 0
        extraCompletions += change.extraCompletion ? 1 : 0
        reworkCycles += change.reworkCycle ? 1 : 0
        if isLate {
            lateBacklog += change.backlog
        } else {
            net += change.backlog
            netWaiting += change.waiting
            leastNet = min(leastNet, net)
        }
    }
}
