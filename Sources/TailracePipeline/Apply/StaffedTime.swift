/// How much of a stretch of time people worked, where working hours are declared.
///
/// A person who starts at four in the afternoon and completes at ten the next morning has not worked for eighteen hours.
/// What lies outside the working hours counts for nothing, but for the evening at either end: who starts or completes
/// there was at work, for as long as lies between that and the working hours, if it is no more than four hours.
struct StaffedTime: Sendable {
    /// Longer nobody stays. Stretches up to this are taken as they are: they hold no night.
    private static let eveningSeconds: Int64 = 4 * 3600
    private static let weekSeconds: Int64 = 7 * 86_400

    /// Ascending seconds since Monday 00:00, local, none touching another.
    private let spans: [Range<Int64>]
    private let perWeek: Int64
    private let zone: ZoneTable

    /// - Parameter spans: working hours as seconds since Monday 00:00, local; nil where there are none.
    init?(spans: [Range<Int>], zone: ZoneTable) {
        var joined: [Range<Int64>] = []
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) where !span.isEmpty {
            let span = Int64(span.lowerBound)..<Int64(span.upperBound)
            if let last = joined.last, span.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                joined.append(span)
            }
        }
        guard !joined.isEmpty else { return nil }
        (self.spans, self.zone) = (joined, zone)
        perWeek = joined.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
    }

    /// Working hours between two moments, all in milliseconds. Complexity: O(spans of a week).
    func hours(from start: Int64, to end: Int64) -> Int64 {
        guard end > start else { return 0 }
        return max(0, staffed(before: local(end)) - staffed(before: local(start)))
    }

    /// Work between two moments, both of which somebody was at work: `hours`, and the evenings at both ends.
    func work(from start: Int64, to end: Int64) -> Int64 {
        let evening = StaffedTime.eveningSeconds * 1000
        guard end - start > evening else { return max(0, end - start) }
        let staffed = hours(from: start, to: end)
        // All of it in one night, or one weekend: nobody knows.
        guard staffed > 0 else { return evening }
        let before = next(after: local(start))
        let after = previous(before: local(end))
        return staffed + (before <= evening ? before : 0) + (after <= evening ? after : 0)
    }

    /// Milliseconds on the local clock since a Monday.
    private func local(_ moment: Int64) -> Int64 {
        // 1970 began with a Thursday.
        moment + (zone.offset(at: floorDivide(moment, 1000)) + 3 * 86_400) * 1000
    }

    private func staffed(before local: Int64) -> Int64 {
        let week = floorDivide(local, StaffedTime.weekSeconds * 1000)
        let rest = local - week * StaffedTime.weekSeconds * 1000
        var sum = week * perWeek * 1000
        for span in spans where span.lowerBound * 1000 < rest {
            sum += min(rest, span.upperBound * 1000) - span.lowerBound * 1000
        }
        return sum
    }

    /// Until working hours begin; 0 within them.
    private func next(after local: Int64) -> Int64 {
        let rest = floorMod(local, StaffedTime.weekSeconds * 1000)
        for span in spans where rest < span.upperBound * 1000 { return max(0, span.lowerBound * 1000 - rest) }
        return StaffedTime.weekSeconds * 1000 - rest + (spans.first?.lowerBound ?? 0) * 1000
    }

    /// Since working hours ended; 0 within them.
    private func previous(before local: Int64) -> Int64 {
        let rest = floorMod(local, StaffedTime.weekSeconds * 1000)
        for span in spans.reversed() where rest > span.lowerBound * 1000 {
            return max(0, rest - span.upperBound * 1000)
        }
        return rest + StaffedTime.weekSeconds * 1000 - (spans.last?.upperBound ?? 0) * 1000
    }
}
