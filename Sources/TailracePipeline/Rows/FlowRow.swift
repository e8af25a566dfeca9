/// What moved through one stage in one window, and what stood there at its end.
public struct FlowRow: WindowRow, CounterRow {
    public var window: Window
    public var stage: Int

    // Changes of state; the backlog follows from them.
    public var arrivals: Int64 = 0
    public var starts: Int64 = 0
    public var completions: Int64 = 0
    public var firstCompletions: Int64 = 0
    public var returns: Int64 = 0
    public var withdrawals: Int64 = 0
    /// Completions of items that never entered the queue.
    public var unscheduled: Int64 = 0
    /// Completions of items that were complete.
    public var extraCompletions: Int64 = 0
    /// Events that came after the window had closed.
    public var late: Int64 = 0
    /// Net change of backlog by events that came too late for the backlog of their window: positive there, and
    /// taken back in the window that took the change up. Sums to zero over all windows.
    public var lateBacklog: Int64 = 0

    // Events as they came, whether or not they changed anything.
    public var scheduleEvents: Int64 = 0
    public var completeEvents: Int64 = 0
    public var returnEvents: Int64 = 0
    /// Returns of items that were still open: another round, no change of backlog.
    public var reworkCycles: Int64 = 0
    /// Identical repeats of a change (item, stage, action, time).
    public var duplicates: Int64 = 0

    // Gauges at the window's end; nil = not known.
    public var backlog: Int64?
    public var waiting: Int64?
    public var minimumBacklog: Int64?
    public var oldestAge: Int64?

    public var wait = Sketch()
    public var touch = Sketch()
    public var cycle = Sketch()
    public var workers = ActorSet()
    /// Fewer workers than this are not shown (privacy).
    public var minimumGroup = 0

    // From the analysis, when the window closes.
    public var capacityPerDay: Double?
    public var utilisation: Double?
    public var daysOfWork: Double?

    /// Net change of backlog and waiting within the window so far, and the least that the former reached.
    /// Needed only while the window is open.
    var net: Int64 = 0
    var netWaiting: Int64 = 0
    var leastNet: Int64 = 0

    public init(window: Window, stage: Int) {
        self.window = window
        self.stage = stage
    }

    static func pairCounters(_ row: inout FlowRow, _ other: FlowRow, _ body: (inout Int64, Int64) -> Void) {
        body(&row.arrivals, other.arrivals)
        body(&row.starts, other.starts)
        body(&row.completions, other.completions)
        body(&row.firstCompletions, other.firstCompletions)
        body(&row.returns, other.returns)
        body(&row.withdrawals, other.withdrawals)
        body(&row.unscheduled, other.unscheduled)
        body(&row.extraCompletions, other.extraCompletions)
        body(&row.late, other.late)
        body(&row.lateBacklog, other.lateBacklog)
        body(&row.scheduleEvents, other.scheduleEvents)
        body(&row.completeEvents, other.completeEvents)
        body(&row.returnEvents, other.returnEvents)
        body(&row.reworkCycles, other.reworkCycles)
        body(&row.duplicates, other.duplicates)
    }

    public static let table = "flow"
    public static let columns = [
        "id", "period", "stage", "arrivals", "starts", "completions", "first_completions", "returns", "withdrawals",
        "unscheduled", "extra_completions", "late", "late_backlog", "schedule_events", "complete_events",
        "return_events", "rework_cycles", "duplicates", "backlog", "waiting", "minimum_backlog", "oldest_age_s",
        "wait_p50_s", "wait_p90_s", "touch_p50_s", "touch_p90_s", "cycle_p50_s", "cycle_p90_s", "workers",
        "capacity_per_day", "utilisation", "days_of_work", "state",
    ]

    public var indices: (Int, Int) { (stage, 0) }

    /// What the closing of this hour added to `lateBacklog`: the change by late events of earlier hours, negative.
    var takenUp: Int64 = 0

    /// Workers as shown: nil where nobody is known, or so few that they could be told.
    public var shownWorkers: Int64? {
        workers.count > 0 && workers.count >= minimumGroup ? Int64(workers.count) : nil
    }

    public func write(into row: inout RowBuffer) {
        writeKey(into: &row)
        writeCounters(into: &row)
        for gauge in [backlog, waiting, minimumBacklog, oldestAge] { row.append(.optional(gauge)) }
        for sketch in [wait, touch, cycle] {
            row.append(.optional(sketch.quantileSeconds(0.5)))
            row.append(.optional(sketch.quantileSeconds(0.9)))
        }
        row.append(.optional(shownWorkers))
        for real in [capacityPerDay, utilisation, daysOfWork] { row.append(.optional(real)) }
        writeState(into: &row)
    }

    public func encodeState(into writer: inout ByteWriter) {
        writer.writeVarint(UInt64(window.end - window.start))
        encodeCounters(into: &writer)
        for gauge in [backlog, waiting, minimumBacklog, oldestAge] { writer.writeVarint(UInt64((gauge ?? -1) + 1)) }
        wait.encode(into: &writer)
        touch.encode(into: &writer)
        cycle.encode(into: &writer)
        workers.encode(into: &writer)
        writer.writeVarint(UInt64(minimumGroup))
        for real in [capacityPerDay, utilisation, daysOfWork] { writer.write(real ?? -1) }
        for value in [net, netWaiting, leastNet] { writer.writeSigned(value) }
    }

    public init(window: Window, indices: (Int, Int), state reader: inout ByteReader) throws(StateDamage) {
        self.init(window: window, stage: indices.0)
        self.window.end = window.start + Int64(clamping: try reader.readVarint())
        try decodeCounters(from: &reader)
        backlog = try FlowRow.gauge(&reader)
        waiting = try FlowRow.gauge(&reader)
        minimumBacklog = try FlowRow.gauge(&reader)
        oldestAge = try FlowRow.gauge(&reader)
        wait = try Sketch(from: &reader)
        touch = try Sketch(from: &reader)
        cycle = try Sketch(from: &reader)
        workers = try ActorSet(from: &reader)
        minimumGroup = Int(clamping: try reader.readVarint())
        capacityPerDay = try FlowRow.real(&reader)
        utilisation = try FlowRow.real(&reader)
        daysOfWork = try FlowRow.real(&reader)
        net = try reader.readSigned()
        netWaiting = try reader.readSigned()
        leastNet = try reader.readSigned()
    }

    private static func gauge(_ reader: inout ByteReader) throws(StateDamage) -> Int64? {
        let raw = try reader.readVarint()
        return raw == 0 ? nil : Int64(clamping: raw - 1)
    }

    private static func real(_ reader: inout ByteReader) throws(StateDamage) -> Double? {
        let value = try reader.readDouble()
        return value < 0 ? nil : value
    }

    public mutating func merge(_ other: FlowRow) {
        addCounters(of: other)
        leastNet = min(leastNet, net + other.leastNet)
        net += other.net
        netWaiting += other.netWaiting
        backlog = other.backlog ?? backlog
        waiting = other.waiting ?? waiting
        oldestAge = other.backlog == nil ? oldestAge : other.oldestAge
        if let least = other.minimumBacklog { minimumBacklog = min(minimumBacklog ?? least, least) }
        wait.merge(other.wait)
        touch.merge(other.touch)
        cycle.merge(other.cycle)
        workers.merge(other.workers)
        minimumGroup = max(minimumGroup, other.minimumGroup)
        capacityPerDay = other.capacityPerDay ?? capacityPerDay
        utilisation = other.utilisation ?? utilisation
        daysOfWork = other.daysOfWork ?? daysOfWork
    }
}
