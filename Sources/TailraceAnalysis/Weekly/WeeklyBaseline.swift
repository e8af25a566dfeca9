/// What a series usually is: the weeks before, without alarmed ones and without the latest.
///
/// The baseline moves, so that a slow and healthy change is no alarm for ever; it moves with a gap, so that what grows
/// week by week does not hide itself.
struct WeeklyBaseline: Sendable, Equatable, Codable {
    /// Fewest weeks that tell what is usual.
    static let leastWeeks = 8
    /// Half a year: older weeks are of another time.
    static let mostWeeks = 26
    /// Weeks before the judged one that are left out where there are enough others.
    static let gapWeeks = 4

    /// The weeks seen, ascending; alarmed ones among them.
    private(set) var weeks: [WeeklySample] = []

    /// The weeks that a value is compared with; nil while there are too few.
    var usual: ArraySlice<WeeklySample>? {
        let calm = weeks.filter { !$0.isAlarmed }
        guard calm.count >= WeeklyBaseline.leastWeeks else { return nil }
        let settled = max(WeeklyBaseline.leastWeeks, calm.count - WeeklyBaseline.gapWeeks)
        return calm[..<settled].suffix(WeeklyBaseline.mostWeeks)
    }

    /// The weeks up to the latest, alarmed ones too: what is judged.
    func latest(_ count: Int) -> ArraySlice<WeeklySample> {
        guard let last = weeks.last else { return [] }
        // An hour more or less where the clock was changed.
        let from = last.week - Int64(count) * 604_800 + 86_400
        return weeks.suffix(count).drop { $0.week < from }
    }

    mutating func append(_ sample: WeeklySample) {
        weeks.append(sample)
        // Alarmed weeks lie beside the ones that are used.
        let kept = 2 * (WeeklyBaseline.mostWeeks + WeeklyBaseline.gapWeeks)
        if weeks.count > kept { weeks.removeFirst(weeks.count - kept) }
    }

    /// Lives with what is: the latest weeks are the usual from now on.
    mutating func accept() {
        weeks = weeks.suffix(WeeklyBaseline.leastWeeks)
        for place in weeks.indices { weeks[place].isAlarmed = false }
    }

    /// The latest week is no part of what is usual.
    mutating func markAlarmed() { weeks[weeks.count - 1].isAlarmed = true }
}
