import Foundation

/// The store as a file of the file system, before SQLite sees it.
enum StoreFile {
    /// Owner writes, group reads; SQLite gives its side files the same mode.
    static let mode: mode_t = 0o640

    /// What to hand to SQLite. A path that begins with "file:" would be taken for a URI.
    static func name(_ path: String) -> String { path.hasPrefix("file:") ? "./" + path : path }

    /// Makes sure that there is a file, creating an empty one if asked to.
    static func makeReady(_ path: String, create: Bool) throws(StoreFault) {
        var status = stat()
        if stat(path, &status) == 0 {
            if status.st_mode & S_IFMT == S_IFDIR {
                throw StoreFault(.notSQLite, path: path, message: "a folder", mend: "name a file in it as store")
            }
            // SQLite takes a file shorter than its smallest page for an empty one, and would write over it.
            if (1..<512).contains(status.st_size) {
                throw StoreFault(
                    .notSQLite, path: path, message: "not an SQLite database", mend: "name another file as store")
            }
            return
        }
        if errno != ENOENT && errno != ENOTDIR { throw refusal(path, errno) }
        let folder = (path as NSString).deletingLastPathComponent
        if stat(folder.isEmpty ? "." : folder, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR {
            throw StoreFault(
                .folderMissing, path: path, message: "its folder does not exist", mend: "create \(folder) first")
        }
        guard create else {
            throw StoreFault(
                .missing, path: path, message: "no such store",
                mend: "name it with --store, or fill one with `tailrace replay`")
        }
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, mode)
        if descriptor < 0 {
            if errno == EEXIST { return }
            throw refusal(path, errno)
        }
        // The umask may have taken the group's right to read.
        fchmod(descriptor, mode)
        close(descriptor)
    }

    private static func refusal(_ path: String, _ code: Int32) -> StoreFault {
        let message = "cannot be created or opened (\(String(cString: strerror(code))))"
        if code == ENOSPC || code == EDQUOT {
            return StoreFault(.diskFull, path: path, message: message, mend: "free space on its file system")
        }
        return StoreFault(
            .notWritable, path: path, message: message, mend: "give this user write access to the folder")
    }
}

/// A lock that one writer holds for as long as it lives: `PATH-lock`, removed at the end.
///
/// SQLite's own locks live only as long as a transaction, and two daemons that take turns on one store would spoil
/// each other's sums. The lock is on a file of its own because closing any descriptor of the database file would
/// drop SQLite's locks on it. A kill leaves the file but not the lock.
final class WriterLock {
    private let path: String
    private let descriptor: Int32

    init(of store: String) throws(StoreFault) {
        path = store + "-lock"
        while true {
            let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, StoreFile.mode)
            guard descriptor >= 0 else {
                throw StoreFault(
                    .notWritable, path: store,
                    message: "cannot be locked for writing (\(String(cString: strerror(errno))))",
                    mend: "give this user write access to the file and its folder")
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw StoreFault(
                    .inUse, path: store, message: "another Tailrace writes to it",
                    mend: "stop that one (`systemctl stop tailrace`), or name another file with --store")
            }
            // A holder that ended in between has removed the name: then this lock is on a file nobody else will see.
            var held = stat()
            var named = stat()
            if fstat(descriptor, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino {
                self.descriptor = descriptor
                return
            }
            close(descriptor)
        }
    }

    deinit {
        unlink(path)
        close(descriptor)
    }
}
