/// What one step of decoding did.
struct DecodeStep {
    /// Compressed bytes taken, decompressed bytes given.
    var consumed: Int
    var produced: Int
    /// The member or frame ended after these bytes.
    var isMemberEnd = false
    /// Decoding stands between two blocks, and a restart point can be taken. Told only where asked for.
    var isBlockBorder = false
    /// Set where the data are damaged; what was produced before stands.
    var fault: String?
}

/// A streaming decompressor for one packing: keeps its state between steps, works in the caller's buffers.
enum Decoder: ~Copyable {
    case plain
    case gzip(GzipDecoder)
    #if ISAL
        case fastGzip(FastGzipDecoder)
    #endif
    case zstd(ZstdDecoder)

    init(_ compression: Compression) {
        switch compression {
        case .plain: self = .plain
        case .gzip: self = .gzip(GzipDecoder())
        case .zstd: self = .zstd(ZstdDecoder())
        }
    }

    /// Decodes from `input` into `output` until one of them is used up or a member ends.
    ///
    /// - Parameter stopsAtBorder: stop also between two blocks, where the packing allows a restart there.
    func step(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, stopsAtBorder: Bool = false
    ) -> DecodeStep {
        switch self {
        case .plain:
            let count = min(input.count, output.count)
            output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[..<count]))
            return DecodeStep(consumed: count, produced: count)
        case .gzip(let decoder): return decoder.step(input, into: output, stopsAtBorder: stopsAtBorder)
        #if ISAL
            case .fastGzip(let decoder): return decoder.step(input, into: output)
        #endif
        case .zstd(let decoder): return decoder.step(input, into: output)
        }
    }

    /// Decodes what comes as fast as the build can, without restart points and without words for faults.
    ///
    /// - Precondition: the next byte is the head of a member.
    mutating func hurry() {
        #if ISAL
            let isGzip =
                switch self {
                case .gzip: true
                default: false
                }
            if isGzip { self = .fastGzip(FastGzipDecoder()) }
        #endif
    }

    /// Does it give restart points, and tell faults in words and at their place?
    var isExact: Bool {
        switch self {
        #if ISAL
            case .fastGzip: false
        #endif
        default: true
        }
    }

    /// Forgets everything and is ready for the head of a member.
    func reset() {
        switch self {
        case .plain: break
        case .gzip(let decoder): decoder.reset()
        #if ISAL
            case .fastGzip(let decoder): decoder.reset()
        #endif
        case .zstd(let decoder): decoder.reset()
        }
    }

    /// What a decoder has to know to begin at this border of blocks.
    ///
    /// - Parameters:
    ///   - memberStart: place in the file of the member's head.
    ///   - last: the byte taken last.
    /// - Returns: nil for a packing without such places.
    func border(memberStart: Int64, last: UInt8) -> DeflateBorder? {
        switch self {
        case .gzip(let decoder): decoder.border(memberStart: memberStart, last: last)
        default: nil
        }
    }

    /// Begins between two blocks, as if everything before had been decoded.
    ///
    /// - Precondition: the packing is gzip.
    func resume(at border: DeflateBorder) {
        switch self {
        case .gzip(let decoder): decoder.resume(at: border)
        default: preconditionFailure("only deflate has borders")
        }
    }

    /// Bytes of memory that the library holds for it.
    var memoryBytes: Int {
        switch self {
        case .plain: 0
        case .gzip: GzipDecoder.memoryBytes
        #if ISAL
            case .fastGzip: FastGzipDecoder.memoryBytes
        #endif
        case .zstd(let decoder): decoder.memoryBytes
        }
    }
}
