/// How a log's text is encoded, as its first bytes tell, and what turns it into UTF-8.
enum TextEncoding {
    /// Nothing was read yet.
    case unknown
    /// UTF-8, or whatever else is not told by a mark: taken as it is.
    case asIs
    /// Perhaps a byte order mark: too few bytes to tell.
    case head([UInt8])
    /// It was none: these bytes are still to be given out.
    case passed(ArraySlice<UInt8>)
    case utf16(UTF16Text)

    /// Bytes that are enough to tell.
    static let headBytes = 4
}

/// Text that comes as UTF-16 and goes as UTF-8. Slow beside the usual way, and of fixed memory.
struct UTF16Text {
    private var transcoder: UTF16Transcoder
    /// UTF-8 that waits to be taken.
    private var ready: [UInt8] = []
    private var taken = 0

    init(_ order: UTF16Transcoder.Endian) { transcoder = UTF16Transcoder(order) }

    /// Takes UTF-16 in.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        ready.removeSubrange(..<taken)
        taken = 0
        var at = 0
        while at < bytes.count {
            // One code unit becomes at most three bytes, half of a pair before it one more.
            let room = (bytes.count - at) * 2 + UTF16Transcoder.leastOutputBytes
            let filled = ready.count
            ready.append(contentsOf: repeatElement(0, count: room))
            let step = ready.withUnsafeMutableBytes {
                transcoder.transcode(
                    UnsafeRawBufferPointer(rebasing: bytes[at...]),
                    into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
            }
            at += step.consumed
            ready.removeSubrange((filled + step.produced)...)
        }
    }

    /// Gives UTF-8 out. - Returns: 0 where more has to come in first.
    mutating func take(into output: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(output.count, ready.count - taken)
        ready.withUnsafeBytes { output.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[taken..<taken + count])) }
        taken += count
        return count
    }
}

extension ArchiveReader {
    /// Reads on. Text in UTF-16 comes out as UTF-8. Never blocks, never returns `.bytes(0)`.
    ///
    /// - Precondition: the output is not empty.
    public mutating func read(into output: UnsafeMutableRawBufferPointer) throws(ReadFault) -> Outcome {
        switch encoding {
        case .asIs: return try decode(into: output)
        case .unknown:
            let outcome = try decode(into: output)
            guard case .bytes(let count) = outcome else { return outcome }
            if output[0] != 0xFE, output[0] != 0xFF {
                encoding = .asIs
                return outcome
            }
            encoding = .head(Array(output[..<count]))
            return try readHead(into: output)
        case .head: return try readHead(into: output)
        case .passed(let bytes): return pass(bytes, into: output)
        case .utf16: return try readUTF16(into: output)
        }
    }

    private mutating func pass(_ bytes: ArraySlice<UInt8>, into output: UnsafeMutableRawBufferPointer) -> Outcome {
        let count = min(output.count, bytes.count)
        output.copyBytes(from: bytes.prefix(count))
        encoding = bytes.count > count ? .passed(bytes.dropFirst(count)) : .asIs
        return .bytes(count)
    }

    private mutating func readHead(into output: UnsafeMutableRawBufferPointer) throws(ReadFault) -> Outcome {
        guard case .head(var head) = encoding else { return .end }
        while head.count < TextEncoding.headBytes {
            let outcome = try decode(into: UnsafeMutableRawBufferPointer(rebasing: output[..<1]))
            guard case .bytes = outcome else { return outcome }
            head.append(output[0])
            encoding = .head(head)
        }
        guard let order = UTF16Transcoder.byteOrder(ofHead: head) else {
            // Bytes that are no text are rejected where records are read.
            return pass(head[...], into: output)
        }
        var text = UTF16Text(order)
        head.withUnsafeBytes { text.append($0) }
        encoding = .utf16(text)
        return try readUTF16(into: output)
    }

    private mutating func readUTF16(into output: UnsafeMutableRawBufferPointer) throws(ReadFault) -> Outcome {
        guard case .utf16(var text) = encoding else { return .end }
        // A value that two places hold would be copied at each change.
        encoding = .asIs
        defer { encoding = .utf16(text) }
        while true {
            let count = text.take(into: output)
            if count > 0 { return .bytes(count) }
            let outcome = try decode(into: output)
            guard case .bytes(let decoded) = outcome else { return outcome }
            text.append(UnsafeRawBufferPointer(rebasing: output[..<decoded]))
        }
    }
}
