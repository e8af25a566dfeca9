import Foundation
import TailracePipeline
import Testing
import TestSupport

@testable import TailraceStore

@Suite struct FaultTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Faults of opening for writing and for reading.
    private func faults(_ path: String, create: Bool = true) -> [StoreFault?] {
        [fault { _ = try Store(path: path, create: create) }, fault { _ = try StoreReader(path: path) }]
    }

    private func database(_ name: String, _ sql: String) throws -> String {
        let connection = try Connection(path: folder.path(name), opening: folder.path(name), flags: 6)
        try connection.execute(sql)
        return folder.path(name)
    }

    @Test func everyFaultSaysTheFileAndTheMend() throws {
        let text = try folder.write("time,stream,action\n", to: "events.csv")
        for fault in faults(text) {
            let fault = try #require(fault)
            #expect(fault.description.hasPrefix(text + ": "))
            #expect(fault.description.contains("; ") && !fault.mend.isEmpty)
        }
    }

    @Test(arguments: ["x", String(repeating: "not a database\n", count: 1000)])
    func aTextFileIsNotTakenForAStoreAndStaysAsItIs(content: String) throws {
        let path = try folder.write(content, to: "notes.txt")
        #expect(faults(path).map { $0?.kind } == [.notSQLite, .notSQLite])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
    }

    @Test func aFolderIsNotAStore() throws {
        #expect(faults(folder.url.path).map { $0?.kind } == [.notSQLite, .notSQLite])
    }

    @Test func anotherApplicationsDatabaseIsRefusedAndStaysAsItIs() throws {
        let marked = try database("other.sqlite", "CREATE TABLE t (x); PRAGMA application_id = 77")
        let plain = try database("plain.sqlite", "CREATE TABLE t (x)")
        for path in [marked, plain] {
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(faults(path).map { $0?.kind } == [.otherApplication, .otherApplication])
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
        #expect(faults(marked)[0]?.message.contains("77") == true)
    }

    @Test func aStoreOfANewerTailraceIsRefusedWithBothVersions() throws {
        do { _ = try Store(path: folder.path(), create: true) }
        let connection = try Connection(path: folder.path(), opening: folder.path(), flags: 2)
        try connection.execute("PRAGMA user_version = 9")
        for found in faults(folder.path()) {
            #expect(found?.kind == .newerVersion)
            #expect(found?.message == "made by a newer Tailrace (version 9); this one writes version 7")
        }
    }

    @Test func aMissingFileIsMissingUnlessItMayBeCreated() throws {
        #expect(faults(folder.path(), create: false).map { $0?.kind } == [.missing, .missing])
        #expect(fault { _ = try Store(path: folder.path(), create: true) } == nil)
        #expect(faults(folder.path(), create: false) == [nil, nil])
    }

    @Test func aMissingFolderIsToldFromAMissingFile() throws {
        #expect(faults(folder.path("no/such/store.sqlite")).map { $0?.kind } == [.folderMissing, .folderMissing])
        let file = try folder.write("", to: "file")
        #expect(faults(file + "/store.sqlite").map { $0?.kind } == [.folderMissing, .folderMissing])
    }

    @Test func anEmptyFileBecomesAStoreOnlyWhereOneMayBeCreated() throws {
        let path = try folder.write("", to: "empty.sqlite")
        #expect(faults(path, create: false).map { $0?.kind } == [.empty, .empty])
        #expect(faults(path, create: true) == [nil, nil])
    }

    @Test func aFolderWithoutRightToWriteIsNamedAsThat() throws {
        do { _ = try Store(path: folder.path(), create: true) }
        let found = try unprivileged(folder.url.path) {
            [
                fault { _ = try Store(path: folder.path(), create: false) },
                fault { _ = try Store(path: folder.path("new.sqlite"), create: true) },
            ]
        }
        #expect(found.map { $0?.kind } == [.notWritable, .notWritable])
        #expect(found.allSatisfy { $0?.mend.contains("write access") == true })
    }

    @Test func aFileThatMayOnlyBeReadIsNamedAsThat() throws {
        do { _ = try Store(path: folder.path(), create: true) }
        chmod(folder.path(), 0o444)
        chmod(folder.url.path, 0o777)
        let found = try unprivileged(nil) { fault { _ = try Store(path: folder.path(), create: false) } }
        #expect(found?.kind == .notWritable)
    }

    @Test func aSecondWriterIsRefusedUntilTheFirstIsGone() throws {
        var first: Store? = try Store(path: folder.path(), create: true)
        #expect(fault { _ = try Store(path: folder.path(), create: false) }?.kind == .inUse)
        #expect(fault { _ = try StoreReader(path: folder.path()) } == nil)
        #expect(first != nil)
        first = nil
        #expect(!FileManager.default.fileExists(atPath: folder.path() + "-lock"))
        #expect(fault { _ = try Store(path: folder.path(), create: false) } == nil)
    }

    @Test func aLockFileLeftByAKilledWriterIsNoHindrance() throws {
        _ = try folder.write("", to: "test.sqlite-lock")
        #expect(fault { _ = try Store(path: folder.path(), create: true) } == nil)
    }

    @Test func aDamagedPageIsReportedAsDamage() throws {
        do {
            let store = try Store(path: folder.path(), create: true)
            let rows = (0..<5000).map { TallyRow(window: hour($0), stage: 1, result: 0, count: 1) }
            try store.checkpoint { try $0.upsert(rows) }
            try store.truncateLog()
        }
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.path()))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: size / 4096 / 2 * 4096)
        try handle.write(contentsOf: Data(repeating: 0xEE, count: Int(size - size / 4096 / 2 * 4096)))
        try handle.close()
        let reader = try StoreReader(path: folder.path())
        #expect(fault { _ = try reader.table("SELECT sum(length(state)) FROM outcome") }?.kind == .damaged)
    }

    @Test func onlyOwnerAndGroupMayReadANewStoreWhateverTheUmask() throws {
        let store = try Store(path: folder.path(), create: true)
        try store.checkpoint { try $0.setSetting("a", "b") }
        for suffix in ["", "-wal", "-shm"] {
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path() + suffix)[.posixPermissions]
            #expect(mode as? Int == 0o640, "\(suffix)")
        }
    }
}
