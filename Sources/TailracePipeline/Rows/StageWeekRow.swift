/// What can only be told of a stage by the week: who finished how much, how old the cases were, what was approved at a
/// glance, in how many categories. Never shown as it is: people's figures leave it as shares and spreads.
public struct StageWeekRow: WindowRow, CounterRow {
    public var window: Window
    public var stage: Int

    /// Approvals by people whose reading was seen, and those that came sooner than the content can be read, with
    /// nothing changed in it.
    public var seenApprovals: Int64 = 0
    public var quickApprovals: Int64 = 0
    /// Decisions (approve, reject) whose item was seen to enter, escalations, and hand-overs to another person.
    public var decisions: Int64 = 0
    public var escalations: Int64 = 0
    public var assignments: Int64 = 0
    /// Items that a machine wrote or helped with and that were sent; and those of them that no person had changed.
    public var assistedSends: Int64 = 0
    public var unrevisedSends: Int64 = 0
    /// Times that items made here were sent back, wherever that was, by the origin of the item; and times that items
    /// were sent back here that nobody was seen to make.
    public var chargedUnknown: Int64 = 0
    public var chargedHuman: Int64 = 0
    public var chargedAssisted: Int64 = 0
    public var chargedAutomated: Int64 = 0
    public var unchargedReturns: Int64 = 0
    /// Of what was made here two weeks before, in streams whose reads are logged: items, and those that others used
    /// within fourteen days; and items of other streams. Set when the week closes.
    public var assetsMade: Int64 = 0
    public var assetsUsed: Int64 = 0
    public var assetsUnread: Int64 = 0
    /// Milliseconds for which items that completed had been suspended.
    public var suspendedTime: Int64 = 0
    /// Of the cases in `caseAge`: hours of work on them in all stages so far, in milliseconds.
    public var caseTouch: Int64 = 0

    /// Of cases of declared processes: those that came to their end here and those of them that went a declared way; by
    /// all of them, where the logs are of their ways: visits to this stage, which is in none of them; and what went
    /// beside the ways at this one: steps behind it that are in none, cases that left it out, and that came again.
    public var pathCases: Int64 = 0
    public var pathConforming: Int64 = 0
    public var hiddenVisits: Int64 = 0
    public var hiddenAfter: Int64 = 0
    public var skips: Int64 = 0
    public var loops: Int64 = 0

    /// Completions by person.
    public var finishers = Tally()
    /// Events by team.
    public var teams = Tally()
    /// Items made, by category.
    public var categories = Tally()
    /// Cases in `pathCases`, by the way they went.
    public var ways = Tally()
    /// Milliseconds of `suspendedTime` by the tag of the reason, where one was told.
    public var suspendedReasons = Tally()
    /// Items that were sent back or opened again, by an event that says so, and those of them that had been before; by
    /// the tag of their category, 0 where none was told.
    public var sentBack = Tally()
    public var sentBackAgain = Tally()
    /// Messages sent from here, by recipient.
    public var contacts = RecipientSample()
    /// From the first entry of a case into any queue to its completion here, staffed time where working hours are known.
    public var caseAge = Sketch()
    /// Of completions whose work is not seen, by no start and no effort: from the event of the same person before, in
    /// staffed time where working hours are known.
    public var gaps = Sketch()
    /// From an item's entry into the queue to the decision, clock time.
    public var decisionLatency = Sketch()

    public init(window: Window, stage: Int) { (self.window, self.stage) = (window, stage) }

    /// Times that items made here were sent back.
    public func charged(_ origin: Origin) -> Int64 {
        switch origin {
        case .unknown: chargedUnknown
        case .human: chargedHuman
        case .assisted: chargedAssisted
        case .automated: chargedAutomated
        }
    }

    mutating func charge(_ origin: Origin) {
        switch origin {
        case .unknown: chargedUnknown += 1
        case .human: chargedHuman += 1
        case .assisted: chargedAssisted += 1
        case .automated: chargedAutomated += 1
        }
    }

    static func pairCounters(_ row: inout StageWeekRow, _ other: StageWeekRow, _ body: (inout Int64, Int64) -> Void) {
        body(&row.seenApprovals, other.seenApprovals)
        body(&row.quickApprovals, other.quickApprovals)
        body(&row.decisions, other.decisions)
        body(&row.escalations, other.escalations)
        body(&row.assignments, other.assignments)
        body(&row.assistedSends, other.assistedSends)
        body(&row.unrevisedSends, other.unrevisedSends)
        body(&row.chargedUnknown, other.chargedUnknown)
        body(&row.chargedHuman, other.chargedHuman)
        body(&row.chargedAssisted, other.chargedAssisted)
        body(&row.chargedAutomated, other.chargedAutomated)
        body(&row.unchargedReturns, other.unchargedReturns)
        body(&row.assetsMade, other.assetsMade)
        body(&row.assetsUsed, other.assetsUsed)
        body(&row.assetsUnread, other.assetsUnread)
        body(&row.suspendedTime, other.suspendedTime)
        body(&row.caseTouch, other.caseTouch)
        body(&row.pathCases, other.pathCases)
        body(&row.pathConforming, other.pathConforming)
        body(&row.hiddenVisits, other.hiddenVisits)
        body(&row.hiddenAfter, other.hiddenAfter)
        body(&row.skips, other.skips)
        body(&row.loops, other.loops)
    }

    public static let table = "stage_week"
    public static let columns = ["id", "period", "stage", "state"]
    public var indices: (Int, Int) { (stage, 0) }
    public func write(into row: inout RowBuffer) {
        writeKey(into: &row)
        writeState(into: &row)
    }
    public func encodeState(into writer: inout ByteWriter) {
        encodeCounters(into: &writer)
        for tally in [finishers, teams, categories, ways, suspendedReasons, sentBack, sentBackAgain] {
            tally.encode(into: &writer)
        }
        contacts.encode(into: &writer)
        caseAge.encode(into: &writer)
        decisionLatency.encode(into: &writer)
        gaps.encode(into: &writer)
    }
    public init(window: Window, indices: (Int, Int), state: inout ByteReader) throws(StateDamage) {
        self.init(window: window, stage: indices.0)
        try decodeCounters(from: &state)
        finishers = try Tally(from: &state)
        teams = try Tally(from: &state)
        categories = try Tally(from: &state)
        ways = try Tally(from: &state)
        suspendedReasons = try Tally(from: &state)
        sentBack = try Tally(from: &state)
        sentBackAgain = try Tally(from: &state)
        contacts = try RecipientSample(from: &state)
        caseAge = try Sketch(from: &state)
        decisionLatency = try Sketch(from: &state)
        gaps = try Sketch(from: &state)
    }
    public mutating func merge(_ other: StageWeekRow) {
        addCounters(of: other)
        finishers.merge(other.finishers)
        teams.merge(other.teams)
        categories.merge(other.categories)
        ways.merge(other.ways)
        suspendedReasons.merge(other.suspendedReasons)
        sentBack.merge(other.sentBack)
        sentBackAgain.merge(other.sentBackAgain)
        contacts.merge(other.contacts)
        caseAge.merge(other.caseAge)
        decisionLatency.merge(other.decisionLatency)
        gaps.merge(other.gaps)
    }
}
