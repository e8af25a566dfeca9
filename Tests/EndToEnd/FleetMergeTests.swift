import Foundation
import TestSupport
import Testing

/// A desk whose tickets come in on one host and are finished on another, and documents that are copied from host to host.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct FleetMergeTests {
    private final class Fleet: Sendable {
        let folder: TemporaryFolder
        let (whole, merged): (String, String)

        init() throws {
            folder = try TemporaryFolder()
            var logs: [String: [(time: Int, text: String)]] = ["in": tickets(true), "out": tickets(false)]
            for (host, time, item, actor, text) in documents {
                logs[host, default: []].append(
                    (
                        time,
                        #"{"time":\#(time),"stream":"document","action":"publish","item":"\#(item)","stage":"notes","actor":"\#(actor)","bytes":\#(text.utf8.count),"text":"\#(text)"}"#
                    ))
            }
            for (host, lines) in logs {
                let text = lines.sorted { $0.time < $1.time }.map { $0.text + "\n" }.joined()
                try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path("\(host).ndjson")))
            }
            try Data("stages: {desk: {scope: fleet, tolerance: 1 day}}\n".utf8)
                .write(to: URL(fileURLWithPath: folder.path("fleet.yaml")))
            try Data("stages: {desk: {tolerance: 1 day}}\n".utf8)
                .write(to: URL(fileURLWithPath: folder.path("host.yaml")))
            (whole, merged) = (folder.path("whole.sqlite"), folder.path("merged.sqlite"))
            for arguments in [
                ["replay", "--config", "host.yaml", "--store", "whole.sqlite", "in.ndjson", "out.ndjson"],
                ["replay", "--config", "fleet.yaml", "--store", "in.sqlite", "in.ndjson"],
                ["replay", "--config", "fleet.yaml", "--store", "out.sqlite", "out.ndjson"],
                ["merge", "in.sqlite", "out.sqlite", "--out", "merged.sqlite", "--config", "fleet.yaml"],
            ] {
                let outcome = try Program.run(Program.tailrace, arguments, in: folder.url)
                guard outcome.status == 0 else { throw Fault(text: "\(arguments): \(outcome.errors)") }
            }
        }
    }
    private struct Fault: Error { var text: String }
    private static let fleet = Result { try Fleet() }

    /// Monday 2026-01-05 00:00 UTC.
    private static let start = 1_767_571_200

    /// Fourteen weeks: 24 tickets a working day, from the eighth week on 36; 26 at the most are finished in one.
    private static func tickets(_ isArrival: Bool) -> [(time: Int, text: String)] {
        var (arrivals, completions): ([(Int, String)], [(Int, String)]) = ([], [])
        var waiting: [(time: Int, item: Int)] = []
        var next = 0
        for day in 0..<98 where day % 7 < 5 {
            let nine = start + day * 86_400 + 9 * 3600
            let count = day < 49 ? 24 : 36
            for place in 0..<count {
                let time = nine + place * 28_800 / count
                arrivals.append((time, event(time, "schedule", next)))
                waiting.append((time, next))
                next += 1
            }
            for place in 0..<26 {
                let time = nine + 600 + place * 28_800 / 26
                guard let first = waiting.first, first.time < time else { continue }
                waiting.removeFirst()
                completions.append((time, event(time, "complete", first.item)))
            }
        }
        return isArrival ? arrivals : completions
    }

    private static func event(_ time: Int, _ action: String, _ item: Int) -> String {
        #"{"time":\#(time),"stream":"ticket","action":"\#(action)","item":"t\#(item)","stage":"desk"}"#
    }

    private static let text =
        "The quarterly outlook for the leasing of vans in northern markets depends on interest rates and on the price of "
        + "used cars which fell again in autumn while demand for short contracts grew among small firms that want to stay "
        + "flexible and pay by the month"
    private static let documents: [(String, Int, String, String, String)] = [
        ("in", start + 3600, "d1", "ann", text), ("out", start + 7200, "d2", "bob", text),
        ("out", start + 9000, "d3", "cid", text.replacing("by the month", with: "by the week")),
        ("in", start + 9200, "d4", "ann", String(text.split(separator: " ").reversed().joined(separator: " "))),
        // A later one that nobody else has seen yet joins the older family of the other host.
        ("in", start + 86_400, "d5", "dee", text.replacing("northern", with: "southern")),
    ]

    @Test func `A queue between two hosts is in each hour as long as one host would see it`() throws {
        let fleet = try Self.fleet.get()
        let backlog = "SELECT time, backlog FROM v1_flow WHERE stage = 'desk' AND grain = 'hour' ORDER BY time"
        let whole = try ReplayedStore.column(backlog, of: fleet.whole)
        #expect(whole.count > 2000)
        #expect(try ReplayedStore.column(backlog, of: fleet.merged) == whole)
        let widest = "SELECT max(backlog) FROM v1_flow WHERE stage = 'desk' AND grain = 'month'"
        #expect(try ReplayedStore.column(widest, of: fleet.merged) == ReplayedStore.column(widest, of: fleet.whole))
    }

    @Test func `A queue between two hosts is judged where both are merged, and in neither's store`() throws {
        let fleet = try Self.fleet.get()
        let alerts = "SELECT rule, stage, state, pending_at, firing_at, resolved_at FROM v1_alerts ORDER BY alert"
        let whole = try ReplayedStore.column(alerts, of: fleet.whole)
        #expect(whole.contains { $0.hasPrefix("absorption-exceeded|desk|firing") })
        #expect(try ReplayedStore.column(alerts, of: fleet.merged) == whole)
        for host in ["in", "out"] {
            let own = try ReplayedStore.column(alerts, of: fleet.folder.path("\(host).sqlite"))
            #expect(own.filter { $0.contains("|desk|") } == [], "\(host): \(own)")
        }
    }

    @Test func `A document that was copied to another host joins the family of its leader`() throws {
        let fleet = try Self.fleet.get()
        let families =
            "SELECT family, first_seen, last_seen, copies, authors, bytes, leader_item, status FROM v1_families"
        let whole = try ReplayedStore.column(families, of: fleet.whole)
        #expect(whole.count == 1)
        #expect(try ReplayedStore.column(families, of: fleet.merged) == whole)
        let items = """
            SELECT item, relation, family, copies, actor, published_at, round(containment, 1) FROM v1_family_items
            ORDER BY item
            """
        #expect(try ReplayedStore.column(items, of: fleet.merged) == ReplayedStore.column(items, of: fleet.whole))
    }
}
