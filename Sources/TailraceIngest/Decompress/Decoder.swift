/// What one step of decoding did.
struct DecodeStep {
    /// Compressed bytes taken, decompressed bytes given.
    var consumed: Int
    var produced: Int
    /// The member or frame ended after these bytes.
    var isMemberEnd = false
    /// Set where the data are damaged; what was produced before stands.
    var fault: String?
}

/// A streaming decompressor for one packing: keeps its state between steps, works in the caller's buffers.
enum Decoder: ~Copyable {
    case plain
    case gzip(GzipDecoder)
    case zstd(ZstdDecoder)

    init(_ compression: Compression) {
        switch compression {
        case .plain: self = .plain
        case .gzip: self = .gzip(GzipDecoder())
        case .zstd: self = .zstd(ZstdDecoder())
        }
    }

    /// Decodes from `input` into `output` until one of them is used up or a member ends.
    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodeStep {
        switch self {
        case .plain:
            let count = min(input.count, output.count)
            output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[..<count]))
            return DecodeStep(consumed: count, produced: count)
        case .gzip(let decoder): return decoder.step(input, into: output)
        case .zstd(let decoder): return decoder.step(input, into: output)
        }
    }

    /// Forgets everything and is ready for the head of a member.
    func reset() {
        switch self {
        case .plain: break
        case .gzip(let decoder): decoder.reset()
        case .zstd(let decoder): decoder.reset()
        }
    }

    /// Could a member begin with these bytes? nil: too few to tell.
    func isMemberHead(_ bytes: UnsafeRawBufferPointer) -> Bool? {
        switch self {
        case .plain: return true
        case .gzip:
            // Magic, method 8, no reserved flags, and an XFL that compressors write: random bytes pass 1 in 10^9.
            let head: [UInt8] = [0x1F, 0x8B, 0x08]
            for i in 0..<min(3, bytes.count) where bytes[i] != head[i] { return false }
            if bytes.count > 3, bytes[3] & 0xE0 != 0 { return false }
            if bytes.count > 8, ![0, 2, 4].contains(bytes[8]) { return false }
            return bytes.count >= 9 ? true : nil
        case .zstd:
            guard bytes.count >= 4 else {
                return bytes.isEmpty || bytes[0] == 0x28 || bytes[0] & 0xF0 == 0x50 ? nil : false
            }
            return Compression(head: Array(bytes.prefix(4))) == .zstd
        }
    }
}
