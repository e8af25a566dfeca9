/// Events in, closed windows out: read this file first.
///
/// ```
///   apply(record)        one event, in the order of the input
///     ├─ items           who made it, what its later events inherit        Pipeline+Content
///     ├─ stage items     where it stands in which queue                    Pipeline+Queue
///     ├─ records         what changed since the last look at one           RecordState
///     ├─ families        which earlier content it repeats                  Pipeline+Content
///     └─ row tables      counts of the hour it belongs to                  RowTable
///   advance(watermark)   closes the windows that nothing can reach any more Pipeline+Close
///   drain()              everything that changed, for one transaction      Pipeline+State
/// ```
///
/// Pure and synchronous: no clock, no files, no threads. The same events in the same order give the same output,
/// however they were cut into calls of `apply`; `drain` only writes down what is.
public struct Pipeline {
    public let settings: PipelineSettings
    let calendar: WindowCalendar
    var recentWindows: RecentWindows
    let paths: DeclaredPaths
    /// Nil where no working hours are declared.
    let staffed: StaffedTime?

    // Names to indices, in order of appearance.
    var stageNames = NameTable()
    var teamNames = NameTable()
    var resultNames = NameTable()
    var currencyNames = NameTable()
    // Tags that measures are split by.
    var reasonNames = NameTable(limit: Pipeline.tagLimit)
    var categoryNames = NameTable(limit: Pipeline.tagLimit)
    /// By stage index.
    var stages: [StageState] = []
    /// The pseudo-stage where work enters, once there is a hand-off.
    var outside: Int?

    var stageItems: KeyedTable<StageItem>
    var items: KeyedTable<Item>
    var cases: KeyedTable<WorkCase>
    /// Of logs that show states: what was seen last.
    var records: KeyedTable<RecordState>
    var moments = ActorMoments()
    var index: FamilyIndex
    /// Families with copies.
    var families: [UInt32: Family] = [:]
    /// To be stored, and to be looked at when the day closes.
    var dirtyFamilies: Set<UInt32> = []
    var touchedFamilies: Set<UInt32> = []
    /// Families whose status may change by time alone, by day since 1970.
    var dueFamilies: [Int64: [UInt32]] = [:]
    /// Families that were last met before this are forgotten, seconds.
    var familiesForgottenBefore = Int64.min
    var nextFamily: UInt32 = 1
    var nextRow: UInt32 = 1
    /// Streams in which reads were seen: elsewhere "no reads" means nothing.
    var hasReads: [Bool] = [false, false, false]
    var familyCosts: [Int64: FamilyCostRow] = [:]
    var dirtyCosts: Set<Int64> = []

    var flow = RowTable<FlowRow>()
    var work = RowTable<WorkRow>()
    var output = RowTable<OutputRow>()
    var engagement = RowTable<EngagementRow>()
    var cohorts = RowTable<CohortRow>()
    var outcomes = RowTable<OutcomeRow>()
    var handoffs = RowTable<HandoffRow>()
    var teams = RowTable<TeamRow>()
    var stageWeeks = RowTable<StageWeekRow>()
    /// Rows of the weeks that closed last, oldest first, for what looks back on four weeks.
    var recentStageWeeks: [[StageWeekRow]] = []
    /// Money over its limit in the open hours, by stage and currency.
    var excesses: [LimitExcess] = []
    /// Where in `excesses` each stands; made anew where some were taken out or put in since.
    var excessPlaces: [ExcessKey: Int] = [:]

    /// Latest event time applied, in milliseconds.
    public internal(set) var clock: Int64 = .min
    /// Every hour that ends here or before has closed, in seconds. Nil before the first event.
    public internal(set) var closedThrough: Int64?
    /// Who has made items, by team: a pseudonym is shown only of a group that is large enough.
    var makers = MakerGroups()
    /// The hour of `clock`: gauges of the hours before it have been taken.
    var clockHour: Window?
    /// A stretch without events that is too long to have rows, in seconds.
    var silence: (from: Int64, to: Int64)?
    /// Milliseconds of event time at which the next hour closes: before that, `advance` has nothing to do.
    public internal(set) var nextClose: Int64 = .min
    /// Windows that take counts, by key.
    var openWindows: [Int64: Window] = [:]
    var pending = PipelineOutput()
    /// The hour that was counted in last, and the week with its first hour: most events come in runs.
    var lastHour = Window(grain: .hour, start: 0, end: 0)
    var lastCohort = (week: Window(grain: .week, start: 0, end: 0), hour: Window(grain: .hour, start: 0, end: 0))

    /// Finds the leader of a family that is not in memory any more. Set by the owner of the store.
    public var findLeader: (UInt32) -> LeaderRecord? = { _ in nil }

    public init(settings: PipelineSettings) {
        self.settings = settings
        calendar = WindowCalendar(zone: settings.zone)
        recentWindows = RecentWindows(calendar)
        paths = DeclaredPaths(settings.processes)
        staffed = settings.workingHours.flatMap { StaffedTime(spans: $0, zone: settings.zone) }
        let entries = settings.itemBytes / (4 * MemoryLayout<StageItem?>.stride)
        stageItems = KeyedTable(capacity: entries)
        items = KeyedTable(capacity: entries)
        cases = KeyedTable(capacity: entries)
        records = KeyedTable(capacity: entries)
        index = FamilyIndex(
            capacityBytes: settings.fingerprintBytes, horizonDays: settings.fingerprintHorizonDays)
    }

