/// The first bytes of a zstd frame, gathered as they come, for what libzstd does not tell (RFC 8878, 3.1.1.1).
struct ZstdFrameHead {
    /// Magic, descriptor, window, dictionary, content size.
    private static let limit = 4 + 1 + 1 + 4 + 8

    private var bytes = SIMD32<UInt8>(repeating: 0)
    private var count = 0

    mutating func append(_ more: UnsafeRawBufferPointer) {
        guard count < ZstdFrameHead.limit else { return }
        for byte in more.prefix(ZstdFrameHead.limit - count) {
            bytes[count] = byte
            count += 1
        }
    }

    /// Bytes before the present one that decoding the frame has to remember; nil where the head does not say, or is not
    /// all there.
    var windowBytes: UInt64? {
        guard count > 5 else { return nil }
        let descriptor = bytes[4]
        if descriptor & 0x20 == 0 {
            let base = UInt64(1) << (10 + UInt64(bytes[5] >> 3))
            return base + base / 8 * UInt64(bytes[5] & 7)
        }
        // A single segment: the window is the content.
        let start = 5 + [0, 1, 2, 4][Int(descriptor & 3)]
        let size = [1, 2, 4, 8][Int(descriptor >> 6)]
        guard count >= start + size else { return nil }
        let value = (0..<size).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
        return size == 2 ? value + 256 : value
    }
}
