/// How a stage's arrivals and completions lie in the week: 48 cells of working day or weekend × hour, and seven days.
///
/// Sums that lose a thirteenth each week, so that the mean age of what they tell is that of 26 weeks taken alike.
/// Two profiles of the same hours add up cell by cell.
struct HourProfile: Sendable {
    private static let kept: Float = 12.0 / 13

    private var arrivals = InlineArray<48, Float>(repeating: 0)
    private var completions = InlineArray<48, Float>(repeating: 0)
    /// Known hours, in 256ths.
    private var hours = InlineArray<48, UInt16>(repeating: 0)
    private var dayArrivals = InlineArray<7, Float>(repeating: 0)
    private var dayCompletions = InlineArray<7, Float>(repeating: 0)
    private var dayHours = InlineArray<7, Float>(repeating: 0)

    static func cell(_ hourOfWeek: Int) -> Int { hourOfWeek >= 120 ? 24 + hourOfWeek % 24 : hourOfWeek % 24 }

    mutating func add(hourOfWeek hour: Int, arrivals entered: Int64, completions left: Int64) {
        let (cell, day) = (Self.cell(hour), hour / 24)
        arrivals[cell] += Float(entered)
        completions[cell] += Float(left)
        hours[cell] += min(256, .max - hours[cell])
        dayArrivals[day] += Float(entered)
        dayCompletions[day] += Float(left)
        dayHours[day] += 1
    }

    /// Ends the week.
    mutating func age() {
        for cell in 0..<48 {
            arrivals[cell] *= Self.kept
            completions[cell] *= Self.kept
            hours[cell] = UInt16((Float(hours[cell]) * Self.kept).rounded())
        }
        for day in 0..<7 {
            dayArrivals[day] *= Self.kept
            dayCompletions[day] *= Self.kept
            dayHours[day] *= Self.kept
        }
    }

    /// Hours that the sums are of; less than there were, as they age.
    var known: Double { (0..<7).reduce(0) { $0 + Double(dayHours[$1]) } }

    var completionsPerWeek: Double {
        let known = known
        return known > 0 ? (0..<7).reduce(0) { $0 + Double(dayCompletions[$1]) } / known * 168 : 0
    }

    /// Share of a week's arrivals that comes on this day.
    func share(ofDay day: Int) -> Double {
        let week = (0..<7).reduce(0.0) { $0 + rate(ofDay: $1) }
        return week > 0 ? rate(ofDay: day) / week : 1.0 / 7
    }

    /// Half a mean day of prior keeps a weekday without a single arrival from being impossible.
    private func rate(ofDay day: Int) -> Double {
        let known = known
        guard known > 0 else { return 0 }
        let mean = (0..<7).reduce(0.0) { $0 + Double(dayArrivals[$1]) } / known * 24
        return (Double(dayArrivals[day]) + mean / 2) / (Double(dayHours[day]) / 24 + 0.5)
    }

    /// Share of a week's arrivals that comes in this hour of the week; the shares of all add up to one.
    func share(ofHour hour: Int) -> Double {
        let first = hour >= 120 ? 24 : 0
        var sum = 0.0
        for cell in first..<first + 24 { sum += rate(ofCell: cell) }
        return share(ofDay: hour / 24) * rate(ofCell: Self.cell(hour)) / sum
    }

    private func rate(ofCell cell: Int) -> Double { (Double(arrivals[cell]) + 0.5) / (Double(hours[cell]) / 256 + 1) }

    /// Hours in which work is usually done: above an eighth of the busiest hour.
    var staffed: StaffedCells {
        var rate = InlineArray<48, Float>(repeating: 0)
        var total: Float = 0
        for cell in 0..<48 where hours[cell] > 0 {
            rate[cell] = completions[cell] * 256 / Float(hours[cell])
            total += completions[cell]
        }
        if total < 1000 {
            // With few completions an hour without one says little: neighbours speak for it.
            let raw = rate
            for cell in 0..<48 {
                let first = cell / 24 * 24
                rate[cell] = (raw[first + (cell + 23) % 24] + raw[cell] + raw[first + (cell + 1) % 24]) / 3
            }
        }
        let busiest = (0..<48).reduce(0) { max($0, rate[$1]) }
        return StaffedCells((0..<48).filter { rate[$0] > 0.125 * busiest })
    }

    /// Days with at least a quarter of the busiest day's completions.
    var workingDays: Double {
        let busiest = (0..<7).reduce(0) { max($0, dayCompletions[$1]) }
        return Double(max(1, (0..<7).count(where: { dayCompletions[$0] >= 0.25 * busiest })))
    }
}

/// Which of the 48 cells are working hours.
struct StaffedCells: Sendable, Equatable {
    private var bits: UInt64 = 0

    init(_ cells: [Int]) { for cell in cells { bits |= 1 << UInt64(cell) } }

    func contains(hourOfWeek hour: Int) -> Bool { bits >> UInt64(HourProfile.cell(hour)) & 1 == 1 }

    var hoursPerWeek: Int { 5 * (bits & 0xFF_FFFF).nonzeroBitCount + 2 * (bits >> 24).nonzeroBitCount }
}
