/// One closed hour of one stage: all that the detectors see of it.
///
/// Counts are changes of state, not events, so that
/// `backlog = previous + arrivals − completions − withdrawals` holds.
public struct StageHour: Sendable, Equatable {
    /// The hour's start, seconds since 1970 UTC.
    public var start: Int64
    /// The hour's length in seconds, 3600 but for odd zones.
    public var width: Int64
    /// Hour of the day in the configured zone, 0–23.
    public var localHour: Int
    /// Day of the week in the configured zone, 0 = Monday.
    public var localWeekday: Int
    /// Items that entered the stage: arrivals and returns together.
    public var arrivals: Int64
    /// Items that the stage finished.
    public var completions: Int64
    /// Items that left unfinished. They shorten the queue but show no capacity.
    public var withdrawals: Int64
    /// Items in the stage at the hour's end; nil is unknown.
    public var backlog: Int64?
    /// The least backlog within the hour; nil is unknown, and `backlog` stands in for it.
    public var minimumBacklog: Int64?
    /// Distinct actors who worked in the hour; 0 where unknown or nobody.
    public var workers: Int
    /// A source that feeds the stage is silent or lags: the hour is no evidence of anything.
    public var isFrozen: Bool

    public init(
        start: Int64, width: Int64 = 3600, localHour: Int, localWeekday: Int, arrivals: Int64, completions: Int64,
        withdrawals: Int64 = 0, backlog: Int64?, minimumBacklog: Int64? = nil, workers: Int = 0,
        isFrozen: Bool = false
    ) {
        self.start = start
        self.width = width
        self.localHour = localHour
        self.localWeekday = localWeekday
        self.arrivals = arrivals
        self.completions = completions
        self.withdrawals = withdrawals
        self.backlog = backlog
        self.minimumBacklog = minimumBacklog
        self.workers = workers
        self.isFrozen = isFrozen
    }

    /// The hour's end, exclusive, seconds since 1970 UTC.
    public var end: Int64 { start + width }

    /// Hour of the local week, 0 = Monday 00:00, always within 0–167.
    var hourOfWeek: Int { min(max(localWeekday, 0), 6) * 24 + min(max(localHour, 0), 23) }
}
