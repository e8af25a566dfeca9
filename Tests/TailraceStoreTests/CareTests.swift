import Foundation
import TailracePipeline
import Testing

@testable import TailraceStore

@Suite struct CareTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func filled(_ rows: Int64) throws -> Store {
        let store = try Store(path: folder.path(), create: true)
        try store.checkpoint { checkpoint in
            try checkpoint.upsert((0..<rows).map { TallyRow(window: hour($0), stage: 1, result: 0, count: 1) })
        }
        return store
    }

    @Test func aBackupIsAStoreWithTheSameContentForOwnerAndGroupOnly() throws {
        let store = try filled(100)
        let copy = folder.path("copy.sqlite")
        try store.backUp(to: copy)
        let sql = "SELECT id, outcomes, state FROM outcome"
        #expect(try StoreReader(path: copy).table(sql) == StoreReader(path: folder.path()).table(sql))
        let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions]
        #expect(mode as? Int == 0o640)
        #expect(try Store(path: copy, create: false).problems(thorough: true).isEmpty)
    }

    @Test func aBackupNeverReplacesAFileAndLeavesNoHalfOfOne() throws {
        let store = try filled(1)
        let note = try folder.write("keep me", to: "note.txt")
        #expect(fault { try store.backUp(to: note) }?.kind == .notWritable)
        #expect(try String(contentsOfFile: note, encoding: .utf8) == "keep me")
        let lost = fault { try store.backUp(to: folder.path("no/copy.sqlite")) }
        #expect(lost?.kind == .folderMissing)
        #expect(lost?.path == folder.path("no/copy.sqlite"))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        #expect(left == ["note.txt", "test.sqlite", "test.sqlite-lock", "test.sqlite-shm", "test.sqlite-wal"])
    }

    @Test func shrinkingGivesUnusedPagesBack() throws {
        let store = try filled(1)
        let blob = Segment(kind: "big", version: 1, data: Array(repeating: 1, count: 1 << 20))
        try store.checkpoint { try $0.append(blob) }
        try store.checkpoint { try $0.replaceSegments("big", with: []) }
        let before = try store.connection.integer("PRAGMA page_count")
        try store.shrink(atMost: 100)
        #expect(try store.connection.integer("PRAGMA page_count") == before - 100)
        try store.shrink(atMost: 100_000)
        #expect(try store.connection.integer("PRAGMA freelist_count") == 0)
    }

    @Test func everyQueryOfTheDocumentationRuns() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("docs/store.md"), encoding: .utf8)
        let queries = text.components(separatedBy: "```sql\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(queries.count >= 5)
        _ = try filled(1)
        let reader = try StoreReader(path: folder.path())
        for query in queries { #expect(fault { _ = try reader.table(query) } == nil, "\(query)") }
        for view in Store.viewNames { #expect(text.contains("`\(view)`"), "\(view) is not in docs/store.md") }
    }
}
