/// What is normal for a stage, learned from its own past.
///
/// The backlog of a stable queue has a tail close to exponential (Kingman 1964), so a level many mean excesses above
/// the usual one is no chance. Everything is taken from the least backlog of the last 24 hours, in which nights,
/// batches and bursts vanish.
struct Baseline: Sendable {
    /// Hours it was learned from.
    var hours = 0
    /// Hours of the log it covers, with the latest that it leaves out.
    var span = 0
    /// Median of the 24-hour floor, by cell.
    var normal = [Double](repeating: 0, count: 48)
    /// 95th percentile of the backlog itself, by cell.
    var high = [Double](repeating: 0, count: 48)
    /// 75th percentile of floor − normal, items.
    var upper = 0.0
    /// Mean excess of floor − normal above `upper`, items.
    var excess = 1.0
    /// Arrivals a week.
    var meanPerWeek = 0.0
    /// Arrivals a week that the stage has proved to absorb: upper confidence limit of the mean.
    var provenPerWeek = 0.0
    /// Share of a week's arrivals, by hour of the week; adds up to one.
    var profile = [Double](repeating: 1.0 / 168, count: 168)
    /// Variance of a day's demand, arrivals and service that failed to come, over its Poisson value, at least 1.
    var dispersion = 1.0

    /// Fewer than four weeks: a past too short to judge by.
    var isYoung: Bool { span < 4 * 168 }
}

extension Baseline {
    /// Learns from `range` of the history, counted backwards from the newest; alarmed, frozen and unknown hours are
    /// left out. O(n) on average.
    init(history: HourHistory, range: Range<Int>, service: ServicePace, minimumExcess: Double) {
        var floors = [[Int32]](repeating: [], count: 48)
        var backlogs = [[Int32]](repeating: [], count: 48)
        var byWeekday = [Double](repeating: 0, count: 7)
        var hoursByWeekday = [Double](repeating: 0, count: 7)
        var byCell = [Double](repeating: 0.5, count: 48)
        var hoursByCell = [Double](repeating: 1, count: 48)
        var arrivals = 0.0
        for back in range {
            let hour = history[back: back]
            guard hour.isKnown, !hour.isAlarmed else { continue }
            hours += 1
            let (cell, weekday) = (hour.cell, Int(hour.hourOfWeek) / 24)
            floors[cell].append(hour.floor)
            backlogs[cell].append(hour.backlog)
            arrivals += Double(hour.arrivals)
            byWeekday[weekday] += Double(hour.arrivals)
            hoursByWeekday[weekday] += 1
            byCell[cell] += Double(hour.arrivals)
            hoursByCell[cell] += 1
        }
        span = hours + range.lowerBound
        guard hours > 0 else { return }
        for cell in 0..<48 where !floors[cell].isEmpty {
            normal[cell] = Double(quantile(0.5, of: &floors[cell]))
            high[cell] = Double(quantile(0.95, of: &backlogs[cell]))
        }
        learnTail(floors, minimumExcess: minimumExcess)
        meanPerWeek = arrivals / Double(hours) * 168
        learnProfile(byWeekday, hoursByWeekday, byCell, hoursByCell)
        learnDispersion(history, range, service)
        let seen = meanPerWeek * Double(hours) / 168
        provenPerWeek = meanPerWeek * (1 + 2 * (dispersion / max(seen, 1)).squareRoot())
    }

    private mutating func learnTail(_ floors: [[Int32]], minimumExcess: Double) {
        var excesses: [Double] = []
        excesses.reserveCapacity(hours)
        for cell in 0..<48 {
            for floor in floors[cell] { excesses.append(Double(floor) - normal[cell]) }
        }
        upper = quantile(0.75, of: &excesses)
        var sum = 0.0
        var count = 0.0
        for excess in excesses where excess > upper {
            sum += excess - upper
            count += 1
        }
        // Items that come and go by themselves vary like a Poisson count, however still the training weeks were: the
        // mean excess of a normal law above its upper quartile is 0.6 standard deviations.
        let level = normal.reduce(0, +) / 48
        excess = max(count > 0 ? sum / count : 0, minimumExcess, 0.6 * level.squareRoot())
    }

    private mutating func learnProfile(
        _ byWeekday: [Double], _ hoursByWeekday: [Double], _ byCell: [Double], _ hoursByCell: [Double]
    ) {
        var weekday = [Double](repeating: 0, count: 7)
        for day in 0..<7 {
            // Half a mean day of prior keeps a weekday without a single arrival from being impossible.
            weekday[day] = (byWeekday[day] + meanPerWeek / 14) / (hoursByWeekday[day] / 24 + 0.5)
        }
        let week = weekday.reduce(0, +)
        var dayTotals = [0.0, 0.0]
        for cell in 0..<48 { dayTotals[cell / 24] += byCell[cell] / hoursByCell[cell] }
        var total = 0.0
        for hour in 0..<168 {
            let cell = hour >= 120 ? 24 + hour % 24 : hour % 24
            let share = week > 0 ? weekday[hour / 24] / week : 1.0 / 7
            profile[hour] = share * byCell[cell] / hoursByCell[cell] / dayTotals[cell / 24]
            total += profile[hour]
        }
        for hour in 0..<168 { profile[hour] /= total }
    }

    /// Quasi-Poisson dispersion of demand (arrivals and service that failed to come), from days and from weeks: what is correlated from day to day shows in weeks only.
    private mutating func learnDispersion(
        _ history: HourHistory, _ range: Range<Int>, _ service: ServicePace
    ) {
        var (daySquares, dayCount, weekSquares, weekCount) = (0.0, 0.0, 0.0, 0.0)
        var (day, daySeen, dayWanted) = (-1, 0.0, 0.0)
        var (week, weekSeen, weekWanted, weekHours) = (-1, 0.0, 0.0, 0)
        func close(_ seen: Double, _ wanted: Double, _ squares: inout Double, _ count: inout Double) {
            guard wanted > 0 else { return }
            squares += (seen - wanted) * (seen - wanted) / wanted
            count += 1
        }
        for back in range.reversed() {
            let hour = history[back: back]
            guard hour.isKnown, !hour.isAlarmed else { continue }
            if Int(hour.day) != day {
                close(daySeen, dayWanted, &daySquares, &dayCount)
                (day, daySeen, dayWanted) = (Int(hour.day), 0, 0)
            }
            if day / 7 != week {
                if weekHours > 150 { close(weekSeen, weekWanted, &weekSquares, &weekCount) }
                (week, weekSeen, weekWanted, weekHours) = (day / 7, 0, 0, 0)
            }
            let wanted = meanPerWeek * profile[Int(hour.hourOfWeek)]
            let before = back + 1 < history.count ? history[back: back + 1] : nil
            let demand = Double(hour.arrivals) + service.shortfall(hour, before: before)
            daySeen += demand
            dayWanted += wanted
            weekSeen += demand
            weekWanted += wanted
            weekHours += 1
        }
        close(daySeen, dayWanted, &daySquares, &dayCount)
        let byDay = dayCount > 9 ? daySquares / (dayCount - 8) : 1
        let byWeek = weekCount > 2 ? weekSquares / (weekCount - 1) : byDay
        dispersion = max(1, byDay, 0.5 * (byDay + byWeek))
    }
}
