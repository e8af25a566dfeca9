internal import CCharset

/// Texts of a mail's charset as UTF-8.
enum Charset {
    /// Read at a time.
    private static let blockBytes = 16 << 10

    /// Appends a text as UTF-8.
    ///
    /// What is not in its charset becomes U+FFFD. A charset that nobody knows, or none, is taken for UTF-8, and what is
    /// no UTF-8 for Latin-1 as Windows has it: that is what unlabelled mails most often are.
    static func append(_ bytes: Span<UInt8>, charset: [UInt8], to output: inout [UInt8]) {
        let isASCII = ByteFinder.nonASCII(in: bytes, from: 0, to: bytes.count) == bytes.count
        // A few charsets write everything in ASCII bytes, with escapes.
        let hasEscapes = charset.starts(with: Array("iso-2022".utf8)) || charset.starts(with: Array("utf-7".utf8))
        if isASCII, !hasEscapes || charset.isEmpty { return plain(bytes, to: &output) }
        if isUTF8(charset), isValidUTF8(bytes, from: 0, to: bytes.count) { return plain(bytes, to: &output) }
        let known = convert(
            bytes, name: isUTF8(charset) && !isDeclared(charset) ? Array("cp1252".utf8) : charset, &output)
        if known { return }
        if isValidUTF8(bytes, from: 0, to: bytes.count) { return plain(bytes, to: &output) }
        _ = convert(bytes, name: Array("cp1252".utf8), &output)
    }

    /// Nothing is said, or what says nothing about bytes from 0x80 on.
    private static func isDeclared(_ charset: [UInt8]) -> Bool {
        charset == Array("utf-8".utf8) || charset == Array("utf8".utf8)
    }

    private static func isUTF8(_ charset: [UInt8]) -> Bool {
        charset.isEmpty || isDeclared(charset) || charset == Array("us-ascii".utf8) || charset == Array("ascii".utf8)
    }

    /// Names that mails use and iconv does not know, or takes for a part of what is meant (WHATWG, "Encoding").
    private static let aliases = [
        "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "ksc5601": "cp949", "euc-kr": "cp949", "gb2312": "gb18030",
        "x-gbk": "gb18030", "gb_2312-80": "gb18030", "x-sjis": "cp932", "shift_jis": "cp932", "x-euc-jp": "euc-jp",
        "iso-8859-8-i": "iso-8859-8", "iso-8859-1": "cp1252", "latin1": "cp1252", "x-cp1252": "cp1252",
        "x-cp1251": "cp1251", "x-mac-roman": "macintosh", "unicode-1-1-utf-7": "utf-7", "big5": "big5-hkscs",
    ]

    private static func plain(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { output.append(contentsOf: $0) }
    }

    /// - Returns: false where the charset is not known; nothing is appended then.
    private static func convert(_ bytes: Span<UInt8>, name: [UInt8], _ output: inout [UInt8]) -> Bool {
        let name = aliases[String(decoding: name, as: UTF8.self)].map { Array($0.utf8) } ?? name
        let opened = (name + [0]).withUnsafeBufferPointer { name in
            name.withMemoryRebound(to: CChar.self) { $0.baseAddress.flatMap(ccharset_open) }
        }
        guard let opened else { return false }
        defer { ccharset_close(opened) }
        var at = 0
        while true {
            var (read, written) = (0, 0)
            var isDone = false
            bytes.extracting(at..<bytes.count).withUnsafeBufferPointer { input in
                let room = blockBytes
                output.append(contentsOf: repeatElement(0, count: room))
                let start = output.count - room
                output.withUnsafeMutableBufferPointer { output in
                    // Both pointers reach as far as the counts that go with them.
                    guard let to = output.baseAddress else { return }
                    isDone =
                        ccharset_convert(opened, input.baseAddress, input.count, &read, to + start, room, &written) == 1
                }
                output.removeSubrange((start + written)...)
            }
            at += read
            // A conversion that stands still would go on for ever.
            if isDone || (read == 0 && written == 0) { return true }
        }
    }
}
