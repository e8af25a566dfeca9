/// What an `absorption-exceeded` alert says: a queue holds more than the stage absorbs.
public struct AbsorptionEvidence: Sendable, Equatable {
    /// Which part of the rule spoke.
    public enum Leg: String, Sendable {
        /// The backlog alone is far beyond anything normal.
        case tail
        /// Arrivals or lost service say overload, and the backlog agrees.
        case evidence
        /// The stage is too young to judge by its own past: backlog beyond twice its greatest so far.
        case young
    }

    public var severity: AlertSeverity
    public var leg: Leg
    /// When the condition first held, seconds since 1970 UTC.
    public var pendingSince: Int64
    /// Items in the stage now.
    public var backlog: Double
    /// Backlog over capacity, in working days; nil where capacity is unknown.
    public var daysOfWork: Double?
    /// The backlog, in items, beyond which this severity fires in this hour of the week.
    public var threshold: Double
    /// `threshold` in days of work.
    public var thresholdDays: Double?
    /// The usual backlog in this hour of the week: trained median, in items.
    public var normal: Double
    /// The upper end of the normal range, in items (three of four hours are below).
    public var normalHigh: Double
    /// Items in and out over the last 24 hours and 7 days. Out includes withdrawals.
    public var inLastDay: Int64
    public var outLastDay: Int64
    public var inLastWeek: Int64
    public var outLastWeek: Int64
    /// Items a working day that the stage can finish.
    public var capacityPerDay: Double?
    /// Share of the excess that came from more arrivals, 0–1; nil where neither part can be told.
    public var shareFromArrivals: Double?
    /// Share of the excess that came from slower service, 0–1; the two add up to one.
    public var shareFromService: Double?
    /// Judged before four usable weeks had been seen.
    public var isYoung: Bool
    /// Calendar days until the backlog is normal again if arrivals return to their usual pace: 80 % interval.
    /// The high end is nil where it may take more than three years, both are where capacity does not exceed the usual
    /// pace, so that the stage would not drain by itself.
    public var drainDaysLow: Double?
    public var drainDaysHigh: Double?
    /// Calendar days until the alert becomes a page, if it goes on as it has since the backlog was last normal: 80 %
    /// interval. Nil for a page, and where the backlog does not grow; the high end alone where it may take more than
    /// three years.
    public var breachDaysLow: Double?
    public var breachDaysHigh: Double?
    /// The greatest backlog since the alert fired, in items, and when, seconds since 1970 UTC.
    public var peakBacklog: Double
    public var peakAt: Int64

    /// Resolved not because the backlog went down, but because the stage has lived with this level for four weeks: as
    /// much left as entered.
    public var isNewLevel = false

    /// More arrivals, slower service, or both: where the excess comes from, in words.
    public var cause: String? {
        guard let share = shareFromArrivals else { return nil }
        if share >= 0.7 { return "more arrivals" }
        if share <= 0.3 { return "slower service" }
        return "more arrivals and slower service"
    }
}
