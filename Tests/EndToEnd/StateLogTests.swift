import Foundation
import TestSupport
import Testing

/// Logs whose rows show how things stand: the queues are those of a log that tells each change.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct StateLogTests {
    private struct Look {
        var state = "New"
        var group = "desk"
        var reopened = 0
        var isOpen: Bool { state != "Resolved" && state != "Closed" }
    }

    private static let actions = [
        "New": "schedule", "Active": "start", "Awaiting User Info": "suspend", "Resolved": "complete",
        "Closed": "complete",
    ]

    /// Rows of incidents that change, and beside them the events, written down by hand of this test.
    private static func logs(seed: UInt64) -> (states: String, events: String) {
        var generator = SplitMix64(seed: seed)
        var rows = ["number,incident_state,reopen_count,sys_updated_by,sys_updated_at,assignment_group"]
        var events: [String] = []
        var looks: [Int: Look] = [:]
        for minute in 0..<3000 {
            let number = minute < 10 ? minute : generator.below(min(400, minute))
            let before = looks[number]
            var now = before ?? Look()
            switch generator.below(before == nil ? 2 : 8) {
            case 0: now.state = "Active"
            case 1: now.state = "New"
            case 2: now.state = "Awaiting User Info"
            case 3, 4: now.state = now.isOpen ? "Resolved" : "Closed"
            case 5: now.group = generator.pick(["desk", "network", ""])
            case 6 where !now.isOpen: (now.state, now.reopened) = ("Active", now.reopened + 1)
            default: break
            }
            // A state that begins anew begins in the queue.
            if now.isOpen, before?.isOpen == false, now.reopened == before?.reopened { now.reopened += 1 }
            let time = String(format: "%d/3/2026 %02d:%02d", 2 + minute / 1440, minute / 60 % 24, minute % 60)
            rows.append("INC\(number),\(now.state),\(now.reopened),u\(generator.below(5)),\(time),\(now.group)")
            func tell(_ action: String, _ group: String) {
                let time = String(
                    format: "2026-03-%02dT%02d:%02d:00Z", 2 + minute / 1440, minute / 60 % 24, minute % 60)
                events.append(
                    #"{"time":"\#(time)","stream":"ticket","action":"\#(action)","item":"INC\#(number)","#
                        + #""stage":"\#(group)","actor":"u"}"#)
            }
            let action = actions[now.state] ?? ""
            let hasChanged = action != before.flatMap { actions[$0.state] }
            if before == nil { tell("schedule", now.group) }
            if let before, before.isOpen, before.group != now.group {
                tell("complete", before.group)
                tell("schedule", now.group)
            }
            if let before, now.reopened > before.reopened { tell("return", now.group) }
            if hasChanged, action != "schedule" { tell(action, now.group) }
            looks[number] = now
        }
        return (rows.joined(separator: "\n") + "\n", events.joined(separator: "\n") + "\n")
    }

    private static let counts = """
        SELECT grain, time, stage, arrivals, starts, completions, first_completions, returns, unscheduled,
          extra_completions, backlog, waiting, oldest_age_s, wait_p50_s, cycle_p90_s FROM v1_flow
        UNION ALL SELECT grain, time, from_stage, to_stage, cases, wait_p50_s, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM v1_handoffs
        ORDER BY 1, 2, 3, 4, 5
        """

    private func counts(_ log: String, _ name: String, _ options: [String] = []) throws -> [String] {
        let folder = try TemporaryFolder()
        try folder.write(Array(log.utf8), to: name)
        let store = try ReplayedStore(options + [folder.path(name)])
        #expect(store.status == 0, "\(store.errors)")
        return try store.column(StateLogTests.counts)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `States give the queues that their changes give`(seed: UInt64) throws {
        let (states, events) = StateLogTests.logs(seed: seed)
        let expected = try counts(events, "events.ndjson")
        #expect(expected.count > 200)
        for options in [[], ["--sort-bytes", "9000"], ["--checkpoint-bytes", "5000", "--chunk-bytes", "501"]] {
            let found = try counts(states, "incidents.csv", options)
            let difference = zip(found, expected).first { $0 != $1 }
            #expect(
                found.count == expected.count && difference == nil, "seed \(seed), \(options): \(difference as Any)")
        }
    }

    /// What the first file ended with is known when the second begins.
    @Test func `A nightly export goes on where the one before it ended`() throws {
        let (states, _) = StateLogTests.logs(seed: 4)
        let whole = try counts(states, "incidents.csv")
        let rows = states.split(separator: "\n")
        let folder = try TemporaryFolder()
        let store = folder.path("store.sqlite")
        // Where one night ends is no end of an hour: what comes late to an hour that has closed has no part here.
        let cut = 1 + 1440
        for (name, part) in [("1.csv", rows[..<cut]), ("2.csv", rows[..<1] + rows[cut...])] {
            try folder.write(Array((part.joined(separator: "\n") + "\n").utf8), to: name)
            let outcome = try Program.run(
                Program.tailrace, ["replay", "--store", store, folder.path(name)], in: folder.url)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(try ReplayedStore.column(StateLogTests.counts, of: store) == whole)
    }

    @Test(
        .enabled(if: ReplayedStore.RealLog.areThere, Comment(rawValue: ReplayedStore.RealLog.absent)))
    func `The queues of real incidents are those of an independent count`() throws {
        let log = ReplayedStore.RealLog.folder + "/servicenow-incidents.csv.gz"
        let store = try ReplayedStore([log])
        #expect(try Program.oracle("states", [store.path, log]) == "")
    }
}
