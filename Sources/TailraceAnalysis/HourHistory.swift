/// What is remembered of one closed hour: 28 bytes.
struct HourRecord: Sendable {
    var arrivals: Int32
    var completions: Int32
    var withdrawals: Int32
    /// At the hour's end; −1 is unknown.
    var backlog: Int32
    /// The least backlog of the 24 hours that end here; −1 is unknown.
    var floor: Int32
    var workers: UInt16
    /// Local days since the stage's first hour.
    var day: UInt16
    var hourOfWeek: UInt8
    var isFrozen: Bool
    /// Part of a firing page: no evidence of what is normal.
    var isAlarmed = false

    /// One of 48: working day or weekend × hour.
    var cell: Int { hourOfWeek >= 120 ? 24 + Int(hourOfWeek) % 24 : Int(hourOfWeek) % 24 }
    var isKnown: Bool { backlog >= 0 && !isFrozen }
    var departures: Int { Int(completions) + Int(withdrawals) }
}

/// The last 26 weeks of a stage, hour by hour: at most 4,368 records, 122 KB, grown as they come.
struct HourHistory: Sendable {
    static let limit = 26 * 168

    /// A ring once full; `next` is then the oldest record's place.
    private var records: [HourRecord] = []
    private var next = 0
    /// Hours ever appended.
    private(set) var total = 0
    /// Sums over the last 24 and 168 hours.
    private(set) var dayIn = 0
    private(set) var dayOut = 0
    private(set) var weekIn = 0
    private(set) var weekOut = 0

    var count: Int { records.count }

    /// Counts from the newest (0) backwards.
    subscript(back back: Int) -> HourRecord {
        records[place(back)]
    }

    private func place(_ back: Int) -> Int {
        let place = (records.count < Self.limit ? records.count : next) - 1 - back
        return place < 0 ? place + records.count : place
    }

    mutating func append(_ hour: StageHour, day: Int) {
        var record = HourRecord(
            arrivals: Int32(clamping: hour.arrivals), completions: Int32(clamping: hour.completions),
            withdrawals: Int32(clamping: hour.withdrawals), backlog: Int32(clamping: max(hour.backlog ?? -1, -1)),
            floor: -1, workers: UInt16(clamping: hour.workers), day: UInt16(clamping: day),
            hourOfWeek: UInt8(hour.hourOfWeek), isFrozen: hour.isFrozen)
        if record.isKnown { record.floor = floor(of: hour, backlog: record.backlog) }
        dayIn += Int(record.arrivals)
        dayOut += record.departures
        weekIn += Int(record.arrivals)
        weekOut += record.departures
        if count >= 24 {
            dayIn -= Int(self[back: 23].arrivals)
            dayOut -= self[back: 23].departures
        }
        if count >= 168 {
            weekIn -= Int(self[back: 167].arrivals)
            weekOut -= self[back: 167].departures
        }
        if records.count < Self.limit {
            records.append(record)
        } else {
            records[next] = record
            next = (next + 1) % Self.limit
        }
        total += 1
    }

    /// The least backlog of this hour and the 23 before. Each record keeps its own hour's least only in this minimum,
    /// so the ends of the earlier hours stand in for it.
    private func floor(of hour: StageHour, backlog: Int32) -> Int32 {
        var least = min(backlog, Int32(clamping: max(hour.minimumBacklog ?? Int64(backlog), 0)))
        for back in 0..<min(23, count) {
            let earlier = self[back: back].backlog
            if earlier >= 0 { least = min(least, earlier) }
        }
        return least
    }

    /// Marks the newest `hours` records as part of a page, or takes the mark away.
    mutating func mark(last hours: Int, alarmed: Bool) {
        for back in 0..<min(hours, count) { records[place(back)].isAlarmed = alarmed }
    }

    /// Forgets all but the newest `hours` records. The sums must still be covered: `hours` ≥ 168.
    mutating func keep(last hours: Int) {
        precondition(hours >= 168)
        guard hours < count else { return }
        var kept: [HourRecord] = []
        kept.reserveCapacity(hours)
        for back in stride(from: hours - 1, through: 0, by: -1) { kept.append(self[back: back]) }
        records = kept
        next = 0
    }
}
