/// A place inside a packed file where decoding can begin, with what the decoder has to know there.
///
/// For gzip either the end of a member, or the border between two blocks of deflate with the 32 KiB before it, as in
/// zlib's `examples/zran.c` (M. Adler, 2005); for zstd the end of a frame. Holds what the formats define and no state of
/// a library, so another version of it can go on. A point of another file is not recognised by itself: compare marks
/// first. Where none were compared, the checksum at the member's end tells.
public struct RestartPoint: Sendable, Equatable {
    /// Decompressed bytes of the file before the point.
    public let position: Int64
    /// Place in the file as stored.
    public let offset: Int64
    let place: Place

    enum Place: Sendable, Equatable {
        case plain
        /// Between members or frames.
        case memberEnd(Compression)
        case block(DeflateBorder)
    }

    init(position: Int64, offset: Int64, place: Place) {
        self.position = position
        self.offset = offset
        self.place = place
    }

    /// The point of a plain file, where both places are the same.
    public static func plain(at position: Int64) -> RestartPoint {
        RestartPoint(position: position, offset: position, place: .plain)
    }

    var compression: Compression {
        switch place {
        case .plain: .plain
        case .memberEnd(let compression): compression
        case .block: .gzip
        }
    }

    /// Bytes of memory that it holds.
    var memoryBytes: Int {
        if case .block(let border) = place { border.window.count } else { 0 }
    }
}

/// What inflate has to know to begin between two blocks of a member (RFC 1951, 3.2.3; RFC 1952, 2.3.1).
struct DeflateBorder: Sendable, Equatable {
    /// The farthest that deflate looks back.
    static let windowLimit = 32 << 10

    /// Place in the file of the member's head.
    var memberStart: Int64
    /// Decompressed bytes of the member before the border, and their CRC-32.
    var length: Int64
    var crc: UInt32
    /// Bits of the byte before the point's offset that belong to the next block, 0...7, and their value.
    var bitCount: UInt8
    var bits: UInt8
    /// The last decompressed bytes of the member, up to `windowLimit`.
    var window: [UInt8]
}
