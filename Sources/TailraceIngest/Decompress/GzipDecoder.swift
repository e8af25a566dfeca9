internal import CZlib

/// Streaming inflate of gzip members by zlib, which checks CRC-32 and length of each.
///
/// The stream lives on the heap at a fixed address: zlib keeps a pointer back to it.
struct GzipDecoder: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, +16: a gzip wrapper. Fails only for want of memory (32 KiB).
        precondition(tailrace_inflate_init(stream, 15 + 16) == Z_OK, "zlib has no memory for a window")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func reset() { inflateReset(stream) }

    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodeStep {
        // zlib does not write to its input; its field is not const for historic reasons.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(output.count)
        let code = inflate(stream, Z_NO_FLUSH)
        var step = DecodeStep(
            consumed: input.count - Int(stream.pointee.avail_in),
            produced: output.count - Int(stream.pointee.avail_out))
        switch code {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END:
            step.isMemberEnd = true
            inflateReset(stream)
        default: step.fault = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(code)"
        }
        return step
    }
}
