/// Sums of the local day that runs, or of the week, before they are kept as coarser records.
struct RunningSpan: Sendable {
    private(set) var arrivals = 0.0
    private(set) var departures = 0.0
    /// Service that provably busy hours failed to give, items.
    private(set) var shortfall = 0.0
    /// Item-hours in the stage.
    private(set) var held = 0.0
    private(set) var peak = 0.0
    /// The least backlog; nil where all hours are unknown.
    private(set) var least: Double?
    private(set) var knownHours: UInt8 = 0

    mutating func add(_ hour: StageHour, backlog: Double, least: Double, shortfall: Double) {
        arrivals += Double(hour.arrivals)
        departures += Double(hour.completions + hour.withdrawals)
        held += backlog
        peak = max(peak, backlog)
        self.least = min(self.least ?? least, least)
        self.shortfall += shortfall
        if knownHours < .max { knownHours += 1 }
    }

    mutating func add(_ day: RunningSpan) {
        arrivals += day.arrivals
        departures += day.departures
        shortfall += day.shortfall
        held += day.held
        peak = max(peak, day.peak)
        knownHours += min(day.knownHours, .max - knownHours)
    }

    /// The day as it is remembered.
    var record: DayRecord {
        DayRecord(
            arrivals: CompactCount(Int64(arrivals)), departures: CompactCount(Int64(departures)),
            peak: CompactCount(Int64(peak)), knownHours: knownHours, lost: CompactCount(sixteenths: shortfall))
    }

    /// Of 24 hours, or of most of them.
    func floor(isAlarmed: Bool) -> CompactCount {
        var floor = least.map { knownHours >= 18 ? CompactCount(Int64($0)) : .unknown } ?? .unknown
        floor.isMarked = isAlarmed
        return floor
    }

    /// The week as it is remembered, once its seven days are in the past.
    func record(_ past: StagePast, _ profile: HourProfile, done: Double, busy: Double) -> WeekRecord {
        var record = WeekRecord(
            arrivals: CompactCount(Int64(arrivals)), departures: CompactCount(Int64(departures)),
            held: CompactCount(Int64(held)), peak: CompactCount(Int64(peak)), knownHours: knownHours,
            demand: CompactCount(sixteenths: arrivals + shortfall), done: CompactCount(sixteenths: done),
            busy: CompactCount(sixteenths: busy))
        var (demand, share, squares) = (0.0, 0.0, 0.0)
        let days = (0..<min(7, past.dayDepth)).filter { past.day(back: $0).knownHours >= 18 }
        for back in days {
            demand += past.day(back: back).demand
            share += profile.share(ofDay: past.weekday(back: back, today: 0))
        }
        guard demand > 0 else { return record }
        for back in days {
            let wanted = demand * profile.share(ofDay: past.weekday(back: back, today: 0)) / share
            let off = OverloadEvidence.clipped(past.day(back: back).demand, pace: wanted) - wanted
            squares += off * off / wanted
            record.days += 1
        }
        record.squares = CompactCount(sixteenths: squares)
        return record
    }
}
