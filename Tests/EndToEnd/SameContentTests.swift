import Foundation
import Testing
import TestSupport

/// The same input gives the same content of every view, however it was read.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct SameContentTests {
    /// Nine days of five logs: three compressions, two formats, families, late readers, an overload.
    static let short = Result { try excerpt(from: "2026-04-06", until: "2026-04-15") }
    private static let reference = Result { () throws -> ViewDump in
        try replay(try short.get().path("in"), [])
    }

    static func excerpt(from: String, until: String, _ more: String...) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("in"), withIntermediateDirectories: true)
        let told = try Program.oracle("excerpt", [Program.samples, folder.path("in"), from, until] + more)
        try #require(told == "", "no excerpt: \(told)")
        return folder
    }

    static func replay(_ input: String, _ options: [String], hasSources: Bool = true) throws -> ViewDump {
        let store = try ReplayedStore(options + [input])
        #expect(store.status == 0, "\(store.errors)")
        return try ViewDump(store.path, hasSources: hasSources)
    }

    @Test(arguments: [
        ["--threads", "1"], ["--threads", "2"], ["--threads", "4"], ["--chunk-bytes", "7"],
        ["--chunk-bytes", "1000", "--threads", "1"], ["--chunk-bytes", "65536", "--sort-bytes", "20000"],
        ["--chunk-bytes", "333", "--sort-bytes", "200000", "--threads", "4"], ["--checkpoint-bytes", "20000"],
        ["--checkpoint-bytes", "3000", "--threads", "1", "--chunk-bytes", "5000"],
    ])
    func threadsChunksAndCheckpointsChangeNothing(_ options: [String]) throws {
        let reference = try Self.reference.get()
        #expect(reference.text.contains("\nv1_families\t"), "the excerpt has no families to compare")
        let dump = try Self.replay(try Self.short.get().path("in"), options)
        #expect(dump.difference(from: reference) == nil)
    }

    @Test func chunksOfOneByteChangeNothing() throws {
        let folder = try Self.excerpt(from: "2026-04-06", until: "2026-04-07")
        let whole = try Self.replay(folder.path("in"), [])
        let crumbs = try Self.replay(folder.path("in"), ["--chunk-bytes", "1"])
        #expect(crumbs.difference(from: whole) == nil)
    }

    @Test func aShuffledFileIsSortedFirstAndGivesWhatTheOrderedOneGives() throws {
        let folder = try Self.excerpt(from: "2026-04-06", until: "2026-04-10", "shuffled", "2026")
        let ordered = try ReplayedStore([folder.path("in/ordered.ndjson")])
        let shuffled = try ReplayedStore([folder.path("in/shuffled/ordered.ndjson"), "--sort-bytes", "50000"])
        #expect(ordered.errors == "")
        #expect(shuffled.errors.contains("sorted"), "no notice: \(shuffled.errors)")
        let reference = try ViewDump(ordered.path, hasSources: false)
        #expect(try ViewDump(shuffled.path, hasSources: false).difference(from: reference) == nil)
    }

    @Test func aSortThatIsAskedForChangesNothing() throws {
        let dump = try Self.replay(try Self.short.get().path("in"), ["--sort", "--sort-bytes", "100000"])
        #expect(dump.difference(from: try Self.reference.get()) == nil)
    }

    @Test func aSecondReplayReadsNothingAndChangesNothing() throws {
        let input = try Self.short.get().path("in")
        let store = try ReplayedStore([input])
        let before = try ViewDump(store.path)
        let again = try Program.tailrace("replay", "--store", store.path, input)
        #expect(again.status == 0, "\(again.errors)")
        #expect(try ViewDump(store.path).difference(from: before) == nil)
    }
}
