/// Closing: hours in order, each with every stage in it; days, weeks and months when their last hour closes.
extension Pipeline {
    /// A silence longer than this is no quiet time but another log: no rows are made for it.
    private static let longestSilence: Int64 = 400 * 86_400

    /// The first event of a later hour: the gauges of the hours before it are taken now, before anything changes.
    mutating func cross(into hour: Window) {
        guard let from = clockHour else {
            clockHour = hour
            closedThrough = hour.start
            open(hour)
            return
        }
        guard hour.start > from.start else { return }
        // After an end that was none the hour has closed; a row of it would be a new one.
        if from.end > (closedThrough ?? .min) { takeOldest(in: from) }
        if hour.start - from.end > Pipeline.longestSilence {
            silence = (from.end, hour.start)
        } else {
            var next = calendar.window(.hour, holding: from.end)
            while next.start < hour.start {
                open(next)
                takeOldest(in: next)
                next = calendar.window(.hour, holding: next.end)
            }
        }
        open(hour)
        clockHour = hour
    }

    private mutating func open(_ hour: Window) {
        for grain in Grain.allCases {
            let window = grain == .hour ? hour : recentWindows.window(grain, holding: hour.start)
            if openWindows.updateValue(window, forKey: window.key) == nil {
                pending.periods.append(calendar.period(window, isClosed: false))
            }
        }
    }

    /// Oldest age is exact only at the very end of its window: later changes would hide it.
    private mutating func takeOldest(in hour: Window) {
        for stage in stages.indices where stage != outside {
            let items = stageItems
            let oldest = stages[stage].oldest.oldest { key, time in
                guard let item = items[key] else { return false }
                return item.state.isOpen && item.arrivedAt == time
            }
            flow.change(hour, (stage, 0), orMake: FlowRow(window: hour, stage: stage)) {
                $0.oldestAge = oldest.map { max(0, hour.end - floorDivide($0, 1000)) }
            }
        }
    }

    /// Closes every hour that ends at the watermark or before.
    ///
    /// - Parameters:
    ///   - watermark: event time (milliseconds) up to which the input is complete.
    ///   - assess: sees each hour as it closes, in order; what it says of a stage (by index) goes into the rows.
    ///   - review: sees each week when it has closed, after its last hour.
    public mutating func advance(
        to watermark: Int64, review: (ClosedWeek) -> Void = { _ in }, assess: (ClosedHour) -> [Int: StageFigures]
    ) {
        while let through = closedThrough {
            if let silence, through >= silence.from {
                self.silence = nil
                foldAll()
                closedThrough = silence.to
                closeLarger(than: silence.to, review)
                continue
            }
            let hour = calendar.window(.hour, holding: through)
            nextClose = hour.end * 1000
            guard nextClose <= watermark, let clockHour, hour.start <= clockHour.start else { return }
            close(hour, review, assess)
        }
    }

    /// Takes the gauges of the last hour that had an event, for whoever closes it with `advance`: nothing more will come.
    ///
    /// - Returns: its end, milliseconds; nil before the first event.
    public mutating func takeLast() -> Int64? {
        guard let last = clockHour else { return nil }
        if last.end > (closedThrough ?? .min) { takeOldest(in: last) }
        return last.end * 1000
    }

    /// Closes everything up to the end of the last hour that had an event: nothing more will come.
    ///
    /// Days, weeks and months close unfinished; a pipeline that is restored from here opens them again. An unfinished
    /// week is not reviewed.
    public mutating func finish(
        review: (ClosedWeek) -> Void = { _ in }, assess: (ClosedHour) -> [Int: StageFigures]
    ) {
        guard let end = takeLast() else { return }
        advance(to: end, review: review, assess: assess)
        foldAll()
        foldStaged()
        refreshFamilies(at: end / 1000)
        for window in openWindows.values.sorted() where window.grain != .hour { closeWindow(window) }
    }

    private mutating func close(
        _ hour: Window, _ review: (ClosedWeek) -> Void, _ assess: (ClosedHour) -> [Int: StageFigures]
    ) {
        open(hour)
        foldAll()
        // Not those that a later event of the open hours has named first: here they did not exist yet.
        let shown = stages.indices.filter { $0 != outside && stages[$0].firstSeen < hour.end }
        for stage in shown { takeGauges(of: stage, in: hour) }
        let closed = ClosedHour(
            window: hour, secondOfWeek: calendar.secondOfWeek(at: hour.start),
            flow: shown.compactMap { flow.row(FlowRow(window: hour, stage: $0).rowID, in: hour) },
            excesses: excesses.filter { $0.hour < hour.end })
        excesses.removeAll { $0.hour < hour.end }
        let figures = assess(closed)
        for row in closed.flow { passOn(row, figures[row.stage]) }
        closedThrough = hour.end
        closeWindow(hour)
        closeLarger(than: hour.end, review)
    }

    /// Backlog at the hour's end: what it was, and the net change. Late changes enter here and are told as such.
    private mutating func takeGauges(of stage: Int, in hour: Window) {
        var state = stages[stage]
        flow.change(hour, (stage, 0), orMake: FlowRow(window: hour, stage: stage)) { row in
            state.recentUnscheduled = state.recentUnscheduled * 167 / 168 + Double(row.unscheduled)
            state.recentCompletions =
                state.recentCompletions * 167 / 168 + Double(row.unscheduled + row.completions)
            row.takenUp = -state.lateBacklog
            row.lateBacklog += row.takenUp
            let before = state.backlog + state.lateBacklog
            state.backlog = before + row.net
            state.waiting += state.lateWaiting + row.netWaiting
            (state.lateBacklog, state.lateWaiting) = (0, 0)
            let isKnown = state.isBacklogKnown
            row.backlog = isKnown ? state.backlog : nil
            row.waiting = isKnown ? state.waiting : nil
            row.minimumBacklog = isKnown ? before + row.leastNet : nil
            if !isKnown || state.backlog == 0 { row.oldestAge = nil }
            row.minimumGroup = settings.minimumGroup
        }
        stages[stage] = state
    }

