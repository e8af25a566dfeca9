import Foundation
import Testing
import TestSupport

/// `doctor` and `sources` on real stores: every fault that is there is found, and nothing where all is well.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct DoctorTests {
    /// Faults of the machine that runs the tests, which are none of the sources'.
    private static let ownPlaces = ["open files", "fs.inotify", "rights", "store.sqlite"]

    private func replay(_ files: [String: [UInt8]]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, bytes) in files { try folder.write(bytes, to: "logs/" + name) }
        _ = try Program.tailrace("replay", "--store", "store.sqlite", "logs", in: folder)
        return folder
    }

    private func python(_ script: String, _ folder: TemporaryFolder) throws {
        let text = "import sqlite3, sys\nstore = sqlite3.connect(sys.argv[1])\n\(script)\nstore.commit()\nstore.close()"
        let outcome = try Program.run(
            Program.python ?? "python3", ["-c", text, folder.path("store.sqlite")])
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// Findings by the last component of their place: `severity what`.
    private func findings(_ outcome: Outcome) -> [String: String] {
        let rows = outcome.object["findings"] as? [[String: Any]] ?? []
        var found: [String: String] = [:]
        for row in rows {
            let place = (row["place"] as? String ?? "").split(separator: "/").last.map(String.init) ?? ""
            if Self.ownPlaces.contains(where: { place.hasPrefix($0) }) { continue }
            let severity = row["severity"] as? String ?? ""
            found[place, default: ""] += "\(severity) \(row["what"] as? String ?? "")"
            if severity != "note" { #expect((row["mend"] as? String)?.isEmpty == false) }
        }
        return found
    }

    // MARK: - Doctor

    @Test func whereNothingIsWrongNothingIsFound() throws {
        let folder = try replay([
            "a.ndjson": ScheduledItems.lines("a", 100), "b.ndjson.gz": Packing.gzip(ScheduledItems.lines("b", 100)),
        ])
        let outcome = try Program.tailrace("doctor", "--deep", "--json", "--store", "store.sqlite", in: folder)
        #expect(outcome.errors == "")
        #expect(findings(outcome).isEmpty, "\(outcome.output)")
        #expect(outcome.status == 0 || !(outcome.object["findings"] as? [Any] ?? []).isEmpty)
        let text = try Program.tailrace("doctor", "--store", "store.sqlite", in: folder)
        #expect(text.output.contains("Looked at: ") && text.output.contains("2 sources"))
    }

    @Test func everyFaultOfAFileIsFoundAndNamed() throws {
        let whole = Packing.gzip(ScheduledItems.lines("c", 3000))
        var damaged = whole
        for at in damaged.count / 2..<damaged.count / 2 + 40 { damaged[at] ^= 0x55 }
        let folder = try replay([
            "good.ndjson": ScheduledItems.lines("a", 100), "damaged.gz": damaged,
            "cut.gz": Array(whole.dropLast(whole.count / 3)),
            "words.txt": Array("hello\nworld\n".utf8),
            "half.ndjson": ScheduledItems.lines("h", 50) + Array("broken\nbroken\n".utf8),
        ])
        let outcome = try Program.tailrace("doctor", "--json", "--store", "store.sqlite", in: folder)
        #expect(outcome.status == 1)
        let found = findings(outcome)
        #expect(Set(found.keys) == ["damaged.gz", "cut.gz", "words.txt", "half.ndjson"], "\(found)")
        #expect(found["damaged.gz"]?.hasPrefix("error damaged: ") == true, "\(found)")
        #expect(found["cut.gz"]?.hasPrefix("warning unfinished: ") == true, "\(found)")
        #expect(found["words.txt"]?.hasPrefix("warning unknown format") == true, "\(found)")
        #expect(found["half.ndjson"]?.contains("(2 of 52), most as `syntax`") == true, "\(found)")
        let text = try Program.tailrace("doctor", "--store", "store.sqlite", in: folder)
        #expect(text.status == 1)
        #expect(text.output.hasPrefix("ERROR "))
    }

    /// The commands that close an unfinished archive lose nothing, and count nothing twice.
    @Test func theCommandsThatCloseAnArchiveDo() throws {
        let whole = Packing.gzip(ScheduledItems.lines("c", 3000))
        let folder = try replay(["it's cut.gz": Array(whole.dropLast(whole.count / 3))])
        let sum = "SELECT sum(events) FROM v1_sources"
        let before = try ReplayedStore.column(sum, of: folder.path("store.sqlite"))
        let outcome = try Program.tailrace("doctor", "--json", "--store", "store.sqlite", in: folder)
        let rows = outcome.object["findings"] as? [[String: Any]] ?? []
        let finding = rows.first { ($0["place"] as? String)?.hasSuffix("cut.gz") == true }
        let commands = finding?["commands"] as? [String] ?? []
        #expect(commands.count == 3)
        let shell = try Program.run("/bin/sh", ["-c", commands.joined(separator: "\n")], in: folder.url)
        #expect(shell.status == 0, "\(shell.errors)")
        #expect(try Program.tailrace("replay", "--store", "store.sqlite", "logs", in: folder).status == 0)
        #expect(try ReplayedStore.column(sum, of: folder.path("store.sqlite")) == before)
        let states = try ReplayedStore.column("SELECT DISTINCT state FROM v1_sources", of: folder.path("store.sqlite"))
        #expect(states == ["ok"])
    }

    @Test func whatTheConfigurationNamesIsLookedAt() throws {
        let folder = try replay(["a.ndjson": ScheduledItems.lines("a", 10)])
        try FileManager.default.createDirectory(atPath: folder.path("empty"), withIntermediateDirectories: true)
        #expect(mkfifo(folder.path("pipe.gz"), 0o600) == 0)
        let text = """
            store: store.sqlite
            sources:
              - paths: ["logs/*.ndjson", "logs/*.missing", "nowhere/deeper/*.log", "empty", "pipe.gz"]
            """
        try folder.write(Array(text.utf8), to: "tailrace.yaml")
        let outcome = try Program.tailrace("doctor", "--json", "--config", "tailrace.yaml", in: folder)
        #expect(outcome.status == 1)
        let found = findings(outcome)
        #expect(Set(found.keys) == ["*.missing", "*.log", "empty", "pipe.gz"], "\(found)")
        #expect(found["*.missing"] == "warning matches no file.")
        #expect(found["*.log"]?.contains("/nowhere does not exist.") == true, "\(found)")
        #expect(found["empty"]?.hasPrefix("note ") == true)
        #expect(found["pipe.gz"] == "error is left out: is not a regular file.")
    }

    @Test func aConfigurationWithMistakesIsAFindingAndTheRestIsLookedAt() throws {
        let folder = try replay(["a.ndjson": ScheduledItems.lines("a", 10)])
        try folder.write(Array("sauces: []\n".utf8), to: "bad.yaml")
        let outcome = try Program.tailrace(
            "doctor", "--json", "--config", "bad.yaml", "--store", "store.sqlite", in: folder)
        #expect(outcome.status == 1)
        #expect(findings(outcome).keys.contains("bad.yaml:1:1"), "\(outcome.output)")
        #expect((outcome.object["checked"] as? [String])?.contains("1 source") == true)
    }

    @Test func aStoreThatCannotBeReadEndsWith74AndTheRestIsLookedAt() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("notes of mine, no database\n".utf8), to: "store.sqlite")
        for path in ["store.sqlite", "none.sqlite", "no/such.sqlite"] {
            let outcome = try Program.tailrace("doctor", "--json", "--store", path, in: folder)
            #expect(outcome.status == 74, "\(path)")
            #expect(outcome.errors.contains(path))
            let rows = outcome.object["findings"] as? [[String: Any]] ?? []
            #expect(rows.contains { $0["severity"] as? String == "error" && $0["place"] as? String == path })
        }
    }

    @Test func aDamagedStoreIsFound() throws {
        let folder = try replay(["a.ndjson": ScheduledItems.lines("a", 500)])
        try python("store.execute('PRAGMA wal_checkpoint(TRUNCATE)')", folder)
        var bytes = Array(FileManager.default.contents(atPath: folder.path("store.sqlite")) ?? Data())
        // Behind the first pages, which hold the schema, the source table and its neighbours.
        for at in stride(from: bytes.count / 2, to: bytes.count, by: 4096) {
            for place in at..<min(at + 16, bytes.count) { bytes[place] = 0xFF }
        }
        try folder.write(bytes, to: "store.sqlite")
        let outcome = try Program.tailrace("doctor", "--json", "--store", "store.sqlite", in: folder)
        #expect(outcome.status == 1 || outcome.status == 74, "\(outcome.status)")
        let rows = outcome.object["findings"] as? [[String: Any]] ?? []
        #expect(rows.contains { ($0["what"] as? String)?.contains("damaged") == true }, "\(outcome.output)")
    }

    @Test func howFoldersAreWatchedIsShown() throws {
        let folder = try replay(["a.ndjson": ScheduledItems.lines("a", 10)])
        let text = "12 folders watched, 1 polled: /mnt/logs (network file system (nfs))"
        #expect(
            try Program.tailrace("status", "--json", "--store", "store.sqlite", in: folder).object["watching"] is NSNull
        )
        try python(
            """
            store.execute("DELETE FROM setting WHERE key = 'watching'")
            store.execute("INSERT INTO setting (key, value) VALUES ('watching', ?)", ("\(text)",))
            """, folder)
        let status = try Program.tailrace("status", "--store", "store.sqlite", in: folder)
        #expect(status.output.contains("watching  12 folders watched"), "\(status.output)")
        let outcome = try Program.tailrace("doctor", "--json", "--store", "store.sqlite", in: folder)
        #expect(findings(outcome) == ["watching": "note \(text)."])
    }

    // MARK: - Sources

    @Test func sourcesAreListedTheWorstFirst() throws {
        let whole = Packing.gzip(ScheduledItems.lines("c", 3000))
        let folder = try replay([
            "a.ndjson": ScheduledItems.lines("a", 100), "z-cut.gz": Array(whole.dropLast(whole.count / 3)),
            "z-words.txt": Array("hello\nworld\n".utf8),
        ])
        let outcome = try Program.tailrace("sources", "--json", "--store", "store.sqlite", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.rows.map { $0["state"] as? String } == ["unreadable", "truncated", "ok"])
        let text = try Program.tailrace("sources", "--store", "store.sqlite", in: folder)
        #expect(text.output.contains("3 sources: ok 1, truncated 1, unreadable 1."), "\(text.output)")
        let one = try Program.tailrace("sources", "--json", "--state", "ok", "--store", "store.sqlite", in: folder)
        #expect(one.rows.count == 1)
        let none = try Program.tailrace("sources", "--state", "corrupt", "--store", "store.sqlite", in: folder)
        #expect(none.status == 0 && none.output.contains("No source is in state corrupt."))
    }

    @Test func sourcesAreCutOnAScreenAndNeverInJSON() throws {
        let files = (0..<50).map { ("log-\($0).ndjson", ScheduledItems.lines("\($0)", 2)) }
        let folder = try replay(Dictionary(uniqueKeysWithValues: files))
        func lines(_ arguments: String...) throws -> Int {
            let outcome = try Program.run(
                Program.tailrace, ["sources", "--store", "store.sqlite"] + arguments, in: folder.url)
            return outcome.output.split(separator: "\n").count { $0.contains("/log-") }
        }
        #expect(try lines() == 40)
        #expect(try lines("--all") == 50)
        #expect(try lines("--json") == 50)
    }

    @Test func theNewestRestartPointIsToldAndAStoreWithoutAnyIsRead() throws {
        let folder = try replay(["a.ndjson": ScheduledItems.lines("a", 10)])
        try python("store.execute('DROP TABLE IF EXISTS restart_point')", folder)
        let without = try Program.tailrace("sources", "--json", "--store", "store.sqlite", in: folder)
        #expect(without.status == 0, "\(without.errors)")
        #expect(without.rows.first?["restart_position"] is NSNull)
        try python(
            """
            store.execute('''CREATE TABLE restart_point (
                id INTEGER PRIMARY KEY, source INTEGER, position INTEGER, taken_at INTEGER, data BLOB)''')
            source = store.execute('SELECT id FROM source').fetchone()[0]
            for slot, position in ((0, 8000000), (1, 4000000)):
                store.execute('INSERT INTO restart_point VALUES (?, ?, ?, ?, NULL)',
                    (source * 2 + slot, source, position, 1000 + slot))
            store.execute('INSERT INTO restart_point VALUES (9999, 4711, 1, 1, NULL)')
            """, folder)
        let with = try Program.tailrace("sources", "--json", "--store", "store.sqlite", in: folder)
        #expect(with.rows.count == 1)
        #expect((with.rows.first?["restart_position"] as? NSNumber)?.intValue == 8_000_000)
        #expect((with.rows.first?["restart_taken_at"] as? NSNumber)?.intValue == 1000)
        let text = try Program.tailrace("sources", "--store", "store.sqlite", in: folder)
        #expect(text.output.contains("8 MB, ") && text.output.contains(" ago"), "\(text.output)")
    }

    @Test func aCopyNamesTheSourceThatItRepeats() throws {
        let folder = try replay(["a.ndjson": ScheduledItems.lines("a", 10), "b.ndjson": ScheduledItems.lines("b", 10)])
        try python(
            """
            if 'copy_of' not in [row[1] for row in store.execute("PRAGMA table_info('source')")]:
                store.execute('ALTER TABLE source ADD COLUMN copy_of INTEGER')
            ids = [row[0] for row in store.execute('SELECT id FROM source ORDER BY path')]
            store.execute("UPDATE source SET copy_of = ?, detail = 'holds the same log' WHERE id = ?", ids)
            """, folder)
        let outcome = try Program.tailrace("sources", "--json", "--store", "store.sqlite", in: folder)
        let copies = outcome.rows.map { ($0["copy_of"] as? String)?.split(separator: "/").last.map(String.init) }
        #expect(copies == [nil, "a.ndjson"])
        let doctor = try Program.tailrace("doctor", "--json", "--store", "store.sqlite", in: folder)
        #expect(findings(doctor).isEmpty, "a copy is no finding")
    }
}
