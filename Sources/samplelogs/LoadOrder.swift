/// Which log to measure with is wanted.
struct LoadOrder {
    enum Format: String, CaseIterable {
        /// Tailrace's own event lines.
        case ndjson
        /// The CSV of process miners (format `event-log`).
        case csv

        /// Mean bytes of an item's lines together, measured; it decides how many items fill a size.
        var bytesAnItem: Int {
            switch self {
            case .ndjson: 1470
            case .csv: 772
            }
        }

        /// What every file begins with.
        var header: String {
            switch self {
            case .ndjson: ""
            case .csv: LogEvent.csvHeader
            }
        }

        /// One line with its line end.
        func line(_ event: LogEvent) -> String {
            switch self {
            case .ndjson: jsonLine(event.fields(timeAsNumber: false)) + "\n"
            case .csv: event.csvRow
            }
        }
    }

    /// A file; with more than one of them, a folder that is not there yet.
    var path = ""
    var format = Format.ndjson
    /// Of 10^6 bytes.
    var megabytes = 300
    /// Share of the events that falls on the first `1 - skew` of the names; nil: all are used alike.
    var skew: Double?
    var files = 1
    /// The time that the log spans.
    var hours = 8760

    var items: Int { max(1, megabytes * 1_000_000 / format.bytesAnItem) }
}
