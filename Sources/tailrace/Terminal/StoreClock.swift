import TailracePipeline
import TailraceStore

/// Tells times as the organisation's clock showed them.
///
/// The store's days begin at midnight of the configured zone, and the views name them in local time, so the offset
/// from UTC follows from the days themselves. On the two days a year when clocks change, the change is taken to
/// happen two hours after midnight.
struct StoreClock: Sendable {
    private let zone: ZoneTable
    /// The end of the last day in the store, seconds since 1970 UTC; nil for an empty store.
    let end: Int64?

    /// Without any days there is no local time: UTC.
    static let utc = StoreClock(days: [])

    init(_ reader: StoreReader) throws(StoreFault) {
        let rows = try reader.rows(
            "SELECT DISTINCT time, date_local, width_s FROM v1_flow WHERE grain = 'day' ORDER BY time")
        self.init(
            days: rows.compactMap { row in
                guard let time = row.integer("time"), let date = row.text("date_local") else { return nil }
                return Day(start: time, date: date, width: row.integer("width_s") ?? 86_400)
            })
    }

    /// One day of the store: when it began and what it is called.
    struct Day {
        var start: Int64
        var date: String
        var width: Int64
    }

    /// - Parameter days: ascending by start.
    init(days: [Day]) {
        var spans: [ZoneTable.Span] = []
        for day in days {
            guard let midnight = CivilDate(text: day.date).map({ $0.daysSince1970 * 86_400 }) else { continue }
            let offset = midnight - day.start
            // No clock on Earth is further than fifteen hours from UTC.
            guard abs(offset) <= 15 * 3600 else { continue }
            if spans.isEmpty {
                spans.append(ZoneTable.Span(start: .min, offset: Int32(offset)))
            } else if let last = spans.last, Int64(last.offset) != offset {
                let change = day.start - 86_400 + 7200
                if change > last.start { spans.append(ZoneTable.Span(start: change, offset: Int32(offset))) }
            }
        }
        zone = spans.isEmpty ? .utc : ZoneTable(name: "", spans: spans)
        end = days.last.map { $0.start + $0.width }
    }

    /// `2026-01-12 09:00`.
    func moment(_ seconds: Int64?) -> String {
        guard let seconds, abs(seconds) < 1 << 40 else { return Figure.unknown }
        let text = utcText(seconds + zone.offset(at: seconds))
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }

    /// `2026-01-12`.
    func date(_ seconds: Int64?) -> String { String(moment(seconds).prefix(10)) }

    /// Which time is meant: `UTC`, or `local time (UTC+1, UTC+2)`.
    var name: String {
        let offsets = Set(zone.spans.map(\.offset)).sorted()
        if offsets == [0] { return "UTC" }
        return "local time (" + offsets.map(Self.name).joined(separator: ", ") + ")"
    }

    private static func name(_ offset: Int32) -> String {
        guard offset != 0 else { return "UTC" }
        let (hours, minutes) = (abs(offset) / 3600, abs(offset) / 60 % 60)
        return "UTC" + (offset < 0 ? "-" : "+") + "\(hours)"
            + (minutes == 0 ? "" : ":\(minutes < 10 ? "0" : "")\(minutes)")
    }
}

extension CivilDate {
    /// `2026-01-05`; nil for anything else.
    init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        self.init(year: year, month: month, day: day)
        guard isValid else { return nil }
    }
}
