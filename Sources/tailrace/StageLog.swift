import TailraceAnalysis
import TailracePipeline
import TailraceStore

/// The last whole weeks of a store, stage by stage and hour by hour: what a graph of stages is fitted to.
///
/// Read a week at a time, from the views only. Memory: 20 bytes for each stage and hour, of at most `mostStages`
/// stages; what the others hand over counts as coming from outside.
struct StageLog {
    private(set) var records: [StageRecord] = []
    private(set) var handoffs: [StageHandoffs] = []
    private var weeks: [Week] = []
    /// Stages that were left out because there are too many.
    private(set) var leftOut = 0

    /// Stages with the most items come first. A simulation of more would not be an answer in seconds.
    static let mostStages = 300
    private static let mostHandoffs: Int64 = 20_000
    /// A week counts as whole with events up to its Friday; logs end and begin at any hour.
    private static let slack: Int64 = 3 * 86_400

    private struct Week {
        var start: Int64
        var end: Int64
        var name: String
    }

    var weekCount: Int { weeks.count }
    var firstWeek: String { weeks.first?.name ?? "" }
    var lastWeek: String { weeks.last?.name ?? "" }
    /// Seconds since 1970 UTC at which the last of the weeks ends.
    var end: Int64 { weeks.last?.end ?? 0 }

