@testable import TailracePipeline

/// An item in a stage, as the meanings of the numbers tell it: written from the text, without a thought for speed.
struct NaiveStageItem {
    struct Event: Equatable {
        var action: Action
        var time: Int64
    }
    enum Place { case nowhere, waiting, working, suspended, done, withdrawn }

    var place = Place.nowhere
    var lastChange: Int64 = 0
    /// The latest entry, change of work and end: what a repeated row of an export is known by. An end counts no more
    /// once the item has come back.
    var entry: Event?
    var work: Event?
    var end: Event?
    var arrived: Int64 = 0
    var began: Int64?
    var touch: Int64 = 0
    /// When it was laid aside, while it is.
    var laidAside: Int64?
    var hasBegun = false
    var isCompletedOnce = false

    var isOpen: Bool { place == .waiting || place == .working || place == .suspended }

    /// - Returns: what is to be counted.
    mutating func apply(_ action: Action, at time: Int64) -> QueueChange {
        var counts = QueueChange()
        // An identical change is a duplicate.
        let event = Event(action: action, time: time)
        if entry == event || work == event || end == event {
            counts.duplicate = true
            return counts
        }
        // Older than the item's state: the past.
        if time < lastChange { return counts }
        let (wasOpen, wasWaiting) = (isOpen, place == .waiting)
        var isChange = true
        switch action {
        case .schedule where !wasOpen: enter(at: time, &counts, isNew: place == .nowhere)
        case .return where !wasOpen: enter(at: time, &counts, isNew: false)
        case .return:
            counts.reworkCycle = true
            isChange = false
        case .start where place != .working, .resume where place == .waiting || place == .suspended:
            if !wasOpen { enter(at: time, &counts, isNew: place == .nowhere) }
            if place == .waiting { counts.start = true }
            counts.suspended = laidAside.map { time - $0 }
            laidAside = nil
            if wasWaiting { counts.wait = time - arrived }
            (place, hasBegun, began) = (.working, true, time)
        case .suspend where place == .working:
            touch += time - (began ?? time)
            (place, began, laidAside) = (.suspended, nil, time)
        case .complete where wasOpen:
            counts.completion = true
            if !isCompletedOnce { counts.firstCompletion = true }
            counts.cycle = time - arrived
            if place == .working { touch += time - (began ?? time) }
            if hasBegun { counts.touch = touch }
            counts.suspended = laidAside.map { time - $0 }
            laidAside = nil
            (place, isCompletedOnce) = (.done, true)
        case .complete where place == .nowhere:
            counts.unscheduled = true
            (place, isCompletedOnce) = (.done, true)
        case .complete:
            counts.extraCompletion = true
            isChange = false
        case .withdraw where wasOpen:
            counts.withdrawal = true
            laidAside = nil
            place = .withdrawn
        default: isChange = false
        }
        if isChange {
            switch action {
            case .start, .resume, .suspend: work = event
            case .complete, .withdraw: end = event
            default: break
            }
            if isOpen, !wasOpen { (entry, end) = (action == .start ? nil : event, nil) }
            lastChange = max(lastChange, time)
        }
        counts.backlog = (isOpen ? 1 : 0) - (wasOpen ? 1 : 0)
        counts.waiting = (place == .waiting ? 1 : 0) - (wasWaiting ? 1 : 0)
        return counts
    }

    private mutating func enter(at time: Int64, _ counts: inout QueueChange, isNew: Bool) {
        (counts.arrival, counts.isReturn) = (isNew, !isNew)
        (place, arrived, touch, hasBegun) = (.waiting, time, 0, false)
    }
}
