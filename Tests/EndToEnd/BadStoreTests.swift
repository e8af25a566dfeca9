import Foundation
import Testing
import TestSupport

/// Stores that are none or not ours, disks without room, configurations with mistakes.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct BadStoreTests {
    private static let event = Array(
        (#"{"time":"2026-03-02T09:15:00Z","stream":"ticket","action":"schedule","item":"T-1","stage":"desk"}"# + "\n")
            .utf8)

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(Self.event, to: "log.ndjson")
        return folder
    }

    private func sql(_ text: String, _ path: String) throws {
        let script = "import sqlite3, sys; s = sqlite3.connect(sys.argv[1]); s.executescript(sys.argv[2]); s.close()"
        let outcome = try Program.run(Program.python ?? "python3", ["-c", script, path, text])
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// Writing and reading commands refuse the file alike, and leave it as it is.
    private func expectRefusal(_ folder: TemporaryFolder, _ words: String...) throws {
        let path = folder.path("s.sqlite")
        let before = FileManager.default.contents(atPath: path)
        for command in [["replay", "log.ndjson"], ["flow"], ["status"], ["alerts"]] {
            let outcome = try Program.run(Program.tailrace, command + ["--store", "s.sqlite"], in: folder.url)
            #expect(outcome.status == 74, "\(command)")
            for word in ["s.sqlite"] + words {
                #expect(outcome.errors.contains(word), "\(command): no “\(word)” in: \(outcome.errors)")
            }
        }
        #expect(FileManager.default.contents(atPath: path) == before, "the file was changed")
    }

    @Test func aTextFileIsRefusedAsStore() throws {
        let folder = try folder()
        try folder.write(Array("notes of mine, no database\n".utf8), to: "s.sqlite")
        try expectRefusal(folder, "not an SQLite database")
    }

    @Test func theDatabaseOfAnotherApplicationIsRefusedAsStore() throws {
        let folder = try folder()
        try sql("CREATE TABLE a (b); INSERT INTO a VALUES (1); PRAGMA application_id = 77", folder.path("s.sqlite"))
        try expectRefusal(folder, "another application")
    }

    @Test func theStoreOfANewerVersionIsRefused() throws {
        let folder = try folder()
        #expect(try Program.tailrace("replay", "--store", "s.sqlite", "log.ndjson", in: folder).status == 0)
        try sql("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)", folder.path("s.sqlite"))
        try expectRefusal(folder, "newer", "99")
    }

    @Test func aStoreInAFolderThatIsNotThereNamesTheFolder() throws {
        let outcome = try Program.tailrace("replay", "--store", "no/such/s.sqlite", "log.ndjson", in: try folder())
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("folder"), "\(outcome.errors)")
    }

    @Test func readingAStoreThatIsNotThereSaysHowToMakeOne() throws {
        for command in ["status", "flow", "families", "alerts"] {
            let outcome = try Program.tailrace(command, "--store", "no.sqlite", in: try folder())
            #expect(outcome.status == 74, "\(command)")
            #expect(outcome.errors.contains("no.sqlite") && outcome.errors.contains("replay"), "\(outcome.errors)")
        }
    }

    /// A small file system of our own: root alone can make one.
    @Test(.enabled(if: geteuid() == 0 && canMount, "needs root and tmpfs"))
    func aFullDiskIsToldAndNothingIsLostWhenThereIsRoomAgain() throws {
        let folder = try SameContentTests.excerpt(from: "2026-04-06", until: "2026-04-09")
        let whole = try ReplayedStore([folder.path("in")])
        let disk = folder.path("disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        try #require(try Program.run("/bin/mount", ["-t", "tmpfs", "-o", "size=700k", "tmpfs", disk]).status == 0)
        defer { _ = try? Program.run("/bin/umount", ["-l", disk]) }
        let store = disk + "/s.sqlite"
        let process = try Program.start(
            Program.tailrace, ["replay", "--checkpoint-bytes", "20000", "--store", store, folder.path("in")],
            in: folder.url, named: "full")
        let errors = folder.path("full.err")
        for _ in 0..<300 where process.isRunning {
            let told = FileManager.default.contents(atPath: errors) ?? Data()
            if String(decoding: told, as: UTF8.self).contains("no space") { break }
            Thread.sleep(forTimeInterval: 0.1)
        }
        #expect(try Program.run("/bin/mount", ["-o", "remount,size=100m", disk]).status == 0)
        var outcome = Program.finish(process, in: folder.url, named: "full")
        #expect(outcome.errors.contains("no space") && outcome.errors.contains(store), "\(outcome.errors)")
        #expect([0, 74].contains(outcome.status))
        if outcome.status == 74 {
            outcome = try Program.tailrace("replay", "--store", store, folder.path("in"))
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(try ViewDump(store).difference(from: try ViewDump(whole.path)) == nil)
    }

    private static var canMount: Bool {
        guard let folder = try? TemporaryFolder(),
            Program.find("mount") == "/usr/bin/mount" || Program.find("mount") == "/bin/mount"
        else { return false }
        guard (try? Program.run("/bin/mount", ["-t", "tmpfs", "tmpfs", folder.url.path]).status) == 0 else {
            return false
        }
        return (try? Program.run("/bin/umount", [folder.url.path]).status) == 0
    }

    // MARK: - Configuration

    private static let mistakes = "store: s.sqlite\ntimezon: Europe/Paris\nstages:\n  a: {capacity: lots}\n"

    @Test func checkNamesFileLineAndColumnOfEveryMistake() throws {
        let folder = try folder()
        try folder.write(Array(Self.mistakes.utf8), to: "bad.yaml")
        let outcome = try Program.tailrace("check", "--config", "bad.yaml", in: folder)
        #expect(outcome.status == 1)
        let lines = outcome.errors.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("bad.yaml:2:1: error: ") && $0.contains("timezone") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("bad.yaml:4:17: error: ") && $0.contains("capacity") }, "\(lines)")
        #expect(lines.count == 2, "\(lines)")
    }

    @Test func aReplayWithABadConfigurationEndsWith78() throws {
        let folder = try folder()
        try folder.write(Array(Self.mistakes.utf8), to: "bad.yaml")
        let outcome = try Program.tailrace("replay", "--config", "bad.yaml", "log.ndjson", in: folder)
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("bad.yaml:2:1: error: "))
        #expect(!FileManager.default.fileExists(atPath: folder.path("s.sqlite")))
        #expect(try Program.tailrace("replay", "--config", "none.yaml", "log.ndjson", in: folder).status == 78)
    }

    @Test func checkPassesWhatIsInOrder() throws {
        let folder = try folder()
        try folder.write(Array("timezone: Europe/Paris\n".utf8), to: "ok.yaml")
        let outcome = try Program.tailrace("check", "--config", "ok.yaml", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors == "")
        let samples = try Program.tailrace("check", "--config", Program.samples + "/tailrace.yaml")
        #expect(samples.status == 0, "\(samples.errors)")
    }

    @Test(arguments: [
        ["bogus"], ["replay"], ["replay", "--threads", "0", "log.ndjson"],
        ["replay", "--format", "nope", "log.ndjson"],
        ["replay", "--bogus", "log.ndjson"], ["schema", "nope"],
    ])
    func wrongUsageEndsWith64(_ arguments: [String]) throws {
        let folder = try folder()
        let outcome = try Program.run(Program.tailrace, arguments, in: folder.url)
        #expect(outcome.status == 64)
        #expect(!outcome.errors.isEmpty && outcome.output.isEmpty)
    }
}
