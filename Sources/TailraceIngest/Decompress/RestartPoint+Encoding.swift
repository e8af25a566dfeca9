internal import CZlib

extension RestartPoint {
    private static let tag = UInt8(ascii: "R")
    private static let version: UInt8 = 1

    /// What follows position and offset.
    private enum Kind: UInt8 {
        /// Nothing.
        case plain, gzipMemberEnd, zstdFrameEnd
        /// Member's start and length, CRC, bits, size of the window, size of it packed; then it, packed by zlib.
        case deflateBlock
    }

    private var kind: Kind {
        switch place {
        case .plain, .memberEnd(.plain): .plain
        case .memberEnd(.gzip): .gzipMemberEnd
        case .memberEnd(.zstd): .zstdFrameEnd
        case .block: .deflateBlock
        }
    }

    /// The point as bytes: some thirty, or with a window of text about ten thousand, at most 33,000.
    ///
    /// Packs the window at each call, which takes about a millisecond.
    public var encoded: [UInt8] {
        var writer = SealedWriter(tag: RestartPoint.tag, version: RestartPoint.version)
        writer.append(kind.rawValue)
        writer.append(position)
        writer.append(offset)
        if case .block(let border) = place {
            let packed = RestartPoint.pack(border.window)
            writer.append(border.memberStart)
            writer.append(border.length)
            writer.append(border.crc)
            writer.append(border.bitCount)
            writer.append(border.bits)
            writer.append(UInt32(border.window.count))
            writer.append(UInt32(packed.count))
            writer.append(packed)
        }
        return writer.sealed()
    }

    /// - Returns: nil where the bytes are damaged or of another version: the reader then begins at the file's start.
    public init?(encoded: [UInt8]) {
        guard var reader = SealedReader(encoded, tag: RestartPoint.tag, version: RestartPoint.version),
            let kind = reader.next(UInt8.self).flatMap(Kind.init(rawValue:)),
            let position = reader.next(Int64.self), let offset = reader.next(Int64.self), position >= 0, offset >= 0
        else { return nil }
        let place: Place
        switch kind {
        case .plain: place = .plain
        case .gzipMemberEnd: place = .memberEnd(.gzip)
        case .zstdFrameEnd: place = .memberEnd(.zstd)
        case .deflateBlock:
            guard let border = RestartPoint.border(&reader), border.memberStart < offset, border.length <= position
            else { return nil }
            place = .block(border)
        }
        guard reader.isAtEnd, kind != .plain || position == offset else { return nil }
        self.init(position: position, offset: offset, place: place)
    }

    private static func border(_ reader: inout SealedReader) -> DeflateBorder? {
        guard let memberStart = reader.next(Int64.self), let length = reader.next(Int64.self),
            let crc = reader.next(UInt32.self), let bitCount = reader.next(UInt8.self),
            let bits = reader.next(UInt8.self), let windowBytes = reader.next(UInt32.self),
            let packedBytes = reader.next(UInt32.self), memberStart >= 0, bitCount <= 7, bits < 1 << bitCount,
            windowBytes == min(length, Int64(DeflateBorder.windowLimit)),
            let packed = reader.next(bytes: Int(packedBytes)),
            let window = unpack(packed, count: Int(windowBytes))
        else { return nil }
        return DeflateBorder(
            memberStart: memberStart, length: length, crc: crc, bitCount: bitCount, bits: bits, window: window)
    }

    private static func pack(_ window: [UInt8]) -> [UInt8] {
        let limit = Int(compressBound(UInt(window.count)))
        return [UInt8](unsafeUninitializedCapacity: limit) { output, count in
            var size = UInt(limit)
            precondition(compress(output.baseAddress, &size, window, UInt(window.count)) == Z_OK, "the bound holds")
            count = Int(size)
        }
    }

    /// - Returns: nil where that is not what was packed.
    private static func unpack(_ packed: [UInt8], count: Int) -> [UInt8]? {
        var size = UInt(count)
        var code = Z_OK
        // One byte more than wanted: zlib takes no output of size 0.
        let window = [UInt8](unsafeUninitializedCapacity: count + 1) { output, filled in
            code = uncompress(output.baseAddress, &size, packed, UInt(packed.count))
            filled = code == Z_OK ? Int(size) : 0
        }
        return code == Z_OK && window.count == count ? window : nil
    }
}
