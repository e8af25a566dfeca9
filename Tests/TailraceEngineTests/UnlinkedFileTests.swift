import Foundation
import TailraceConfig
import TailraceStore
import TestSupport
import Testing

@testable import TailraceEngine

/// A file whose name is removed goes on for its writer, and for whoever has it open.
struct UnlinkedFileTests {
    /// So far apart that records in a wrong order cannot be put right by waiting.
    private static let secondsApart = 600

    private func lines(_ numbers: some Sequence<Int>) -> [UInt8] {
        numbers.flatMap {
            Array(
                "{\"time\":\(1_767_607_200 + $0 * Self.secondsApart),\"stream\":\"ticket\",\"action\":\"schedule\",\"item\":\"T\($0)\",\"stage\":\"desk\"}\n"
                    .utf8)
        }
    }

    private func tail(_ folder: TemporaryFolder) throws -> LiveTail {
        let path = try folder.write(Array("store: store.sqlite\nsources: [{paths: [\"logs\"]}]\n".utf8), to: "t.yaml")
        return try LiveTail(
            configuration: try Configuration.load(path: path), storePath: folder.path("store.sqlite"),
            relativeTo: folder.url.path)
    }

    private func events(_ tail: LiveTail, _ path: String) -> Int64? {
        tail.driver.ledger.indices.map { tail.driver.ledger[$0] }.first { $0.path == path }?.events
    }

    /// Once it was opened anew by its name when the store had its lines already, and what came meanwhile was lost.
    @Test(arguments: [true, false])
    func `A file that is unlinked when it has been caught up with is read on`(isInOrder: Bool) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(lines(isInOrder ? Array(0..<40) : (0..<40).reversed()), to: "logs/a")
        // It is told of when everything is read, and before anything else is done.
        var damaged = Packing.gzip(lines(100..<110))
        damaged[damaged.count - 6] ^= 1
        try folder.write(damaged, to: "logs/b.gz")
        let writer = try FileHandle(forWritingTo: URL(filePath: path))
        try writer.seekToEnd()
        let tail = try tail(folder)
        var isUnlinked = false
        tail.onNotice = { notice in
            guard !isUnlinked, notice.text.contains("damaged") else { return }
            isUnlinked = unlink(path) == 0
            try? writer.write(contentsOf: Data(self.lines(40..<70)))
        }
        try tail.catchUp()
        #expect(isUnlinked)
        #expect(events(tail, path) == 70)
        while try tail.pass(.everything) {}
        try writer.write(contentsOf: Data(lines(70..<80)))
        _ = try tail.tick()
        #expect(events(tail, path) == 80)
    }

    /// Once the reader that followed the file went on from where it was before, and read all of it twice.
    @Test func `Catching up again reads what has come once, and keeps open what has no name`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(lines(0..<40), to: "logs/a")
        let other = try folder.write(lines(100..<120), to: "logs/b")
        let writer = try FileHandle(forWritingTo: URL(filePath: other))
        try writer.seekToEnd()
        let tail = try tail(folder)
        try tail.catchUp()
        try folder.append(lines(40..<50), to: "logs/a")
        #expect(unlink(other) == 0)
        try tail.catchUp()
        #expect(events(tail, path) == 50)
        try writer.write(contentsOf: Data(lines(120..<125)))
        try folder.append(lines(50..<53), to: "logs/a")
        while try tail.pass(.everything) {}
        _ = try tail.tick()
        #expect(events(tail, path) == 53)
        #expect(events(tail, other) == 25)
    }
}