    /// - Parameters:
    ///   - weeks: at most so many, the last ones; nil for all there are.
    ///   - until: a local date, `2026-06-01`; later weeks are left out. Nil for the end of the store.
    ///   - named: stages that are read however little moves in them.
    init(_ reader: StoreReader, weeks: Int?, until: String? = nil, named: [String]) throws(StoreFault) {
        try findWeeks(reader, most: weeks, until: until)
        guard let first = self.weeks.first, let last = self.weeks.last else { return }
        let range: [RowValue] = [.integer(first.start), .integer(last.end)]
        let busiest = try reader.rows(
            """
            SELECT stage, sum(arrivals + returns + unscheduled) AS items FROM v1_flow
            WHERE grain = 'week' AND closed = 1 AND time >= ?1 AND time < ?2
            GROUP BY stage ORDER BY items DESC, stage
            """, range)
        // Whoever asks for a stage that is not there learns so from the graph.
        let names = busiest.map { $0.text("stage") ?? "" }
        let kept = names.prefix(Self.mostStages) + names.dropFirst(Self.mostStages).filter(named.contains)
        leftOut = names.count - kept.count
        records = kept.map { StageRecord(name: $0, weeks: self.weeks.count) }
        let places = Dictionary(kept.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        try readStages(reader, places)
        for week in self.weeks.indices {
            try readHours(reader, week, places)
            try readWeek(reader, week, places)
        }
    }

    /// The last weeks without a gap between them, all of them whole.
    private mutating func findWeeks(_ reader: StoreReader, most: Int?, until: String?) throws(StoreFault) {
        let seen = try reader.rows("SELECT min(first_seen) AS first, max(last_seen) AS last FROM v1_stages").first
        let rows = try reader.rows(
            """
            SELECT DISTINCT time, width_s, week_local FROM v1_flow
            WHERE grain = 'week' AND closed = 1 AND (?1 IS NULL OR date(date_local, '+7 days') <= ?1)
            ORDER BY time DESC
            """, [.optional(until)])
        for row in rows {
            guard let start = row.integer("time"), let width = row.integer("width_s") else { continue }
            let end = start + width
            if end > (seen?.integer("last") ?? 0) + Self.slack { continue }
            if start < (seen?.integer("first") ?? 0) - Self.slack { break }
            if let next = weeks.last, next.start != end { break }
            weeks.append(Week(start: start, end: end, name: row.text("week_local") ?? ""))
            if weeks.count == most { break }
        }
        weeks.reverse()
    }

    private mutating func readStages(_ reader: StoreReader, _ places: [String: Int]) throws(StoreFault) {
        let rows = try reader.rows("SELECT stage, kind, workers, capacity_source, tolerance_days FROM v1_stages")
        for row in rows {
            guard let place = places[row.text("stage") ?? ""] else { continue }
            records[place].kind = row.text("kind")
            records[place].workers = row.real("workers")
            records[place].isCapacityDeclared = row.text("capacity_source") == "declared"
            records[place].toleranceDays = row.real("tolerance_days") ?? 1
        }
    }

    private mutating func readHours(
        _ reader: StoreReader, _ week: Int, _ places: [String: Int]
    ) throws(StoreFault) {
        let range: [RowValue] = [.integer(weeks[week].start), .integer(weeks[week].end)]
        let days = try reader.rows(
            "SELECT DISTINCT time FROM v1_flow WHERE grain = 'day' AND time >= ?1 AND time < ?2 ORDER BY time", range
        ).compactMap { $0.integer("time") }
        let rows = try reader.table(
            """
            SELECT time, stage, arrivals, returns, completions, unscheduled, backlog FROM v1_flow
            WHERE grain = 'hour' AND time >= ?1 AND time < ?2
            """, range)
        for row in rows.viewRows {
            guard let time = row.integer("time"), let place = places[row.text("stage") ?? ""],
                let day = days.lastIndex(where: { $0 <= time }), day < 7
            else { continue }
            // The local hour. On the day of 25 hours the last one joins the one before it.
            let hour = week * 168 + day * 24 + min(23, Int(time - days[day]) / 3600)
            func count(_ column: String) -> Int32 { Int32(clamping: row.integer(column) ?? 0) }
            let unscheduled = count("unscheduled")
            records[place].entered[hour] &+= count("arrivals") &+ unscheduled
            records[place].returned[hour] &+= count("returns")
            records[place].finished[hour] &+= count("completions") &+ unscheduled
            records[place].backlog[hour] = row.integer("backlog").map { Int32(clamping: $0) } ?? -1
        }
        // The day of 23 hours has no last one: the queue stands as it stood.
        for place in records.indices {
            for hour in week * 168 + 1..<week * 168 + 168 where hour % 24 == 23 && records[place].backlog[hour] < 0 {
                records[place].backlog[hour] = records[place].backlog[hour - 1]
            }
        }
    }

    private mutating func readWeek(
        _ reader: StoreReader, _ week: Int, _ places: [String: Int]
    ) throws(StoreFault) {
        let start: [RowValue] = [.integer(weeks[week].start)]
        let flow = try reader.rows(
            """
            SELECT stage, withdrawals, unscheduled, touch_p50_s, touch_p90_s, capacity_per_day FROM v1_flow
            WHERE grain = 'week' AND time = ?1
            """, start)
        for row in flow {
            guard let place = places[row.text("stage") ?? ""] else { continue }
            records[place].weeks[week].withdrawn = row.real("withdrawals") ?? 0
            records[place].weeks[week].unscheduled = row.real("unscheduled") ?? 0
            records[place].weeks[week].touchMedian = row.real("touch_p50_s")
            records[place].weeks[week].touchHigh = row.real("touch_p90_s")
            records[place].weeks[week].capacityPerDay = row.real("capacity_per_day")
        }
        let work = try reader.rows(
            """
            SELECT stage, sum(approvals) AS approvals, sum(touch_sum_s) AS seconds, sum(touch_n) AS touched FROM v1_work
            WHERE grain = 'week' AND time = ?1 GROUP BY stage
            """, start)
        for row in work {
            guard let place = places[row.text("stage") ?? ""] else { continue }
            records[place].weeks[week].approvals = row.real("approvals") ?? 0
            records[place].weeks[week].touchSeconds = row.real("seconds") ?? 0
            records[place].weeks[week].touched = row.real("touched") ?? 0
        }
        let pairs = try reader.rows(
            """
            SELECT from_stage, to_stage, cases FROM v1_handoffs WHERE grain = 'week' AND time = ?1
            ORDER BY cases DESC, from_stage, to_stage LIMIT \(Self.mostHandoffs)
            """, start)
        for row in pairs {
            guard let from = places[row.text("from_stage") ?? ""], let to = places[row.text("to_stage") ?? ""] else {
                continue
            }
            handoffs.append(StageHandoffs(from: from, to: to, week: week, cases: row.real("cases") ?? 0))
        }
    }
}
