/// Cuts time into the windows of the configured zone.
public struct WindowCalendar: Sendable {
    public let zone: ZoneTable

    public init(zone: ZoneTable) { self.zone = zone }

    /// The window of this grain that holds the moment (seconds since 1970 UTC).
    public func window(_ grain: Grain, holding seconds: Int64) -> Window {
        let local = seconds + zone.offset(at: seconds)
        if grain == .hour { return hour(holding: seconds, local: local) }
        var days = floorDivide(local, 86_400)
        // Where the clock was put back over midnight the date came twice; the new day had begun with the first.
        if seconds >= zone.moment(local: (days + 1) * 86_400) { days += 1 }
        let first: Int64
        let next: Int64
        switch grain {
        case .hour, .day: (first, next) = (days, days + 1)
        case .week:
            first = days - CivilDate.weekday(daysSince1970: days)
            next = first + 7
        case .month:
            let date = CivilDate(daysSince1970: days)
            first = CivilDate(year: date.year, month: date.month, day: 1).daysSince1970
            next = first + CivilDate.daysInMonth(year: date.year, month: date.month)
        }
        return Window(grain: grain, start: zone.moment(local: first * 86_400), end: zone.moment(local: next * 86_400))
    }

    /// Hours of the local clock; an hour that a change of offset cuts is two windows.
    private func hour(holding seconds: Int64, local: Int64) -> Window {
        let span = zone.index(at: seconds)
        var start = seconds - floorMod(local, 3600)
        var end = start + 3600
        start = max(start, zone.spans[span].start)
        if span + 1 < zone.spans.count { end = min(end, zone.spans[span + 1].start) }
        return Window(grain: .hour, start: start, end: end)
    }

    /// Local date of a moment.
    public func date(at seconds: Int64) -> CivilDate {
        CivilDate(daysSince1970: floorDivide(seconds + zone.offset(at: seconds), 86_400))
    }

    /// Seconds since Monday 00:00 on the local clock.
    public func secondOfWeek(at seconds: Int64) -> Int {
        let local = seconds + zone.offset(at: seconds)
        let days = floorDivide(local, 86_400)
        return Int(CivilDate.weekday(daysSince1970: days) * 86_400 + local - days * 86_400)
    }

    public func period(_ window: Window, isClosed: Bool) -> PeriodRow {
        let date = date(at: window.start)
        return PeriodRow(window: window, dateLocal: date.text, weekLocal: date.isoWeek, isClosed: isClosed)
    }
}

/// The windows that were asked for last, by width: the next moment mostly falls into the same ones.
struct RecentWindows: Sendable {
    private let calendar: WindowCalendar
    private var last = Grain.allCases.map { Window(grain: $0, start: 0, end: 0) }

    init(_ calendar: WindowCalendar) { self.calendar = calendar }

    /// The same as of the calendar: windows of one width do not overlap, so one that holds the moment is the one.
    mutating func window(_ grain: Grain, holding seconds: Int64) -> Window {
        let index = Int(grain.rawValue)
        if seconds < last[index].start || seconds >= last[index].end {
            last[index] = calendar.window(grain, holding: seconds)
        }
        return last[index]
    }
}
