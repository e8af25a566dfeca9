import ArgumentParser
import TailracePipeline
import TailraceStore

/// What became of the hours that quicker work should have saved.
struct ReboundCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebound", abstract: "Show how much of each expected saving came true, and what ate the rest.",
        discussion: """
            Expected saving: the fall of making hours per item, times the items of before. Realised: all hours of before \
            (making, review, rework, later stages) less those of now. Rebound: 1 - realised / expected; above 100 % more \
            is worked than before. Four weeks are compared with those before the change.
            """)

    @Option(help: "Only this stage, one row a period.")
    var stage: String?
    @OptionGroup var reading: ReadingOptions

    func run() throws {
        try reading.print { reader, terminal in
            if let stage { try reader.require(stage: stage) }
            let latest = "period_end = (SELECT max(period_end) FROM v1_rebound AS r WHERE r.stage = v1_rebound.stage)"
            let table = try reader.table(
                "SELECT * FROM v1_rebound WHERE (?1 IS NULL AND \(latest)) OR stage = ?1"
                    + " ORDER BY rebound IS NULL, \(stage == nil ? "rebound DESC" : "period_end DESC"), stage",
                [.optional(stage)])
            if reading.json { return table.json.lines }
            return ReboundScreen(clock: try StoreClock(reader), terminal: terminal)
                .text(table.viewRows, isOneStage: stage != nil)
        }
    }
}
