/// What a stage can finish, learned from completions while there was work to do.
///
/// Completions alone show only what arrived: a stage that is never busy never shows its capacity. While Q items are
/// in the system and c people are there, min(Q, c) of them work, so completions per person-hour are
/// D / ∫ min(Q, c) dt over staffed, open hours, and capacity is c times that (the censored-exposure estimate of a
/// service rate).
struct ServicePace: Sendable {
    var capacity: StageCapacity?
    /// Working hours, by hour of the local week.
    var staffed: [Bool]
    /// People at work in a staffed hour; at least 1.
    var workers = 1
    /// Whether actors were seen at all.
    var workersAreKnown = false
    /// Items that a fully busy staffed hour finishes.
    var perBusyHour = 0.0

    /// What provably busy hours have finished over what the pace promised; near 1.
    var busyFactor = 1.0

    /// An hour that begins with this many items is busy to its end, but for one chance in forty.
    var busyBacklog: Double { Double(workers) + perBusyHour + 2 * perBusyHour.squareRoot() }

    /// Service that a provably busy hour failed to give, in items; negative where it gave more; 0 where not provable.
    func shortfall(_ hour: HourRecord, before: HourRecord?) -> Double {
        isBusy(hour, before: before) ? perBusyHour * busyFactor - Double(hour.completions) : 0
    }

    private func isBusy(_ hour: HourRecord, before: HourRecord?) -> Bool {
        guard let before, before.isKnown, staffed[Int(hour.hourOfWeek)], perBusyHour > 0 else { return false }
        return Double(before.backlog) >= busyBacklog
    }

    init(settings: StageSettings) {
        staffed = settings.declaredStaffedHours ?? [Bool](repeating: true, count: 168)
        declare(settings.capacityPerDay, daysPerWeek: settings.declaredStaffedHours.map(Self.days) ?? 7)
    }

    /// Learns from the newest `range` of the history; alarmed, frozen and unknown hours are left out. O(n) on average.
    init(history: HourHistory, range: Range<Int>, settings: StageSettings) {
        self.init(settings: settings)
        var byCell = [Double](repeating: 0, count: 48)
        var hoursByCell = [Double](repeating: 0, count: 48)
        var byWeekday = [Double](repeating: 0, count: 7)
        var known = 0
        for back in range {
            let hour = history[back: back]
            guard hour.isKnown, !hour.isAlarmed else { continue }
            known += 1
            byCell[hour.cell] += Double(hour.completions)
            hoursByCell[hour.cell] += 1
            byWeekday[Int(hour.hourOfWeek) / 24] += Double(hour.completions)
        }
        guard known >= 168, byWeekday.reduce(0, +) > 0 else { return }
        if settings.declaredStaffedHours == nil {
            staffed = Self.staffedHours(byCell, hoursByCell)
        }
        let days = settings.declaredStaffedHours.map(Self.days) ?? Self.workingDays(byWeekday)
        let exposure = Exposure(history, range, staffed: staffed)
        workersAreKnown = exposure.workers > 0
        workers = max(1, exposure.workers)
        measure(
            history, range, exposure: exposure, daysPerWeek: days,
            throughput: byWeekday.reduce(0, +) / Double(known) * 168)
        declare(settings.capacityPerDay, daysPerWeek: days)
        correct(history, range)
    }

    /// Busy hours may differ from the average hour that the pace was taken from: learn by how much. Fifteen items of
    /// prior keep a handful of busy hours from deciding.
    private mutating func correct(_ history: HourHistory, _ range: Range<Int>) {
        var (done, promised) = (15.0, 15.0)
        for back in range.dropLast() {
            let hour = history[back: back]
            guard hour.isKnown, !hour.isAlarmed, isBusy(hour, before: history[back: back + 1]) else { continue }
            done += Double(hour.completions)
            promised += perBusyHour
        }
        busyFactor = done / promised
    }

    private mutating func declare(_ perDay: Double?, daysPerWeek: Double) {
        guard let perDay, perDay > 0 else { return }
        capacity = StageCapacity(
            perDay: perDay, low: perDay, high: perDay, source: .declared, daysPerWeek: daysPerWeek)
        perBusyHour = perDay * daysPerWeek / Double(max(1, staffed.count(where: { $0 })))
    }

