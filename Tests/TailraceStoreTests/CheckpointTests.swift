import Foundation
import TailracePipeline
import Testing

@testable import TailraceStore

@Suite struct CheckpointTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private struct Key: Hashable {
        var window: Window
        var stage: Int
    }

    /// What is stored, read past all views.
    private func tallies(_ path: String) throws -> [[RowValue]] {
        try StoreReader(path: path).table("SELECT id, outcomes FROM outcome").rows
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func mixedUpsertsAndMergesLeaveWhatADictionaryHolds(seed: UInt64) throws {
        var generator = SplitMix64(state: seed)
        let store = try Store(path: folder.path(), create: true)
        var oracle: [Key: Int64] = [:]
        for _ in 0..<40 {
            let isMerge = Bool.random(using: &generator)
            var rows: [TallyRow] = []
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                let row = TallyRow(
                    window: hour(.random(in: 0..<6, using: &generator)), stage: .random(in: 0..<4, using: &generator),
                    result: 0, count: .random(in: 0..<1000, using: &generator))
                let key = Key(window: row.window, stage: row.stage)
                oracle[key] = isMerge ? oracle[key, default: 0] + row.count : row.count
                rows.append(row)
            }
            try store.checkpoint { checkpoint in
                if isMerge { try checkpoint.merge(rows) } else { try checkpoint.upsert(rows) }
            }
        }
        let expected = oracle.map { TallyRow(window: $0.window, stage: $0.stage, result: 0, count: $1) }
            .sorted { $0.rowID < $1.rowID }.map { [RowValue.integer($0.rowID), .integer($0.count)] }
        #expect(try tallies(folder.path()) == expected, "seed \(seed)")
    }

    @Test func everyKindOfValueComesBackAsItWent() throws {
        let store = try Store(path: folder.path(), create: true)
        var stage = StageRow(index: 3, name: "")
        stage.kind = "pruefung \u{1F4E8} \u{0}end"
        stage.firstSeen = .min
        stage.lastSeen = .max
        stage.capacityPerDay = 0.1
        try store.checkpoint { try $0.upsert([stage, StageRow(index: 4, name: "b")]) }
        let found = try #require(try store.stages().first)
        #expect(found.name == "" && found.kind == stage.kind && found.owner == nil)
        #expect(found.firstSeen == .min && found.lastSeen == .max && found.capacityPerDay == 0.1)
        try store.checkpoint { try $0.append(Segment(kind: "k", version: 1, data: [])) }
        #expect(try store.segments("k") == [Segment(kind: "k", version: 1, data: [])])
    }

    @Test func aBodyThatThrowsWritesNothing() throws {
        struct Stop: Error {}
        let store = try Store(path: folder.path(), create: true)
        let row = TallyRow(window: hour(0), stage: 1, result: 0, count: 1)
        let found = fault {
            try store.checkpoint { checkpoint in
                try checkpoint.upsert([row])
                throw Stop()
            }
        }
        #expect(found?.kind == .interrupted)
        #expect(found?.isTransient == false)
        #expect(try tallies(folder.path()).isEmpty)
        try store.checkpoint { try $0.upsert([row]) }
        #expect(try tallies(folder.path()).count == 1)
    }

    @Test func aStoredStateThatIsDamagedIsNamedAndNothingIsWritten() throws {
        let store = try Store(path: folder.path(), create: true)
        let row = TallyRow(window: hour(0), stage: 1, result: 0, count: 300)
        try store.checkpoint { try $0.upsert([row]) }
        try store.connection.execute("UPDATE outcome SET state = x'80'")
        let found = fault { try store.checkpoint { try $0.merge([row]) } }
        #expect(found?.kind == .damaged)
        #expect(found?.message.contains("row \(row.rowID) of outcome") == true)
        #expect(try tallies(folder.path()) == [[.integer(row.rowID), .integer(300)]])
    }

    @Test func whatWasNotCommittedWhenTheProcessDiedIsNotThere() throws {
        let store = try Store(path: folder.path(), create: true)
        let first = TallyRow(window: hour(0), stage: 1, result: 0, count: 1)
        try store.checkpoint { try $0.upsert([first]) }
        let image = folder.path("image.sqlite")
        try store.checkpoint { checkpoint in
            try checkpoint.upsert([TallyRow(window: hour(0), stage: 1, result: 0, count: 2)])
            // More than the page cache holds, so that unfinished pages stand in the log when it is copied.
            try checkpoint.append(Segment(kind: "big", version: 1, data: Array(repeating: 7, count: 24 << 20)))
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(atPath: folder.path() + suffix, toPath: image + suffix)
            }
        }
        let log = try FileManager.default.attributesOfItem(atPath: image + "-wal")[.size] as? Int
        #expect((log ?? 0) > 4 << 20)
        let reopened = try Store(path: image, create: false)
        #expect(try tallies(image) == [[.integer(first.rowID), .integer(1)]])
        #expect(try reopened.segments("big").isEmpty)
        #expect(try reopened.connection.value("PRAGMA integrity_check") == .text("ok"))
        #expect(try tallies(folder.path()) == [[.integer(first.rowID), .integer(2)]])
    }

    @Test func aFullDiskIsTransientAndTheSameCheckpointSucceedsLater() throws {
        let store = try Store(path: folder.path(), create: true)
        let rows = (0..<20_000).map { TallyRow(window: hour(Int64($0)), stage: 1, result: 0, count: 1) }
        try store.checkpoint { try $0.upsert(Array(rows.prefix(10))) }
        let pages = try store.connection.integer("PRAGMA page_count")
        try store.connection.execute("PRAGMA max_page_count = \(pages + 3)")
        let work: (inout Checkpoint) throws -> Void = { try $0.merge(rows) }
        let found = fault { try store.checkpoint(work) }
        #expect(found?.kind == .diskFull)
        #expect(found?.isTransient == true)
        #expect(try tallies(folder.path()).count == 10)
        #expect(try store.connection.value("PRAGMA integrity_check") == .text("ok"))
        try store.connection.execute("PRAGMA max_page_count = 1000000")
        try store.checkpoint(work)
        let sums = try StoreReader(path: folder.path()).integers("SELECT sum(outcomes) FROM outcome")
        #expect(sums == [20_010])
    }

    @Test func aLockOfAnotherConnectionIsTransient() throws {
        let store = try Store(path: folder.path(), create: true)
        let other = try Connection(path: folder.path(), opening: folder.path(), flags: 2)
        try other.execute("BEGIN IMMEDIATE")
        try store.connection.execute("PRAGMA busy_timeout = 20")
        let row = TallyRow(window: hour(0), stage: 1, result: 0, count: 1)
        let found = fault { try store.checkpoint { try $0.upsert([row]) } }
        #expect(found?.kind == .locked)
        #expect(found?.isTransient == true)
        try other.execute("ROLLBACK")
        try store.checkpoint { try $0.upsert([row]) }
        #expect(try tallies(folder.path()).count == 1)
    }

    @Test func readsOfItemsWithoutARowArePassedOver() throws {
        let store = try Store(path: folder.path(), create: true)
        try store.connection.execute("INSERT INTO item (id, item, reads) VALUES (1, 'a', 0), (2, 'b', 5)")
        try store.checkpoint { try $0.setItemReads([(1, 7), (2, nil), (3, 9)]) }
        let table = try StoreReader(path: folder.path()).table("SELECT id, reads FROM item")
        #expect(table.rows == [[.integer(1), .integer(7)], [.integer(2), .null]])
    }

    @Test func aCohortMaturesSevenDaysAfterItsWeekAndNotASecondEarlier() throws {
        let store = try Store(path: folder.path(), create: true)
        let week = Window(grain: .week, start: 1_767_571_200, end: 1_768_176_000)
        let ripe = week.end + 7 * 86_400
        let mature = "SELECT mature FROM v1_cohorts"
        try store.checkpoint { checkpoint in
            try checkpoint.upsert([StageRow(index: 1, name: "mail")])
            try checkpoint.upsert([SpanRow(window: week, isClosed: true)])
            try checkpoint.upsert([CohortRow(window: week, stage: 1, origin: .human)])
            try checkpoint.matureCohorts(watermark: ripe - 1)
        }
        let reader = try StoreReader(path: folder.path())
        #expect(try reader.integers(mature) == [0])
        try store.checkpoint { try $0.matureCohorts(watermark: ripe) }
        #expect(try reader.integers(mature) == [1])
    }

    @Test func removedRowsAreGoneAndUnknownIdsAreNoFault() throws {
        let store = try Store(path: folder.path(), create: true)
        let rows = (0..<3).map { TallyRow(window: hour($0), stage: 1, result: 0, count: $0) }
        try store.checkpoint { try $0.upsert(rows) }
        try store.checkpoint { try $0.remove([rows[1].rowID, 99], from: "outcome") }
        #expect(try tallies(folder.path()).map(\.[1]) == [.integer(0), .integer(2)])
    }
}
