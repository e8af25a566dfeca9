/// The transfer encodings of MIME (RFC 2045, section 6), undone.
enum TransferDecoding {
    /// Appends the bytes of base64; what is no letter of it is passed over, and what is cut off ends where it is cut.
    static func appendBase64(_ bytes: Span<UInt8>, from start: Int, to end: Int, to output: inout [UInt8]) {
        var (word, count): (UInt32, Int) = (0, 0)
        output.reserveCapacity(output.count + (end - start) / 4 * 3)
        for at in start..<end {
            let value = values[Int(bytes[at])]
            if value < 64 {
                word = word << 6 | UInt32(value)
                count += 1
                guard count == 4 else { continue }
                output.append(UInt8(truncatingIfNeeded: word >> 16))
                output.append(UInt8(truncatingIfNeeded: word >> 8))
                output.append(UInt8(truncatingIfNeeded: word))
                (word, count) = (0, 0)
            } else if bytes[at] == UInt8(ascii: "=") {
                break
            }
        }
        if count > 1 { output.append(UInt8(truncatingIfNeeded: word >> (count == 2 ? 4 : 10))) }
        if count > 2 { output.append(UInt8(truncatingIfNeeded: word >> 2)) }
    }

    /// By byte: the six bits of a letter of base64, 64 for what is none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 64, count: 256)
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, letter) in letters.utf8.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    /// Appends the bytes of quoted-printable. An `=` that begins no escape stands for itself.
    ///
    /// - Parameter isWord: the form of encoded words (RFC 2047, section 4.2), in which `_` is a space.
    static func appendQuotedPrintable(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, isWord: Bool, to output: inout [UInt8]
    ) {
        var at = start
        while at < end {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "="), at < end {
                if at + 1 < end, let high = hexValue(bytes[at]), let low = hexValue(bytes[at + 1]) {
                    output.append(UInt8(high << 4 | low))
                    at += 2
                    continue
                }
                // A line that goes on: white space may stand behind the sign.
                var stop = at
                while stop < end, bytes[stop] == 0x20 || bytes[stop] == 0x09 || bytes[stop] == 0x0D { stop += 1 }
                if !isWord, stop < end, bytes[stop] == UInt8(ascii: "\n") {
                    at = stop + 1
                    continue
                }
            }
            output.append(isWord && byte == UInt8(ascii: "_") ? 0x20 : byte)
        }
    }
}
