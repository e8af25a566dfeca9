internal import TailraceIngest

/// The first decompressed bytes of a file: what it is, and which log.
struct FileHead {
    var bytes: [UInt8]
    /// What stands behind a hole of zero bytes at the start, as a writer leaves it that goes on behind a truncation;
    /// usually `bytes`.
    var text: [UInt8]
    /// Nothing follows the head now; its last member is complete.
    var isWhole: Bool
    /// The file ends inside its archive, at the end of the head.
    var isUnfinished = false
    /// The file ends inside its archive before anything of it could be told.
    var isCutShort: Bool { bytes.isEmpty && isUnfinished }
    var status: FileStatus
    var packing: Compression
    /// Of the stored bytes at the end of the head: another file that has the same name, or inode, has others.
    var mark: CarrierMark
    /// The head ends where the archive is damaged.
    var fault: ArchiveFault?

    init(path: String) throws(ReadFault) {
        var archive = try ArchiveReader(path: path)
        (status, packing, mark) = (archive.status, archive.compression, archive.mark)
        (isWhole, bytes, text) = (false, [], [])
        bytes = try fill(from: &archive)
        text = bytes
        (packing, mark) = (archive.compression, archive.mark)
        while text.count == Recognition.headBytes, text.allSatisfy({ $0 == 0 }) { text = try fill(from: &archive) }
        if let first = text.firstIndex(where: { $0 != 0 }), first > 0 { text.removeSubrange(..<first) }
    }

    private mutating func fill(from archive: inout ArchiveReader) throws(ReadFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Recognition.headBytes)
        var filled = 0
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
        return bytes
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
