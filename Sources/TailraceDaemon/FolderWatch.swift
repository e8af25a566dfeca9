internal import Dispatch
internal import Glibc
internal import TailraceIngest

/// What changed in the watched folders.
enum FolderChange: Sendable, Equatable {
    /// The content or the attributes of these files, by path. A path that nobody knows is one behind a link.
    case files(Set<String>)
    /// Names came or went, a folder was replaced, or events were lost: look at everything.
    case everything
}

/// Tells what changes in folders (inotify(7)). Only a hint: whoever is called looks for itself, so that lost or
/// missing watches cost time, never lines.
///
/// A watch belongs to a folder and not to its name. Where the name was given to another folder, the next `watch`
/// moves on to that one; call it after every `.everything` and every full look, it costs some 2 µs a folder.
/// `@unchecked Sendable` is sound because everything but constants is touched on `queue` alone, which is asserted.
final class FolderWatch: @unchecked Sendable {
    private let queue: DispatchQueue
    private let descriptor: Int32
    private let source: any DispatchSourceRead
    private let onChange: @Sendable (FolderChange) -> Void
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    /// Two names of one folder share a watch.
    private var watches: [String: Int32] = [:]
    private var folders: [Int32: Set<String>] = [:]
    private var wanted: Set<String> = []
    private var networkTypes: [String: String] = [:]
    private var failures: [String: String] = [:]

    /// How often the kernel's queue was full and events were lost.
    private(set) var overflows = 0

    /// Events after which a change is `.everything` anyway: looking at so many files one by one saves nothing.
    private static let fileLimit = 1000
    /// Buffers that are read before the change is told, so that busy writers cannot keep it back.
    private static let readLimit = 16

    /// - Returns: nil where the system gives no instance (fs.inotify.max_user_instances): everything is polled then.
    init?(queue: DispatchQueue, onChange: @escaping @Sendable (FolderChange) -> Void) {
        let opened = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard opened >= 0 else { return nil }
        self.queue = queue
        self.onChange = onChange
        descriptor = opened
        source = DispatchSource.makeReadSource(fileDescriptor: opened, queue: queue)
        source.setEventHandler { [weak self] in self?.readEvents() }
        source.setCancelHandler { close(opened) }
        source.resume()
    }

    deinit { source.cancel() }

    /// Folders whose changes may pass unseen → why; they have to be polled.
    var unwatched: [String: String] {
        dispatchPrecondition(condition: .onQueue(queue))
        return networkTypes.mapValues { "network file system (\($0))" }.merging(failures) { $1 }
    }

    // MARK: - Watches

    /// Watches these folders and no others. One that does not exist is left out.
    func watch(_ wanted: Set<String>) {
        dispatchPrecondition(condition: .onQueue(queue))
        self.wanted = wanted
        for folder in watches.keys where !wanted.contains(folder) { forget(folder) }
        failures.removeAll()
        var mounts: MountTable?
        for folder in wanted {
            let known = watches[folder]
            add(folder)
            guard let watch = watches[folder], watch != known else { continue }
            let table = mounts ?? MountTable()
            mounts = table
            networkTypes[folder] = table.networkType(of: folder)
        }
    }

    private static let events =
        UInt32(IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)
        | UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

    /// The kernel gives the same watch again for a folder that it watches already.
    private func add(_ folder: String) {
        let watch = inotify_add_watch(descriptor, folder, FolderWatch.events)
        guard watch >= 0 else {
            let code = errno
            forget(folder)
            if code != ENOENT, code != ENOTDIR { failures[folder] = FolderWatch.reason(code) }
            return
        }
        guard watches[folder] != watch else { return }
        forget(folder)
        watches[folder] = watch
        folders[watch, default: []].insert(folder)
    }

    private static func reason(_ code: Int32) -> String {
        switch code {
        case ENOSPC: "no inotify watches left (fs.inotify.max_user_watches)"
        case EACCES: "permission denied"
        default: String(cString: strerror(code))
        }
    }

    private func forget(_ folder: String) {
        networkTypes[folder] = nil
        failures[folder] = nil
        guard let watch = watches.removeValue(forKey: folder) else { return }
        folders[watch]?.remove(folder)
        if folders[watch]?.isEmpty ?? false {
            folders[watch] = nil
            inotify_rm_watch(descriptor, watch)
        }
    }

    // MARK: - Events

    private func readEvents() {
        dispatchPrecondition(condition: .onQueue(queue))
        var events: [WatchEvent] = []
        for _ in 0..<FolderWatch.readLimit {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            events += buffer.withUnsafeBytes { WatchEvent.events(in: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        if let change = take(events) { onChange(change) }
    }

    /// - Returns: nil where nothing happened that matters.
    func take(_ events: [WatchEvent]) -> FolderChange? {
        dispatchPrecondition(condition: .onQueue(queue))
        var paths: Set<String> = []
        var isEverything = false
        for event in events {
            if event.isOverflow {
                overflows += 1
                isEverything = true
            } else if let names = folders[event.watch] {
                if event.endsWatch {
                    renew(names)
                    isEverything = true
                } else if event.isContent, let name = event.name {
                    if !isEverything {
                        for folder in names { paths.insert((folder == "/" ? "" : folder) + "/" + name) }
                    }
                } else {
                    isEverything = true
                }
            }
            // Events of a watch that has been given up already say nothing.
        }
        if isEverything || paths.count > FolderWatch.fileLimit { return .everything }
        return paths.isEmpty ? nil : .files(paths)
    }

    /// Watches again what bears these names now, if anything does.
    private func renew(_ names: Set<String>) {
        for folder in names {
            let type = networkTypes[folder]
            forget(folder)
            if wanted.contains(folder) { add(folder) }
            // A folder made anew in the same place lies on the same file system, nearly always; `watch` looks again.
            if watches[folder] != nil { networkTypes[folder] = type }
        }
    }
}
