/// What is normal for a stage, learned from its own past.
///
/// The backlog of a stable queue has a tail close to exponential (Kingman 1964), so a level many mean excesses above
/// the usual one is no chance. Everything is taken from each day's least backlog, in which nights, batches and bursts
/// vanish.
struct Baseline: Sendable {
    /// Whole weeks that it was learned from.
    var weeks = 0
    /// Whole weeks of the log that it covers, with the latest that it leaves out.
    var span = 0
    /// Median of the least backlog of a day, by weekday.
    private var floors = InlineArray<7, Double>(repeating: 0)
    /// Backlog that three of four weeks stay under at all hours' ends.
    var high = 0.0
    /// 75th percentile of a day's least backlog − normal, items.
    var upper = 0.0
    /// Mean excess of the same above `upper`, items.
    var excess = 1.0
    /// Arrivals a week.
    var meanPerWeek = 0.0
    /// Arrivals a week that the stage has proved to absorb: the mean, or what it has finished since without a queue.
    var provenPerWeek = 0.0
    /// Variance of a day's demand, arrivals and service that failed to come, over its Poisson value, at least 1.
    var dispersion = 1.0

    /// Fewer than four weeks: a past too short to judge by.
    var isYoung: Bool { span < 4 }

    /// The usual least backlog of the 24 hours that end on this weekday: they reach into the day before.
    func normal(_ weekday: Int) -> Double { max(floors[weekday], floors[(weekday + 6) % 7]) }
}

extension Baseline {
    /// Weeks to learn from, and what is known of them beside.
    struct Lesson {
        var past: StagePast
        /// The weekday that is running, 0 = Monday.
        var weekday: Int
        /// Latest days and weeks that are left out, and how many before them count.
        var lagDays: Int
        var days: Int
        var lagWeeks: Int
        var weeks: Int
    }

    /// Learns from the weeks of the lesson; days of pages are left out. O(n) in its days on average.
    init(_ lesson: Lesson, minimumExcess: Double) {
        let past = lesson.past
        span = lesson.weeks + lesson.lagWeeks
        learnFloors(lesson, minimumExcess: minimumExcess)
        var peaks: [Double] = []
        var (arrivals, known) = (0.0, 0.0)
        for back in lesson.lagWeeks..<lesson.lagWeeks + lesson.weeks
        where !past.isAlarmed(week: back, daysSince: lesson.weekday) {
            let week = past.week(back: back)
            guard week.knownHours >= 84 else { continue }
            weeks += 1
            peaks.append(week.peak.value)
            arrivals += week.arrivals.value
            known += Double(week.knownHours)
        }
        guard known > 0 else { return }
        high = quantile(0.75, of: &peaks)
        meanPerWeek = arrivals / known * 168
        learnDispersion(lesson)
        provenPerWeek = meanPerWeek
    }

    private mutating func learnFloors(_ lesson: Lesson, minimumExcess: Double) {
        var byDay = [[Double]](repeating: [], count: 7)
        for back in lesson.lagDays..<lesson.lagDays + lesson.days {
            let floor = lesson.past.floor(back: back)
            guard floor.isKnown, !floor.isMarked else { continue }
            byDay[(lesson.weekday + 7 * 27 - 1 - back) % 7].append(floor.value)
        }
        var all = byDay.flatMap { $0 }
        let middle = quantile(0.5, of: &all)
        for day in 0..<7 { floors[day] = byDay[day].isEmpty ? middle : quantile(0.5, of: &byDay[day]) }
        var excesses = byDay.indices.flatMap { day in byDay[day].map { $0 - floors[day] } }
        upper = quantile(0.75, of: &excesses)
        let beyond = excesses.filter { $0 > upper }
        let mean = beyond.isEmpty ? 0 : beyond.reduce(0) { $0 + $1 - upper } / Double(beyond.count)
        // Items that come and go by themselves vary like a Poisson count, however still the training weeks were: the
        // mean excess of a normal law above its upper quartile is 0.6 standard deviations.
        let level = (0..<7).reduce(0) { $0 + floors[$1] } / 7
        excess = max(mean, minimumExcess, 0.6 * level.squareRoot())
    }

    /// Quasi-Poisson dispersion of demand, from days within their weeks and from weeks: what is correlated from day to
    /// day shows in weeks only.
    private mutating func learnDispersion(_ lesson: Lesson) {
        var (daySquares, dayFreedom, weekSquares, weekCount) = (0.0, 0.0, 0.0, 0.0)
        for back in lesson.lagWeeks..<lesson.lagWeeks + lesson.weeks
        where !lesson.past.isAlarmed(week: back, daysSince: lesson.weekday) {
            let week = lesson.past.week(back: back)
            if week.days > 1 {
                daySquares += week.squares.sixteenths
                dayFreedom += Double(week.days - 1)
            }
            if week.knownHours > 150, meanPerWeek > 0 {
                let off = week.demand.sixteenths - meanPerWeek
                weekSquares += off * off / meanPerWeek
                weekCount += 1
            }
        }
        let byDay = dayFreedom > 1 ? daySquares / dayFreedom : 1
        let byWeek = weekCount > 2 ? weekSquares / (weekCount - 1) : byDay
        dispersion = max(1, byDay, 0.5 * (byDay + byWeek))
    }
}
