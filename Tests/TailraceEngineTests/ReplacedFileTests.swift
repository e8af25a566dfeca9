import Foundation
import TailraceIngest
import TailracePipeline
import TestSupport
import Testing

@testable import TailraceEngine

/// A file can become another log at any moment.
struct ReplacedFileTests {
    private static let plan = RecordPlan(
        kind: .json,
        bindings: ["time", "stream", "action", "item"].compactMap { name in
            RecordPlan.Field.allCases.first { $0.name == name }.map { .init(field: $0, names: [name]) }
        })

    private func lines(_ word: String, _ count: Int) -> [UInt8] {
        (0..<count).flatMap {
            Array(
                "{\"time\":\(1_770_000_000 + $0),\"stream\":\"ticket\",\"action\":\"start\",\"item\":\"\(word)\($0)\"}\n"
                    .utf8)
        }
    }

    /// Once such a log was read on in the middle of a line, and its first lines were lost.
    @Test func `A log that was cut and written anew between being found and being read is not read on`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("log")
        let old = lines("old", 30)
        try folder.write(old, to: "log")
        let first = try ChunkReader(path: path, plan: Self.plan, settings: ScanSettings(), chunkBytes: 1 << 16)
        first.isLive = true
        let read = first.next()
        #expect(read.batch.records.count == 30)
        var place = ReadingPlace(position: read.position)
        place.prefix = read.carrier.prefix
        let again = try ChunkReader(
            path: path, plan: Self.plan, settings: ScanSettings(), chunkBytes: 1 << 16, place: place)
        again.isLive = true
        #expect(again.holds(read.carrier.mark))
        again.proven = read.carrier.mark
        // Copied and cut, then longer than before: the same file.
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(lines("newer", 45)))
        try handle.close()
        let chunk = again.next()
        #expect(chunk.end == .replaced && chunk.batch.records.isEmpty)
    }
}
