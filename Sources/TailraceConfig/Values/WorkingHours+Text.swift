extension WorkingHours {
    /// Reads `Mon-Fri 09:00-17:00`, pieces separated by commas.
    ///
    /// A piece is days (`Mon`, `Mon-Fri`, `Fri-Mon` over the weekend) and one or more spans of hours
    /// (`08:00-12:00 13:00-17:00`). `24:00` is the day's end; a span that ends before it begins goes on into the next
    /// day. Pieces may overlap: an hour worked twice is worked. A piece of days alone shares the hours of the next
    /// piece: `Mon, Wed 09:00-12:00`. nil where the text is anything else.
    public init?(_ text: String) {
        var worked: [Range<Int>] = []
        var waitingDays: [Int] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = piece.split(separator: " ")
            guard let first = words.first, let days = WorkingHours.days(first) else { return nil }
            waitingDays += days
            for word in words.dropFirst() {
                guard let hours = WorkingHours.hours(word) else { return nil }
                for day in waitingDays {
                    let start = day * WorkingHours.secondsPerDay + hours.lowerBound
                    worked.append(start..<start + hours.count)
                }
            }
            if words.count > 1 { waitingDays = [] }
        }
        guard waitingDays.isEmpty, !worked.isEmpty else { return nil }
        spans = WorkingHours.joined(worked)
    }

    private static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let longDayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    private static func days(_ text: Substring) -> [Int]? {
        let ends = text.lowercased().split(separator: "-", omittingEmptySubsequences: false).map { name in
            dayNames.firstIndex(of: String(name)) ?? longDayNames.firstIndex(of: String(name))
        }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else { return nil }
        return (0...(last - first + 7) % 7).map { (first + $0) % 7 }
    }

    /// Seconds of the day; the end is beyond 24:00 for a shift over midnight.
    private static func hours(_ text: Substring) -> Range<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let start = clock(ends[0]), let end = clock(ends[1]), start < secondsPerDay, start != end
        else { return nil }
        return start..<(end > start ? end : end + secondsPerDay)
    }

    /// Seconds since midnight of `9:00`, `17:30`, `24:00`.
    private static func clock(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour < 24 || hour == 24 && minute == 0
        else { return nil }
        return hour * 3600 + minute * 60
    }

    /// Cuts at the week's end, sorts, and joins what touches.
    private static func joined(_ worked: [Range<Int>]) -> [Range<Int>] {
        let cut = worked.flatMap { span in
            span.upperBound <= secondsPerWeek
                ? [span] : [span.lowerBound..<secondsPerWeek, 0..<span.upperBound - secondsPerWeek]
        }
        var joined: [Range<Int>] = []
        for span in cut.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, span.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                joined.append(span)
            }
        }
        return joined
    }
}
