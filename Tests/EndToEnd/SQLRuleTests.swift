import Foundation
import Testing
import TestSupport

/// Rules of the user's own: the same alerts however the logs are read, and clear words where a rule is wrong.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct SQLRuleTests {
    /// Rules of three widths, with hold and without, over windows, families and alerts.
    static let rules = """
        timezone: Europe/Berlin
        rules:
          long-queue:
            sql: SELECT stage, backlog AS value, 5 AS threshold, 'items' AS unit, arrivals FROM v1_flow
              WHERE grain = 'hour' AND time = :start AND backlog > 5
            every: hour
            for: 3 h
            owner: ops
            summary: "{stage} holds {value} {unit}, {arrivals} came"
          copies:
            sql: SELECT '' AS stage, count(*) AS value, total(bytes) AS bytes FROM v1_families HAVING count(*) > 0
            severity: info
          old-alerts:
            sql: SELECT stage, count(*) AS value FROM v1_alerts WHERE state = 'firing' AND firing_at < :now - 7200
              AND rule <> 'old-alerts' GROUP BY stage
            every: hour

        """

    private static func replay(_ input: String, _ options: [String]) throws -> ViewDump {
        let folder = try TemporaryFolder()
        try folder.write(Array(rules.utf8), to: "t.yaml")
        return try SameContentTests.replay(input, ["--config", folder.path("t.yaml")] + options)
    }
    private static let reference = Result { try replay(try SameContentTests.short.get().path("in"), []) }

    @Test func threeRulesFireOnTheSampleLogs() throws {
        let text = try Self.reference.get().text
        for rule in ["long-queue", "copies", "old-alerts"] {
            let hasAlert = text.split(separator: "\n").contains {
                $0.hasPrefix("v1_alerts\t") && $0.contains("b'\(rule)'")
            }
            #expect(hasAlert, "\(rule) has no alert")
        }
    }

    @Test(arguments: [
        ["--threads", "1"], ["--threads", "4", "--chunk-bytes", "333"], ["--checkpoint-bytes", "3000"],
        ["--checkpoint-bytes", "20000", "--threads", "1", "--chunk-bytes", "5000"],
    ])
    func threadsChunksAndCheckpointsChangeNoAlert(_ options: [String]) throws {
        let dump = try Self.replay(try SameContentTests.short.get().path("in"), options)
        #expect(dump.difference(from: try Self.reference.get()) == nil)
    }

    @Test func killsChangeNoAlert() throws {
        let seed = UInt64.random(in: 0...999_999)
        print("kills of a replay with rules: seed \(seed)")
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        try folder.write(Array(Self.rules.utf8), to: "t.yaml")
        let input = try SameContentTests.short.get().path("in")
        let options = ["replay", "--config", "t.yaml", "--store", "s.sqlite", "--checkpoint-bytes", "20000", input]
        let begun = Date()
        _ = try Self.reference.get()
        let seconds = max(1, Date().timeIntervalSince(begun))
        var kills = 0
        for _ in 0..<12 {
            let process = try Program.start(Program.tailrace, options, in: folder.url, named: "run")
            Thread.sleep(forTimeInterval: seconds * Double.random(in: 0.02...0.2, using: &random))
            kill(process.processIdentifier, SIGKILL)
            let outcome = Program.finish(process, in: folder.url, named: "run")
            if outcome.status == 0 { break }
            kills += 1
        }
        let last = try Program.run(Program.tailrace, options, in: folder.url)
        #expect(last.status == 0, "\(last.errors)")
        let dump = try ViewDump(folder.path("s.sqlite"))
        #expect(dump.difference(from: try Self.reference.get()) == nil, "seed \(seed), \(kills) kills")
        #expect(kills > 0)
    }

    @Test(arguments: [
        ("SELECT stage, backlogg AS value FROM v1_flow", "no such column: backlogg; did you mean \"backlog\"?"),
        ("SELECT stage, 1 AS value FROM v1_flwo", "no such table: v1_flwo; did you mean \"v1_flow\"?"),
        (
            "SELECT stage FROM v1_flow",
            "the rows have no column \"value\"; select a number `AS value`; null means not measurable"
        ),
        ("DELETE FROM v1_alerts", "a rule can only read the v1_ views; write one SELECT over them"),
        (
            "SELECT actor AS stage, 1 AS value FROM item",
            "no such table: item; a rule reads the v1_ views; `tailrace schema` lists them"
        ),
    ])
    func aWrongRuleIsToldWithItsPlaceAndTheMend(_ sql: String, _ message: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("rules:\n  mine:\n    sql: \(sql)\n".utf8), to: "t.yaml")
        let told = "t.yaml:3:10: error: rule mine: \(message)\n"
        let check = try Program.tailrace("check", "--config", "t.yaml", in: folder)
        #expect(check.status == 1)
        #expect(check.errors == told)
        try folder.write(ScheduledItems.lines("a", 3), to: "in/a.ndjson")
        let replay = try Program.tailrace("replay", "--config", "t.yaml", "--store", "s.sqlite", "in", in: folder)
        #expect(replay.status == 78)
        #expect(replay.errors == told)
    }

    /// A queue of three items over two days; a rule finds it on the first day and is too slow on the second.
    @Test func anAlertWhoseRuleIsCutOffStaysAsItIs() throws {
        let folder = try TemporaryFolder()
        let slow = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n)"
        try folder.write(
            Array(
                """
                rules:
                  stuck:
                    sql: SELECT 'd' AS stage, CASE WHEN :now > 1772582400 THEN \(slow) ELSE 3 END AS value
                    time_limit: 50 ms

                """.utf8), to: "t.yaml")
        var lines = ScheduledItems.lines("a", 3)
        for day in 3...6 {
            lines +=
                Array(
                    #"{"time":"2026-03-0\#(day)T12:00:00Z","stream":"ticket","action":"schedule","item":"b\#(day)","stage":"d"}"#
                        .utf8) + [10]
        }
        try folder.write(lines, to: "in/a.ndjson")
        let replay = try Program.tailrace("replay", "--config", "t.yaml", "--store", "s.sqlite", "in", in: folder)
        #expect(replay.status == 0, "\(replay.errors)")
        let alerts = try ReplayedStore.column(
            "SELECT rule, stage, state, value, resolved_at FROM v1_alerts", of: folder.path("s.sqlite"))
        #expect(alerts == ["stuck|d|firing|3.0|None"])
        let status = try Program.tailrace("status", "--store", "s.sqlite", in: folder)
        #expect(status.output.contains("stuck failed 2 of 4 times"), "\(status.output)")
        let rules = try Program.tailrace("status", "--json", "--store", "s.sqlite", in: folder).object["sql_rules"]
        #expect((rules as? [[String: Any]])?.first?["failed"] as? Int == 2)
        let doctor = try Program.tailrace("doctor", "--store", "s.sqlite", in: folder)
        #expect(doctor.output.contains("time_limit"), "\(doctor.output)")
        #expect(doctor.status == 1)
    }

    @Test func aValueThatIsNotMeasurableNeitherBeginsNorEndsAnAlert() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            Array(
                """
                rules:
                  held:
                    sql: SELECT 'a' AS stage, CASE WHEN :now < 1772582400 THEN 1 END AS value UNION ALL SELECT 'b', NULL
                  over:
                    sql: SELECT 'a' AS stage, 1 AS value WHERE :now < 1772582400

                """.utf8), to: "t.yaml")
        var lines = ScheduledItems.lines("a", 3)
        lines += Array(
            #"{"time":"2026-03-05T12:00:00Z","stream":"ticket","action":"start","item":"a-1","stage":"d"}"#.utf8)
        try folder.write(lines + [10], to: "in/a.ndjson")
        let replay = try Program.tailrace("replay", "--config", "t.yaml", "--store", "s.sqlite", "in", in: folder)
        #expect(replay.status == 0, "\(replay.errors)")
        let alerts = try ReplayedStore.column(
            "SELECT rule, stage, state FROM v1_alerts ORDER BY rule", of: folder.path("s.sqlite"))
        #expect(alerts == ["held|a|firing", "over|a|resolved"])
    }

    @Test func theExamplesOfTheDocumentationAreInOrder() throws {
        let page = try String(
            contentsOf: Program.checkout.appendingPathComponent("docs/rules.md"), encoding: .utf8)
        let blocks = page.components(separatedBy: "```")
        let rules = blocks.filter { $0.hasPrefix("yaml\n") }.map { String($0.dropFirst(5)) }
        let queries = blocks.filter { $0.hasPrefix("sql\n") }.map { $0.dropFirst(4).split(separator: "\n") }
        #expect(rules.count == 1 && queries.count >= 3)
        var text = rules.joined()
        for (number, lines) in queries.enumerated() {
            text += "  example-\(number):\n    sql: |\n" + lines.map { "      \($0)\n" }.joined()
        }
        let folder = try TemporaryFolder()
        try folder.write(Array(text.utf8), to: "t.yaml")
        let check = try Program.tailrace("check", "--config", "t.yaml", in: folder)
        #expect(check.status == 0, "\(check.errors)")
    }
}
