/// Rows that are counters and little else. Each says what it counts; `CounterRow` does the rest.

/// Work of one stage in one window, by the origin of the items.
public struct WorkRow: WindowRow, CounterRow {
    public var window: Window
    public var stage: Int
    public var origin: Origin
    public var arrivals: Int64 = 0
    public var completions: Int64 = 0
    public var returns: Int64 = 0
    public var approvals: Int64 = 0
    /// Completions by a program, or of an automated item.
    public var automatedCompletions: Int64 = 0
    /// Of `touchSum`, that of rounds after an item's first completion.
    public var reworkTouchSum: Int64 = 0
    public var touchSum: Int64 = 0
    public var touchCount: Int64 = 0
    public var waitSum: Int64 = 0
    public var waitCount: Int64 = 0

    public init(window: Window, stage: Int, origin: Origin) {
        (self.window, self.stage, self.origin) = (window, stage, origin)
    }

    static func pairCounters(_ row: inout WorkRow, _ other: WorkRow, _ body: (inout Int64, Int64) -> Void) {
        body(&row.arrivals, other.arrivals)
        body(&row.completions, other.completions)
        body(&row.returns, other.returns)
        body(&row.approvals, other.approvals)
        body(&row.automatedCompletions, other.automatedCompletions)
        body(&row.reworkTouchSum, other.reworkTouchSum)
        body(&row.touchSum, other.touchSum)
        body(&row.touchCount, other.touchCount)
        body(&row.waitSum, other.waitSum)
        body(&row.waitCount, other.waitCount)
    }
    public static let table = "work"
    public static let columns = [
        "id", "period", "stage", "origin", "arrivals", "completions", "returns", "approvals",
        "automated_completions", "rework_touch_ms", "touch_sum_ms", "touch_n", "wait_sum_ms", "wait_n", "touch_sum_s",
        "wait_sum_s",
        "rework_touch_s", "state",
    ]
    public var indices: (Int, Int) { (stage, Int(origin.rawValue)) }
    public func write(into row: inout RowBuffer) {
        writeKey(into: &row)
        row.append(.text(origin.name))
        writeCounters(into: &row)
        row.append(.real(Double(touchSum) / 1000))
        row.append(.real(Double(waitSum) / 1000))
        row.append(.real(Double(reworkTouchSum) / 1000))
        writeState(into: &row)
    }
    public func encodeState(into writer: inout ByteWriter) { encodeCounters(into: &writer) }
    public init(window: Window, indices: (Int, Int), state: inout ByteReader) throws(StateDamage) {
        self.init(window: window, stage: indices.0, origin: Origin(rawValue: UInt8(clamping: indices.1)) ?? .unknown)
        try decodeCounters(from: &state)
    }
    public mutating func merge(_ other: WorkRow) { addCounters(of: other) }
}

/// What a stage put out in one window, by stream and origin, and how much of it repeats earlier output.
public struct OutputRow: WindowRow, CounterRow {
    public var window: Window
    public var key: StreamKey
    public var items: Int64 = 0
    public var bytes: Int64 = 0
    public var redundantItems: Int64 = 0
    public var redundantBytes: Int64 = 0
    public var exactItems: Int64 = 0
    public var nearItems: Int64 = 0
    public var partialItems: Int64 = 0
    /// Items whose content was compared with earlier ones.
    public var comparedItems: Int64 = 0
    /// Bytes of quotes and signatures in them.
    public var quotedBytes: Int64 = 0
    public var authors = ActorSet()
    /// Fewer authors than this are not told.
    public var minimumGroup = 0

    public init(window: Window, key: StreamKey) { (self.window, self.key) = (window, key) }

