internal import Dispatch
internal import Foundation

/// Calls when something changes in the watched folders (inotify(7)). Only a hint: whoever is called looks for itself,
/// so that lost or missing watches cost time, never lines.
final class FolderWatch {
    private let descriptor: Int32
    private let source: any DispatchSourceRead
    private var folders: [String: Int32] = [:]
    /// Folders that could not be watched; they are polled.
    private(set) var unwatched = 0

    /// - Returns: nil where the system has no watches left.
    init?(queue: DispatchQueue, onChange: @escaping @Sendable () -> Void) {
        descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        let descriptor = descriptor
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler {
            // What changed is looked up from the files themselves; the events are only taken away.
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            while buffer.withUnsafeMutableBytes({ read(descriptor, $0.baseAddress, $0.count) }) > 0 {}
            onChange()
        }
        source.setCancelHandler { close(descriptor) }
        source.resume()
    }

    deinit { source.cancel() }

    /// Watches these folders and no others.
    func watch(_ wanted: Set<String>) {
        let events = UInt32(
            IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE)
        for (folder, watch) in folders where !wanted.contains(folder) {
            inotify_rm_watch(descriptor, watch)
            folders[folder] = nil
        }
        unwatched = 0
        for folder in wanted where folders[folder] == nil {
            let watch = inotify_add_watch(descriptor, folder, events)
            if watch >= 0 { folders[folder] = watch } else { unwatched += 1 }
        }
    }
}
