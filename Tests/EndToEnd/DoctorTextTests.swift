import Foundation
import TailraceIngest
import TailracePipeline
import TailraceStore
import Testing
import TestSupport

@testable import tailrace

/// What the doctor says of each fault, word for word: these texts are read at night.
///
/// The expected texts stand in `DoctorTexts/`; with `TAILRACE_REWRITE=1` they are written anew, to be reviewed as a
/// difference.
@Suite struct DoctorTextTests {
    private static let columns = [
        "source", "path", "format", "state", "position", "size", "behind_bytes", "lag_s", "events", "rejected",
        "last_event_time", "restart_position", "restart_taken_at", "copy_of", "detail",
    ]

    private func sources(_ rows: [[String: RowValue]]) -> SourceList {
        SourceList(
            table: ResultTable(
                columns: Self.columns, rows: rows.map { row in Self.columns.map { row[$0] ?? .null } }))
    }

    private func source(_ path: String, _ state: String, _ values: [String: RowValue] = [:]) -> [String: RowValue] {
        let known: [String: RowValue] = [
            "source": .text(path), "path": .text(path), "state": .text(state), "events": .integer(12_345),
            "rejected": .integer(0),
        ]
        return known.merging(values) { $1 }
    }

    private func facts(_ mode: UInt32, group: String = "adm", packing: Compression? = .gzip) -> FileFacts {
        FileFacts(owner: "root", group: group, mode: mode, modified: 1_772_442_000, packing: packing)
    }

    private func findings(_ rows: [[String: RowValue]], _ facts: @escaping (String) -> FileFacts? = { _ in nil })
        -> [Finding]
    {
        SourceFindings(clock: .utc, now: 1_772_445_600, user: "tailrace", facts: facts).findings(sources(rows))
    }

    /// Compares the screen of 80 columns with the file of that name.
    private func expect(_ name: String, _ findings: [Finding]) throws {
        let screen = DoctorScreen(
            findings: findings, checked: ["the store /var/lib/tailrace/tailrace.sqlite", "12 sources"],
            terminal: Terminal(columns: 80))
        let text = screen.text + "\n"
        for line in text.split(separator: "\n") where !line.hasPrefix("    $") {
            #expect(String(line).displayWidth <= 80 || !line.contains(" "), "\(name): too wide: \(line)")
        }
        let file = Program.checkout.appendingPathComponent("Tests/EndToEnd/DoctorTexts/\(name).txt")
        if ProcessInfo.processInfo.environment["TAILRACE_REWRITE"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
        #expect(text == expected, "\(name):\n\(text)")
    }

    @Test func `Each state of a source is explained with its mend`() throws {
        let damage = "invalid stored block lengths at byte 1048711 of the file"
        try expect(
            "states",
            findings(
                [
                    source("/var/log/flow/a.ndjson.gz", "corrupt", ["detail": .text(damage)]),
                    source(
                        "/var/log/flow/lost.gz", "corrupt",
                        ["detail": .text("incorrect header check at byte 0 of the file"), "events": .integer(0)]),
                    source(
                        "/var/log/flow/b c.gz", "truncated",
                        ["detail": .text("ends inside an archive member, after 73400320 bytes of content")]),
                    source("/var/log/flow/old.log.9", "gone", ["behind_bytes": .integer(73_400_320)]),
                    source("/var/log/flow/read.log.9", "gone", ["behind_bytes": .integer(0)]),
                    source("/var/log/flow/quiet.log", "silent", ["last_event_time": .integer(1_772_355_600)]),
                    source("/var/log/flow/c.ndjson", "ok"),
                    source(
                        "/var/log/flow/c.ndjson.gz", "ok", ["detail": .text("a copy"), "copy_of": .text("c.ndjson")]),
                    source(
                        "/var/log/flow/d.gz", "ok",
                        ["detail": .text("bytes that belong to no member at byte 512 of the file")]),
                ], { _ in facts(0o640) }))
    }

    @Test func `What cannot be read is explained by its reason`() throws {
        let reasons = [
            ("group.log", "Permission denied"), ("shut.log", "Permission denied"), ("hidden.log", "Permission denied"),
            ("x.xz", "is packed with xz; pack it with gzip or zstd, or unpack it"), ("notes.txt", "unknown format"),
            ("away.log", "No such file or directory"), ("disk.log", "Input/output error"),
        ]
        try expect(
            "unreadable",
            findings(
                reasons.map { source("/var/log/flow/\($0)", "unreadable", ["detail": .text($1)]) },
                { path in
                    path.hasSuffix("group.log") ? facts(0o640) : path.hasSuffix("shut.log") ? facts(0o600) : nil
                }))
    }

    @Test func `Lag is told where it grows, and clocks that differ`() throws {
        try expect(
            "lag",
            findings([
                source(
                    "/var/log/flow/big.ndjson", "reading",
                    ["behind_bytes": .integer(3_400_000_000), "lag_s": .real(7260)]),
                source("/var/log/flow/busy.ndjson", "ok", ["behind_bytes": .integer(1000), "lag_s": .real(4000)]),
            ])
                + findings([source("/var/log/flow/ahead.ndjson", "ok", ["lag_s": .real(-3590)])]))
    }

    @Test func `Every reason of rejection has a meaning and a mend of its own`() throws {
        let reasons = RejectionReason.allCases.map(\.name) + ["from-the-future"]
        #expect(Set(reasons.map(RejectionFindings.meaning)).count == reasons.count)
        let table = ResultTable(
            columns: ["source", "reason", "count", "position"],
            rows: reasons.enumerated().flatMap { number, reason -> [[RowValue]] in
                let path = RowValue.text("/logs/\(reason).log")
                return [
                    [path, .text(reason), .integer(600), .integer(Int64(number) * 1000)],
                    [path, .text("torn"), .integer(reason == "torn" ? 0 : 1), .integer(0)],
                ]
            })
        let rows = reasons.map {
            source("/logs/\($0).log", "ok", ["events": .integer(9000), "rejected": .integer(601)])
        }
        try expect("rejections", RejectionFindings { _ in .plain }.findings(sources(rows), reasons: table.viewRows))
    }

    @Test func `A torn line now and then is no finding, and a log that is none is an error`() throws {
        func found(_ events: Int64, _ rejected: Int64) -> [Finding] {
            RejectionFindings { _ in .zstd }.findings(
                sources([source("/logs/a", "ok", ["events": .integer(events), "rejected": .integer(rejected)])]),
                reasons: [])
        }
        #expect(found(9900, 100).isEmpty)
        #expect(found(0, 0).isEmpty)
        #expect(found(9899, 101).map(\.severity) == [.warning])
        #expect(found(10, 11).map(\.severity) == [.error])
        #expect(found(0, 1).first?.mend.contains("take it out") == true)
    }

    @Test func `The store and its disk are explained`() throws {
        let path = "/var/lib/tailrace/tailrace.sqlite"
        let all = StoreFindings(
            path: path, walBytes: 3_000_000_000, storeBytes: 20_000_000_000, freeBytes: 40_000_000, freeFiles: 3,
            networkType: "nfs4", problems: ["Tree 7 page 12: btreeInitPage() returns error code 11", "…"])
        try expect(
            "store", all.findings + StoreFindings(path: path, freeBytes: 900_000_000).findings)
        #expect(StoreFindings(path: path, walBytes: 1 << 20, freeBytes: 5 << 30, freeFiles: 1000).findings.isEmpty)
        #expect(StoreFindings(path: path).findings.isEmpty, "what is not known is no fault")
    }

    @Test func `Limits of the machine are explained where they are low`() throws {
        let low = LimitFindings(watches: 8192, instances: 1, queuedEvents: 100, openFiles: 64, folders: 7000)
        try expect("limits", low.findings)
        #expect(
            LimitFindings(watches: 65_536, instances: 128, queuedEvents: 16_384, openFiles: 1024, folders: 50)
                .findings.isEmpty)
        #expect(LimitFindings().findings.isEmpty)
    }