    static func pairCounters(_ row: inout OutputRow, _ other: OutputRow, _ body: (inout Int64, Int64) -> Void) {
        body(&row.items, other.items)
        body(&row.bytes, other.bytes)
        body(&row.redundantItems, other.redundantItems)
        body(&row.redundantBytes, other.redundantBytes)
        body(&row.exactItems, other.exactItems)
        body(&row.nearItems, other.nearItems)
        body(&row.partialItems, other.partialItems)
        body(&row.comparedItems, other.comparedItems)
        body(&row.quotedBytes, other.quotedBytes)
    }
    public static let table = "output"
    public static let columns = [
        "id", "period", "stream", "stage", "origin", "items", "bytes", "redundant_items", "redundant_bytes",
        "exact_items", "near_items", "partial_items", "compared_items", "quoted_bytes", "authors", "state",
    ]
    public var indices: (Int, Int) { key.indices }
    public func write(into row: inout RowBuffer) {
        key.write(rowID, window, into: &row)
        writeCounters(into: &row)
        row.append(authors.count >= max(1, minimumGroup) ? .integer(Int64(authors.count)) : .null)
        writeState(into: &row)
    }
    public func encodeState(into writer: inout ByteWriter) {
        encodeCounters(into: &writer)
        authors.encode(into: &writer)
        writer.writeVarint(UInt64(minimumGroup))
    }
    public init(window: Window, indices: (Int, Int), state: inout ByteReader) throws(StateDamage) {
        self.init(window: window, key: StreamKey(indices: indices))
        try decodeCounters(from: &state)
        authors = try ActorSet(from: &state)
        minimumGroup = Int(clamping: try state.readVarint())
    }
    public mutating func merge(_ other: OutputRow) {
        addCounters(of: other)
        authors.merge(other.authors)
        minimumGroup = max(minimumGroup, other.minimumGroup)
    }
}

/// What recipients did with a stage's output in one window: counted when it happened.
public struct EngagementRow: WindowRow, CounterRow {
    public var window: Window
    public var key: StreamKey
    public var sent: Int64 = 0
    public var recipients: Int64 = 0
    public var delivered: Int64 = 0
    public var reads: Int64 = 0
    public var clicks: Int64 = 0
    public var replies: Int64 = 0
    public var shares: Int64 = 0
    public var softBounces: Int64 = 0
    public var hardBounces: Int64 = 0
    public var unsubscribes: Int64 = 0
    public var complaints: Int64 = 0

    public init(window: Window, key: StreamKey) { (self.window, self.key) = (window, key) }

    static func pairCounters(_ row: inout EngagementRow, _ other: EngagementRow, _ body: (inout Int64, Int64) -> Void) {
        body(&row.sent, other.sent)
        body(&row.recipients, other.recipients)
        body(&row.delivered, other.delivered)
        body(&row.reads, other.reads)
        body(&row.clicks, other.clicks)
        body(&row.replies, other.replies)
        body(&row.shares, other.shares)
        body(&row.softBounces, other.softBounces)
        body(&row.hardBounces, other.hardBounces)
        body(&row.unsubscribes, other.unsubscribes)
        body(&row.complaints, other.complaints)
    }
    public static let table = "engagement"
    public static let columns = [
        "id", "period", "stream", "stage", "origin", "sent", "recipients", "delivered", "reads", "clicks", "replies",
        "shares", "soft_bounces", "hard_bounces", "unsubscribes", "complaints", "state",
    ]
    public var indices: (Int, Int) { key.indices }
    public func write(into row: inout RowBuffer) {
        key.write(rowID, window, into: &row)
        writeCounters(into: &row)
        writeState(into: &row)
    }
    public func encodeState(into writer: inout ByteWriter) { encodeCounters(into: &writer) }
    public init(window: Window, indices: (Int, Int), state: inout ByteReader) throws(StateDamage) {
        self.init(window: window, key: StreamKey(indices: indices))
        try decodeCounters(from: &state)
    }
    public mutating func merge(_ other: EngagementRow) { addCounters(of: other) }
}

/// What became of what a stage sent in one week. `mature` is set by the store when the week's last seven days are over.
public struct CohortRow: WindowRow, CounterRow {
    public var window: Window
    public var stage: Int
    public var origin: Origin
    public var sent: Int64 = 0
    public var replies: Int64 = 0
    public var reads: Int64 = 0

