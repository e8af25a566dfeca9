import Foundation
import Testing
import TestSupport

/// What programs read: `--json` is one JSON value with the promised members, and nothing else is on standard output.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct JSONOutputTests {
    private func store() throws -> String { try ReplayedStore.samples.get().path }

    private func members(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }

    /// Columns of a view as SQLite tells them.
    private func columns(_ view: String) throws -> Set<String> {
        Set(try ReplayedStore.column("SELECT column_name FROM v1_dictionary WHERE view_name = '\(view)'", of: store()))
    }

    @Test func replayPrintsOneObject() throws {
        let input = try SameContentTests.short.get().path("in")
        let folder = try TemporaryFolder()
        let outcome = try Program.tailrace("replay", "--json", "--store", "s.sqlite", input, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let summary = outcome.object
        let promised = members("events rejected compressed_bytes bytes seconds windows alerts sources")
        #expect(promised.subtracting(summary.keys) == [])
        let alerts = summary["alerts"] as? [[String: Any]] ?? []
        #expect(!alerts.isEmpty)
        let ofAlert = members(
            "rule stage severity pending_at firing_at resolved_at value threshold unit summary")
        #expect(alerts.allSatisfy { ofAlert.subtracting($0.keys).isEmpty })
        #expect(
            alerts.allSatisfy {
                $0["firing_at"] is NSNumber && ($0["resolved_at"] is NSNumber || $0["resolved_at"] is NSNull)
            })
        let sources = summary["sources"] as? [[String: Any]] ?? []
        #expect(sources.count == 5)
        #expect(sources.allSatisfy { members("path state events rejected").subtracting($0.keys).isEmpty })
        let events = sources.compactMap { ($0["events"] as? NSNumber)?.intValue }.reduce(0, +)
        #expect((summary["events"] as? NSNumber)?.intValue == events)
        let windows = try ReplayedStore.column(
            "SELECT count(DISTINCT time || grain) FROM v1_flow WHERE closed = 1", of: folder.path("s.sqlite"))
        #expect((summary["windows"] as? NSNumber).map { ["\($0.intValue)"] } == windows)
        let bytes = try FileManager.default.contentsOfDirectory(atPath: input).reduce(0) { sum, name in
            let size = try FileManager.default.attributesOfItem(atPath: input + "/" + name)[.size] as? NSNumber
            return sum + (size?.intValue ?? 0)
        }
        #expect((summary["compressed_bytes"] as? NSNumber)?.intValue == bytes)
    }

    @Test func `Families come in the order of what they cost`() throws {
        let folder = try TemporaryFolder()
        var lines: [String] = []
        for (number, minutes) in [10, 50, 30].enumerated() {
            for copy in 0..<3 {
                let item = "T\(number)-\(copy)"
                let text = String(
                    repeating: "Words of the family number \("abc".dropFirst(number).first ?? "x") ", count: 9)
                for (action, minute) in [("schedule", 0), ("start", 1), ("complete", 1 + minutes)] {
                    lines.append(
                        #"{"time":"2026-03-0\#(2 + copy)T\#(10 + number * 2 + minute / 60):\#(String(format: "%02d", minute % 60)):00Z","#
                            + #""stream":"ticket","action":"\#(action)","item":"\#(item)","stage":"desk","text":"\#(text)"}"#
                    )
                }
            }
        }
        try folder.write(Array(lines.sorted().joined(separator: "\n").utf8), to: "log.ndjson")
        #expect(try Program.tailrace("replay", "--store", "s.sqlite", "log.ndjson", in: folder).status == 0)
        let outcome = try Program.tailrace("families", "--json", "--by", "cost", "--store", "s.sqlite", in: folder)
        let families = (outcome.json as? [[String: Any]] ?? []).compactMap { ($0["family"] as? NSNumber)?.stringValue }
        let costs = try ReplayedStore.column(
            "SELECT family FROM v1_family_costs GROUP BY family ORDER BY sum(touch_h) DESC", of: folder.path("s.sqlite")
        )
        #expect(families == costs && Set(costs).count == 3, "\(outcome.output)")
        #expect(costs != costs.sorted(), "the order is not that of the numbers")
    }

    @Test func `Two texts are compared both ways, also where one is packed`() throws {
        let folder = try TemporaryFolder()
        let text =
            "The review of all open cases takes place on Monday, as announced before to everybody in the house.\n"
        try folder.write(Array(text.utf8), to: "a.txt")
        try folder.write(
            Packing.gzip(Array((text.uppercased() + "Bring your own tea, please, and be on time.\n").utf8)), to: "b.gz")
        let outcome = try Program.tailrace("compare", "--json", "a.txt", "b.gz", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(members("relation texts spans").subtracting(outcome.object.keys) == [])
        let texts = outcome.object["texts"] as? [[String: Any]] ?? []
        #expect(texts.map { $0["file"] as? String } == ["a.txt", "b.gz"])
        #expect((texts.first?["share"] as? NSNumber)?.doubleValue == 1)
        #expect((outcome.object["spans"] as? [[String: Any]])?.count == 1)
        #expect(try Program.tailrace("compare", "a.txt", "none.txt", in: folder).status == 74)
    }

    @Test func nothingButJSONIsWrittenWhenAFileCannotBeRead() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("hello\n".utf8), to: "in/words.log")
        let outcome = try Program.tailrace("replay", "--json", "--store", "s.sqlite", "in", in: folder)
        #expect(outcome.status == 74)
        #expect(outcome.json != nil, "\(outcome.output)")
    }

    @Test(arguments: [
        (["flow"], "v1_flow"), (["flow", "--stage", "legal-review"], "v1_flow"), (["families"], "v1_families"),
        (["alerts"], "v1_alerts"), (["schema"], "v1_dictionary"), (["schema", "v1_flow"], "v1_dictionary"),
    ])
    func tablesAreArraysOfRowsWithTheColumnsOfTheirView(_ command: [String], _ view: String) throws {
        let outcome = try Program.run(Program.tailrace, command + ["--json", "--store", try store()])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(!outcome.rows.isEmpty)
        let names = try columns(view)
        #expect(!names.isEmpty)
        for row in outcome.rows { #expect(names.subtracting(row.keys) == []) }
    }

    @Test func statusIsAnObject() throws {
        let outcome = try Program.tailrace("status", "--json", "--store", try store())
        #expect(outcome.status == 0, "\(outcome.errors)")
        let sources = outcome.object["sources"] as? [[String: Any]] ?? []
        #expect(sources.count == 22)
        let names = try columns("v1_sources")
        #expect(sources.allSatisfy { names.subtracting($0.keys).isEmpty })
        #expect(members("rejections open_alerts closed_until").subtracting(outcome.object.keys) == [])
    }

    @Test func alertsWithFailEndsWithOneWhileSomethingFires() throws {
        #expect(try Program.tailrace("alerts", "--fail", "--store", try store()).status == 1)
        let quiet = try Program.tailrace("alerts", "--fail", "--stage", "bank-postings", "--store", try store())
        #expect(quiet.status == 0)
    }

    /// Positions are those of the texts as their writers have them, escapes undone.
    @Test func `Spans say where a member repeats its leader, as long as the logs are there`() throws {
        let folder = try TemporaryFolder()
        var generator = SplitMix64(seed: 4)
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        let words = (0..<160).map { _ in String((0..<8).map { _ in generator.pick(letters) }) }
        let leader = words.joined(separator: " ")
        let member = "Another \"beginning\" altogether.\n" + words[20..<150].joined(separator: " ") + " and an end"
        let lines = try [("a", 1, leader), ("b", 2, member)].map { item, day, text in
            let record: [String: Any] = [
                "time": "2026-03-0\(day)T10:00:00Z", "stream": "document", "action": "publish", "item": item,
                "stage": "wiki", "text": text,
            ]
            return try String(
                decoding: JSONSerialization.data(withJSONObject: record, options: .sortedKeys), as: UTF8.self)
        }
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: folder.path("log.ndjson"), atomically: true, encoding: .utf8)
        #expect(
            try Program.tailrace("replay", "--store", "s.sqlite", folder.path("log.ndjson"), in: folder).status == 0)
        let show = ["families", "show", "1", "--spans", "--store", folder.path("s.sqlite")]
        let shown = try Program.run(Program.tailrace, show + ["--json"], in: folder.url)
        let parsed = try JSONSerialization.jsonObject(with: Data(shown.output.utf8))
        let found = try #require(parsed as? [[String: Any]])
        #expect(found.map { $0["item"] as? String } == ["b"])
        let spans = try #require(found.first?["spans"] as? [[String: Int]])
        #expect(spans.count == 1)
        for span in spans {
            let mine = Array(member.utf8)[(span["start"] ?? 0)..<(span["end"] ?? 0)]
            let its = Array(leader.utf8)[(span["leader_start"] ?? 0)..<(span["leader_end"] ?? 0)]
            #expect(mine == its)
            #expect(mine.count > 130 * 8)
        }
        try FileManager.default.removeItem(atPath: folder.path("log.ndjson"))
        let gone = try Program.run(Program.tailrace, show, in: folder.url)
        #expect(gone.status == 0)
        #expect(gone.output.contains("only their logs have them"))
        #expect(gone.output.contains("log.ndjson"))
    }
}
