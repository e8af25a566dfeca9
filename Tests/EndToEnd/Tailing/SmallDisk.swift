import Foundation

/// A small file system of its own for a store, which can be filled. Only root can have one.
final class SmallDisk {
    private let path: String
    private var isMounted = false

    /// - Throws: where the system mounts nothing for us.
    init(_ path: String, kilobytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let options = ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path]
        guard let mount = Program.find("mount"), try ChildProcess.run(mount, options) == 0 else {
            throw TailFailure(description: "no file system can be mounted here")
        }
        isMounted = true
    }

    deinit { unmount() }

    func unmount() {
        guard isMounted else { return }
        isMounted = false
        if let umount = Program.find("umount") { _ = try? ChildProcess.run(umount, ["-l", path]) }
    }

    /// Mounting is possible here.
    static let isPossible: Bool = {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("tailrace-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        return geteuid() == 0 && (try? SmallDisk(path, kilobytes: 64)) != nil
    }()

    /// There is no room, or was none a moment ago: who waits for room has not looked again yet.
    var isFull: Bool { isFilled || Date().timeIntervalSince(freed) < 2 }
    private var isFilled = false
    private var freed = Date.distantPast

    /// Takes what room is left.
    func fill() throws {
        isFilled = true
        let descriptor = open(path + "/filler", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        defer { close(descriptor) }
        let page = [UInt8](repeating: 0x2E, count: 4096)
        while write(descriptor, page, page.count) > 0 {}
    }

    func free() throws {
        unlink(path + "/filler")
        isFilled = false
        freed = Date()
    }
}
