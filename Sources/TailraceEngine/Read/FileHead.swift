internal import TailraceIngest

/// The first decompressed bytes of a file: what it is, and which log.
struct FileHead {
    var bytes: [UInt8]
    /// Nothing follows the head now; its last member is complete.
    var isWhole: Bool
    /// The file ends inside its archive, at the end of the head.
    var isUnfinished = false
    /// The file ends inside its archive before anything of it could be told.
    var isCutShort: Bool { bytes.isEmpty && isUnfinished }
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
            case .waiting:
                isUnfinished = true
                break reading
            case .fault(let fault):
                self.fault = fault
                break reading
            }
        }
        bytes.removeSubrange(filled...)
    }

    /// Nothing of the file's content lies behind the head now.
    var holdsAll: Bool { bytes.count < Recognition.headBytes }

    /// Hashes of the first bytes.
    func ladder(of count: Int = .max) -> PrefixLadder {
        var ladder = PrefixLadder()
        bytes.withUnsafeBytes { ladder.update(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
        return ladder
    }
}
