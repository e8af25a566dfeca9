internal import TailraceIngest
internal import TailracePipeline

/// The first decompressed bytes of a file: what it is, and whether it is the file it was.
struct FileHead {
    /// Bytes that tell one log from another.
    static let hashedBytes = 64 << 10
    /// Fewer equal bytes may be chance, or a common header, and are not taken for the same log under another name.
    static let tellingBytes: Int64 = 1024

    var bytes: [UInt8]
    /// Nothing follows the head.
    var isWhole: Bool
    /// The file ends inside its archive before anything of it could be told.
    var isCutShort: Bool { bytes.isEmpty && !isWhole }
    var status: FileStatus
    /// The head ends where the archive is damaged.
    var fault: ArchiveFault?

    init(path: String) throws(ReadFault) {
        var archive = try ArchiveReader(path: path)
        status = archive.status
        bytes = Array(repeating: 0, count: Recognition.headBytes)
        var filled = 0
        isWhole = false
        reading: while filled < bytes.count {
            switch try archive.read(into: &bytes, from: filled) {
            case .bytes(let count): filled += count
            case .end:
                isWhole = true
                break reading
            case .waiting: break reading
            case .fault(let fault):
                self.fault = fault
                break reading
            }
        }
        bytes.removeSubrange(filled...)
    }

    /// Hash of the first bytes, as many as there are; the head of a log that grew still has the hash it had.
    func hash(of count: Int) -> Int64 {
        bytes.prefix(min(count, FileHead.hashedBytes)).withUnsafeBytes { Int64(bitPattern: hash64($0, seed: 7)) }
    }
}
