/// One item in one stage: where it stands in the queue there. 48 bytes.
///
/// ```
///            schedule/return            start                complete
///   (none) ────────────────▶ waiting ─────────▶ started ─────────────▶ done
///      │                        ▲                  ▲│suspend/resume     │
///      │ complete = unscheduled │ return, schedule ││                   │ start = return
///      └───────────────────────▶ done ─────────────┘▼◀──────────────────┘
/// ```
struct StageItem: TableEntry {
    enum State: UInt8 {
        /// Only content of the item was seen here; it is in no queue.
        case absent
        case waiting, started, suspended
        case done, withdrawn

        var isOpen: Bool { self == .waiting || self == .started || self == .suspended }
    }

    /// Mix of item and stage.
    let key: Hash128
    /// When the item entered the queue last, in milliseconds of event time; 0 = never.
    var arrivedAt: Int64 = 0
    /// `startedAt`, and in the highest byte `reason`.
    private var begun: UInt64 = 0
    /// When it left the queue last.
    var endedAt: Int64 = 0
    /// Touch time of this round, in milliseconds, up to the last suspension.
    var touched: UInt32 = 0
    /// The stage, and in the highest bit `isRevised`.
    private var place: UInt16
    var state = State.absent
    private var flags: UInt8 = 0

    init(key: Hash128, stage: Int) {
        self.key = key
        place = UInt16(stage) & StageItem.stageMask
    }

    private static let reasonShift: UInt64 = 56
    /// When work on it began, went on or was suspended last.
    var startedAt: Int64 {
        get { Int64(begun & (1 << StageItem.reasonShift - 1)) }
        set { begun = begun & ~(1 << StageItem.reasonShift - 1) | UInt64(clamping: newValue) }
    }
    /// Why it was suspended last: place of the tag among the pipeline's reasons, and one; 0 = not told.
    var reason: UInt8 {
        get { UInt8(begun >> StageItem.reasonShift) }
        set { begun = UInt64(newValue) << StageItem.reasonShift | UInt64(startedAt) }
    }
    private static let stageMask: UInt16 = 0x7FFF
    var stage: UInt16 { place & StageItem.stageMask }
    /// Its content was changed here in this round.
    var isRevised: Bool {
        get { place & ~StageItem.stageMask != 0 }
        set { place = newValue ? place | ~StageItem.stageMask : stage }
    }

    /// The key of an item in a stage: the item's hash, spread by the stage.
    static func key(item: Hash128, stage: Int) -> Hash128 {
        let spread = UInt64(stage + 1) &* 0x9E37_79B9_7F4A_7C15
        return Hash128(high: item.high ^ spread, low: item.low &+ (spread << 17 | spread >> 47))
    }

    private func flag(_ bit: UInt8) -> Bool { flags & bit != 0 }
    private mutating func setFlag(_ bit: UInt8, _ value: Bool) { flags = value ? flags | bit : flags & ~bit }

    /// Completed at least once.
    var wasCompleted: Bool {
        get { flag(1) }
        set { setFlag(1, newValue) }
    }
    /// Counted as output of the stage.
    var isOutput: Bool {
        get { flag(2) }
        set { setFlag(2, newValue) }
    }
    /// Work was begun in this round, so touch time is measured.
    var hasStart: Bool {
        get { flag(4) }
        set { setFlag(4, newValue) }
    }
    /// What brought it into the queue last. An event that repeats it is known by it.
    private var entry: Entry {
        get { Entry(rawValue: flags >> 3 & 3) ?? .none }
        set { flags = flags & ~0x18 | newValue.rawValue << 3 }
    }
    private enum Entry: UInt8 { case none, schedule, `return` }
    /// What `startedAt` is the time of.
    private var work: Work {
        get { Work(rawValue: flags >> 5 & 3) ?? .none }
        set { flags = flags & ~0x60 | newValue.rawValue << 5 }
    }
    private enum Work: UInt8 { case none, start, resume, suspend }
    var isDirty: Bool {
        get { flag(128) }
        set { setFlag(128, newValue) }
    }

    /// The latest change of state; an event before it tells of the past and changes nothing. Content alone is none.
    var lastChange: Int64 { state == .absent ? 0 : max(arrivedAt, startedAt, endedAt) }
    var lastUse: Int64 { max(arrivedAt, startedAt, endedAt) / 1000 }
    var isClosed: Bool { !state.isOpen }

    func write(to writer: inout ByteWriter) {
        writer.write(key)
        writer.write(arrivedAt)
        writer.write(begun)
        writer.write(endedAt)
        writer.write(touched)
        writer.write(place)
        writer.write(state.rawValue)
        writer.write(flags & 0x7F)
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        key = try reader.readHash()
        arrivedAt = try reader.read()
        begun = try reader.read()
        endedAt = try reader.read()
        touched = try reader.read()
        place = try reader.read()
        guard let state = State(rawValue: try reader.read()) else { throw StateDamage("an item has an unknown state") }
        self.state = state
        flags = try reader.read()
    }
}

