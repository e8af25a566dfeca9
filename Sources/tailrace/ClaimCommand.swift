import ArgumentParser
import Foundation
import TailraceAnalysis
import TailracePipeline
import TailraceStore

/// A claimed gain beside what was gained like for like.
struct ClaimCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim", abstract: "Audit a claimed gain: measure it as it says, and like for like.",
        discussion: """
            tailrace claim "+6%" --measure "messages per person" --since 2026-03-16 [--stage STAGE]

            Whole weeks from the date on are compared with as many before it, 13 at most. Like for like: outcomes for each \
            hour of all the work that belongs to them - making, review, rework and later stages.
            """)

    @Argument(help: ArgumentHelp("The claimed gain, as +6% or -3.5%.", valueName: "gain"))
    var gain: String
    @Option(help: ArgumentHelp("What is claimed to have grown, as \"messages per person\".", valueName: "words"))
    var measure: String
    @Option(help: ArgumentHelp("The day of the change, YYYY-MM-DD.", valueName: "date"))
    var since: String
    @Option(help: "Only this stage, and what follows from its work.")
    var stage: String?
    @OptionGroup var reading: ReadingOptions

    private static let (leastWeeks, mostWeeks) = (4, 13)

    func run() throws {
        let claimed = try claimedGain()
        guard let measure = ClaimMeasure(measure) else {
            try fail("“\(self.measure)” is no measure that is known here", "name \(ClaimMeasure.words)", .usage)
        }
        guard since.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil else {
            try fail("--since \(since)", "write the day as YYYY-MM-DD", .usage)
        }
        try reading.print { reader, terminal in
            if let stage { try reader.require(stage: stage) }
            let weeks = try ClaimWeeks(reader, stage: stage, measure: measure)
            let (before, after) = try split(weeks, reader)
            let screen = ClaimScreen(
                claimed: claimed, measure: measure, stage: stage, since: since,
                audit: ClaimAudit(before: before.map(\.week), after: after.map(\.week)), before: before.map(\.left),
                after: after.map(\.left), outcome: weeks.outcome, missing: weeks.missing, terminal: terminal)
            return reading.json ? screen.json.text : screen.text
        }
    }

    private func claimedGain() throws -> Double {
        let digits = gain.replacing("%", with: "").replacing(",", with: ".").replacing("−", with: "-")
            .trimmingCharacters(in: .whitespaces)
        guard let value = Double(digits), value.isFinite, value > -100, abs(value) < 100_000 else {
            try fail("the gain “\(gain)” is no percentage", "write it as +6% or -3.5%", .usage)
        }
        return value / 100
    }

    /// The weeks before and from the date, as many on both sides; the week of the change itself is on neither.
    private func split(_ weeks: ClaimWeeks, _ reader: StoreReader) throws -> (
        before: ArraySlice<(start: Int64, week: ClaimWeek, left: ClaimWeeks.Left)>,
        after: ArraySlice<(start: Int64, week: ClaimWeek, left: ClaimWeeks.Left)>
    ) {
        let starts = try reader.rows(
            """
            SELECT DISTINCT time, date_local FROM v1_flow
            WHERE grain = 'week' AND closed = 1 AND date_local >= ?1 ORDER BY time LIMIT 1
            """, [.text(since)])
        guard let first = starts.first?.integer("time") else {
            try fail("no whole week of the store begins on \(since) or later", "name an earlier day", .usage)
        }
        let after = weeks.weeks.filter { $0.start >= first }
        // A week that holds the day belongs to neither side.
        let before = weeks.weeks.filter {
            $0.start < first && (isWeekStart(starts.first) || $0.start + 604_800 - 7200 < first)
        }
        let count = min(before.count, after.count, ClaimCommand.mostWeeks)
        guard count >= ClaimCommand.leastWeeks else {
            try fail(
                "\(before.count) whole weeks before \(since) and \(after.count) from it on are too few",
                "name a day with \(ClaimCommand.leastWeeks) weeks on both sides", .usage)
        }
        return (before.suffix(count), after.prefix(count))
    }

    private func isWeekStart(_ row: ViewRow?) -> Bool { row?.text("date_local") == since }
}
