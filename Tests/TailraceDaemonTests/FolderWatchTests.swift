import Dispatch
import Foundation
import Synchronization
import Testing
import TestSupport

@testable import TailraceDaemon

/// The changes that a watch told, for a test to wait for.
private final class ChangeLog: Sendable {
    private let changes = Mutex<[FolderChange]>([])

    func add(_ change: FolderChange) { changes.withLock { $0.append(change) } }
    func clear() { changes.withLock { $0.removeAll() } }

    /// Waits until what was told satisfies the condition; gives up after ten seconds.
    func wait(for condition: ([FolderChange]) -> Bool) -> Bool {
        for _ in 0..<1000 {
            if condition(changes.withLock { $0 }) { return true }
            usleep(10_000)
        }
        return false
    }

    func hears(of path: String) -> Bool {
        wait { $0.contains { if case .files(let paths) = $0 { paths.contains(path) } else { false } } }
    }

    func hearsOfNames() -> Bool { wait { $0.contains(.everything) } }
    var isSilent: Bool { changes.withLock { $0.isEmpty } }
}

@Suite struct FolderWatchTests {
    private let folder: TemporaryFolder
    private let queue = DispatchQueue(label: "test.watch")
    private let log = ChangeLog()
    private let watch: FolderWatch

    init() throws {
        folder = try TemporaryFolder()
        let made = FolderWatch(queue: queue) { [log] in log.add($0) }
        watch = try #require(made)
    }

    private func watch(_ names: String...) {
        let wanted = Set(names.map { folder.path($0) })
        queue.sync { watch.watch(wanted) }
    }

    private func make(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
    }

    /// Lets go of what was told so far, once the events on their way have arrived.
    private func settle() {
        usleep(50_000)
        queue.sync {}
        log.clear()
    }

    @Test func `Growth of a file is told with its path, and nothing else is`() throws {
        try folder.write([1], to: "logs/a.log")
        watch("logs")
        try folder.append([2], to: "logs/a.log")
        #expect(log.hears(of: folder.path("logs/a.log")))
        #expect(chmod(folder.path("logs/a.log"), 0o600) == 0)
        #expect(log.wait { $0.allSatisfy { $0 == .files([folder.path("logs/a.log")]) } })
    }

    @Test(arguments: ["create", "rename", "delete", "subfolder"])
    func `Names that come and go ask for a look at everything`(what: String) throws {
        try folder.write([1], to: "logs/a.log")
        watch("logs")
        switch what {
        case "create": try folder.write([1], to: "logs/b.log")
        case "rename": #expect(rename(folder.path("logs/a.log"), folder.path("logs/a.log.1")) == 0)
        case "delete": #expect(unlink(folder.path("logs/a.log")) == 0)
        default: try make("logs/sub")
        }
        #expect(log.hearsOfNames())
    }

    @Test(arguments: ["removed", "moved away", "moved away with what holds it"])
    func `A folder that is made again under the same name is watched again`(how: String) throws {
        try make("top/logs")
        watch("top/logs")
        switch how {
        case "removed": #expect(rmdir(folder.path("top/logs")) == 0)
        case "moved away": #expect(rename(folder.path("top/logs"), folder.path("top/old")) == 0)
        default: #expect(rename(folder.path("top"), folder.path("old")) == 0)
        }
        if how != "moved away with what holds it" { #expect(log.hearsOfNames()) }
        try make("top/logs")
        watch("top/logs")
        settle()
        try folder.write([1], to: "top/logs/a.log")
        #expect(log.hearsOfNames())
    }

    @Test func `A folder that is replaced at once is watched again without being asked`() throws {
        try make("logs")
        try make("new")
        watch("logs")
        #expect(replace(folder.path("logs"), with: folder.path("new")) == 0)
        #expect(log.hearsOfNames())
        settle()
        try folder.write([1], to: "logs/a.log")
        #expect(log.hearsOfNames())
    }

    /// Nobody looks between the two steps: a watcher that does finds no folder to watch, and waits to be asked.
    private func replace(_ path: String, with other: String) -> Int32 {
        queue.sync { rename(path, path + ".old") == 0 ? rename(other, path) : -1 }
    }

    @Test func `A folder with two names is told under both, until one is given up`() throws {
        try folder.write([1], to: "logs/a.log")
        #expect(symlink("logs", folder.path("link")) == 0)
        watch("logs", "link")
        try folder.append([2], to: "logs/a.log")
        #expect(log.hears(of: folder.path("logs/a.log")))
        #expect(log.hears(of: folder.path("link/a.log")))
        watch("link")
        settle()
        try folder.append([3], to: "logs/a.log")
        #expect(log.wait { $0.contains(.files([folder.path("link/a.log")])) })
    }

    @Test func `A folder that is no longer wanted is silent`() throws {
        try make("a")
        try make("b")
        watch("a", "b")
        watch("b")
        try folder.write([1], to: "a/x")
        settle()
        try folder.write([1], to: "a/y")
        try folder.write([1], to: "b/y")
        #expect(log.hearsOfNames())
        settle()
        try folder.append([1], to: "a/y")
        settle()
        #expect(log.isSilent)
    }

    @Test func `A folder that may not be read is named with the reason`() throws {
        try make("shut")
        chmod(folder.path("shut"), 0)
        defer { chmod(folder.path("shut"), 0o700) }
        let path = folder.path("shut")
        let missing = folder.path("missing")
        try queue.sync {
            try unprivileged(nil) { watch.watch([path, missing]) }
            #expect(watch.unwatched == [path: "permission denied"])
        }
    }

    @Test func `Lost events ask for a look at everything and are counted`() {
        let path = folder.path("")
        queue.sync {
            watch.watch([path])
            let lost = WatchEvent(watch: -1, mask: UInt32(IN_Q_OVERFLOW), name: nil)
            let grown = WatchEvent(watch: 1, mask: UInt32(IN_MODIFY), name: "a")
            #expect(watch.take([grown]) == .files([path + "/a"]))
            #expect(watch.take([grown, lost]) == .everything)
            #expect(watch.overflows == 1)
            let many = (0...1000).map { WatchEvent(watch: 1, mask: UInt32(IN_MODIFY), name: "\($0)") }
            #expect(watch.take(many) == .everything)
            #expect(watch.take([WatchEvent(watch: 99, mask: UInt32(IN_MODIFY), name: "a")]) == nil)
            #expect(watch.take([]) == nil)
        }
    }
}
