import Foundation
import TailraceIngest
import TailracePipeline
import TailraceStore

/// What is wrong with the store as a file, and with the disk that it lies on.
struct StoreFindings {
    let path: String
    var walBytes: Int64 = 0
    var storeBytes: Int64 = 0
    /// Room for users on the file system; nil where it does not tell.
    var freeBytes: Int64?
    /// Inodes for users; nil where the file system does not count them.
    var freeFiles: Int64?
    /// Type of the network file system that it lies on; nil for a local one.
    var networkType: String?
    /// What SQLite says of the file; empty where all is well.
    var problems: [String] = []
    /// Who writes to it: the user whom the file belongs to.
    var user = "tailrace"

    /// The log is emptied at 64 MiB: four times that means that somebody keeps it from being emptied.
    static let walLimitBytes: Int64 = 256 << 20
    /// Below this a checkpoint may fail at any moment.
    static let leastFreeBytes: Int64 = 64 << 20
    /// Below this, or a tenth of the store, somebody should look before it is too late.
    static let lowFreeBytes: Int64 = 1 << 30

    var findings: [Finding] { [damage, network, room, files, log].compactMap { $0 } }

    private var damage: Finding? {
        guard let first = problems.first else { return nil }
        let more = problems.count > 1 ? " (and \(Figure.count(Int64(problems.count - 1))) more)" : ""
        return Finding(
            severity: .error, place: path, what: "the store is damaged: \(first)\(more).",
            mend: "Stop the daemon and put the file aside with its -wal beside it. Take the last backup, or replay the "
                + "logs into a new store. Then look at the disk: SQLite files break with disks, not by themselves.",
            commands: ["systemctl stop tailrace", "tailrace replay --store new.sqlite PATH…", "dmesg | tail"])
    }

    private var network: Finding? {
        guard let networkType else { return nil }
        return Finding(
            severity: .error, place: path,
            what: "the store lies on a network file system (\(networkType)), whose locks SQLite cannot rely on.",
            mend: "Stop the daemon, move the store to a local disk, and name it there (`store:`).",
            commands: ["systemctl stop tailrace"])
    }

    private var room: Finding? {
        guard let freeBytes, freeBytes < max(Self.lowFreeBytes, storeBytes / 10) else { return nil }
        let folder = (path as NSString).deletingLastPathComponent
        let isLow = freeBytes < Self.leastFreeBytes
        return Finding(
            severity: isLow ? .error : .warning, place: path,
            what: "\(Figure.bytes(freeBytes)) of room left on its disk"
                + (isLow
                    ? "; without room nothing can be committed. Reading pauses then, nothing is lost while the logs stay."
                    : "."),
            mend: "Make room, or move the store to a larger disk. Rotated logs must stay until they are read.",
            commands: ["df -h \((folder.isEmpty ? "." : folder).shellWord)"])
    }

    private var files: Finding? {
        guard let freeFiles, freeFiles < 16 else { return nil }
        return Finding(
            severity: .error, place: path, what: "its disk has no room for another file (no inodes left).",
            mend: "Remove small files that nobody needs.", commands: ["df -i \(path.shellWord)"])
    }

    private var log: Finding? {
        guard walBytes > Self.walLimitBytes else { return nil }
        return Finding(
            severity: .warning, place: path + "-wal",
            what:
                "the write-ahead log has grown to \(Figure.bytes(walBytes)): a reader has held the store open for long.",
            mend: "See who has it open, and let that one end its transaction (a notebook, a dashboard, an sqlite3 "
                + "prompt). The log shrinks by itself then.",
            commands: ["fuser -v \(path.shellWord)"])
    }
}

extension StoreFindings {
    /// Looks at the file and its disk.
    init(path: String, mounts: MountTable) {
        self.path = path
        func bytes(_ path: String) -> Int64 {
            var status = stat()
            return stat(path, &status) == 0 ? Int64(status.st_size) : 0
        }
        (storeBytes, walBytes) = (bytes(path), bytes(path + "-wal"))
        user = FileFacts(path: path)?.owner ?? user
        let folder = (path as NSString).deletingLastPathComponent
        networkType = mounts.networkType(of: folder.isEmpty ? "." : folder)
        var system = statvfs()
        guard statvfs(folder.isEmpty ? "." : folder, &system) == 0 else { return }
        freeBytes = Int64(
            clamping: UInt64(system.f_bavail).multipliedReportingOverflow(by: UInt64(system.f_frsize)).partialValue)
        // File systems that make inodes as they go tell of none at all.
        if system.f_files > 0 { freeFiles = Int64(clamping: system.f_favail) }
    }

    /// Asks SQLite. Reads the whole file; with `isDeep` compares indexes with their tables, too.
    static func problems(_ reader: StoreReader, isDeep: Bool) throws(StoreFault) -> [String] {
        let answer = try reader.table("PRAGMA \(isDeep ? "integrity_check" : "quick_check")(20)")
        let lines = answer.rows.compactMap { row in
            if case .text(let text)? = row.first { return text } else { return nil }
        }
        return lines == ["ok"] ? [] : lines
    }
}
