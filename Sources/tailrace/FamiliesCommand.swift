import ArgumentParser
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
            if reading.json { return members.json.lines }
            let count = try reader.rows("SELECT count(*) AS n FROM v1_family_items WHERE family = ?1", id)
            let costs = try reader.rows("SELECT * FROM v1_family_costs WHERE family = ?1 ORDER BY touch_h DESC", id)
            let screen = FamilyScreen(head: head, costs: costs, clock: try StoreClock(reader), terminal: terminal)
            return screen.text(members.viewRows, of: count.first?.integer("n") ?? 0)
        }
    }
}
