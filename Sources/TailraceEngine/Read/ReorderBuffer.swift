internal import TailracePipeline

/// Puts the records of one source into event-time order as far as the allowed lateness reaches, and holds back
/// events from the future until a second one confirms them.
///
/// The result depends on the sequence of records alone, never on how they were cut into batches.
struct ReorderBuffer {
    /// At most so many records wait: an order that is worse is late, not memory.
    private static let capacity = 4096
    /// One event this far ahead of its source must be confirmed by a second one (semantics), milliseconds.
    private static let aheadLimit: Int64 = 86_400_000
    /// The last event of a source has no second one; further ahead than this it is an error of a clock, milliseconds.
    private static let lastAheadLimit: Int64 = 400 * 86_400_000

    private let lateness: Int64
    /// Ascending by time, then arrival; taken from `head` on.
    private var waiting: [RecordRef] = []
    private var head = 0
    private var latest = Int64.min
    private var held: RecordRef?
    /// Events that came behind later ones by more than the allowed lateness.
    private(set) var lateCount = 0
    private var isFinished = false

    /// - Parameters:
    ///   - lateness: milliseconds.
    ///   - latest: an event time that the source may be at already: its first event needs no second one then.
    init(lateness: Int64, latest: Int64 = .min) {
        self.lateness = lateness
        self.latest = latest
    }

    /// Takes the source's next record.
    mutating func append(_ ref: RecordRef) {
        guard ref.record.rejection == nil else {
            insert(ref)
            return
        }
        let time = ref.record.event.time.milliseconds
        if let held {
            let heldTime = held.record.event.time.milliseconds
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
    var heldPosition: Int64? { held?.record.position }

    /// Nothing follows.
    mutating func finish() {
        if let held {
            let time = held.record.event.time.milliseconds
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
        guard head < waiting.count else { return nil }
        let time = waiting[head].record.event.time.milliseconds
        let isSettled =
            isFinished || waiting.count - head > ReorderBuffer.capacity || (latest != .min && time <= latest - lateness)
        return isSettled ? time : nil
    }

    /// Where the next record starts in its source.
    var nextPosition: Int64 { waiting[head].record.position }

    /// - Precondition: `nextTime` is not nil.
    mutating func takeNext() -> RecordRef {
        let ref = waiting[head]
        head += 1
        if head > 1024, head * 2 > waiting.count {
            waiting.removeSubrange(..<head)
            head = 0
        }
        return ref
    }

    private mutating func accept(_ ref: RecordRef) {
        if latest != .min, ref.record.event.time.milliseconds < latest - lateness { lateCount += 1 }
        latest = max(latest, ref.record.event.time.milliseconds)
        insert(ref)
    }

    /// Sorted insertion from the end: most records belong there.
    private mutating func insert(_ ref: RecordRef) {
        let time = ref.record.event.time.milliseconds
        var at = waiting.count
        while at > head, waiting[at - 1].record.event.time.milliseconds > time { at -= 1 }
        waiting.insert(ref, at: at)
    }

    private func rejected(_ ref: RecordRef) -> RecordRef {
        var ref = ref
        ref.record.rejection = .future
        ref.record.event.time = EventTime(milliseconds: latest == .min ? 0 : latest)
        return ref
    }
}
