import ArgumentParser
import TailraceConfig
import TailraceEngine
import TailracePipeline
import TailraceStore

/// Families of near-duplicates: who copies what, and whether anybody reads it.
struct FamiliesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "families", abstract: "List families of near-duplicates, or show the members of one.",
        discussion: """
            tailrace families [--zombies] [--by copies|cost|reads|bytes] [--stage STAGE] [--limit N]
            tailrace families show ID
            """,
        subcommands: [FamilyListCommand.self, FamilyCommand.self], defaultSubcommand: FamilyListCommand.self)
}

struct FamilyListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List families, the largest first.")

    enum Measure: String, ExpressibleByArgument, CaseIterable {
        case copies, cost, reads, bytes

        /// What is sorted by. Where no handling was measured, the cost is not known: those come last.
        var column: String { self == .cost ? "hours" : rawValue }
    }

    @Flag(help: "Only zombies: old, copied, and hardly read.")
    var zombies = false
    @Option(help: "What the largest has most of: copies, cost (hours of handling them), reads or bytes.")
    var by = Measure.copies
    @Option(help: "Only families with a member in this stage.")
    var stage: String?
    @Option(help: ArgumentHelp("At most so many (default: 20 on a screen, all in JSON).", valueName: "n"))
    var limit: Int?
    @OptionGroup var reading: ReadingOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit takes a number of families, 0 or more.") }
    }

    func run() throws {
        try reading.print { reader, terminal in
            let filter: [RowValue] = [zombies ? .text("zombie") : .null, .optional(stage)]
            let chosen =
                "(?1 IS NULL OR status = ?1)"
                + " AND (?2 IS NULL OR f.family IN (SELECT family FROM v1_family_items WHERE stage = ?2))"
            let costs = "SELECT family, sum(touch_h) AS hours FROM v1_family_costs GROUP BY family"
            let found = try reader.table(
                "SELECT f.* FROM v1_families AS f"
                    + (by == .cost ? " LEFT JOIN (\(costs)) AS c ON c.family = f.family" : "")
                    + " WHERE \(chosen) ORDER BY \(by.column) DESC, f.family LIMIT ?3",
                filter + [.integer(Int64(limit ?? (reading.json ? -1 : 20)))])
            if reading.json { return found.json.lines }
            let totals = try reader.rows(
                """
                SELECT count(*) AS families, sum(copies) AS copies, sum(bytes) AS bytes,
                  sum(status = 'zombie') AS zombies, count(reads) AS measured
                FROM v1_families AS f WHERE \(chosen)
                """, filter)
            guard let total = totals.first, total.integer("families") ?? 0 > 0 else { return empty }
            return (FamilyTable.heading(total, terminal) + FamilyTable.lines(found.viewRows, terminal))
                .joined(separator: "\n")
        }
    }

    private var empty: String {
        zombies || stage != nil
            ? "No such family." : "No families: nothing was written twice, or the logs carry no `text`."
    }
}

struct FamilyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one family: its members, and what they cost.")

    @Argument(help: ArgumentHelp("The family's number.", valueName: "id"))
    var family: Int64
    @Option(help: ArgumentHelp("At most so many members (default: 50 on a screen, all in JSON).", valueName: "n"))
    var limit: Int?
    @Flag(help: "Look the members' texts up in their logs, and show where they repeat the leader.")
    var spans = false
    @Option(help: ArgumentHelp("Configuration with the formats of the logs, for --spans.", valueName: "file"))
    var config: String?
    @OptionGroup var reading: ReadingOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit takes a number of members, 0 or more.") }
    }

    func run() throws {
        try reading.print { reader, terminal in
            let id: [RowValue] = [.integer(family)]
            guard let head = try reader.rows("SELECT * FROM v1_families WHERE family = ?1", id).first else {
                try fail("there is no family \(family)", "`tailrace families` lists them", .usage)
            }
            let members = try reader.table(
                """
                SELECT * FROM v1_family_items WHERE family = ?1
                ORDER BY relation <> 'leader', containment DESC, published_at, item LIMIT ?2
                """, id + [.integer(Int64(limit ?? (reading.json ? -1 : 50)))])
            if spans {
                let options = try FormatOptions.parse(config.map { ["--config", $0] } ?? [])
                let search = try search(members.viewRows, reader, options.configuration())
                let screen = MemberSpansScreen(members: members.viewRows, search: search, terminal: terminal)
                return reading.json ? screen.json.lines : screen.text
            }
            if reading.json { return members.json.lines }
            let count = try reader.rows("SELECT count(*) AS n FROM v1_family_items WHERE family = ?1", id)
            let costs = try reader.rows("SELECT * FROM v1_family_costs WHERE family = ?1 ORDER BY touch_h DESC", id)
            let screen = FamilyScreen(head: head, costs: costs, clock: try StoreClock(reader), terminal: terminal)
            return screen.text(members.viewRows, of: count.first?.integer("n") ?? 0)
        }
    }

    /// Looks the members' texts up in the logs that the store was made of.
    private func search(_ members: [ViewRow], _ reader: StoreReader, _ configuration: Configuration) throws
        -> ContentSearch
    {
        var search = ContentSearch(items: members.compactMap { $0.text("item") }, configuration: configuration)
        let logs = try reader.rows(
            "SELECT path, format, size FROM v1_sources WHERE format IS NOT NULL AND events > 0 ORDER BY source")
        let total = logs.reduce(0) { $0 + ($1.integer("size") ?? 0) }
        var (bar, done) = (ProgressBar(), Int64(0))
        for log in logs {
            guard let path = log.text("path"), let format = log.text("format") else { continue }
            search.read(.init(path: path, format: format)) { bar.show(done: done + $0, of: total) }
            done += log.integer("size") ?? 0
        }
        bar.finish()
        return search
    }
}
