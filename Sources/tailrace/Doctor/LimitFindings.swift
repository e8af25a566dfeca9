import Foundation

/// Limits of this machine that following many files runs into. nil: not known here.
struct LimitFindings {
    /// fs.inotify.max_user_watches, one for each folder.
    var watches: Int64?
    /// fs.inotify.max_user_instances, one for each daemon.
    var instances: Int64?
    /// fs.inotify.max_queued_events.
    var queuedEvents: Int64?
    /// RLIMIT_NOFILE of this process.
    var openFiles: Int64?
    /// Folders that are to be watched.
    var folders = 0

    /// 64 logs are kept open at a time, beside the store, its log and what the runtime needs.
    static let leastOpenFiles: Int64 = 128
    /// A queue of this length is full when a thousand lines are written during one checkpoint.
    static let leastQueuedEvents: Int64 = 1024

    var findings: [Finding] { [watchLimit, instanceLimit, queueLimit, fileLimit].compactMap { $0 } }

    private var watchLimit: Finding? {
        // Other programs of the same user take watches, too.
        guard let watches, Int64(folders) * 5 > watches * 4 else { return nil }
        return raised(
            "max_user_watches", watches, to: max(524_288, Int64(folders) * 4),
            "\(Figure.count(Int64(folders))) folders are to be watched; those beyond the limit are polled")
    }

    private var instanceLimit: Finding? {
        guard let instances, instances < 8 else { return nil }
        return raised("max_user_instances", instances, to: 128, "without an instance all folders are polled")
    }

    private var queueLimit: Finding? {
        guard let queuedEvents, queuedEvents < Self.leastQueuedEvents else { return nil }
        return raised(
            "max_queued_events", queuedEvents, to: 16_384, "when it overflows everything has to be looked at again")
    }

    private func raised(_ name: String, _ value: Int64, to better: Int64, _ effect: String) -> Finding {
        Finding(
            severity: .warning, place: "fs.inotify.\(name)", what: "is \(Figure.count(value)): \(effect).",
            mend: "Raise it; the second command keeps it over a restart of the machine.",
            commands: [
                "sysctl fs.inotify.\(name)=\(better)",
                "echo fs.inotify.\(name)=\(better) > /etc/sysctl.d/60-tailrace-\(name.replacing("_", with: "-")).conf",
            ])
    }

    private var fileLimit: Finding? {
        guard let openFiles, openFiles < Self.leastOpenFiles else { return nil }
        return Finding(
            severity: .warning, place: "open files",
            what:
                "at most \(Figure.count(openFiles)) files may be open at a time here; the daemon keeps up to 64 logs open.",
            mend: "Raise the limit: `LimitNOFILE=` in the unit, `ulimit -n` in a shell.",
            commands: ["systemctl edit tailrace", "ulimit -n 4096"])
    }
}

extension LimitFindings {
    /// The limits at this moment.
    static func here(folders: Int) -> LimitFindings {
        func read(_ name: String) -> Int64? {
            let data = FileManager.default.contents(atPath: "/proc/sys/fs/inotify/\(name)")
            return data.flatMap {
                Int64(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
            }
        }
        var limits = LimitFindings(
            watches: read("max_user_watches"), instances: read("max_user_instances"),
            queuedEvents: read("max_queued_events"), folders: folders)
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            limits.openFiles = Int64(clamping: limit.rlim_cur)
        }
        return limits
    }
}
