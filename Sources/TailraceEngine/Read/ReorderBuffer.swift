internal import TailracePipeline

/// Puts the records of one source into event-time order as far as the allowed lateness reaches, and holds back
/// events from the future until a second one confirms them.
///
/// The result depends on the sequence of records alone, never on how they were cut into batches, nor on where the
/// sequence was broken off and taken up again (`state`).
struct ReorderBuffer {
    /// At most so many records wait: an order that is worse is late, not memory.
    private static let capacity = 4096
    /// One event this far ahead of its source must be confirmed by a second one (semantics), milliseconds.
    private static let aheadLimit: Int64 = 86_400_000
    /// The last event of a source has no second one; further ahead than this it is an error of a clock, milliseconds.
    private static let lastAheadLimit: Int64 = 400 * 86_400_000

    private let lateness: Int64
    /// `[head..<sealed]` are in their final order and can be taken; `[sealed...]` ascend by time, then arrival, and a
    /// later record may still come before them.
    private var waiting: [RecordRef] = []
    private var head = 0
    private var sealed = 0
    private var latest = Int64.min
    private var held: RecordRef?
    /// Events that came behind later ones by more than the allowed lateness.
    private(set) var lateCount = 0
    private var isFinished = false
    /// Records before this position were taken in by an earlier buffer.
    private var resumePosition = Int64.min
    /// Those of them that waited and are not here again yet.
    private var resumption: Resumption?

    /// - Parameters:
    ///   - lateness: milliseconds.
    ///   - latest: an event time that the source may be at already: its first event needs no second one then.
    init(lateness: Int64, latest: Int64 = .min) {
        self.lateness = lateness
        self.latest = latest
    }

    /// Goes on where a buffer of the same source stood.
    ///
    /// Records before `state.until` had been taken in by then: those that still waited wait again, the others were
    /// applied and are passed over.
    init(lateness: Int64, resuming state: ReorderState) {
        self.lateness = lateness
        latest = state.latest
        lateCount = state.lateCount
        resumePosition = state.until
        resumption = Resumption(state)
        if resumption?.isComplete == true { endResumption() }
    }

    /// The source may be at this event time already.
    mutating func expect(_ time: Int64) { latest = max(latest, time) }

    /// Takes the source's next record.
    mutating func append(_ ref: RecordRef) {
        if ref.position < resumePosition {
            resumption?.takeBack(ref)
            if resumption?.isComplete == true { endResumption() }
            return
        }
        endResumption()
        guard ref.isEvent else {
            insert(ref)
            return
        }
        let time = ref.time
        if let held {
            let heldTime = held.time
            self.held = nil
            if latest == .min ? heldTime - time > ReorderBuffer.aheadLimit : time - latest <= ReorderBuffer.aheadLimit {
                insert(rejected(held))
            } else {
                accept(held)
            }
            if latest == .min {
                self.held = ref
                return
            }
        }
        if latest == .min || time - latest > ReorderBuffer.aheadLimit { held = ref } else { accept(ref) }
    }

    /// Where the event that waits for confirmation starts; nil where none waits.
    var heldPosition: Int64? { held?.position }

    /// Nothing follows.
    mutating func finish() {
        endResumption()
        if let held {
            let time = held.time
            if latest != .min, time - latest > ReorderBuffer.lastAheadLimit {
                insert(rejected(held))
            } else {
                accept(held)
            }
        }
        held = nil
        isFinished = true
    }

    /// Time of the next record in order; nil where more has to be read first, or nothing is left.
    var nextTime: Int64? {
        head < (isFinished ? waiting.count : sealed) ? waiting[head].time : nil
    }

    /// Where the next record starts in its source.
    var nextPosition: Int64 { waiting[head].position }

    /// The record that `takeNext` gives. Precondition: `nextTime` is not nil.
    func peek(_ body: (borrowing RecordRef) -> Void) { body(waiting[head]) }

    /// - Precondition: `nextTime` is not nil.
    mutating func takeNext() -> RecordRef {
        let ref = waiting[head]
        head += 1
        if head > 1024, head * 2 > waiting.count {
            waiting.removeSubrange(..<head)
            sealed = max(0, sealed - head)
            head = 0
        }
        return ref
    }

    // MARK: - State

    /// Records that waited in an earlier buffer are still to come; nothing was taken since.
    var isResuming: Bool { resumption != nil }

    /// What a later buffer needs to go on from here, besides the records themselves.
    /// - Parameter until: records before this position have been taken in.
    func state(until: Int64) -> ReorderState {
        var state = resumption?.state ?? ReorderState()
        if resumption == nil {
            state.sealed = max(0, sealed - head)
            state.waiting = waiting[head...].map { ReorderState.Entry($0) }
            state.held = held?.position
        }
        state.until = max(until, resumePosition)
        (state.latest, state.lateCount) = (latest, lateCount)
        return state
    }

    /// Where the batch of the first record that is not taken yet begins, and the event time of the last good record
    /// before it; nil where nothing waits.
    var pendingStart: (position: Int64, time: EventTime)? {
        var first = held
        for ref in waiting[head...] where ref.position < first?.position ?? .max { first = ref }
        // A record that is too long began batches before the one in which it ended.
        return first.map { (min($0.batch.start, $0.position), $0.batch.startTime) }
    }

    private mutating func endResumption() {
        guard let resumption else { return }
        // What is not there again cannot wait: the log is another one, and whoever opened it has been told.
        (waiting, sealed) = resumption.waiting
        held = resumption.held
        self.resumption = nil
        seal()
    }

    // MARK: - Order

    private mutating func accept(_ ref: RecordRef) {
        if latest != .min, ref.time < latest - lateness { lateCount += 1 }
        latest = max(latest, ref.time)
        insert(ref)
    }

    /// Sorted insertion from the end: most records belong there.
    private mutating func insert(_ ref: RecordRef) {
        let time = ref.time
        var at = waiting.count
        while at > sealed, waiting[at - 1].time > time { at -= 1 }
        waiting.insert(ref, at: at)
        seal()
    }

    /// Fixes the order of what no record within the lateness can come before any more.
    private mutating func seal() {
        while sealed < waiting.count,
            waiting.count - sealed > ReorderBuffer.capacity
                || (latest != .min && waiting[sealed].time <= latest - lateness)
        {
            sealed += 1
        }
    }

    private func rejected(_ ref: RecordRef) -> RecordRef {
        var ref = ref
        ref.rejectAsFuture(at: latest == .min ? 0 : latest)
        return ref
    }
}