    @Test func `Where nothing is wrong that is said, and what was looked at`() throws {
        try expect("well", [])
        try expect("notes", [PlaceFindings.polled(["/mnt/logs", "/mnt/logs/a"], "nfs4")])
        #expect(![PlaceFindings.polled(["/mnt/logs"], "nfs4")].hasTrouble)
    }

    @Test func `Files and folders that may not be read are told apart, one finding a folder`() throws {
        let folder = try TemporaryFolder()
        for name in ["a/1.log", "a/2.log", "a/3.log", "a/4.log", "b/1.log", "b/2.log", "shut/x.log"] {
            chmod(try folder.write([10], to: name), name == "b/1.log" ? 0o644 : 0o600)
        }
        chmod(folder.path("shut"), 0o700)
        let base = folder.path("")
        let found = try unprivileged(nil) {
            PlaceFindings(paths: ["a", "b/*", "shut"], base: base, mounts: MountTable(mountInfo: "")).findings
        }
        #expect(found.map(\.place) == [base + "/a", base + "/b/2.log", base + "/shut"])
        #expect(found.map(\.severity) == [.error, .error, .error])
        #expect(found[0].what.contains("4 files may not be read by "))
        #expect(found[0].what.contains(": 1.log, 2.log, 3.log and 1 more. Of the first: It belongs to "))
        #expect(found[0].commands.contains { $0.hasSuffix(" \(base)/a/1.log") })
        #expect(found[2].what.contains("permission denied"))
    }

    @Test func `Commands are safe to paste whatever the path`() {
        #expect("/var/log/a-b_c.1:2,3@x=%+ü.gz".shellWord == "/var/log/a-b_c.1:2,3@x=%+ü.gz")
        #expect("/var/log/it's $HOME; rm".shellWord == "'/var/log/it'\\''s $HOME; rm'")
        #expect("".shellWord == "''")
    }
}
