/// What a stage can finish, learned from completions while there was work to do.
///
/// Completions alone show only what arrived: a stage that is never busy never shows its capacity. While Q items are
/// in the system and c people are there, min(Q, c) of them work, so completions per person-hour are
/// D / ∫ min(Q, c) dt over staffed, open hours, and capacity is c times that (the censored-exposure estimate of a
/// service rate).
struct ServicePace: Sendable {
    private(set) var capacity: StageCapacity?
    /// People at work in a staffed hour; at least 1.
    private(set) var workers = 1
    /// Whether actors were seen at all.
    var workersAreKnown: Bool { !crowd.isEmpty }
    /// Items that a fully busy staffed hour finishes.
    private(set) var perBusyHour = 0.0

    /// Working hours by cell, learned; nil while they are unknown and none are declared.
    private var cells: StaffedCells?
    private let declaredHours: [Bool]?
    private let declaredPerDay: Double?
    private var crowd = CrowdHistogram()
    /// Completions in provably busy hours, and what the pace promised of them; aged.
    private var busyDone = 0.0
    private var busyPromised = 0.0
    /// The same of the week that runs and the two before, which count only once they are old enough.
    private var recentBusy = InlineArray<3, BusyWeek>(repeating: BusyWeek())
    /// Of the day that runs.
    private var dayDone = 0.0
    private var dayBusy = 0.0
    private var dayIsStaffed = false

    init(settings: StageSettings) {
        declaredHours = settings.declaredStaffedHours
        declaredPerDay = settings.capacityPerDay
        declare(daysPerWeek: declaredHours.map(Self.days) ?? 7)
    }

    private func isStaffed(_ hour: StageHour) -> Bool? {
        declaredHours?[hour.hourOfWeek] ?? cells?.contains(hourOfWeek: hour.hourOfWeek)
    }

    private var staffedPerWeek: Double {
        if let declaredHours { return Double(max(1, declaredHours.count(where: { $0 }))) }
        return cells.map { Double(max(1, $0.hoursPerWeek)) } ?? 168
    }

    /// Takes a known hour that no page fires in.
    ///
    /// - Parameter before: the backlog at its start.
    mutating func add(_ hour: StageHour, before: Double, backlog: Double) {
        let isWorked = hour.completions > 0 || hour.workers > 0
        guard isStaffed(hour) ?? isWorked else { return }
        dayIsStaffed = true
        if hour.workers > 0 { crowd.add(hour.workers) }
        dayDone += Double(hour.completions)
        dayBusy += min((before + backlog) / 2, Double(workers))
        if isBusy(hour, before: before) {
            recentBusy[0].done += Float(hour.completions)
            recentBusy[0].promised += Float(perBusyHour)
        }
    }

    /// Ends the day: what it showed of the pace, for its week. A holiday shows nothing: below five a day, though, a day
    /// without a completion is chance.
    mutating func closeDay(_ profile: HourProfile) -> (done: Double, busy: Double) {
        defer { (dayDone, dayBusy, dayIsStaffed) = (0, 0, false) }
        let usual = profile.completionsPerWeek / profile.workingDays
        let isClosed = dayIsStaffed && usual >= 5 && dayDone * 10 < usual
        workers = max(1, crowd.median)
        return isClosed ? (0, 0) : (dayDone, dayBusy)
    }

    /// Ends the week.
    mutating func age() {
        busyDone = busyDone * 12 / 13 + Double(recentBusy[2].done)
        busyPromised = busyPromised * 12 / 13 + Double(recentBusy[2].promised)
        (recentBusy[2], recentBusy[1], recentBusy[0]) = (recentBusy[1], recentBusy[0], BusyWeek())
    }

    /// An hour that begins with this many items is busy to its end, but for one chance in forty.
    private var busyBacklog: Double { Double(workers) + perBusyHour + 2 * perBusyHour.squareRoot() }

    /// What provably busy hours have finished over what the pace promised; near 1. Fifteen items of prior keep a
    /// handful of busy hours from deciding.
    private var busyFactor: Double { (busyDone + 15) / (busyPromised + 15) }

    /// Service that a provably busy hour failed to give, in items; negative where it gave more; 0 where not provable.
    func shortfall(_ hour: StageHour, before: Double?) -> Double {
        guard let before, isBusy(hour, before: before) else { return 0 }
        return perBusyHour * busyFactor - Double(hour.completions)
    }

    private func isBusy(_ hour: StageHour, before: Double) -> Bool {
        isStaffed(hour) ?? false && perBusyHour > 0 && before >= busyBacklog
    }

    private mutating func declare(daysPerWeek: Double) {
        guard let perDay = declaredPerDay, perDay > 0 else { return }
        capacity = StageCapacity(
            perDay: perDay, low: perDay, high: perDay, source: .declared, daysPerWeek: daysPerWeek)
        perBusyHour = perDay * daysPerWeek / staffedPerWeek
    }

    /// Learns from the latest `weeks` without those of pages. O(n) in them.
    mutating func learn(_ past: StagePast, weekday: Int, lag: Int, weeks: Int, profile: HourProfile) {
        guard profile.known >= 120, profile.completionsPerWeek > 0 else { return }
        if declaredHours == nil { cells = profile.staffed }
        let days = declaredHours.map(Self.days) ?? profile.workingDays
        var blocks: [(done: Double, busy: Double)] = []
        for back in lag..<lag + weeks where !past.isAlarmed(week: back, daysSince: weekday) {
            let week = past.week(back: back)
            if week.busy.value > 0 { blocks.append((week.done.sixteenths, week.busy.sixteenths)) }
        }
        measure(blocks, daysPerWeek: days, throughput: profile.completionsPerWeek)
        declare(daysPerWeek: days)
    }

    /// Weeks are the blocks from whose spread the interval is taken.
    private mutating func measure(_ blocks: [(done: Double, busy: Double)], daysPerWeek: Double, throughput: Double) {
        let done = blocks.reduce(0) { $0 + $1.done }
        let busy = blocks.reduce(0) { $0 + $1.busy }
        guard done > 0, busy > 0 else { return }
        let rate = done / busy
        let squares = blocks.reduce(0) { $0 + ($1.done - rate * $1.busy) * ($1.done - rate * $1.busy) }
        let count = Double(blocks.count)
        let error = count > 1 ? (squares * count / (count - 1)).squareRoot() / busy : rate
        // What has been done can be done: work outside the staffed hours counts too.
        let perWeek = max(rate * Double(workers) * staffedPerWeek, throughput)
        perBusyHour = perWeek / staffedPerWeek
        let perDay = perWeek / daysPerWeek
        capacity = StageCapacity(
            perDay: perDay, low: perDay * max(0, 1 - 2 * error / rate), high: perDay * (1 + 2 * error / rate),
            source: .learned, daysPerWeek: daysPerWeek)
    }

    /// Days with any staffed hour.
    private static func days(_ staffed: [Bool]) -> Double {
        Double(max(1, (0..<7).count(where: { day in staffed[day * 24..<day * 24 + 24].contains(true) })))
    }
}

private struct BusyWeek: Sendable {
    var done: Float = 0
    var promised: Float = 0
}
