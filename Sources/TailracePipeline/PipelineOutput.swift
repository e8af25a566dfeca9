/// Everything that changed since the last drain, for one transaction.
public struct PipelineOutput: Sendable {
    public var periods: [PeriodRow] = []
    public var names: [NameRow] = []
    /// Stages named since the last drain.
    public var newStages: [(index: Int, name: String)] = []

    /// Whole rows of closed and of changed open windows.
    public var rows = WindowRows()
    /// Additions to rows of closed windows, to be merged with what the store has.
    public var late = WindowRows()

    /// Leaders of new families, ascending by family.
    public var leaders: [LeaderRecord] = []
    public var items: [ItemRow] = []
    /// Row of an item → its reads; row of a leader → its copies.
    public var reads: [UInt32: Int64] = [:]
    public var copies: [UInt32: Int64] = [:]
    /// Streams in which a read was seen for the first time: their items have reads from now on.
    public var firstReads: [Stream] = []
    public var families: [FamilyRow] = []
    public var familyCosts: [FamilyCostRow] = []

    /// Parts of states that changed, to be appended to their kind.
    public var segments: [(kind: String, data: [UInt8])] = []
    /// The small state that is written whole each time.
    public var core: [UInt8] = []

    /// A leader among those of this output. Complexity: O(log n).
    public func leader(of family: UInt32) -> LeaderRecord? {
        var low = 0
        var high = leaders.count
        while low < high {
            let middle = (low + high) / 2
            if leaders[middle].family < family { low = middle + 1 } else { high = middle }
        }
        return low < leaders.count && leaders[low].family == family ? leaders[low] : nil
    }

    /// One list a table.
    public struct WindowRows: Sendable {
        public var flow: [FlowRow] = []
        public var work: [WorkRow] = []
        public var output: [OutputRow] = []
        public var engagement: [EngagementRow] = []
        public var cohorts: [CohortRow] = []
        public var outcomes: [OutcomeRow] = []
        public var handoffs: [HandoffRow] = []
        public var teams: [TeamRow] = []
        public var stageWeeks: [StageWeekRow] = []

        public init() {}

        mutating func append(_ other: WindowRows) {
            flow += other.flow
            work += other.work
            output += other.output
            engagement += other.engagement
            cohorts += other.cohorts
            outcomes += other.outcomes
            handoffs += other.handoffs
            teams += other.teams
            stageWeeks += other.stageWeeks
        }
    }
}

/// How full the index of fingerprints is.
public struct FingerprintUse: Sendable, Equatable {
    /// Entries held, and entries that fit in.
    public var slotsUsed: Int
    public var slots: Int
    /// Since the program started: entries dropped for want of room, and such that had expired.
    public var evictions: Int
    public var expired: Int
}

/// An hour that has just closed, as the analysis sees it.
public struct ClosedHour: Sendable {
    public var window: Window
    /// On the local clock: 0–23, and 0 = Monday.
    public var localHour: Int
    public var localWeekday: Int
    /// One row a stage, in the order of their indices.
    public var flow: [FlowRow]
    public var excesses: [LimitExcess]

    /// - Parameter secondOfWeek: of the hour's start, on the local clock, Monday 00:00 = 0.
    public init(window: Window, secondOfWeek: Int, flow: [FlowRow], excesses: [LimitExcess]) {
        self.window = window
        localHour = secondOfWeek / 3600 % 24
        localWeekday = secondOfWeek / 86_400
        (self.flow, self.excesses) = (flow, excesses)
    }
}

/// A week that has just closed, as the analysis sees it.
public struct ClosedWeek: Sendable {
    public var window: Window
    /// Its rows, in all tables.
    public var rows: PipelineOutput.WindowRows
    /// One a stage that made contents, ascending by stage.
    public var copies: [StageCopies]
    /// What became of the messages of the week before, whose seven days are over now; ascending by stage and origin.
    public var answers: [SentCohort]
    /// What is only told by the week, of the weeks that end with this one, four at the most, oldest first.
    public var stageWeeks: [[StageWeekRow]]
    /// Tags that rows of stages and weeks have the keys of.
    public var reasons: [String]
    public var categories: [String]

    public init(
        window: Window, rows: PipelineOutput.WindowRows, copies: [StageCopies] = [], answers: [SentCohort] = [],
        stageWeeks: [[StageWeekRow]] = [], reasons: [String] = [], categories: [String] = []
    ) {
        (self.window, self.rows, self.copies, self.answers) = (window, rows, copies, answers)
        (self.stageWeeks, self.reasons, self.categories) = (stageWeeks, reasons, categories)
    }
}

/// Messages that a stage sent in one week, and the replies to them within seven days.
public struct SentCohort: Sendable, Equatable {
    public var stage: Int
    public var origin: Origin
    public var sent: Int64
    public var replies: Int64

    public init(stage: Int, origin: Origin, sent: Int64, replies: Int64) {
        (self.stage, self.origin, self.sent, self.replies) = (stage, origin, sent, replies)
    }
}

/// How much of what a stage made are copies of each other, as of a week's end.
public struct StageCopies: Sendable, Equatable {
    public var stage: Int
    /// Contents that were made here, ever.
    public var contents: Int64 = 0
    /// Members of zombie families that are led from here; nil where no read was ever seen.
    public var zombies: Int64?
    /// Over the last four weeks: how many families had so many contents made here. Contents without relatives are
    /// families of one.
    public var familySizes: [Int64: Int64] = [:]

    public init(stage: Int) { self.stage = stage }
}

/// What the analysis says of a stage when an hour closes.
public struct StageFigures: Sendable {
    public var capacityPerDay: Double?
    public var utilisation: Double?
    public var daysOfWork: Double?

    public init(capacityPerDay: Double?, utilisation: Double?, daysOfWork: Double?) {
        (self.capacityPerDay, self.utilisation, self.daysOfWork) = (capacityPerDay, utilisation, daysOfWork)
    }
}
