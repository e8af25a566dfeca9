import Foundation

/// A store's files as a power cut may leave them: the database and its log, at one moment, the log cut anywhere after
/// what had to be on the disk.
///
/// SQLite with `synchronous=NORMAL` writes the log through to the disk before it copies pages into the database, so
/// frames that were copied are there; later ones may be missing from any point on
/// (https://www.sqlite.org/wal.html, https://www.sqlite.org/fileformat2.html#walformat).
struct CrashedStore {
    private static let headerBytes = 32
    private static let frameHeaderBytes = 24

    var database: [UInt8]
    var log: [UInt8]
    /// Frames of the log that belong to it; the rest of the file is of an earlier round.
    private var frames: Int
    /// Frames that were copied into the database.
    private var copied: Int

    /// Stops the process for the moment of the copy.
    /// - Returns: nil where there is no store yet, or nothing in its log.
    init?(_ path: String, of process: ChildProcess) {
        process.signal(SIGSTOP)
        defer { process.signal(SIGCONT) }
        guard process.waitUntilStopped() else { return nil }
        guard let database = FileManager.default.contents(atPath: path), !database.isEmpty,
            let log = FileManager.default.contents(atPath: path + "-wal"), log.count > CrashedStore.headerBytes,
            let index = FileManager.default.contents(atPath: path + "-shm"), index.count > 136
        else { return nil }
        self.database = Array(database)
        self.log = Array(log)
        // The index begins with two copies of its header; they differ while it is being written.
        let header = Array(index[0..<48])
        guard header == Array(index[48..<96]) else { return nil }
        frames = Int(CrashedStore.native(header, 16))
        copied = Int(CrashedStore.native(Array(index), 96))
    }

    private static func native(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private func big(_ offset: Int) -> UInt32 { log[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } }

    private var frameBytes: Int { CrashedStore.frameHeaderBytes + Int(big(8)) }
    private func start(_ frame: Int) -> Int { CrashedStore.headerBytes + frame * frameBytes }

    /// Lengths to which the log may be cut: each boundary of a frame within the last transaction, and places inside.
    var cuts: [Int] {
        guard frames > 0, start(frames) <= log.count else { return [] }
        // A commit's last frame has the size of the database in it.
        let before = (0..<frames - 1).last { big(start($0) + 4) != 0 }.map { $0 + 1 } ?? 0
        let first = max(before, copied)
        guard first < frames else { return [] }
        return (first..<frames).flatMap { frame in [start(frame), start(frame) + 10, start(frame) + frameBytes - 7] }
    }

    /// Puts the files under another name.
    /// - Parameter cut: length of the log; nil: all of it.
    func write(to path: String, cut: Int? = nil) throws {
        try Data(database).write(to: URL(fileURLWithPath: path))
        try Data(log[..<(cut ?? log.count)]).write(to: URL(fileURLWithPath: path + "-wal"))
    }
}

extension ChildProcess {
    /// A signal to stop takes a moment.
    /// - Returns: false where it has ended meanwhile.
    func waitUntilStopped() -> Bool {
        for _ in 0..<2000 {
            let text = (try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)) ?? ""
            guard let end = text.lastIndex(of: ")") else { return false }
            switch text[end...].dropFirst(2).first {
            case "T": return true
            case "Z", nil: return false
            default: usleep(500)
            }
        }
        return false
    }
}
