/// When somebody works: days of the week and minutes of the day, for a range of weeks.
struct Shift {
    /// 0 = Monday.
    var weekdays = 0...4
    var from = 9 * 60
    var to = 17 * 60
    var weeks = 0.0..<1000

    static let office = [Shift()]
    static let always = [Shift(weekdays: 0...6, from: 0, to: 24 * 60)]
}

/// Working spans of one person. Shifts of whole days run through holidays: machines do not rest.
///
/// - Parameter absence: the chance of being away on a day.
func workingSpans(_ shifts: [Shift], absence: Double = 0, _ random: inout SplitMix64) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    for day in 0..<Period.weeks * 7 {
        let isAway = random.happens(absence)
        for shift in shifts where shift.weekdays.contains(day % 7) && shift.weeks.contains(Double(day) / 7) {
            let isMachine = shift.to - shift.from == 24 * 60
            guard isMachine || (!isAway && Period.isWorkingDay(Period.firstDay + day)) else { continue }
            let start = Berlin.moment(day: Period.firstDay + day, second: shift.from * 60)
            // The last half minute is for the coat, so that no office event carries 17:00:00.
            let end = Berlin.moment(day: Period.firstDay + day, second: shift.to * 60 - 30)
            spans.append(start..<end)
        }
    }
    return spans
}

/// Names of the people of a team: invented, short, the same in every log.
func people(_ team: String, _ count: Int) -> [String] {
    (1...count).map { "\(team)-\(twoDigits($0))" }
}

/// A crew of equals who serve the same stages.
func crew(
    _ team: String, _ names: [String], stages: [Int], shifts: [Shift] = Shift.office, absence: Double = 0,
    weeks: Range<Double> = 0..<1000, _ random: inout SplitMix64
) -> [QueueSimulation.Worker] {
    names.map { name in
        QueueSimulation.Worker(
            name: name, team: team, duties: stages.map { (stage: $0, weeks: weeks) },
            spans: workingSpans(shifts, absence: absence, &random))
    }
}

/// How many things come in, and when.
struct ArrivalPattern {
    /// Mean per working day, before `growth`.
    var perDay: Double
    var growth = Ramp.constant(1)
    /// Factor on each day, Monday first.
    var weekdays = [1.0, 1, 1, 1, 1, 0.04, 0.03]
    /// Share of a day's arrivals in each hour.
    var hours = ArrivalPattern.office

    /// Customers write in office hours, a little before and after.
    static let office: [Double] = hourShares([7: 0.01, 8: 0.03, 17: 0.03, 18: 0.01], workday: 0.115)
    /// Employees only.
    static let staff: [Double] = hourShares([:], workday: 0.125)
    /// A quarter of the letters is written after work.
    static let evenings: [Double] = hourShares([17: 0.06, 18: 0.06, 19: 0.06, 20: 0.06], workday: 0.095)
    /// Round the clock.
    static let allDay = [Double](repeating: 1 / 24.0, count: 24)

    private static func hourShares(_ edges: [Int: Double], workday: Double) -> [Double] {
        (0..<24).map { hour in (9..<17).contains(hour) ? workday : edges[hour] ?? 0 }
    }

    /// The moments of arrival, in order.
    func times(_ random: inout SplitMix64) -> [Int] {
        var times: [Int] = []
        for day in 0..<Period.weeks * 7 {
            let number = Period.firstDay + day
            // Days differ by more than chance: weather, news, a fair.
            var rate = perDay * weekdays[day % 7] * random.between(0.85, 1.15)
            if Period.holidays.contains(number) { rate *= 0.05 }
            for hour in 0..<24 where hours[hour] > 0 {
                let week = (Double(day) + Double(hour) / 24) / 7
                for _ in 0..<random.poisson(rate * hours[hour] * growth.value(atWeek: week)) {
                    times.append(Berlin.moment(day: number, second: hour * 3600 + random.whole(0...3590)))
                }
            }
        }
        return times.sorted()
    }
}