    /// Applies one event.
    public mutating func apply(_ event: Event, from batch: ScannedBatch) {
        let seconds = event.time.seconds
        let hour = hourHolding(seconds)
        cross(into: hour)
        clock = max(clock, event.time.milliseconds)
        let isLate = hour.end <= (closedThrough ?? .min)

        let stage = stageIndex(batch.bytes(event.stage))
        stages[stage].firstSeen = min(stages[stage].firstSeen, seconds)
        stages[stage].lastSeen = max(stages[stage].lastSeen, seconds)
        if isLate { flow.count(FlowRow(window: hour, stage: stage)) { $0.late += 1 } }

        let actor = actorHash(batch.bytes(event.actor))
        if actor != 0, event.actorKind != .automated { moments.note(actor, at: event.time.milliseconds) }
        let origin = inheritOrigin(event, seconds)
        if event.action.isQueue {
            if event.isState {
                applyState(event, batch, hour: hour, stage: stage, origin: origin, actor: actor, isLate: isLate)
            } else {
                applyQueue(event, batch, hour: hour, stage: stage, origin: origin, actor: actor, isLate: isLate)
            }
        }
        if event.action.isContent || event.fingerprint != nil {
            applyContent(event, batch, hour: hour, stage: stage, origin: origin, actor: actor)
        }
        if event.action.isAttention || event.action.isHarm || event.action == .send {
            applyEngagement(event, hour: hour, stage: stage, actor: actor)
        }
        switch event.action {
        case .approve:
            work.count(WorkRow(window: hour, stage: stage, origin: origin)) { $0.approvals += 1 }
            countDecision(event, hour: hour, stage: stage)
        case .reject, .escalate: countDecision(event, hour: hour, stage: stage)
        case .outcome:
            let result = resultNames.index(batch.bytes(event.result))
            outcomes.count(OutcomeRow(window: hour, stage: stage, result: result)) { $0.outcomes += 1 }
        default: break
        }
        if event.amount != .min, event.limit != .min, event.amount > event.limit {
            countExcess(event, batch, hour: hour, stage: stage)
        }
        countTeam(event, batch, hour: hour, actor: actor)
    }

    /// Asks for the memory that an event will look at. Changes nothing; called an event ahead, it hides the time that
    /// memory takes. Mutating, though it is not: a pipeline inside a class is then used in place, not copied.
    public mutating func prefetch(_ event: Event, from batch: ScannedBatch) {
        items.prefetch(event.item)
        guard let fingerprint = event.fingerprint else { return }
        batch.hashes.withUnsafeBufferPointer { hashes in
            let own = Int(fingerprint.firstHash)..<Int(fingerprint.firstHash + fingerprint.hashCount)
            index.prefetch(fingerprint, hashes: UnsafeBufferPointer(rebasing: hashes[own]))
        }
    }

    // MARK: - Small parts of every event

    mutating func hourHolding(_ seconds: Int64) -> Window {
        if seconds < lastHour.start || seconds >= lastHour.end {
            lastHour = calendar.window(.hour, holding: seconds)
        }
        return lastHour
    }

    mutating func stageIndex(_ name: ArraySlice<UInt8>) -> Int {
        let index = stageNames.index(name)
        while stages.count <= index { stages.append(StageState()) }
        return index
    }

    /// Keyed, so that a store does not tell who worked when; 0 = unknown.
    func actorHash(_ name: ArraySlice<UInt8>) -> UInt64 {
        guard !name.isEmpty, settings.actors != .drop else { return 0 }
        return max(1, name.withUnsafeBytes { sipHash($0, key: settings.actorKey) })
    }

    /// How an actor is shown.
    func shownActor(_ name: ArraySlice<UInt8>, _ hash: UInt64) -> String {
        switch settings.actors {
        case .drop: ""
        case .keep: String(decoding: name, as: UTF8.self)
        case .pseudonym: hash == 0 ? "" : "p-" + hexadecimal(hash)
        }
    }

    /// An item's origin is told once and inherited by all its events.
    private mutating func inheritOrigin(_ event: Event, _ seconds: Int64) -> Origin {
        var item = items[event.item] ?? Item(key: event.item)
        let isNew = item.lastSeen == 0
        if isNew { item.stream = event.stream }
        if event.origin != .unknown, item.origin == .unknown { item.origin = event.origin }
        // The time of last use only has to be right to the day; written less often, it costs less.
        if isNew || seconds - Int64(item.lastSeen) > 86_400 || (event.origin != .unknown && item.origin == event.origin)
        {
            item.lastSeen = UInt32(clamping: max(Int64(item.lastSeen), seconds))
            items.put(item)
        }
        return item.origin
    }

    private mutating func countTeam(_ event: Event, _ batch: ScannedBatch, hour: Window, actor: UInt64) {
        guard !event.team.isEmpty, event.actorKind != .automated, actor != 0 else { return }
        let team = teamNames.index(batch.bytes(event.team))
        let second = calendar.secondOfWeek(at: event.time.seconds)
        let isAfterHours = settings.workingHours.map { hours in !hours.contains { $0.contains(second) } }
        teams.count(TeamRow(window: hour, team: team)) {
            $0.humanEvents += 1
            $0.afterHoursEvents += isAfterHours == true ? 1 : 0
            $0.members.insert(actor)
            $0.minimumGroup = settings.minimumGroup
            $0.hasHours = isAfterHours != nil
        }
    }
}

func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
