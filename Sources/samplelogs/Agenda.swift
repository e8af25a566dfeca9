/// What happens next in a simulation: a binary heap ordered by time, and by order of entry at equal times.
struct Agenda<Entry> {
    private var heap: [(time: Int, number: Int, entry: Entry)] = []
    private var count = 0

    /// The time of the earliest entry; nil when nothing is left.
    var nextTime: Int? { heap.first?.time }

    /// Adds an entry; O(log n).
    mutating func add(_ entry: Entry, at time: Int) {
        heap.append((time, count, entry))
        count += 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard isEarlier(child, parent) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the earliest entry, or nil when nothing is left; O(log n).
    mutating func takeNext() -> (time: Int, entry: Entry)? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isEarlier(child, least) {
                least = child
            }
            guard least != parent else { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return (first.time, first.entry)
    }

    private func isEarlier(_ a: Int, _ b: Int) -> Bool {
        heap[a].time != heap[b].time ? heap[a].time < heap[b].time : heap[a].number < heap[b].number
    }
}
