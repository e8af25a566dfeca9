import Glibc

extension StageNode {
    /// Weeks below which a stage is too young to be judged.
    private static let fewestWeeks = 2.0

    init(fitting record: StageRecord, _ span: StageSpan, weeks: Range<Int>) {
        self.init(name: record.name)
        // As for the share of validation: who approves a fifth of what he completes reviews.
        isReview = record.kind.map { $0 == "review" } ?? (span.approvals > 0 && 5 * span.approvals >= span.finished)
        toleranceDays = record.toleranceDays
        enteredPerWeek = (span.entered + span.returned) / span.weeks
        finishedPerWeek = span.finished / span.weeks
        let left = span.finished + span.withdrawn
        kept = left > 0 ? span.finished / left : 1
        fitCalendar(record, span)
        isCapacityDeclared = record.isCapacityDeclared
        fitCapacity(record, span, weeks)
        fitTouch(record, span, weeks)
        fitServers(record)
        fitBacklog(record, span)
        missing = reason(record, span)
    }

    private mutating func fitCalendar(_ record: StageRecord, _ span: StageSpan) {
        var week = HourProfile()
        var arrivals = [Double](repeating: 0, count: 168)
        for hour in span.hours {
            week.add(
                hourOfWeek: hour % 168, arrivals: Int64(record.entered[hour]), completions: Int64(record.finished[hour])
            )
            arrivals[hour % 168] += Double(record.entered[hour])
        }
        if span.finished > 0 {
            let staffed = week.staffed
            calendar = WorkCalendar(isStaffed: (0..<168).map { staffed.contains(hourOfWeek: $0) })
            daysPerWeek = week.workingDays
        }
        if span.entered > 0 { profile = arrivals.map { $0 / span.entered } }
    }

    /// The capacity of the last week that knows one. What was done can be done, whatever was learned, over the whole
    /// span and while much was there to do; a declared capacity stands as it is.
    private mutating func fitCapacity(_ record: StageRecord, _ span: StageSpan, _ weeks: Range<Int>) {
        guard let known = record.weeks[weeks].last(where: { $0.capacityPerDay != nil })?.capacityPerDay, known > 0
        else { return }
        let busy = busyPace(record, span) * Double(calendar.hoursPerWeek)
        capacityPerDay = isCapacityDeclared ? known : max(known, max(finishedPerWeek, busy) / daysPerWeek)
    }

    /// Items finished in a staffed hour that begins with a longer queue than three quarters of them. Hours are chosen
    /// by the queue, not by what came of it, so chance does not make the pace look better than it is. O(hours).
    private func busyPace(_ record: StageRecord, _ span: StageSpan) -> Double {
        let hours = span.hours.filter {
            calendar.isStaffed[$0 % 168] && $0 > span.hours.lowerBound && record.backlog[$0 - 1] >= 0
        }
        var queues = hours.map { record.backlog[$0 - 1] }
        let long = max(1, quantile(0.75, of: &queues))
        let busy = hours.filter { record.backlog[$0 - 1] >= long }
        // A working week's worth of hours, or it is an anecdote.
        guard busy.count >= 40 else { return 0 }
        return busy.reduce(0) { $0 + Double(record.finished[$1]) } / Double(busy.count)
    }

    /// People at work; where the log does not show them, as many as the capacity takes at the known touch time.
    private mutating func fitServers(_ record: StageRecord) {
        if let known = record.workers, known >= 1 {
            servers = Int(min(known.rounded(), 10_000))
            workersAreKnown = true
        } else if let rate = capacityPerHour, let touchHours, touchCoverage >= 0.5, touchHours <= 8 {
            // A touch time of days is not work but a ticket that stood open.
            servers = Int(min(max(1, (rate * touchHours).rounded()), 10_000))
        }
    }

    private mutating func fitTouch(_ record: StageRecord, _ span: StageSpan, _ weeks: Range<Int>) {
        guard span.touched > 0, span.finished > 0 else { return }
        touchHours = span.touchSeconds / span.touched / 3600
        touchCoverage = min(1, span.touched / span.finished)
        var ratios = record.weeks[weeks].compactMap { week -> Double? in
            guard let middle = week.touchMedian, let high = week.touchHigh, middle > 0, high > middle else {
                return nil
            }
            return high / middle
        }
        guard !ratios.isEmpty else { return }
        // The 90th percentile of a lognormal lies 1.2816 standard deviations above the median. Beyond 1.5 it is no
        // work but waiting that the log takes for work.
        touchSpread = min(log(quantile(0.5, of: &ratios)) / 1.2815515655446004, 1.5)
    }

    private mutating func fitBacklog(_ record: StageRecord, _ span: StageSpan) {
        backlog = Double(max(0, record.backlog[span.hours].last ?? 0))
        var (sum, known) = (0.0, 0)
        var closes: [Double] = []
        for hour in span.hours where record.backlog[hour] >= 0 {
            if calendar.isStaffed[hour % 168] {
                sum += Double(record.backlog[hour])
                known += 1
            }
            if calendar.isJudged[hour % 168] { closes.append(Double(record.backlog[hour])) }
        }
        usualBacklog = quantile(0.9, of: &closes)
        guard known > 0, finishedPerWeek > 0 else { return }
        // Little's law on the staffed clock.
        let through = sum / Double(known) / (finishedPerWeek / Double(calendar.hoursPerWeek))
        delay = max(0, through - serviceHours - queueingHours)
    }

    /// Mean wait for a free server at today's load, staffed hours (Allen and Cunneen's approximation of M/G/c): it is
    /// part of what was counted, and the simulation makes it anew.
    private var queueingHours: Double {
        guard let rate = capacityPerHour, rate > 0 else { return 0 }
        let load = finishedPerWeek / Double(calendar.hoursPerWeek) / rate
        guard load < 1 else { return 0 }
        let variation = touchSpread.map { exp($0 * $0) - 1 } ?? 1
        return ErlangC.wait(servers: servers, load: load, serviceHours: serviceHours) * (1 + variation) / 2
    }

    private func reason(_ record: StageRecord, _ span: StageSpan) -> String? {
        if span.finished == 0, span.entered == 0 { return "nothing moved; `schedule` and `complete` events" }
        if span.unscheduled >= 0.5 * span.finished, span.finished > 0 {
            return "items are not seen to enter; `schedule` events"
        }
        if record.backlog[span.hours].last ?? -1 < 0 {
            return "the backlog is not known; `schedule` events of more weeks"
        }
        if span.finished == 0, capacityPerDay == nil {
            return "nothing was finished; `complete` events or a `capacity`"
        }
        if span.weeks < Self.fewestWeeks { return "seen for less than two weeks; more weeks of log" }
        if capacityPerDay == nil { return "no capacity is known; `capacity` in the configuration" }
        return nil
    }
}
