/// What the store has counted of one stage, hour by hour over whole weeks: what a graph is fitted to.
public struct StageRecord: Sendable {
    public var name: String
    /// As declared: `make`, `review`, `release`; nil where nobody has.
    public var kind: String?
    /// People at work side by side; nil where the log does not show them.
    public var workers: Double?
    public var isCapacityDeclared = false
    public var toleranceDays = 1.0
    /// Hours of the log, 168 to a week, Monday 00:00 first. All four have the same length.
    ///
    /// Items that entered for the first time, and those that were finished without having been seen to enter.
    public var entered: [Int32]
    /// Finished items that became open again.
    public var returned: [Int32]
    /// Items finished, those never seen to enter among them.
    public var finished: [Int32]
    /// Items at the hour's end; -1 where not known.
    public var backlog: [Int32]
    /// Weekly figures, one for each week.
    public var weeks: [Week]

    /// One week of the stage.
    public struct Week: Sendable, Equatable {
        /// Items that left without being finished.
        public var withdrawn = 0.0
        /// Completions of items that were never seen to enter.
        public var unscheduled = 0.0
        public var approvals = 0.0
        /// Completions with a touch time, and the sum of these, seconds.
        public var touched = 0.0
        public var touchSeconds = 0.0
        /// 50th and 90th percentile of the touch time, seconds.
        public var touchMedian: Double?
        public var touchHigh: Double?
        /// Items a working day, as known at the week's end.
        public var capacityPerDay: Double?

        public init() {}
    }

    public init(name: String, weeks: Int) {
        self.name = name
        let none = [Int32](repeating: 0, count: weeks * 168)
        (entered, returned, finished) = (none, none, none)
        backlog = [Int32](repeating: -1, count: weeks * 168)
        self.weeks = [Week](repeating: Week(), count: weeks)
    }
}

/// Cases that went from one stage to another in one week.
public struct StageHandoffs: Sendable, Equatable {
    /// Places of the stages among the records.
    public var from: Int
    public var to: Int
    public var week: Int
    public var cases: Double

    public init(from: Int, to: Int, week: Int, cases: Double) {
        (self.from, self.to, self.week, self.cases) = (from, to, week, cases)
    }
}