/// What an event did to an item in a stage.
struct QueueChange: Equatable {
    var arrival = false
    var start = false
    var completion = false
    var firstCompletion = false
    var isReturn = false
    var withdrawal = false
    var unscheduled = false
    var extraCompletion = false
    var reworkCycle = false
    var duplicate = false
    /// Changes of the number in the system and of those waiting: −1, 0, +1.
    var backlog: Int64 = 0
    var waiting: Int64 = 0
    /// Milliseconds from entering to the first start of the round; from entering to completion; of work.
    var wait: Int64?
    var cycle: Int64?
    var touch: Int64?
    /// Milliseconds for which it had been suspended until this event.
    var suspended: Int64?
    /// Why, as `StageItem.reason`.
    var reason: UInt8 = 0
}

extension StageItem {
    /// Moves the item on by one queue event. Pure: time is in the event.
    ///
    /// - Parameter isNews: the event is known to be none that was told before (an item can go to another stage and come
    ///   back within one minute, where a log writes no seconds).
    /// - Parameter worked: how much of the time between two moments somebody worked, in milliseconds.
    mutating func apply(
        _ action: Action, at time: Int64, isNews: Bool = false,
        worked: (_ from: Int64, _ to: Int64) -> Int64 = { $1 - $0 }
    ) -> QueueChange {
        var change = QueueChange()
        if !isNews, isRepeat(action, at: time) {
            change.duplicate = true
            return change
        }
        // Older than what is known of the item: it tells how things were, not how they are.
        if time < lastChange { return change }
        let wasWaiting = state == .waiting
        let wasOpen = state.isOpen
        switch action {
        case .schedule:
            if !wasOpen {
                change.arrival = state == .absent
                change.isReturn = state != .absent
                enter(at: time, by: .schedule)
            }
        case .return:
            change.isReturn = !wasOpen
            change.reworkCycle = wasOpen
            if !wasOpen { enter(at: time, by: .return) }
        case .start, .resume:
            if state == .started { break }
            if action == .resume, !wasOpen { break }
            endSuspension(at: time, &change)
            if !wasOpen {
                change.arrival = state == .absent
                change.isReturn = state != .absent
                enter(at: time, by: .none)
            }
            if state == .waiting {
                change.start = true
                if wasWaiting { change.wait = time - arrivedAt }
            }
            state = .started
            hasStart = true
            startedAt = time
            work = action == .start ? .start : .resume
        case .suspend:
            if state == .started {
                addTouch(until: time, worked)
                state = .suspended
                startedAt = time
                work = .suspend
            }
        case .complete:
            if wasOpen {
                change.completion = true
                change.firstCompletion = !wasCompleted
                change.cycle = time - arrivedAt
                if state == .started { addTouch(until: time, worked) }
                endSuspension(at: time, &change)
                if hasStart { change.touch = Int64(touched) }
            } else if state == .absent {
                change.unscheduled = true
            } else {
                change.extraCompletion = true
                break
            }
            wasCompleted = true
            state = .done
            endedAt = time
        case .withdraw:
            if wasOpen {
                change.withdrawal = true
                state = .withdrawn
                endedAt = time
            }
        default: break
        }
        change.backlog = (state.isOpen ? 1 : 0) - (wasOpen ? 1 : 0)
        change.waiting = (state == .waiting ? 1 : 0) - (wasWaiting ? 1 : 0)
        return change
    }

    /// Exports often repeat old rows: the same change at the same time is the same change. The latest entry, the
    /// latest change of work and, until the item comes back, its end are remembered.
    private func isRepeat(_ action: Action, at time: Int64) -> Bool {
        switch action {
        case .schedule: arrivedAt == time && entry == .schedule
        case .return: arrivedAt == time && entry == .return
        case .start: startedAt == time && work == .start
        case .resume: startedAt == time && work == .resume
        case .suspend: startedAt == time && work == .suspend
        case .complete: endedAt == time && state == .done
        case .withdraw: endedAt == time && state == .withdrawn
        default: false
        }
    }

    private mutating func enter(at time: Int64, by entry: Entry) {
        if state == .absent { endedAt = 0 }
        state = .waiting
        arrivedAt = time
        self.entry = entry
        touched = 0
        hasStart = false
        isRevised = false
    }

    private func endSuspension(at time: Int64, _ change: inout QueueChange) {
        guard state == .suspended else { return }
        change.suspended = time - startedAt
        change.reason = reason
    }

    private mutating func addTouch(until time: Int64, _ worked: (Int64, Int64) -> Int64) {
        touched = UInt32(clamping: Int64(touched) + max(0, worked(startedAt, time)))
    }

    /// Work of this round up to a moment, in milliseconds; nil where its beginning was not seen.
    func touch(at time: Int64, worked: (_ from: Int64, _ to: Int64) -> Int64) -> Int64? {
        guard hasStart else { return nil }
        return Int64(touched) + (state == .started ? max(0, worked(startedAt, time)) : 0)
    }
}
