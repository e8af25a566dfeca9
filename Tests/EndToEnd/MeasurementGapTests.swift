import Foundation
import Testing
import TestSupport

/// What a log does not carry is said, with the field that would tell it, and never shown as 0.
@Suite struct MeasurementGapTests {
    private func line(_ day: Int, _ members: String) -> String {
        #"{"time":"2026-03-0\#(day)T10:00:00Z",\#(members)}"# + "\n"
    }

    private func replay(_ text: String) throws -> (folder: TemporaryFolder, gaps: [[String: Any]], screen: String) {
        let folder = try TemporaryFolder()
        try folder.write(Array(text.utf8), to: "in/log.ndjson")
        let outcome = try Program.tailrace("replay", "--json", "--store", "s.sqlite", "in", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let screen = try Program.tailrace("status", "--store", "s.sqlite", in: folder).output
        return (folder, outcome.object["not_measurable"] as? [[String: Any]] ?? [], screen)
    }

    private func queue(_ more: String = "") -> String {
        (1...6).map {
            line($0, #""stream":"ticket","action":"schedule","item":"T\#($0)","stage":"desk"\#(more)"#)
                + line($0 + 1, #""stream":"ticket","action":"complete","item":"T\#($0)","stage":"desk"\#(more)"#)
        }.joined()
    }

    @Test func aLogOfQueuesAloneIsToldWhatEachFurtherFieldWouldTell() throws {
        let (folder, gaps, screen) = try replay(queue())
        let measures = gaps.flatMap { $0["measures"] as? [String] ?? [] }
        #expect(!measures.contains("queues and days of work"))
        #expect(!measures.contains("hand-offs"))
        for measure in ["waiting and touch time", "rework", "reply rate", "copies", "outcomes for the activity"] {
            #expect(measures.contains(measure))
        }
        #expect(screen.contains("Not measurable from these logs"))
        #expect(
            screen.contains("\n  reply rate (missing: `send` events, `reply` events) [hollow-volume]\n"), "\(screen)")
        let status = try Program.tailrace("status", "--json", "--store", "s.sqlite", in: folder).object
        #expect((status["not_measurable"] as? [[String: Any]])?.count == gaps.count)
        // The block is a hint, no second report.
        #expect(gaps.count <= 13)
    }

    @Test func aFieldThatComesTakesItsGapAway() throws {
        let start = line(2, #""stream":"ticket","action":"start","item":"T2","stage":"desk""#)
        let origin = #","origin":"automated""#
        for (text, measure) in [(start, "waiting and touch time"), (queue(origin), "human and automated work apart")] {
            let (_, before, _) = try replay(queue())
            let (_, after, _) = try replay(queue() + text)
            #expect(before.contains { ($0["measures"] as? [String])?.contains(measure) == true })
            #expect(!after.contains { ($0["measures"] as? [String])?.contains(measure) == true }, "\(measure)")
        }
    }

    @Test func whereMailsAreSentOnlyTheRepliesAreMissing() throws {
        let (_, gaps, _) = try replay(line(2, #""stream":"email","action":"send","item":"M1","stage":"sales""#))
        let reply = gaps.first { ($0["measures"] as? [String])?.contains("reply rate") == true }
        #expect(reply?["missing"] as? String == "`reply` events")
        #expect(reply?["rules"] as? [String] == ["hollow-volume"])
    }
}
