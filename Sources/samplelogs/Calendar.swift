/// A day of the civil (Gregorian) calendar.
struct CivilDay: Equatable {
    var year: Int
    var month: Int
    var day: Int

    /// Days since 1970-01-01. Years are counted from March, so that the leap day comes last.
    var number: Int {
        let shiftedYear = month > 2 ? year : year - 1
        let shiftedMonth = (month + 9) % 12
        let leapDays = shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
        return 365 * shiftedYear + leapDays + (153 * shiftedMonth + 2) / 5 + day - 1 - 719_468
    }

    init(_ year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day with this number; correct from 1970 to 2399.
    init(number: Int) {
        var year = 1970 + number / 366
        while CivilDay(year + 1, 1, 1).number <= number { year += 1 }
        var month = 1
        while month < 12, CivilDay(year, month + 1, 1).number <= number { month += 1 }
        self.init(year, month, number - CivilDay(year, month, 1).number + 1)
    }

    /// 0 = Monday. 1970-01-01 was a Thursday.
    static func weekday(ofDay number: Int) -> Int { (number + 3) % 7 }

    var text: String { "\(year)-\(twoDigits(month))-\(twoDigits(day))" }
}

func twoDigits(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }

/// The clock of Berlin from 2025 to 2027: an hour ahead of UTC, two from the last Sunday of March to the last Sunday
/// of October, both changes at 01:00 UTC (Directive 2000/84/EC).
enum Berlin {
    /// Seconds to add to UTC at this moment (epoch seconds).
    static func offset(at moment: Int) -> Int {
        summers.contains { $0.contains(moment) } ? 7200 : 3600
    }

    /// The summers around the period, from change to change.
    private static let summers = (2025...2027).map { year in
        lastSunday(year, 3) * 86_400 + 3600..<lastSunday(year, 10) * 86_400 + 3600
    }

    private static func lastSunday(_ year: Int, _ month: Int) -> Int {
        let last = CivilDay(year, month, 31).number
        return last - (CivilDay.weekday(ofDay: last) + 1) % 7
    }

    /// Epoch seconds of a local time. In the hour that the spring skips, the hour after it.
    static func moment(day: Int, second: Int) -> Int {
        let wall = day * 86_400 + second
        let guess = wall - 3600
        return wall - offset(at: guess)
    }

    static func day(of moment: Int) -> Int { (moment + offset(at: moment)) / 86_400 }
    static func second(of moment: Int) -> Int { (moment + offset(at: moment)) % 86_400 }

    /// RFC 3339 with the offset of the moment.
    static func text(_ moment: Int) -> String {
        let offset = offset(at: moment)
        let wall = moment + offset
        let second = wall % 86_400
        let clock = "\(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60)):\(twoDigits(second % 60))"
        return "\(CivilDay(number: wall / 86_400).text)T\(clock)+0\(offset / 3600):00"
    }

    /// `2026-03`, the name of a monthly log.
    static func month(of moment: Int) -> String {
        let day = CivilDay(number: day(of: moment))
        return "\(day.year)-\(twoDigits(day.month))"
    }
}

/// The span of time that the logs cover, in weeks from a Monday.
enum Period {
    static let firstDay = CivilDay(2026, 1, 5).number
    static let weeks = 20
    static let start = Berlin.moment(day: firstDay, second: 0)
    static let end = Berlin.moment(day: firstDay + 7 * weeks, second: 0)

    /// Days on which the company is closed: Good Friday, Easter Monday, May Day, Ascension.
    static let holidays = [(4, 3), (4, 6), (5, 1), (5, 14)].map { CivilDay(2026, $0.0, $0.1).number }

    /// Weeks since the start, on the local clock.
    static func week(of moment: Int) -> Double {
        Double(moment + Berlin.offset(at: moment) - firstDay * 86_400) / 604_800
    }

    /// The moment at which a week begins; fractions count local days.
    static func moment(week: Double) -> Int {
        let seconds = Int(week * 604_800)
        return Berlin.moment(day: firstDay + seconds / 86_400, second: seconds % 86_400)
    }

    /// The date of a week's Monday, for people.
    static func date(week: Int) -> String { CivilDay(number: firstDay + 7 * week).text }

    static func isWorkingDay(_ day: Int) -> Bool {
        CivilDay.weekday(ofDay: day) < 5 && !holidays.contains(day)
    }
}

/// A value that changes over the weeks: straight lines between points, level before the first and after the last.
struct Ramp {
    private let points: [(week: Double, value: Double)]

    init(_ points: [(Double, Double)]) { self.points = points.map { (week: $0.0, value: $0.1) } }

    static func constant(_ value: Double) -> Ramp { Ramp([(0, value)]) }
    static func step(_ before: Double, at week: Double, _ after: Double) -> Ramp {
        Ramp([(week, before), (week, after)])
    }

    func value(atWeek week: Double) -> Double {
        var result = points[0].value
        for (index, point) in points.enumerated() where week >= point.week {
            result = point.value
            if index + 1 < points.count, points[index + 1].week > week {
                let next = points[index + 1]
                result += (next.value - point.value) * (week - point.week) / (next.week - point.week)
            }
        }
        return result
    }

    func value(at moment: Int) -> Double { value(atWeek: Period.week(of: moment)) }
}