    /// An hour's gauges and figures are those of its day, week and month so far.
    private mutating func passOn(_ row: FlowRow, _ figures: StageFigures?) {
        for grain in Grain.allCases {
            let window = grain == .hour ? row.window : recentWindows.window(grain, holding: row.window.start)
            flow.change(window, (row.stage, 0), orMake: FlowRow(window: window, stage: row.stage)) {
                if grain != .hour {
                    $0.lateBacklog += row.takenUp
                    $0.backlog = row.backlog
                    $0.waiting = row.waiting
                    $0.oldestAge = row.oldestAge
                    if let least = row.minimumBacklog { $0.minimumBacklog = min($0.minimumBacklog ?? least, least) }
                    $0.minimumGroup = row.minimumGroup
                }
                $0.capacityPerDay = figures?.capacityPerDay
                $0.utilisation = figures?.utilisation
                $0.daysOfWork = figures?.daysOfWork
            }
        }
    }

    private mutating func closeLarger(than through: Int64, _ review: (ClosedWeek) -> Void) {
        let ending = openWindows.values.filter { $0.grain != .hour && $0.end <= through }.sorted()
        if !ending.isEmpty { foldStaged() }
        var weeks: [(window: Window, rows: PipelineOutput.WindowRows)] = []
        for window in ending {
            let rows = closeWindow(window)
            if window.grain == .day { refreshFamilies(at: window.end) }
            if window.grain == .week {
                weeks.append((window, rows))
                expire(at: window.end)
            }
        }
        // The week's last day stands behind the week: only now is it known what is a zombie at the end.
        for (window, rows) in weeks {
            review(
                ClosedWeek(
                    window: window, rows: rows, copies: copies(window), answers: answers(before: window),
                    stageWeeks: fourWeeks(endingWith: window), reasons: reasonNames.names,
                    categories: categoryNames.names))
        }
    }

    @discardableResult
    private mutating func closeWindow(_ window: Window) -> PipelineOutput.WindowRows {
        openWindows[window.key] = nil
        pending.periods.append(calendar.period(window, isClosed: true))
        var rows = PipelineOutput.WindowRows()
        rows.flow = flow.close(window)
        rows.work = work.close(window)
        rows.output = output.close(window)
        rows.engagement = engagement.close(window)
        rows.cohorts = cohorts.close(window)
        rows.outcomes = outcomes.close(window)
        rows.handoffs = Pipeline.withShares(handoffs.close(window))
        rows.teams = teams.close(window)
        if window.grain == .week { settleUses(in: window) }
        rows.stageWeeks = stageWeeks.close(window)
        if window.grain == .week { keepStageWeeks(rows.stageWeeks, of: window) }
        pending.rows.append(rows)
        return rows
    }

    /// All hand-offs of one window, with their shares of what came into and went out of their stages.
    public static func withShares(_ rows: [HandoffRow]) -> [HandoffRow] {
        var inflow: [Int: Int64] = [:]
        var outflow: [Int: Int64] = [:]
        for row in rows {
            inflow[row.to, default: 0] += row.cases
            outflow[row.from, default: 0] += row.cases
        }
        return rows.map {
            var row = $0
            row.shareOfInflow = Double(row.cases) / Double(max(1, inflow[row.to, default: 0]))
            row.shareOfOutflow = Double(row.cases) / Double(max(1, outflow[row.from, default: 0]))
            return row
        }
    }

    /// Adds what was set aside for days, weeks and months to them.
    mutating func foldStaged() {
        flow.foldStaged(&recentWindows)
        work.foldStaged(&recentWindows)
        output.foldStaged(&recentWindows)
        engagement.foldStaged(&recentWindows)
        outcomes.foldStaged(&recentWindows)
        handoffs.foldStaged(&recentWindows)
        teams.foldStaged(&recentWindows)
        stageWeeks.foldStaged(&recentWindows)
    }

    /// Adds what was counted to the open hours, and sets it aside for what is wider, or for rows in the store.
    mutating func foldAll() {
        let through = closedThrough ?? .min
        let isOpen = { (window: Window) in window.end > through }
        let all = Grain.allCases
        var late = flow.fold(&recentWindows, grains: all, isOpen: isOpen)
        late += work.fold(&recentWindows, grains: all, isOpen: isOpen)
        late += output.fold(&recentWindows, grains: all, isOpen: isOpen)
        late += engagement.fold(&recentWindows, grains: all, isOpen: isOpen)
        late += cohorts.fold(&recentWindows, grains: [.week], isOpen: isOpen)
        late += outcomes.fold(&recentWindows, grains: all, isOpen: isOpen)
        late += handoffs.fold(&recentWindows, grains: all, isOpen: isOpen)
        late += teams.fold(&recentWindows, grains: all, isOpen: isOpen)
        late += stageWeeks.fold(&recentWindows, grains: [.week], isOpen: isOpen)
        for window in Set(late).sorted() { pending.periods.append(calendar.period(window, isClosed: true)) }
    }
}
