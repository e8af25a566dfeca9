/// Stages, what enters them from outside, and where what they finish goes next: a network of queues (Jackson 1957)
/// with capacities, calendars and queues as they stand.
public struct StageGraph: Sendable {
    public var stages: [StageNode]
    /// How the weeks differed: each run of the simulation lives through weeks like these.
    public var weeks: [WeekFactors]
    /// How far the level of these wanders from week to week.
    public var drift = LevelDrift()
    public init(stages: [StageNode], weeks: [WeekFactors] = []) {
        self.stages = stages
        self.weeks = weeks
    }

    /// The place of a stage; nil where there is none of this name.
    public func place(of name: String) -> Int? { stages.firstIndex { $0.name == name } }
}

/// Where a finished item goes next.
public struct StageRoute: Sendable, Equatable {
    /// Place of the stage in the graph. Its own place: the item comes back.
    public var target: Int
    /// Items there for one finished here. The shares of a stage may add up to less than one (the rest leaves) and,
    /// where one item becomes several, to more.
    public var share: Double

    public init(target: Int, share: Double) {
        self.target = target
        self.share = share
    }
}

/// One stage of the graph: a queue with a capacity, or only a delay where the capacity is not known.
public struct StageNode: Sendable {
    public var name: String
    /// Is it review or validation work, whose hours are to be told?
    public var isReview = false
    /// Items a week that enter from outside, those that no counted hand-off explains among them.
    public var outsidePerWeek = 0.0
    /// Their share by hour of the week; 168 values that add up to one.
    public var profile = [Double](repeating: 1.0 / 168, count: 168)
    /// Items a week that are finished, as counted.
    public var finishedPerWeek = 0.0
    /// Items a week that enter, from outside, by hand-offs and as returns, as counted.
    public var enteredPerWeek = 0.0
    public var routes: [StageRoute] = []
    /// Share of what enters that is not withdrawn before it is done.
    public var kept = 1.0
    public var calendar = WorkCalendar.always
    /// Items a working day; nil where neither declared nor learned.
    public var capacityPerDay: Double?
    public var isCapacityDeclared = false
    /// Working days a week.
    public var daysPerWeek = 7.0
    /// People, or places, that work side by side; at least 1.
    public var servers = 1
    public var workersAreKnown = false
    /// Time that an item takes beyond work and queue (waiting for others, for its turn), in staffed hours, mean.
    public var delay = 0.0
    /// Standard deviation of the logarithm of the touch time; nil means exponential, where nothing is known.
    public var touchSpread: Double?
    /// Touch time of an item, hours, mean; nil where the log does not show it.
    public var touchHours: Double?
    /// Share of completions whose touch time is known.
    public var touchCoverage = 0.0
    /// Items in the stage when the test begins.
    public var backlog = 0.0
    /// What it usually holds at most at the end of a working day (90th percentile), items.
    public var usualBacklog = 0.0
    /// Days of work that its owner accepts beyond that.
    public var toleranceDays = 1.0
    /// Why the stage cannot be judged, and what would mend it; nil where it can.
    public var missing: String?

    public init(name: String) { self.name = name }

    /// Items a staffed hour at full work; nil without a capacity.
    public var capacityPerHour: Double? {
        capacityPerDay.map { $0 * daysPerWeek / Double(calendar.hoursPerWeek) }
    }

    /// Staffed hours that one server takes for an item; 0 without a capacity.
    var serviceHours: Double { capacityPerHour.map { Double(servers) / $0 } ?? 0 }

    /// Staffed hours from entering to completion without a queue: what makes work in progress of every flow.
    var throughHours: Double { delay + serviceHours }

    /// The backlog, in items, above which the stage is said to be saturated. Five items at least lie between usual and
    /// too much, as for the alert; and a tenth of what is usual.
    public var limit: Double? {
        guard missing == nil, let capacityPerDay else { return nil }
        return usualBacklog + max(toleranceDays * capacityPerDay, StageSettings().minimumExcess, 0.1 * usualBacklog)
    }
}
