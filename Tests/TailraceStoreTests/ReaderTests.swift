import Foundation
import TailracePipeline
import Testing
import TestSupport

@testable import TailraceStore

@Suite struct ReaderTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func fill(_ count: Int64) throws {
        let store = try Store(path: folder.path(), create: true)
        try store.checkpoint { checkpoint in
            try checkpoint.upsert((0..<count).map { TallyRow(window: hour($0), stage: 1, result: 0, count: 1) })
        }
    }

    @Test func aReaderSeesWholeCheckpointsOnlyAndIsNeverInTheWay() throws {
        let path = folder.path()
        let store = try Store(path: path, create: true)
        try store.checkpoint { try $0.upsert([TallyRow(window: hour(0), stage: 1, result: 0, count: 0)]) }
        let done = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var seen: [[Int64]] = []
        nonisolated(unsafe) var trouble: (any Error)?
        let thread = Thread {
            do {
                let reader = try StoreReader(path: path)
                for _ in 0..<300 {
                    seen.append(
                        try reader.integers("SELECT outcomes FROM outcome UNION ALL SELECT count(*) FROM outcome"))
                }
            } catch { trouble = error }
            done.signal()
        }
        thread.start()
        // Each checkpoint adds one row, and sets all rows to the number of rows.
        for round in 1...60 as ClosedRange<Int64> {
            let rows = (0...round).map { TallyRow(window: hour($0), stage: 1, result: 0, count: round + 1) }
            try store.checkpoint { try $0.upsert(rows) }
        }
        done.wait()
        #expect(trouble == nil)
        #expect(seen.count == 300)
        for values in seen where values != [0, 1] {
            #expect(values.allSatisfy { $0 == Int64(values.count - 1) }, "half a checkpoint: \(values)")
        }
    }

    @Test func aSnapshotStaysAtOneStateWhileMoreIsWritten() throws {
        let store = try Store(path: folder.path(), create: true)
        let reader = try StoreReader(path: folder.path())
        let count = "SELECT count(*) FROM outcome"
        let seen = try reader.snapshot { reader in
            let before = try reader.integers(count)
            try store.checkpoint { try $0.upsert([TallyRow(window: hour(0), stage: 1, result: 0, count: 1)]) }
            return (before, try reader.integers(count))
        }
        #expect(seen.0 == [0] && seen.1 == [0])
        #expect(try reader.integers(count) == [1])
    }

    @Test func argumentsAreBoundAndNotPasted() throws {
        try fill(3)
        let reader = try StoreReader(path: folder.path())
        let table = try reader.table("SELECT ? AS text, ?2 AS number", [.text("'; DROP TABLE flow; --"), .real(0.5)])
        #expect(
            table == ResultTable(columns: ["text", "number"], rows: [[.text("'; DROP TABLE flow; --"), .real(0.5)]]))
    }

    @Test(arguments: [
        "DELETE FROM outcome", "CREATE TABLE x (y)", "SELEC 1", "SELECT nosuch FROM v1_flow", "", "SELECT 1; SELECT 2",
        "SELECT ?",
    ])
    func whatIsNotOneQuestionIsAQueryFault(sql: String) throws {
        try fill(3)
        let reader = try StoreReader(path: folder.path())
        #expect(fault { _ = try reader.table(sql) }?.kind == .query)
        #expect(try reader.integers("SELECT count(*) FROM outcome;\n") == [3])
    }

    @Test func theLogStaysWhenTheWriterEndsSoThatAGroupCanRead() throws {
        try fill(5)
        for suffix in ["-wal", "-shm"] { #expect(FileManager.default.fileExists(atPath: folder.path() + suffix)) }
        chmod(folder.path(), 0o644)
        chmod(folder.path() + "-wal", 0o644)
        chmod(folder.path() + "-shm", 0o644)
        let count = try unprivileged(folder.url.path) {
            try StoreReader(path: folder.path()).integers("SELECT count(*) FROM outcome")
        }
        #expect(count == [5])
    }

    @Test func aStoreWithoutSideFilesIsReadInAFolderThatTakesNone() throws {
        try fill(5)
        for suffix in ["-wal", "-shm"] { try FileManager.default.removeItem(atPath: folder.path() + suffix) }
        chmod(folder.path(), 0o444)
        let count = try unprivileged(folder.url.path) {
            try StoreReader(path: folder.path()).integers("SELECT count(*) FROM outcome")
        }
        #expect(count == [5])
    }

    @Test func aLogThatWasNotCopiedBackIsReadWithoutASideFileToo() throws {
        let store = try Store(path: folder.path(), create: true)
        try store.truncateLog()
        try store.checkpoint { try $0.upsert([TallyRow(window: hour(0), stage: 1, result: 0, count: 1)]) }
        let other = try ScratchFolder()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: folder.path() + suffix, toPath: other.path() + suffix)
            chmod(other.path() + suffix, 0o444)
        }
        let count = try unprivileged(other.url.path) {
            try StoreReader(path: other.path()).integers("SELECT count(*) FROM outcome")
        }
        #expect(count == [1])
    }

    @Test func aPathThatLooksLikeAURIIsAPath() throws {
        let path = folder.path("a b%20c?mode=memory#x.sqlite")
        do {
            let store = try Store(path: path, create: true)
            try store.checkpoint { try $0.setSetting("k", "v") }
        }
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(try Store(path: path, create: false).settings() == ["k": "v"])
        for suffix in ["-wal", "-shm"] { try FileManager.default.removeItem(atPath: path + suffix) }
        chmod(path, 0o444)
        let count = try unprivileged(folder.url.path) {
            try StoreReader(path: path).integers("SELECT count(*) FROM setting")
        }
        #expect(count == [1])
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
    func pythonReadsEveryViewWhileTheWriterHoldsTheStore() throws {
        let store = try Store(path: folder.path(), create: true)
        try store.checkpoint { checkpoint in
            try checkpoint.upsert([StageRow(index: 1, name: "review")])
            try checkpoint.upsert([SpanRow(window: day(0), isClosed: true)])
            try checkpoint.upsert([FlowRow(window: day(0), stage: 1)])
        }
        let script = """
            import sqlite3, sys
            store = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
            views = [r[0] for r in store.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
            print(len(views), sum(len(store.execute("SELECT * FROM " + v).description) for v in views))
            print(store.execute("SELECT stage, grain, backlog FROM v1_flow").fetchall())
            print(store.execute("PRAGMA integrity_check").fetchone()[0])
            """
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", script, folder.path()]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let columns = View.all.reduce(0) { $0 + $1.columns.count }
        #expect(text == "\(View.all.count) \(columns)\n[('review', 'day', None)]\nok\n")
    }
}
