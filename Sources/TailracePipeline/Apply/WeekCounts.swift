/// How many there were in each of the latest weeks, by where: what happens within four weeks is added up from it.
///
/// Kept by the week of the event, not by what was open when it came, so that it does not matter when windows closed.
struct WeekCounts: Sendable, Equatable {
    /// Weeks that make a figure over 28 days.
    static let weeks = 4
    /// Older than this before the latest week is forgotten, seconds: late events may still ask for a week or two.
    private static let keptSeconds: Int64 = 6 * 7 * 86_400

    struct Entry: Sendable, Equatable {
        /// Start of the week, seconds.
        var week: Int64
        var stage: UInt16
        var count: UInt32
    }
    /// A handful, in the order in which they came.
    private(set) var entries: [Entry] = []

    init() {}

    mutating func add(week: Int64, stage: Int = 0) {
        if let place = entries.firstIndex(where: { $0.week == week && Int($0.stage) == stage }) {
            entries[place].count &+= 1
            return
        }
        let latest = entries.reduce(week) { max($0, $1.week) }
        entries.removeAll { $0.week < latest - WeekCounts.keptSeconds }
        entries.append(Entry(week: week, stage: UInt16(clamping: stage), count: 1))
    }

    /// Does a week belong to the four that end with another? Both are given by their starts; changes of the clock move
    /// them by an hour.
    static func holds(_ week: Int64, endingWith last: Int64) -> Bool {
        week <= last && week > first(endingWith: last)
    }

    /// Before the start of the first of the four weeks that end with another, and after that of the week before it.
    static func first(endingWith last: Int64) -> Int64 { last - (Int64(weeks) * 7 - 1) * 86_400 }

    /// The count over the four weeks that end with one.
    func sum(endingWith last: Int64) -> Int64 {
        entries.reduce(0) { $0 + (WeekCounts.holds($1.week, endingWith: last) ? Int64($1.count) : 0) }
    }

    /// The count of one week and stage.
    func count(week: Int64, stage: Int) -> Int64 {
        entries.first { $0.week == week && Int($0.stage) == stage }.map { Int64($0.count) } ?? 0
    }

    func write(to writer: inout ByteWriter) {
        writer.writeVarint(UInt64(entries.count))
        for entry in entries {
            writer.write(entry.week)
            writer.write(entry.stage)
            writer.write(entry.count)
        }
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        let count = try reader.readVarint()
        for _ in 0..<count {
            entries.append(Entry(week: try reader.read(), stage: try reader.read(), count: try reader.read()))
        }
    }
}
