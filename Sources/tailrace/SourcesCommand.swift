import ArgumentParser
import Foundation
import TailracePipeline
import TailraceStore

/// `tailrace sources`: every log that is followed, what is in trouble first.
struct SourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources", abstract: "List the sources with state, position and lag, the worst first.",
        discussion: """
            POSITION and RESTART count decompressed bytes, SIZE and BEHIND bytes on disk. RESTART is the place inside an \
            archive where decoding would begin after a restart, and how old it is. `tailrace doctor` says what to do.
            """)

    @Option(
        help: ArgumentHelp(
            "Only sources in this state: ok, reading, waiting, truncated, corrupt, unreadable or gone.",
            valueName: "state"))
    var state: String?
    @Flag(help: "List every source, not only the first forty.")
    var all = false
    @OptionGroup var reading: ReadingOptions

    func run() throws {
        try reading.print { reader, terminal in
            let found = try SourceList(reader)
            let sources = state.map(found.inState) ?? found
            if reading.json { return sources.json.lines }
            if let state, sources.rows.isEmpty { return "No source is in state \(state). There are: \(found.states)." }
            let screen = SourceScreen(
                sources: sources, clock: try StoreClock(reader), terminal: terminal,
                now: Int64(Date().timeIntervalSince1970), showsAll: all)
            return screen.text
        }
    }
}

/// The sources as the store remembers them, the worst first.
struct SourceList {
    /// Columns of `v1_sources`, and beside them `restart_position`, `restart_taken_at` (null where the store does not
    /// say) and `copy_of`, the path of the source whose content this one repeats.
    var table: ResultTable
    var rows: [ViewRow] { table.viewRows }

    init(table: ResultTable) { self.table = table }

    /// Older stores have no restart points and no copies: both are unknown then.
    init(_ reader: StoreReader) throws(StoreFault) {
        let hasPoints = try !reader.rows("SELECT 1 AS found FROM pragma_table_info('restart_point')").isEmpty
        let hasCopies = try !reader.rows("SELECT 1 AS found FROM pragma_table_info('source') WHERE name = 'copy_of'")
            .isEmpty
        // A bare column beside max() is that of the row which holds the maximum.
        let points =
            hasPoints
            ? "(SELECT source, max(position) AS position, taken_at FROM restart_point GROUP BY source)"
            : "(SELECT NULL AS source, NULL AS position, NULL AS taken_at)"
        table = try reader.table(
            """
            SELECT source.source, source.path, source.format, source.state, source.position, source.size,
              source.behind_bytes, source.lag_s, source.events, source.rejected, source.last_event_time,
              point.position AS restart_position, point.taken_at AS restart_taken_at,
              \(hasCopies ? "original.path" : "NULL") AS copy_of, source.detail
            FROM source LEFT JOIN \(points) AS point ON point.source = source.id
              \(hasCopies ? "LEFT JOIN source AS original ON original.id = source.copy_of" : "")
            ORDER BY
              CASE source.state WHEN 'corrupt' THEN 0 WHEN 'unreadable' THEN 1 WHEN 'truncated' THEN 2
                WHEN 'silent' THEN 3 WHEN 'gone' THEN 4 WHEN 'waiting' THEN 5 ELSE 6 END,
              coalesce(source.behind_bytes, 0) DESC, source.path, source.id
            """)
    }

    func inState(_ state: String) -> SourceList {
        guard let place = table.columns.firstIndex(of: "state") else { return self }
        return SourceList(
            table: ResultTable(columns: table.columns, rows: table.rows.filter { $0[place] == .text(state) }))
    }

    /// `corrupt 2, ok 20`.
    var states: String {
        let counts = Dictionary(rows.map { ($0.text("state") ?? Figure.unknown, 1) }, uniquingKeysWith: +)
        if counts.isEmpty { return "none" }
        return counts.sorted { $0.key < $1.key }.map { "\($0.key) \(Figure.count(Int64($0.value)))" }
            .joined(separator: ", ")
    }

    var json: JSONValue { table.json }
}
