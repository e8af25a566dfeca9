/// The hours of a local week in which people work.
public struct WorkingHours: Sendable, Equatable {
    static let secondsPerDay = 86_400
    static let secondsPerWeek = 7 * secondsPerDay

    /// Seconds of the local week, Monday 00:00 = 0; ascending, apart from each other, not empty.
    public let spans: [Range<Int>]

    /// Is the second of the local week within working hours?
    ///
    /// - Parameter localSecondOfWeek: 0 = Monday 00:00:00 local time, up to 604,799.
    /// Complexity: O(spans), which are a dozen at most in practice.
    public func contains(localSecondOfWeek second: Int) -> Bool {
        spans.contains { $0.contains(second) }
    }

    /// The 168 hours of the week, Monday 00:00 first: is at least half of the hour worked?
    public var staffedHours: [Bool] {
        (0..<168).map { hour in
            let range = hour * 3600..<(hour + 1) * 3600
            return spans.reduce(0) { $0 + $1.clamped(to: range).count } >= 1800
        }
    }

    /// Days of the week on which somebody works; a shift over midnight counts for both its days.
    var daysPerWeek: Int {
        (0..<7).count(where: { day in
            let range = day * WorkingHours.secondsPerDay..<(day + 1) * WorkingHours.secondsPerDay
            return spans.contains { $0.overlaps(range) }
        })
    }

    var hoursPerWeek: Double { Double(spans.reduce(0) { $0 + $1.count }) / 3600 }
}
