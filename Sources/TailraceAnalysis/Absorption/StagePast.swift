/// One local day of a stage's last four weeks.
struct DayRecord: Sendable {
    var arrivals = CompactCount(0)
    var departures = CompactCount(0)
    /// Greatest backlog at an hour's end.
    var peak = CompactCount(0)
    var knownHours: UInt8 = 0
    /// Service that provably busy hours failed to give, items, in sixteenths.
    var lost = CompactCount(0)

    var shortfall: Double { lost.sixteenths }
    var demand: Double { arrivals.value + shortfall }
}

/// One local week, from Monday, of a stage's last 26.
struct WeekRecord: Sendable {
    var arrivals = CompactCount(0)
    var departures = CompactCount(0)
    /// Item-hours in the stage.
    var held = CompactCount(0)
    var peak = CompactCount(0)
    var knownHours: UInt8 = 0
    /// Days that `squares` is of.
    var days: UInt8 = 0
    /// The rest in sixteenths. Arrivals and service that failed to come, items.
    var demand = CompactCount(0)
    /// Squares of the days' deviations from their shares of the week's demand, each over that share.
    var squares = CompactCount(0)
    /// Completions, and worker-hours with work at hand, of hours that show the pace of service.
    var done = CompactCount(0)
    var busy = CompactCount(0)
}

/// What a stage remembers of its past: the last 24 hours, 28 days and 26 weeks, coarser the longer ago. Fixed in size.
struct StagePast: Sendable {
    static let weekLimit = 26
    static let dayLimit = 28
    private static let floorLimit = 26 * 7

    /// Least backlog of each of the last 24 hours.
    private var leasts = InlineArray<24, CompactCount>(repeating: .unknown)
    private var leastPlace: UInt8 = 0
    /// Least backlog of each of the last 182 days; the mark is a day of a page.
    private var floors = InlineArray<182, CompactCount>(repeating: .unknown)
    private var days = InlineArray<28, DayRecord>(repeating: DayRecord())
    private var weeks = InlineArray<26, WeekRecord>(repeating: WeekRecord())
    /// Days and weeks ever ended.
    private(set) var dayCount = 0
    private(set) var weekCount = 0

    /// Takes the hour's least backlog, nil for unknown; the least of the last 24 hours, nil where all are.
    mutating func append(least: Int64?) -> Double? {
        leasts[Int(leastPlace)] = least.map(CompactCount.init) ?? .unknown
        leastPlace = (leastPlace + 1) % 24
        var floor: Double?
        for hour in 0..<24 where leasts[hour].isKnown { floor = min(floor ?? .infinity, leasts[hour].value) }
        return floor
    }

    mutating func append(_ day: DayRecord, floor: CompactCount) {
        days[dayCount % Self.dayLimit] = day
        floors[dayCount % Self.floorLimit] = floor
        dayCount += 1
    }

    mutating func append(_ week: WeekRecord) {
        weeks[weekCount % Self.weekLimit] = week
        weekCount += 1
    }

    var dayDepth: Int { min(dayCount, Self.dayLimit) }
    var floorDepth: Int { min(dayCount, Self.floorLimit) }
    var weekDepth: Int { min(weekCount, Self.weekLimit) }

    /// Each counts from the latest that has ended (0) backwards.
    func day(back: Int) -> DayRecord { days[(dayCount - 1 - back) % Self.dayLimit] }
    func floor(back: Int) -> CompactCount { floors[(dayCount - 1 - back) % Self.floorLimit] }
    func week(back: Int) -> WeekRecord { weeks[(weekCount - 1 - back) % Self.weekLimit] }

    /// The weekday of a day that ended, while `today` runs; 0 = Monday.
    func weekday(back: Int, today: Int) -> Int { (today - 1 - back % 7 + 14) % 7 }

    /// Marks the latest days as days of a page, or takes the mark away.
    mutating func mark(last count: Int, alarmed: Bool) {
        for back in 0..<min(count, floorDepth) {
            floors[(dayCount - 1 - back) % Self.floorLimit].isMarked = alarmed
        }
    }

    /// Whether a page fired on a day of the week that ended `back` weeks and `daysSince` days ago.
    func isAlarmed(week back: Int, daysSince: Int) -> Bool {
        let first = back * 7 + daysSince
        return (first..<first + 7).contains { $0 < floorDepth && floor(back: $0).isMarked }
    }
}
