internal import Glibc

/// An open file, closed when it goes out of scope.
public struct FileDescriptor: ~Copyable {
    public let raw: Int32
    public let path: String
    /// What tests want reads to do; nil outside of them.
    private let script: ReadScript?

    /// Opens for reading. Never blocks on a FIFO, never follows a path into a device.
    public init(path: String) throws(ReadFault) { try self.init(path: path, script: nil) }

    init(path: String, script: ReadScript?) throws(ReadFault) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw ReadFault(path: path, reason: String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ReadFault(path: path, reason: "is not a regular file")
        }
        raw = descriptor
        self.path = path
        self.script = script
    }

    deinit { close(raw) }

    /// Size, device and inode at this moment.
    public var status: FileStatus {
        var status = stat()
        fstat(raw, &status)
        return FileStatus(status)
    }

    /// Reads up to the buffer's size from a place in the file; 0 at the end of what is there now.
    ///
    /// May give fewer bytes than there are. Moves nothing, so that it can be tried again after an error.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(ReadFault) -> Int {
        var size = buffer.count
        if let script { size = try script.size(of: size, path: path) }
        while true {
            let count = pread(raw, buffer.baseAddress, size, off_t(offset))
            if count >= 0 { return count }
            if errno != EINTR { throw ReadFault(path: path, reason: String(cString: strerror(errno))) }
        }
    }

    /// Fills the buffer from a place in the file, as far as there are so many bytes.
    ///
    /// - Returns: bytes filled; fewer than the buffer's size only where the file ends.
    public func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(ReadFault) -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = try read(into: rest, at: offset + Int64(filled))
            if count == 0 { break }
            filled += count
        }
        return filled
    }
}

/// What the file system knows of an open file.
public struct FileStatus: Sendable, Equatable {
    public var size: Int64
    public var device: UInt64
    public var inode: UInt64
    public var links: UInt64
    /// When the content last changed, nanoseconds since 1970 UTC by the file system's clock.
    public var modified: Int64

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
        modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }
}
