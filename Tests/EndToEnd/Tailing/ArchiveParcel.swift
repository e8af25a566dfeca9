import TestSupport

/// An archive on its way: bytes that a writer has made, of which so many are in the file.
struct ArchiveParcel {
    /// Ends with a flush: whoever has the bytes can read the lines.
    struct Piece {
        var numbers: Range<Int>
        var end: Int
        /// False where damage may take its lines.
        var isSure = true
    }

    private(set) var bytes: [UInt8] = []
    private(set) var pieces: [Piece] = []
    var delivered = 0

    /// - Parameter every: lines between two flushes; 0 = none but at the end.
    init(_ format: FlushingPacker.Format, _ numbers: Range<Int>, every: Int) {
        let packer = FlushingPacker(format)
        var start = numbers.lowerBound
        while start < numbers.upperBound {
            let end = every > 0 ? min(numbers.upperBound, start + every) : numbers.upperBound
            bytes += end == numbers.upperBound && every == 0 ? [] : packer.flush(NumberedEvent.lines(start..<end))
            pieces.append(Piece(numbers: start..<end, end: bytes.count))
            start = end
        }
        bytes += packer.finish(every == 0 ? NumberedEvent.lines(numbers) : [])
        // The last lines are sure once the archive is complete.
        if let last = pieces.indices.last { pieces[last].end = bytes.count }
    }

    /// The packed content of a file; its events are accounted for already.
    init(_ format: FlushingPacker.Format, content: [UInt8]) {
        bytes = FlushingPacker(format).finish(content)
    }

    /// How many bytes are in the file when this is delivered.
    func end(_ piece: Step.Piece) -> Int {
        let end =
            switch piece {
            case .bytes(let count): count
            case .flushes(let count): count > 0 && count <= pieces.count ? pieces[count - 1].end : 0
            case .allBut(let count): bytes.count - count
            case .fraction(let part): Int(Double(bytes.count) * part)
            case .all: bytes.count
            }
        return min(max(end, delivered), bytes.count)
    }

    /// Changes a byte in the middle of a flushed piece.
    mutating func damage(piece: Int) {
        for later in pieces[piece...].indices { pieces[later].isSure = false }
        let start = piece == 0 ? 10 : pieces[piece - 1].end
        bytes[(start + pieces[piece].end) / 2] ^= 0x10
    }

    mutating func damage(_ trailer: Step.Trailer) {
        bytes[bytes.count - (trailer == .checksum ? 6 : 2)] ^= 0x01
    }
}
