import Foundation
import Testing
import TestSupport

/// `tailrace explain` on every alert of the sample logs.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct ExplainTests {
    private func alerts() throws -> [(id: String, rule: String)] {
        let store = try ReplayedStore.samples.get()
        return try store.column("SELECT alert, rule FROM v1_alerts ORDER BY alert").map {
            let parts = $0.split(separator: "|").map(String.init)
            return (parts[0], parts[1])
        }
    }

    private func explain(_ id: String, _ more: String...) throws -> Outcome {
        let store = try ReplayedStore.samples.get()
        return try Program.run(Program.tailrace, ["explain", id, "--store", store.path] + more)
    }

    @Test func everyAlertHasItsRowsItsEndingAndItsRunbook() throws {
        let page = try String(
            contentsOf: Program.checkout.appendingPathComponent("docs/runbooks.md"), encoding: .utf8)
        var rules: Set<String> = []
        for (id, rule) in try alerts() where rules.insert(rule).inserted {
            let outcome = try explain(id, "--json")
            #expect(outcome.status == 0, "\(rule): \(outcome.errors)")
            let story = outcome.rows.first ?? [:]
            #expect((story["rows"] as? [Any])?.isEmpty == false, "\(rule) has no rows")
            #expect((story["ends_with"] as? String)?.isEmpty == false)
            #expect(story["runbook"] as? String == "docs/runbooks.md#\(rule)")
            #expect(page.contains("\n## \(rule)\n"), "\(rule) has no runbook")
            guard rule != "limit-exceeded" else { continue }
            let values = (story["series"] as? [[String: Any]] ?? []).compactMap { $0["value"] as? Double }
            #expect(values.count > 2 && values.contains { $0 > 0 }, "\(rule) has no series")
        }
        #expect(rules.count > 10)
    }

    @Test func theSQLOfEachNumberOfAnOverloadGivesThatNumber() throws {
        let store = try ReplayedStore.samples.get()
        for (id, rule) in try alerts() where rule == "absorption-exceeded" {
            let story = try explain(id, "--json").rows.first ?? [:]
            let text = story["evidence"] as? String ?? ""
            let evidence = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
            let numbers = story["numbers"] as? [[String: String]] ?? []
            #expect(numbers.count == 7)
            for number in numbers {
                let (name, sql) = (number["name"] ?? "", number["sql"] ?? "")
                let told = (evidence[name] as? NSNumber)?.doubleValue
                let asked = try store.column(sql).first.flatMap(Double.init)
                // A text of a number is not always the nearest to it.
                #expect(abs((told ?? -1) - (asked ?? -2)) < 1e-9, "alert \(id), \(name): \(sql)")
            }
        }
    }

    @Test func thePictureHasTheThresholdAndTheSQLCanBePasted() throws {
        let store = try ReplayedStore.samples.get()
        let found = try alerts().first { $0.rule == "absorption-exceeded" }
        let id = try #require(found?.id)
        let text = try explain(id).output
        #expect(text.contains("backlog by day, items\n"))
        #expect(text.contains("┼") && text.contains("  threshold\n") && text.contains("^ fired\n"))
        #expect(text.contains("\nfalse alarms"))
        let sql = text.components(separatedBy: "SQL of the picture\n")[1].components(separatedBy: "SQL of each")[0]
        #expect(try store.column(sql).count > 10)
    }

    @Test func aRuleOfOnesOwnShowsItsSQLAsItWasAsked() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            Array(
                "rules:\n  mine:\n    sql: SELECT stage, arrivals AS value FROM v1_flow WHERE grain = 'day' AND time = :start\n"
                    .utf8), to: "t.yaml")
        var lines = ScheduledItems.lines("a", 3)
        lines += Array(
            (#"{"time":"2026-03-03T12:00:00Z","stream":"ticket","action":"schedule","item":"z","stage":"d"}"# + "\n")
                .utf8)
        try folder.write(lines, to: "in/a.ndjson")
        let replay = try Program.tailrace("replay", "--config", "t.yaml", "--store", "s.sqlite", "in", in: folder)
        #expect(replay.status == 0, "\(replay.errors)")
        let outcome = try Program.tailrace("explain", "1", "--json", "--store", "s.sqlite", in: folder)
        let story = outcome.rows.first ?? [:]
        // 2 March 2026 00:00 UTC.
        #expect((story["sql"] as? String)?.hasSuffix("time = 1772409600") == true, "\(outcome.output)")
        #expect((story["rows"] as? [[String: Any]])?.first?["value"] as? Int == 3)
        #expect(story["ends_with"] as? String == "the next day whose rows of the rule do not name d")
        #expect(story["runbook"] as? String == "docs/runbooks.md#rules-of-your-own")
    }
}
