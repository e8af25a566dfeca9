import Foundation
import TestSupport

/// Several files whose events belong between each other, plain and packed, for a replay.
struct ReplayInput {
    let folder: TemporaryFolder
    let events: Int

    /// - Parameter events: dealt out over the files in turn.
    init(events: Int) throws {
        folder = try TemporaryFolder()
        self.events = events
        var contents = [[UInt8]](repeating: [], count: 5)
        for number in 0..<events { contents[number % 5] += NumberedEvent.line(number * ReplayInput.stride) }
        try folder.write(contents[0], to: "in/a.ndjson")
        try folder.write(Packing.gzip(contents[1], flushEvery: 3000), to: "in/b.ndjson.gz")
        let half = contents[2].count / 2
        try folder.write(
            Packing.gzip(Array(contents[2][..<half])) + Packing.gzip(Array(contents[2][half...])), to: "in/c.gz")
        try folder.write(Packing.zstd(contents[3], blockBytes: 5000), to: "in/d.zst")
        try folder.write(contents[4], to: "in/e.log")
        let text = "sources: [{paths: [\"in\"]}]\nretention: {items: all}\n"
        try folder.write(Array(text.utf8), to: "tailrace.yaml")
    }

    /// Two milliseconds a number: so many make the events cross hours and a day.
    private static let stride = 18_001

    /// - Parameter store: a name in the folder.
    func start(to store: String) throws -> ChildProcess {
        // Small checkpoints: a kill finds many places to hit.
        let words = [
            "replay", "--config", folder.path("tailrace.yaml"), "--checkpoint-bytes", "4000", "--store",
            folder.path(store),
        ]
        return try ChildProcess(Program.tailrace, words, errors: folder.path("replay.err"))
    }

    /// Replays to the end.
    @discardableResult
    func replay(to store: String, within limit: Double) throws -> (store: String, seconds: Double) {
        let begin = Date()
        let status = try start(to: store).wait(seconds: limit)
        guard status == 0 else {
            let said = (try? String(contentsOfFile: folder.path("replay.err"), encoding: .utf8)) ?? ""
            throw TailFailure(description: "the replay ended with \(status.map(String.init) ?? "nothing"): \(said)")
        }
        return (folder.path(store), Date().timeIntervalSince(begin))
    }

    func remove(_ store: String) throws {
        for suffix in ["", "-wal", "-shm", "-lock"] { unlink(folder.path(store) + suffix) }
    }
}
