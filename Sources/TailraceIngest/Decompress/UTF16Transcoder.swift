/// Turns UTF-16 into UTF-8, in pieces of any size.
///
/// Half a surrogate pair becomes the byte FF, which no UTF-8 has: the record that holds it is rejected for its
/// encoding, and no other is. The byte order mark becomes that of UTF-8. Memory is fixed; nothing is allocated.
public struct UTF16Transcoder: Sendable {
    public enum Endian: Sendable { case little, big }

    public let order: Endian
    /// The first byte of a code unit whose second is still to come.
    private var firstByte: UInt8?
    /// The first half of a pair whose second is still to come.
    private var highHalf: UInt16?

    /// Smaller outputs may not hold what one code unit sets free.
    public static let leastOutputBytes = 4

    public init(_ order: Endian) { self.order = order }

    /// The byte order that a file's first bytes tell: FF FE or FE FF.
    /// - Returns: nil for anything else, too few bytes among them, and for UTF-32, which nobody writes to logs.
    public static func byteOrder(ofHead head: some Collection<UInt8>) -> Endian? {
        let head = Array(head.prefix(4))
        if head.starts(with: [0xFE, 0xFF]) { return .big }
        return head.starts(with: [0xFF, 0xFE]) && head != [0xFF, 0xFE, 0, 0] ? .little : nil
    }

    /// Is nothing held back: does the next byte begin a character?
    public var isBetweenCharacters: Bool { firstByte == nil && highHalf == nil }

    /// Transcodes until the input is used up or the output has room for less than one character.
    /// - Precondition: the output has room for `leastOutputBytes`.
    public mutating func transcode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> (consumed: Int, produced: Int) {
        precondition(output.count >= UTF16Transcoder.leastOutputBytes)
        var (at, filled) = (0, 0)
        while at < input.count, output.count - filled >= UTF16Transcoder.leastOutputBytes {
            let byte = input[at]
            at += 1
            guard let first = firstByte else {
                firstByte = byte
                continue
            }
            firstByte = nil
            let unit =
                order == .little ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte)
            take(unit, output, &filled)
        }
        return (at, filled)
    }

    /// What the end of the input cuts off becomes the byte FF.
    /// - Returns: bytes produced, 0 or 1.
    public mutating func finish(into output: UnsafeMutableRawBufferPointer) -> Int {
        defer { (firstByte, highHalf) = (nil, nil) }
        guard !isBetweenCharacters else { return 0 }
        output[0] = UTF16Transcoder.invalid
        return 1
    }

    private static let invalid: UInt8 = 0xFF

    private mutating func take(_ unit: UInt16, _ output: UnsafeMutableRawBufferPointer, _ filled: inout Int) {
        if let high = highHalf {
            highHalf = nil
            if unit & 0xFC00 == 0xDC00 {
                let scalar = 0x1_0000 + UInt32(high & 0x3FF) << 10 + UInt32(unit & 0x3FF)
                output[filled] = UInt8(0xF0 | scalar >> 18)
                output[filled + 1] = UInt8(0x80 | scalar >> 12 & 0x3F)
                output[filled + 2] = UInt8(0x80 | scalar >> 6 & 0x3F)
                output[filled + 3] = UInt8(0x80 | scalar & 0x3F)
                filled += 4
                return
            }
            output[filled] = UTF16Transcoder.invalid
            filled += 1
        }
        switch unit {
        case 0..<0x80:
            output[filled] = UInt8(unit)
            filled += 1
        case 0x80..<0x800:
            output[filled] = UInt8(0xC0 | unit >> 6)
            output[filled + 1] = UInt8(0x80 | unit & 0x3F)
            filled += 2
        case 0xD800..<0xDC00: highHalf = unit
        case 0xDC00..<0xE000:
            output[filled] = UTF16Transcoder.invalid
            filled += 1
        default:
            output[filled] = UInt8(0xE0 | unit >> 12)
            output[filled + 1] = UInt8(0x80 | unit >> 6 & 0x3F)
            output[filled + 2] = UInt8(0x80 | unit & 0x3F)
            filled += 3
        }
    }
}
