import Foundation

@testable import TailracePipeline

extension ZoneTable {
    /// The table of a zone as Foundation knows it, from 1969 to 2101.
    static func foundation(_ name: String) -> ZoneTable {
        guard let zone = TimeZone(identifier: name) else { preconditionFailure("no zone \(name)") }
        var spans: [Span] = []
        var moment: Int64 = -86_400 * 366
        let end: Int64 = 4_133_980_800
        while true {
            let date = Date(timeIntervalSince1970: Double(moment))
            let offset = Int32(zone.secondsFromGMT(for: date))
            if spans.last?.offset != offset { spans.append(Span(start: spans.isEmpty ? .min : moment, offset: offset)) }
            guard let next = zone.nextDaylightSavingTimeTransition(after: date) else { break }
            let seconds = Int64(next.timeIntervalSince1970.rounded())
            if seconds <= moment || seconds > end { break }
            moment = seconds
        }
        return ZoneTable(name: name, spans: spans)
    }

    static let zones = [
        "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns",
        "Pacific/Apia", "America/Havana", "Africa/Casablanca",
    ]
}
