/// The hours of the week in which a stage works, and a clock that runs in them only.
///
/// Work takes time of this clock: an item that needs two hours and is begun an hour before closing is done an hour
/// after the next opening.
public struct WorkCalendar: Sendable, Equatable {
    /// By hour of the local week, Monday 00:00 first (168).
    public let isStaffed: [Bool]
    /// Hours at whose end the queue is judged: the last of each run of staffed hours, in which nights and week-ends
    /// have been worked off; every hour where the stage never closes.
    public let isJudged: [Bool]
    /// Staffed hours, ascending.
    private let open: [Int]
    /// How many staffed hours of the week lie before each hour.
    private let before: [Int]

    /// A table of another length than 168, or without any staffed hour, means that the stage never closes.
    public init(isStaffed: [Bool]) {
        let given = isStaffed.count == 168 && isStaffed.contains(true) ? isStaffed : [Bool](repeating: true, count: 168)
        self.isStaffed = given
        isJudged = (0..<168).map { given[$0] && (!given[($0 + 1) % 168] || !given.contains(false)) }
        open = (0..<168).filter { given[$0] }
        var count = 0
        before = given.map { isOpen in
            defer { count += isOpen ? 1 : 0 }
            return count
        }
    }

    public static let always = WorkCalendar(isStaffed: [])

    public var hoursPerWeek: Int { open.count }

    /// When `work` staffed hours have passed since `time`; both times are hours since a Monday 00:00. O(1).
    func time(after work: Double, from time: Double) -> Double {
        guard open.count < 168 else { return time + work }
        let whole = Int(time)
        let (week, hour) = (whole / 168, whole % 168)
        let passed = isStaffed[hour] ? time - Double(whole) : 0
        let target = Double(before[hour]) + passed + work
        let (weeks, rest) = Self.divide(target, by: Double(open.count))
        let slot = min(Int(rest), open.count - 1)
        return max(time, Double(week * 168) + weeks * 168 + Double(open[slot]) + rest - Double(slot))
    }

    private static func divide(_ value: Double, by size: Double) -> (Double, Double) {
        let whole = (value / size).rounded(.down)
        return (whole, value - whole * size)
    }
}