    public init(window: Window, stage: Int, origin: Origin) {
        (self.window, self.stage, self.origin) = (window, stage, origin)
    }
    static func pairCounters(_ row: inout CohortRow, _ other: CohortRow, _ body: (inout Int64, Int64) -> Void) {
        body(&row.sent, other.sent)
        body(&row.replies, other.replies)
        body(&row.reads, other.reads)
    }
    public static let table = "cohort"
    public static let columns = [
        "id", "period", "stage", "origin", "sent", "replies_7d", "reads_7d", "mature", "state",
    ]
    public var indices: (Int, Int) { (stage, Int(origin.rawValue)) }
    public func write(into row: inout RowBuffer) {
        writeKey(into: &row)
        row.append(.text(origin.name))
        writeCounters(into: &row)
        row.append(.integer(0))
        writeState(into: &row)
    }
    public func encodeState(into writer: inout ByteWriter) { encodeCounters(into: &writer) }
    public init(window: Window, indices: (Int, Int), state: inout ByteReader) throws(StateDamage) {
        self.init(window: window, stage: indices.0, origin: Origin(rawValue: UInt8(clamping: indices.1)) ?? .unknown)
        try decodeCounters(from: &state)
    }
    public mutating func merge(_ other: CohortRow) { addCounters(of: other) }
}

/// Outcomes of one stage in one window, by result.
public struct OutcomeRow: WindowRow, CounterRow {
    public var window: Window
    public var stage: Int
    public var result: Int
    public var outcomes: Int64 = 0

    public init(window: Window, stage: Int, result: Int) {
        (self.window, self.stage, self.result) = (window, stage, result)
    }
    static func pairCounters(_ row: inout OutcomeRow, _ other: OutcomeRow, _ body: (inout Int64, Int64) -> Void) {
        body(&row.outcomes, other.outcomes)
    }
    public static let table = "outcome"
    public static let columns = ["id", "period", "stage", "result", "outcomes", "state"]
    public var indices: (Int, Int) { (stage, result) }
    public func write(into row: inout RowBuffer) {
        writeKey(into: &row)
        row.append(.integer(Int64(result)))
        writeCounters(into: &row)
        writeState(into: &row)
    }
    public func encodeState(into writer: inout ByteWriter) { encodeCounters(into: &writer) }
    public init(window: Window, indices: (Int, Int), state: inout ByteReader) throws(StateDamage) {
        self.init(window: window, stage: indices.0, result: indices.1)
        try decodeCounters(from: &state)
    }
    public mutating func merge(_ other: OutcomeRow) { addCounters(of: other) }
}

/// Cases that went from one stage to the next in one window.
public struct HandoffRow: WindowRow, CounterRow {
    public var window: Window
    public var from: Int
    public var to: Int
    public var cases: Int64 = 0
    public var firstSeen: Int64 = .max
    public var wait = Sketch()
    /// Set when the window closes: cases over all hand-offs into `to`, out of `from`.
    public var shareOfInflow: Double?
    public var shareOfOutflow: Double?

    public init(window: Window, from: Int, to: Int) { (self.window, self.from, self.to) = (window, from, to) }

    static func pairCounters(_ row: inout HandoffRow, _ other: HandoffRow, _ body: (inout Int64, Int64) -> Void) {
        body(&row.cases, other.cases)
    }
    public static let table = "handoff"
    public static let columns = [
        "id", "period", "from_stage", "to_stage", "cases", "share_of_inflow", "share_of_outflow", "wait_p50_s",
        "first_seen", "state",
    ]
    public var indices: (Int, Int) { (from, to) }
    public func write(into row: inout RowBuffer) {
        writeKey(into: &row)
        row.append(.integer(Int64(to)))
        writeCounters(into: &row)
        for real in [shareOfInflow, shareOfOutflow, wait.quantileSeconds(0.5)] { row.append(.optional(real)) }
        row.append(firstSeen == .max ? .null : .integer(firstSeen))
        writeState(into: &row)
    }
    public func encodeState(into writer: inout ByteWriter) {
        encodeCounters(into: &writer)
        writer.write(firstSeen)
        wait.encode(into: &writer)
    }
    public init(window: Window, indices: (Int, Int), state: inout ByteReader) throws(StateDamage) {
        self.init(window: window, from: indices.0, to: indices.1)
        try decodeCounters(from: &state)
        firstSeen = try state.read()
        wait = try Sketch(from: &state)
    }
    public mutating func merge(_ other: HandoffRow) {
        addCounters(of: other)
        firstSeen = min(firstSeen, other.firstSeen)
        wait.merge(other.wait)
    }
}

