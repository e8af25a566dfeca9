/// What is known of one stage while its windows close.
struct StageState: Sendable {
    /// In the system, and waiting, at the end of the last closed hour.
    var backlog: Int64 = 0
    var waiting: Int64 = 0
    /// Net change by events that came after their hour had closed; the next hour to close takes it up.
    var lateBacklog: Int64 = 0
    var lateWaiting: Int64 = 0
    /// Unscheduled and all completions, fading over a week: while many items are completed that were never seen to
    /// enter, the queue holds more such, and nobody knows how many.
    var recentUnscheduled: Double = 0
    var recentCompletions: Double = 0
    var firstSeen: Int64 = .max
    var lastSeen: Int64 = .min
    /// Contents made here so far, and members of families of zombies that were led from here.
    var contents: Int64 = 0
    /// Streams of these contents, a bit each.
    var contentStreams: UInt8 = 0
    var zombies: Int64 = 0
    var recentContents = WeekCounts()
    /// Messages sent from here by week, and replies to them within seven days by the week of their sending; in place of
    /// a stage, the origin. The rows of cohorts are in the store when their week is over, seven days before it is known
    /// what became of it.
    var recentSends = WeekCounts()
    var recentReplies = WeekCounts()
    /// Items made here by week, and those of them that others used within fourteen days; in place of a stage, the
    /// stream.
    var recentAssets = WeekCounts()
    var recentUses = WeekCounts()
    /// Arrivals of items in the queue, oldest first; entries that left it are dropped when they come up.
    var oldest = OldestFirst()

    /// Is the number in the queue known? A stray completion does not hide a queue; a steady tenth does.
    var isBacklogKnown: Bool {
        recentUnscheduled < 5 || recentUnscheduled < 0.1 * recentCompletions
    }

    func write(to writer: inout ByteWriter) {
        for value in [backlog, waiting, lateBacklog, lateWaiting, firstSeen, lastSeen] { writer.write(value) }
        writer.write(recentUnscheduled)
        writer.write(recentCompletions)
        writer.write(contents)
        writer.write(contentStreams)
        writer.write(zombies)
        for counts in [recentContents, recentSends, recentReplies, recentAssets, recentUses] {
            counts.write(to: &writer)
        }
    }

    init() {}

    init(from reader: inout ByteReader) throws(StateDamage) {
        backlog = try reader.read()
        waiting = try reader.read()
        lateBacklog = try reader.read()
        lateWaiting = try reader.read()
        firstSeen = try reader.read()
        lastSeen = try reader.read()
        recentUnscheduled = try reader.readDouble()
        recentCompletions = try reader.readDouble()
        contents = try reader.read()
        contentStreams = try reader.read()
        zombies = try reader.read()
        recentContents = try WeekCounts(from: &reader)
        recentSends = try WeekCounts(from: &reader)
        recentReplies = try WeekCounts(from: &reader)
        recentAssets = try WeekCounts(from: &reader)
        recentUses = try WeekCounts(from: &reader)
    }
}

/// A binary heap of arrivals (Williams 1964), with lazy removal: cheap for the many, exact for the one asked for.
struct OldestFirst: Sendable {
    private var heap: [(time: Int64, key: Hash128)] = []
    /// Entries that were still in the queue when the others were dropped last.
    private var kept = 0

    /// Entries held, gone ones included.
    var count: Int { heap.count }

    mutating func insert(_ time: Int64, _ key: Hash128) {
        heap.append((time, key))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].time < heap[parent].time else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// The oldest arrival that is still in the queue, in milliseconds.
    mutating func oldest(_ isPresent: (Hash128, Int64) -> Bool) -> Int64? {
        // One old item at the top would keep all later ones, gone or not, for as long as it stays.
        if heap.count > 2 * kept + 4096 {
            // What ascends is a heap.
            heap = heap.filter { isPresent($0.key, $0.time) }.sorted { $0.time < $1.time }
            kept = heap.count
        }
        while let first = heap.first {
            if isPresent(first.key, first.time) { return first.time }
            heap.swapAt(0, heap.count - 1)
            heap.removeLast()
            var parent = 0
            while true {
                var least = parent
                for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                    if heap[child].time < heap[least].time { least = child }
                }
                if least == parent { break }
                heap.swapAt(parent, least)
                parent = least
            }
        }
        return nil
    }
}
