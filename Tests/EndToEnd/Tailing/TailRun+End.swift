import Foundation
import TestSupport

extension TailRun {
    /// A replay of the folder as it is now, into a new store, finds the same.
    func replay() throws {
        let fresh = folder.path("replay.sqlite")
        let words = ["replay", "--config", folder.path("tailrace.yaml"), "--store", fresh]
        let errors = folder.path("replay.err")
        let replay = try ChildProcess(Program.tailrace, words, errors: errors)
        // Damaged inputs end it with 74; what it found counts.
        guard let status = replay.wait(seconds: 120) else { throw TailFailure(description: "the replay does not end") }
        guard status == 0 || status == 74 else {
            let said = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
            throw TailFailure(description: "the replay ended with \(status): \(said.suffix(300))")
        }
        guard let content = StoreContent(fresh, isWhole: true) else { throw TailFailure(description: "no replay") }
        let found = model.problems(content)
        if !found.isEmpty {
            throw TailFailure(description: "in a replay: " + found.map(\.description).joined(separator: "; "))
        }
    }

    /// Another store takes the place of this one, while nobody has it open.
    func replaceStore(_ write: () throws -> Void) throws {
        try stop()
        for suffix in ["", "-wal", "-shm"] { unlink(store + suffix) }
        try write()
    }

    /// What there is to see after a failure.
    var report: String {
        let rows = StoreContent.rows(store, "SELECT path, state, position, events, rejected, detail FROM v1_sources")
        let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path("logs")))?.sorted() ?? []
        return rows.prefix(40).joined(separator: "\n").replacing(folder.url.path + "/", with: "")
            + "\nfiles: \(files.prefix(40).joined(separator: " "))\n\(lastWords)"
    }
}