/// When one team's people were active in one window. Teams below the minimum group are suppressed as a whole.
public struct TeamRow: WindowRow, CounterRow {
    public var window: Window
    public var team: Int
    public var humanEvents: Int64 = 0
    public var afterHoursEvents: Int64 = 0
    /// Contents that were compared with earlier ones, and those that repeat one, exactly or nearly; by whomever.
    public var contents: Int64 = 0
    public var copies: Int64 = 0
    public var members = ActorSet()
    public var minimumGroup = 0
    /// False where no working hours are configured: then nothing is "after hours".
    public var hasHours = false

    public init(window: Window, team: Int) { (self.window, self.team) = (window, team) }

    static func pairCounters(_ row: inout TeamRow, _ other: TeamRow, _ body: (inout Int64, Int64) -> Void) {
        body(&row.humanEvents, other.humanEvents)
        body(&row.afterHoursEvents, other.afterHoursEvents)
        body(&row.contents, other.contents)
        body(&row.copies, other.copies)
    }
    public static let table = "team_activity"
    public static let columns = [
        "id", "period", "team", "human_events", "after_hours_events", "members", "suppressed", "contents",
        "copies", "state",
    ]
    public var indices: (Int, Int) { (team, 0) }
    public func write(into row: inout RowBuffer) {
        let isSuppressed = members.count < minimumGroup
        writeKey(into: &row)
        row.append(.integer(humanEvents))
        row.append(isSuppressed || !hasHours ? .null : .integer(afterHoursEvents))
        row.append(isSuppressed ? .null : .integer(Int64(members.count)))
        row.append(.integer(isSuppressed ? 1 : 0))
        // What programs copy in a team's name is nobody's figure.
        row.append(isSuppressed && members.count > 0 ? .null : .integer(contents))
        row.append(isSuppressed && members.count > 0 ? .null : .integer(copies))
        writeState(into: &row)
    }
    public func encodeState(into writer: inout ByteWriter) {
        encodeCounters(into: &writer)
        members.encode(into: &writer)
        writer.writeVarint(UInt64(minimumGroup))
        writer.write(UInt8(hasHours ? 1 : 0))
    }
    public init(window: Window, indices: (Int, Int), state: inout ByteReader) throws(StateDamage) {
        self.init(window: window, team: indices.0)
        try decodeCounters(from: &state)
        members = try ActorSet(from: &state)
        minimumGroup = Int(clamping: try state.readVarint())
        hasHours = try state.read(UInt8.self) != 0
    }
    public mutating func merge(_ other: TeamRow) {
        addCounters(of: other)
        members.merge(other.members)
        minimumGroup = max(minimumGroup, other.minimumGroup)
        hasHours = hasHours || other.hasHours
    }
}

/// Stage, stream and origin: the second index holds stream × 4 + origin.
public struct StreamKey: Hashable, Sendable {
    public var stage: Int
    public var stream: Stream
    public var origin: Origin

    public init(stage: Int, stream: Stream, origin: Origin) {
        (self.stage, self.stream, self.origin) = (stage, stream, origin)
    }
    init(indices: (Int, Int)) {
        self.init(
            stage: indices.0, stream: Stream(rawValue: UInt8(clamping: indices.1 / 4)) ?? .email,
            origin: Origin(rawValue: UInt8(clamping: indices.1 % 4)) ?? .unknown)
    }
    var indices: (Int, Int) { (stage, Int(stream.rawValue) * 4 + Int(origin.rawValue)) }

    func write(_ rowID: Int64, _ window: Window, into row: inout RowBuffer) {
        row.append(.integer(rowID))
        row.append(.integer(window.key))
        row.append(.text(stream.name))
        row.append(.integer(Int64(stage)))
        row.append(.text(origin.name))
    }
}

extension WindowRow {
    /// Row id, window and first index: how most windowed tables begin.
    func writeKey(into row: inout RowBuffer) {
        row.append(.integer(rowID))
        row.append(.integer(window.key))
        row.append(.integer(Int64(indices.0)))
    }

    func writeState(into row: inout RowBuffer) { row.appendBlob { encodeState(into: &$0) } }
}