    private mutating func measure(
        _ history: HourHistory, _ range: Range<Int>, exposure: Exposure, daysPerWeek: Double,
        throughput: Double
    ) {
        // Weeks are the blocks from whose spread the interval is taken.
        let firstWeek = Int(history[back: range.upperBound - 1].day) / 7
        let lastWeek = Int(history[back: range.lowerBound].day) / 7
        var blocks = [(done: Double, busy: Double)](repeating: (0, 0), count: lastWeek - firstWeek + 1)
        var previous: Int32 = -1
        for back in range.reversed() {
            let hour = history[back: back]
            defer { previous = hour.isKnown ? hour.backlog : -1 }
            guard exposure.isOpen(hour, staffed: staffed) else { continue }
            let before = previous >= 0 ? previous : hour.backlog
            let inSystem = (Double(before) + Double(hour.backlog)) / 2
            let week = Int(hour.day) / 7 - firstWeek
            blocks[week].done += Double(hour.completions)
            blocks[week].busy += min(inSystem, Double(workers))
        }
        blocks.removeAll { $0.busy == 0 }
        let done = blocks.reduce(0) { $0 + $1.done }
        let busy = blocks.reduce(0) { $0 + $1.busy }
        guard done > 0, busy > 0 else { return }
        let rate = done / busy
        var squares = 0.0
        for block in blocks {
            squares += (block.done - rate * block.busy) * (block.done - rate * block.busy)
        }
        let count = Double(blocks.count)
        let error = count > 1 ? (squares * count / (count - 1)).squareRoot() / busy : rate
        let staffedHours = Double(max(1, staffed.count(where: { $0 })))
        // What has been done can be done: work outside the staffed hours counts too.
        let perWeek = max(rate * Double(workers) * staffedHours, throughput)
        perBusyHour = perWeek / staffedHours
        let perDay = perWeek / daysPerWeek
        capacity = StageCapacity(
            perDay: perDay, low: perDay * max(0, 1 - 2 * error / rate), high: perDay * (1 + 2 * error / rate),
            source: .learned, daysPerWeek: daysPerWeek)
    }
}

extension ServicePace {
    /// Hours of the week in which work is usually done: above an eighth of the busiest hour.
    static func staffedHours(_ byCell: [Double], _ hours: [Double]) -> [Bool] {
        let total = byCell.reduce(0, +)
        var rate = [Double](repeating: 0, count: 48)
        for cell in 0..<48 where hours[cell] > 0 { rate[cell] = byCell[cell] / hours[cell] }
        if total < 1000 {
            // With few completions an hour without one says little: neighbours speak for it.
            let raw = rate
            for cell in 0..<48 {
                let base = cell / 24 * 24
                rate[cell] = (raw[base + (cell + 23) % 24] + raw[cell] + raw[base + (cell + 1) % 24]) / 3
            }
        }
        let busiest = rate.max() ?? 0
        return (0..<168).map { hour in
            rate[hour >= 120 ? 24 + hour % 24 : hour % 24] > 0.125 * busiest
        }
    }

    /// Days with at least a quarter of the busiest day's completions.
    static func workingDays(_ byWeekday: [Double]) -> Double {
        let busiest = byWeekday.max() ?? 0
        return Double(max(1, byWeekday.count(where: { $0 >= 0.25 * busiest })))
    }

    /// Days with any staffed hour.
    static func days(_ staffed: [Bool]) -> Double {
        Double(max(1, (0..<7).count(where: { day in staffed[day * 24..<day * 24 + 24].contains(true) })))
    }
}

/// Which hours show the pace of service, and how many people stand in them.
private struct Exposure {
    /// Median of distinct workers over staffed hours with anybody at work; 0 where actors are unknown.
    var workers = 0
    /// Days on which next to nothing was finished although the day is a working day: holidays. By day since `firstDay`.
    private var isClosed: [Bool] = []
    private var firstDay = 0

    init(_ history: HourHistory, _ range: Range<Int>, staffed: [Bool]) {
        firstDay = Int(history[back: range.upperBound - 1].day)
        let days = Int(history[back: range.lowerBound].day) - firstDay + 1
        isClosed = [Bool](repeating: false, count: days)
        var counts: [UInt16] = []
        var done = [Int](repeating: 0, count: days)
        var isWorkingDay = isClosed
        for back in range {
            let hour = history[back: back]
            guard hour.isKnown, !hour.isAlarmed, staffed[Int(hour.hourOfWeek)] else { continue }
            if hour.workers > 0 { counts.append(hour.workers) }
            done[Int(hour.day) - firstDay] += Int(hour.completions)
            isWorkingDay[Int(hour.day) - firstDay] = true
        }
        workers = Int(quantile(0.5, of: &counts))
        var active = done.filter { $0 > 0 }
        let median = quantile(0.5, of: &active)
        // Below five a day, a day without a completion is chance.
        guard median >= 5 else { return }
        for day in 0..<days where isWorkingDay[day] { isClosed[day] = done[day] * 10 < median }
    }

    func isOpen(_ hour: HourRecord, staffed: [Bool]) -> Bool {
        hour.isKnown && !hour.isAlarmed && staffed[Int(hour.hourOfWeek)] && !isClosed[Int(hour.day) - firstDay]
    }
}
