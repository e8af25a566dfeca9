import Foundation
import TestSupport
import Testing

/// Records that give several events: the store is that of a log in which each event has a line of its own.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct SeveralEventsTests {
    /// The same events as activities with several events each, and one a line.
    private static func logs(seed: UInt64) -> (activities: String, lines: String) {
        var generator = SplitMix64(seed: seed)
        var activities: [String] = []
        var lines: [String] = []
        for number in 0..<400 {
            let time = String(format: "2026-03-%02dT%02d:%02d:00Z", 2 + number / 60, number / 4 % 15, number % 4 * 15)
            let actor = "person-\(generator.below(9))@example.org"
            var parts: [String] = []
            for _ in 0..<generator.below(4) {
                let document = "d\(generator.below(40))"
                let (name, action) = generator.pick([
                    ("create", "create"), ("edit", "revise"), ("view", "read"), ("print", "read"),
                    ("change_user_access", "share"), ("change_acl_editors", ""),
                ])
                parts.append(
                    #"{"name":"\#(name)","parameters":[{"name":"doc_id","value":"\#(document)"},"#
                        + #"{"name":"owner","value":"desk"}]}"#)
                if action.isEmpty { continue }
                lines.append(
                    #"{"time":"\#(time)","stream":"document","action":"\#(action)","item":"\#(document)","#
                        + #""stage":"desk","actor":"\#(actor)","actor_kind":"human"}"#)
            }
            activities.append(
                #"{"id":{"time":"\#(time)","applicationName":"drive"},"actor":{"callerType":"USER","email":"\#(actor)"},"#
                    + #""events":[\#(parts.joined(separator: ","))]}"#)
        }
        return (activities.joined(separator: "\n") + "\n", lines.joined(separator: "\n") + "\n")
    }

    private func dump(_ text: String, _ options: [String] = []) throws -> ViewDump {
        let folder = try TemporaryFolder()
        try folder.write(Array(text.utf8), to: "log.ndjson")
        return try SameContentTests.replay(folder.path("log.ndjson"), options, hasSources: false)
    }

    @Test(arguments: [
        [], ["--chunk-bytes", "97"], ["--sort"], ["--sort", "--sort-bytes", "9000"], ["--checkpoint-bytes", "2000"],
    ])
    func `Activities give the store that their events give one by one`(options: [String]) throws {
        let (activities, lines) = SeveralEventsTests.logs(seed: 5)
        let reference = try dump(lines)
        #expect(reference.text.contains("v1_items") || reference.text.count > 1000)
        #expect(try dump(activities, options).difference(from: reference) == nil)
    }

    @Test func `A log that grows, also inside a record, is counted once`() throws {
        let (activities, lines) = SeveralEventsTests.logs(seed: 6)
        let folder = try TemporaryFolder()
        let store = folder.path("store.sqlite")
        let bytes = Array(activities.utf8)
        for tenths in [3, 7, 10] {
            try folder.write(Array(bytes[..<(bytes.count * tenths / 10)]), to: "log.ndjson")
            let outcome = try Program.tailrace("replay", "--store", store, folder.path("log.ndjson"))
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let events = try ReplayedStore.column("SELECT sum(events) FROM v1_sources", of: store)
        #expect(events == ["\(lines.split(separator: "\n").count)"])
    }

    @Test func `A format is listed, tried and explained`() throws {
        let folder = try TemporaryFolder()
        let (activities, lines) = SeveralEventsTests.logs(seed: 7)
        try folder.write(Array((activities + "{\"who\":\"knows\"}\n").utf8), to: "log.ndjson")
        let list = try Program.tailrace("formats", "--json")
        #expect(list.rows.contains { $0["name"] as? String == "google-workspace-reports" })
        let trial = try Program.tailrace(
            "formats", "try", "google-workspace-reports", folder.path("log.ndjson"), "--json", "--events", "3")
        #expect(trial.status == 0, "\(trial.errors)")
        #expect(trial.object["events"] as? Int == lines.split(separator: "\n").count)
        #expect((trial.object["first_events"] as? [Any])?.count == 3)
        let rejections = trial.object["rejections"] as? [[String: Any]] ?? []
        #expect(rejections.map { $0["reason"] as? String } == ["unmapped"])
        #expect(rejections.first?["position"] as? Int == activities.utf8.count)
        let explained = try Program.tailrace("formats", "explain", folder.path("log.ndjson"), "--json")
        #expect(explained.object["format"] as? String == "google-workspace-reports")
        try folder.write(Array("hello world\n".utf8), to: "words.log")
        #expect(try Program.tailrace("formats", "explain", folder.path("words.log")).status == 1)
        #expect(try Program.tailrace("formats", "try", "no-such", folder.path("words.log")).status == 64)
        #expect(try Program.tailrace("formats", "try", "jira-webhook", folder.path("missing")).status == 74)
    }
}
