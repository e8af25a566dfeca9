import Foundation
import Testing
import TestSupport

/// `replay --dry-run`: what each rule would have sent, and nothing left behind.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct DryRunTests {
    private static let rules = """
        rules:
          queue:
            sql: SELECT stage, backlog AS value FROM v1_flow WHERE grain = 'day' AND time = :start AND backlog > 0
            severity: page
          never:
            sql: SELECT stage, 1 AS value FROM v1_flow WHERE 0

        """

    /// Two stages; one holds an item from the first day on, the other for a day.
    private func input() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(Array(Self.rules.utf8), to: "t.yaml")
        func line(_ day: Int, _ action: String, _ item: String, _ stage: String) -> String {
            let date = "2026-03-\(day < 10 ? "0" : "")\(day)"
            return
                #"{"time":"\#(date)T10:00:00Z","stream":"ticket","action":"\#(action)","item":"\#(item)","stage":"\#(stage)"}"#
                + "\n"
        }
        var text = line(2, "schedule", "a", "desk") + line(2, "schedule", "b", "lab") + line(4, "complete", "b", "lab")
        for day in 5...20 { text += line(day, "schedule", "c\(day)", "desk") }
        try folder.write(Array(text.utf8), to: "in/log.ndjson")
        return folder
    }

    private func files(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { !$0.hasPrefix(".run-") }.sorted()
    }

    @Test func itKeepsNoStoreAndSaysWhatARealReplayFinds() throws {
        let folder = try input()
        let dry = try Program.tailrace("replay", "--dry-run", "--json", "--config", "t.yaml", "in", in: folder)
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(try files(folder) == ["in", "t.yaml"])
        let replay = try Program.tailrace("replay", "--config", "t.yaml", "--store", "s.sqlite", "in", in: folder)
        #expect(replay.status == 0)
        let fired = try ReplayedStore.column("SELECT rule, fired FROM v1_rules", of: folder.path("s.sqlite"))
        let rules = dry.object["rules"] as? [[String: Any]] ?? []
        let told = rules.map { "\($0["rule"] as? String ?? "")|\($0["alerts"] as? Int ?? -1)" }
        #expect(told == fired)
        let queue = rules.first { $0["rule"] as? String == "queue" } ?? [:]
        #expect(queue["alerts"] as? Int == 2)
        #expect(queue["sent_at_once"] as? Int == 2)
        #expect(queue["open"] as? Int == 1)
        #expect((queue["first"] as? [[String: Any]])?.compactMap { $0["stage"] as? String } == ["desk", "lab"])
        // Two stages, from ten on the 2nd to the end of the 20th: 18.58 days each.
        let quarters = queue["watched_stage_quarters"] as? Double ?? 0
        #expect(abs(quarters - 2 * 18.583 / 91) < 0.001)
        #expect(abs((queue["alerts_per_stage_quarter"] as? Double ?? 0) - 2 / quarters) < 0.001)
    }

    @Test func peopleReadATableAndTheRulesThatAreSilent() throws {
        let folder = try input()
        let outcome = try Program.tailrace("replay", "--dry-run", "--config", "t.yaml", "in", in: folder)
        #expect(outcome.output.hasPrefix("Dry run: nothing was sent, and no store is kept."))
        #expect(outcome.output.contains("PER STAGE-QUARTER"))
        #expect(outcome.output.contains("\nqueue\n  2026-03-03 00:00 page: desk"))
        let silent = outcome.output.split(separator: "\n").first { $0.hasPrefix("Silent: ") }
        #expect(silent != nil)
        #expect(outcome.output.replacing("\n", with: " ").contains("never"))
    }

    @Test func aStoreBesideADryRunIsAMistake() throws {
        let folder = try input()
        let outcome = try Program.tailrace("replay", "--dry-run", "--store", "s.sqlite", "in", in: folder)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("--dry-run keeps no store"))
        #expect(try files(folder) == ["in", "t.yaml"])
    }

    @Test func anInterruptedDryRunTakesItsStoreAway() throws {
        let folder = try input()
        let options = ["replay", "--dry-run", "--config", "t.yaml", Program.samples + "/tickets"]
        let process = try Program.start(Program.tailrace, options, in: folder.url, named: ".run-dry")
        let end = Date().addingTimeInterval(60)
        while try files(folder).count < 3, process.isRunning, Date() < end { usleep(2000) }
        #expect(try files(folder).count == 3, "no temporary store was seen")
        usleep(300_000)
        kill(process.processIdentifier, SIGTERM)
        let outcome = Program.finish(process, in: folder.url, named: ".run-dry")
        #expect(outcome.status == 70, "\(outcome.errors)")
        #expect(try files(folder) == ["in", "t.yaml"])
    }

    @Test func theDoctorTellsHowOftenRulesAreWrong() throws {
        let folder = try input()
        _ = try Program.tailrace("replay", "--config", "t.yaml", "--store", "s.sqlite", "in", in: folder)
        let doctor = try Program.tailrace("doctor", "--store", "s.sqlite", in: folder)
        #expect(doctor.output.contains("FALSE ALARMS PER STAGE-QUARTER"))
        let rows = try ReplayedStore.column(
            "SELECT rule, false_alarms_per_stage_quarter, rate_source FROM v1_rules WHERE rule IN ('harm-creep', 'queue')",
            of: folder.path("s.sqlite"))
        #expect(
            rows == [
                "harm-creep|0.025|simulation: 20 in 800 stage-quarters (decision 0018, WeeklyRuleRateTests)",
                "queue|None|None",
            ])
    }
}
