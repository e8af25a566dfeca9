internal import CScan

/// Finds bytes in a record, sixteen at once (`CScan`). All of them answer `end` where nothing is found.
///
/// - Precondition: `0 <= start <= end <= bytes.count`.
enum ByteFinder {
    /// The first place of a byte.
    @inline(__always)
    static func find(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        within(bytes, start, end) { cscan_find_byte($0, start, end, byte) }
    }

    /// The first quote, backslash or control character below 0x20: where the plain part of a JSON string ends.
    @inline(__always)
    static func stringStop(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        within(bytes, start, end) { cscan_find_string_stop($0, start, end) }
    }

    /// The first byte that is no ASCII.
    @inline(__always)
    static func nonASCII(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        within(bytes, start, end) { cscan_find_high($0, start, end) }
    }

    /// The finders read `[start, end)` and nothing else; this is the one place that proves it lies inside.
    @inline(__always)
    private static func within(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ find: (UnsafePointer<UInt8>) -> Int
    ) -> Int {
        precondition(0 <= start && start <= end && end <= bytes.count)
        return bytes.withUnsafeBufferPointer { buffer in buffer.baseAddress.map(find) ?? end }
    }
}
