import Foundation
import TestSupport
import Testing

/// The sample logs, shared out to two hosts by folder, merged, beside one store of all of them.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct MergeTests {
    private static let configuration = Program.samples + "/tailrace.yaml"

    private final class Hosts: Sendable {
        let (first, second): (ReplayedStore, ReplayedStore)
        let folder: TemporaryFolder
        let merged: String
        let outcome: Outcome

        init() throws {
            let logs = { (names: [String]) in names.map { Program.samples + "/" + $0 } }
            first = try ReplayedStore(["--config", configuration] + logs(["mail", "tickets", "finance"]))
            second = try ReplayedStore(["--config", configuration] + logs(["documents", "loans", "pilots"]))
            folder = try TemporaryFolder()
            merged = folder.path("merged.sqlite")
            outcome = try Program.tailrace(
                "merge", "mx=\(first.path)", "dms=\(second.path)", "--out", merged, "--config", configuration, "--json")
        }
    }
    private static let hosts = Result { try Hosts() }

    /// Views of the whole and the merger; what differs follows the count of rows.
    private static let comparison = Result {
        let lines = try Program.oracle("merged", [try ReplayedStore.samples.get().path, try hosts.get().merged])
        return Dictionary(
            lines.split(separator: "\n").map { line in
                let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
                return (parts[0], parts.count > 1 ? parts[1] : "")
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test(arguments: [
        "v1_flow", "v1_work", "v1_engagement", "v1_cohorts", "v1_outcomes", "v1_handoffs", "v1_stages", "v1_rebound",
        "v1_rules", "v1_sources", "v1_rejections",
    ])
    func `A merger of hosts that share no stage shows what one store of all logs shows`(view: String) throws {
        let found = try #require(try Self.comparison.get()[view])
        #expect(found.wholeMatch(of: /[1-9][0-9]*/) != nil, "\(view): \(found)")
    }

    /// Redundancy is judged by what each host has seen, so that the figures of copies differ a little.
    @Test func `Alerts are those of one store of all logs, but for figures of copies`() throws {
        let alerts = """
            SELECT rule, stage, owner, severity, state, pending_at, firing_at, resolved_at,
                CASE WHEN rule IN ('redundancy-surge', 'framing-convergence') THEN 0 ELSE value END
            FROM v1_alerts ORDER BY pending_at, rule, stage
            """
        let whole = try ReplayedStore.column(alerts, of: try ReplayedStore.samples.get().path)
        #expect(whole.count > 20)
        #expect(try ReplayedStore.column(alerts, of: try Self.hosts.get().merged) == whole)
    }

    @Test func `Measures of what comes back, is used and is written to are those of one store of all logs`() throws {
        let measures = """
            SELECT time, stage, measure, value, low, high, missing FROM v1_measures
            WHERE measure GLOB 'repeat_*' OR measure GLOB 'charged_*' OR measure GLOB 'use_*' OR measure GLOB 'contacts_*'
            ORDER BY 1, 2, 3
            """
        let whole = try ReplayedStore.column(measures, of: try ReplayedStore.samples.get().path)
        #expect(whole.count > 500)
        #expect(try ReplayedStore.column(measures, of: try Self.hosts.get().merged) == whole)
    }

    @Test func `An alert that no row can tell names its host, others name none`() throws {
        let found = try ReplayedStore.column(
            "SELECT DISTINCT rule, json_extract(evidence, '$.host') FROM v1_alerts ORDER BY 1, 2",
            of: try Self.hosts.get().merged)
        #expect(found.contains("limit-exceeded|mx"))
        #expect(found.contains("zombie-growth|dms"))
        #expect(found.contains("absorption-exceeded|None"))
        #expect(!found.contains("limit-exceeded|None") && !found.contains("absorption-exceeded|mx"), "\(found)")
    }

    @Test func `What a merger did is told to programs`() throws {
        let outcome = try Self.hosts.get().outcome
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        #expect(outcome.object["stores"] as? Int == 2)
        let closed = try ReplayedStore.column(
            "SELECT count(*) FROM period WHERE closed = 1", of: try Self.hosts.get().merged)
        let counts = try ReplayedStore.column(
            "SELECT (SELECT count(*) FROM v1_families), (SELECT count(*) FROM v1_alerts)",
            of: try Self.hosts.get().merged)
        #expect(counts == ["\(outcome.object["families"] ?? "")|\(outcome.object["alerts"] ?? "")"])
        #expect(closed == ["\(outcome.object["windows"] as? Int ?? -1)"])
    }

    @Test func `It does not matter in which order stores are named`() throws {
        let hosts = try Self.hosts.get()
        let other = hosts.folder.path("other.sqlite")
        let outcome = try Program.tailrace(
            "merge", "dms=\(hosts.second.path)", "mx=\(hosts.first.path)", "--out", other, "--config",
            Self.configuration)
        #expect(outcome.status == 0)
        #expect(try ViewDump(other).difference(from: try ViewDump(hosts.merged)) == nil)
    }

    @Test func `Each source and rejection names its host, in one store none does`() throws {
        let merged = try Self.hosts.get().merged
        let hosts = "SELECT DISTINCT host FROM v1_sources ORDER BY 1"
        #expect(try ReplayedStore.column(hosts, of: merged) == ["dms", "mx"])
        let strangers = """
            SELECT source, host FROM v1_rejections EXCEPT SELECT source, host FROM v1_sources
            """
        #expect(try ReplayedStore.column(strangers, of: merged) == [])
        #expect(try ReplayedStore.column(hosts, of: try Self.hosts.get().first.path) == ["None"])
    }

    @Test func `A merger is not written to, nor merged again`() throws {
        let hosts = try Self.hosts.get()
        let before = FileManager.default.contents(atPath: hosts.merged)
        let replay = try Program.tailrace("replay", "--store", hosts.merged, Program.samples + "/pilots")
        #expect(replay.status == 74)
        #expect(replay.errors.contains("a merger of several stores (dms, mx), for reading"))
        let again = try Program.tailrace(
            "merge", hosts.merged, hosts.first.path, "--out", hosts.folder.path("again.sqlite"))
        #expect(again.status == 74)
        #expect(again.errors.contains("name the stores that it was made of"))
        #expect(FileManager.default.contents(atPath: hosts.merged) == before)
    }

    @Test func `A file that is there is not overwritten`() throws {
        let hosts = try Self.hosts.get()
        let outcome = try Program.tailrace(
            "merge", "a=\(hosts.first.path)", "b=\(hosts.second.path)", "--out", hosts.merged)
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("exists already"))
    }

    @Test func `Stores of other zones or groups are refused by name`() throws {
        let hosts = try Self.hosts.get()
        let folder = try TemporaryFolder()
        for (text, told) in [
            ("timezone: UTC", "timezone UTC"),
            ("timezone: Europe/Berlin\nprivacy: {minimum_group: 3}", "privacy.minimum_group 3"),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path("t.yaml")))
            let store = folder.path("zz.sqlite")
            let pilots = Program.samples + "/pilots"
            _ = try Program.tailrace("replay", "--config", folder.path("t.yaml"), "--store", store, pilots)
            let outcome = try Program.tailrace(
                "merge", "a=\(hosts.first.path)", store, "--out", folder.path("m.sqlite"))
            #expect(outcome.status == 74)
            #expect(outcome.errors.contains("\(store): was made with \(told)"), "\(outcome.errors)")
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store + suffix) }
        }
    }
}
