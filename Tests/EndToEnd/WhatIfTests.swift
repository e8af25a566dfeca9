import Foundation
import Testing

/// The stress test on the sample logs, before anything goes wrong in them, and on a log that nobody here wrote.
struct WhatIfTests {
    /// The weeks before the assistants come; few runs, for a program that is not optimised.
    private static let calm = ["--until", "2026-03-09", "--runs", "20"]

    private static func ask(_ arguments: String...) throws -> Outcome {
        let store = try ReplayedStore.samples.get().path
        return try Program.run(Program.tailrace, ["whatif", "--store", store] + calm + arguments)
    }

    /// In the logs proposals do triple, from the week after; legal-review is where they pile up.
    @Test func threeTimesTheDraftsSaturateTheirReviewFirst() throws {
        let answer = try Self.ask(
            "--scale", "proposal-drafting=x3", "--service", "proposal-drafting=/4", "--json")
        #expect(answer.status == 0, Comment(rawValue: answer.errors))
        #expect(answer.object["first"] as? String == "legal-review")
        let hours = try #require(answer.object["first_breach_h"] as? Double)
        #expect((18...120).contains(hours))
        let review = try #require(answer.object["review"] as? [String: Any])
        let today = try #require(review["hours_per_week_today"] as? Double)
        #expect(try #require(review["hours_per_week_p50"] as? Double) > 1.1 * today)
        #expect(try #require(review["hours_waiting_p50"] as? Double) > 1000)
        #expect(review["missing"] is NSNull)
        let stages = try #require(answer.object["stages"] as? [[String: Any]])
        let legal = try #require(stages.first { $0["stage"] as? String == "legal-review" })
        let load = try #require(legal["load"] as? Double)
        #expect(load > 1.3 && load > 2 * (legal["load_today"] as? Double ?? .infinity))
        #expect(legal["breach_share"] as? Double == 1)
        let capacity = try #require(answer.object["prevented_by_capacity_per_day"] as? Double)
        #expect(capacity > 1.5 * (legal["capacity_per_day"] as? Double ?? .infinity))
        // What has nothing to do with proposals stays as it is.
        for other in ["first-line", "parcel-desk"] {
            let stage = try #require(stages.first { $0["stage"] as? String == other })
            #expect(stage["load"] as? Double == stage["load_today"] as? Double)
            #expect(stage["breach_share"] as? Double == stage["breach_share_today"] as? Double)
        }
    }

    @Test func timesOneIsTodayAndTheSameSeedTheSameAnswer() throws {
        let one = try Self.ask("--scale", "proposal-drafting=x1", "--days", "30", "--json")
        let again = try Self.ask("--scale", "proposal-drafting=x1", "--days", "30", "--json")
        #expect(one.status == 0 && one.output == again.output)
        #expect(one.object["first"] is NSNull)
        for stage in try #require(one.object["stages"] as? [[String: Any]]) {
            #expect(stage["load"] as? Double == stage["load_today"] as? Double)
            #expect(stage["breach_share"] as? Double == stage["breach_share_today"] as? Double)
        }
    }

    @Test func aPersonReadsTheAnswerItsIntervalAndWhatItTakesForGranted() throws {
        let answer = try Self.ask("--scale", "proposal-drafting=x3", "--workers", "first-line=+1", "--days", "30")
        #expect(answer.output.contains("saturates first, after"))
        for part in ["2026-W10", "Review:", "Assumptions", "seed 2026", "first-line"] {
            #expect(answer.output.contains(part), "no \(part) in \(answer.output)")
        }
        #expect(answer.errors == "")
    }

    @Test(arguments: [
        (["--scale", "drafting=x3"], "there is no stage “drafting”; the stages are "),
        (["--scale", "first-line"], "write it as STAGE=x3"), (["--scale", "first-line=xx3"], "is no factor"),
        (["--scale", "first-line=x0"], "is no factor"), (["--service", "first-line=+1"], "is no factor"),
        (["--scale", "first-line=nan"], "is no factor"),
        (["--scale", "first-line=x2", "--scale", "first-line=x3"], "twice; say it once"),
        (["--workers", "legal-review=+1"], "say how much larger the team becomes"),
        (["--workers", "first-line=-99"], "leave at least one"),
        (["--service", "outreach=/2"], "declare `capacity`"), (["--scale", "outreach=x3"], "nothing enters"),
        (["--until", "2026-01-15"], "2 are needed"), (["--until", "soon"], "takes a date"),
        (["--days", "0"], "1 to 730"), (["--backcast", "4", "--scale", "first-line=x3"], "it takes no --scale"),
    ])
    func aWrongQuestionIsToldWithItsMend(_ arguments: [String], _ said: String) throws {
        let store = try ReplayedStore.samples.get().path
        // Of an option that is given twice the last counts.
        let outcome = try Program.run(Program.tailrace, ["whatif", "--store", store] + Self.calm + arguments)
        #expect(outcome.status == 64)
        #expect(outcome.output == "")
        #expect(outcome.errors.contains(said), Comment(rawValue: outcome.errors))
    }

    /// `make backcast` measures with more runs; these few make intervals a little too narrow.
    @Test(.enabled(if: ReplayedStore.RealLog.areThere, Comment(rawValue: ReplayedStore.RealLog.absent)))
    func whatCameLiesInTheIntervalsOfALogThatNobodyHereWrote() throws {
        let store = try ReplayedStore.RealLog.bpic2012.store().path
        let outcome = try Program.tailrace(
            "whatif", "--store", store, "--backcast", "4", "--until", "2012-01-16", "--runs", "20", "--json")
        let lines = try #require(outcome.object["coverage"] as? [[String: Any]])
        let all = try #require(lines.first { $0["foretold"] as? String == "all" })
        #expect(try #require(all["compared"] as? Int) > 500)
        let within = try #require(all["within"] as? Double)
        #expect((0.75...0.95).contains(within))
    }
}
