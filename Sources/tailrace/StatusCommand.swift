import ArgumentParser
import Foundation
import TailracePipeline
import TailraceStore

/// How the store stands: its sources, its windows, its alerts, what was rejected.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show sources, lag, rejections, windows and open alerts.")

    @Flag(help: "List every source, not only the first twenty.")
    var all = false
    @OptionGroup var reading: ReadingOptions

    func run() throws {
        let path = reading.path
        try reading.print { reader, terminal in
            let status = try StoreStatus(reader, path: path)
            if reading.json { return status.json.text }
            return StatusScreen(status: status, clock: try StoreClock(reader), terminal: terminal, showsAll: all).text
        }
    }
}

/// What `tailrace status` knows.
struct StoreStatus {
    let path: String
    /// Bytes on disk: the database and its write-ahead log.
    let storeBytes: Int64
    let walBytes: Int64
    let sources: ResultTable
    /// By reason: `reason`, `count`, and `source` and `position` of the first.
    let rejections: ResultTable
    /// Firing and pending alerts: `state`, `severity`, `count`.
    let openAlerts: ResultTable
    /// The last closed hour's start and end, seconds since 1970 UTC; nil before there is one.
    let lastHour: (start: Int64, end: Int64)?
    /// How folders are watched, in the daemon's words; nil where none has told.
    let watching: String?
    /// How full the index of fingerprints is: entries held, entries that fit in, and since the writer started entries
    /// dropped for want of room and such that had expired; nil where none has told.
    let fingerprints: [Int64]?
    /// What the logs do not carry.
    let gaps: [MeasurementGap]
    /// Rules of the user's own.
    let sqlRules: [(name: String, rule: SQLRuleStatus)]

    init(_ reader: StoreReader, path: String) throws(StoreFault) {
        self.path = path
        storeBytes = Self.bytes(path)
        walBytes = Self.bytes(path + "-wal")
        // What is in trouble stands first.
        sources = try reader.table(
            """
            SELECT * FROM v1_sources ORDER BY
              CASE state WHEN 'corrupt' THEN 0 WHEN 'unreadable' THEN 1 WHEN 'truncated' THEN 2
                WHEN 'silent' THEN 3 WHEN 'gone' THEN 4 WHEN 'waiting' THEN 5 ELSE 6 END, path
            """)
        rejections = try Self.rejections(reader)
        openAlerts = try reader.table(
            """
            SELECT state, severity, count(*) AS count FROM v1_alerts WHERE state IN ('firing', 'pending')
            GROUP BY state, severity ORDER BY state, severity
            """)
        let hour = try reader.rows(
            "SELECT time, width_s FROM v1_flow WHERE grain = 'hour' AND closed = 1 ORDER BY time DESC LIMIT 1")
        lastHour = hour.first.flatMap { row in
            row.integer("time").map { (start: $0, end: $0 + (row.integer("width_s") ?? 3600)) }
        }
        watching = try Self.watching(reader)
        let use = try reader.rows("SELECT value FROM setting WHERE key = 'fingerprints'").first?.text("value")
        let numbers = use.map { $0.split(separator: " ").compactMap { Int64($0) } }
        fingerprints = numbers?.count == 4 ? numbers : nil
        gaps = try MeasurementGap.all(reader)
        sqlRules = try SQLRuleStatus.all(reader)
    }

    /// How the daemon watches folders; nil where none has written into this store.
    static func watching(_ reader: StoreReader) throws(StoreFault) -> String? {
        try reader.rows("SELECT value FROM setting WHERE key = 'watching'").first?.text("value")
    }

    /// Rejections by reason, the most frequent first, each with its first place.
    ///
    /// In SQLite a bare column beside `min()` is that of the row which holds the minimum.
    static func rejections(_ reader: StoreReader) throws(StoreFault) -> ResultTable {
        var first: [String: [RowValue]] = [:]
        for row in try reader.rows(
            """
            SELECT reason, source, position, sample, min(coalesce(time, 0)) AS time FROM v1_rejections
            GROUP BY reason
            """)
        {
            first[row.text("reason") ?? ""] = [row["source"], row["position"], row["sample"]]
        }
        var sums = try reader.table(
            "SELECT reason, sum(count) AS count FROM v1_rejections GROUP BY reason ORDER BY 2 DESC, 1")
        sums.columns += ["source", "position", "sample"]
        sums.rows = sums.viewRows.map { $0.values + (first[$0.text("reason") ?? ""] ?? [.null, .null, .null]) }
        return sums
    }

    private static func bytes(_ path: String) -> Int64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
    }

    var json: JSONValue {
        .object([
            ("store", .string(path)), ("store_bytes", .integer(storeBytes)), ("store_wal_bytes", .integer(walBytes)),
            ("last_closed_hour", JSONValue(lastHour?.start)), ("closed_until", JSONValue(lastHour?.end)),
            ("watching", JSONValue(watching)),
            ("fingerprint_slots_used", JSONValue(fingerprints?[0])), ("fingerprint_slots", JSONValue(fingerprints?[1])),
            ("fingerprint_evictions", JSONValue(fingerprints?[2])),
            ("fingerprint_expired", JSONValue(fingerprints?[3])),
            ("sources", sources.json), ("rejections", rejections.json), ("open_alerts", openAlerts.json),
            ("not_measurable", .array(gaps.map(\.json))),
            ("sql_rules", .array(sqlRules.map { $0.rule.json($0.name) })),
        ])
    }
}
