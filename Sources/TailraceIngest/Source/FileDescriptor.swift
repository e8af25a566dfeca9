internal import Glibc

/// An open file, closed when it goes out of scope.
public struct FileDescriptor: ~Copyable {
    public let raw: Int32

    /// Opens for reading. Never blocks on a FIFO, never follows a path into a device.
    public init(path: String) throws(ReadFault) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw ReadFault(path: path, reason: String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ReadFault(path: path, reason: "is not a regular file")
        }
        raw = descriptor
    }

    deinit { close(raw) }

    /// Size, device and inode at this moment.
    public var status: FileStatus {
        var status = stat()
        fstat(raw, &status)
        return FileStatus(status)
    }

    /// Reads up to the buffer's size; 0 at the end of what is there now.
    public func read(into buffer: UnsafeMutableRawBufferPointer, path: String) throws(ReadFault) -> Int {
        while true {
            let count = Glibc.read(raw, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw ReadFault(path: path, reason: String(cString: strerror(errno))) }
        }
    }

    public func seek(to offset: Int64) { lseek(raw, off_t(offset), SEEK_SET) }
}

/// What the file system knows of an open file.
public struct FileStatus: Sendable, Equatable {
    public var size: Int64
    public var device: UInt64
    public var inode: UInt64
    public var links: UInt64

    /// Of a regular file at a path, links followed; nil where there is none.
    public init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(status)
    }

    init(_ status: stat) {
        size = Int64(status.st_size)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        links = UInt64(status.st_nlink)
    }
}
