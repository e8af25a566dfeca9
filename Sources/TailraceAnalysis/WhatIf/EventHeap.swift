/// What happens next: events by time, the earliest first; of one moment, in the order in which they were planned.
///
/// A binary heap (Williams 1964): O(log n) each. Memory is 16 bytes for each event that is planned.
struct EventHeap {
    struct Event {
        /// Hours since the beginning.
        var time: Double
        /// Order of planning, so that equal times have one order on every machine.
        var order: UInt32
        /// Stage and kind in one number.
        var what: UInt32
    }

    private var events: [Event] = []
    private var planned: UInt32 = 0

    var next: Event? { events.first }
    var count: Int { events.count }

    private static func isEarlier(_ a: Event, _ b: Event) -> Bool {
        // The difference goes on working when the counter passes its end.
        a.time != b.time ? a.time < b.time : Int32(bitPattern: a.order &- b.order) < 0
    }

    mutating func push(at time: Double, _ what: UInt32) {
        let event = Event(time: time, order: planned, what: what)
        planned &+= 1
        var place = events.count
        events.append(event)
        while place > 0 {
            let parent = (place - 1) / 2
            guard Self.isEarlier(event, events[parent]) else { break }
            events[place] = events[parent]
            place = parent
        }
        events[place] = event
    }

    mutating func pop() -> Event? {
        guard let first = events.first, let last = events.popLast() else { return nil }
        guard !events.isEmpty else { return first }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < events.count else { break }
            if child + 1 < events.count, Self.isEarlier(events[child + 1], events[child]) { child += 1 }
            guard Self.isEarlier(events[child], last) else { break }
            events[place] = events[child]
            place = child
        }
        events[place] = last
        return first
    }
}
