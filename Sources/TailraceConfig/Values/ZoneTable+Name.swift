import Foundation
public import TailracePipeline

extension ZoneTable {
    /// The offsets of an IANA zone (`Europe/Paris`) from 1970 to 2100; nil where the system knows none of that name.
    ///
    /// The table is built once, from the system's zone data, so that a run needs no calendar afterwards and two runs
    /// with the same data agree. Before 1970 the first offset holds on, after 2100 the last.
    /// Complexity: O(changes of the offset), some 260 for a zone with summer time.
    public init?(named name: String) {
        if name == "UTC" {
            self = .utc
            return
        }
        guard let zone = TimeZone(identifier: name) else { return nil }
        var moment = Date(timeIntervalSince1970: 0)
        let end = Date(timeIntervalSince1970: 4_102_444_800)
        var spans = [Span(start: .min, offset: Int32(zone.secondsFromGMT(for: moment)))]
        while let next = zone.nextDaylightSavingTimeTransition(after: moment), next > moment, next < end {
            moment = next
            let offset = Int32(zone.secondsFromGMT(for: next))
            // Some transitions change the name of the time only.
            if offset == spans[spans.count - 1].offset { continue }
            spans.append(Span(start: Int64(next.timeIntervalSince1970.rounded()), offset: offset))
        }
        self.init(name: name, spans: spans)
    }

    /// The names that `init(named:)` knows, for suggestions.
    static var knownNames: [String] { TimeZone.knownTimeZoneIdentifiers + ["UTC"] }
}
