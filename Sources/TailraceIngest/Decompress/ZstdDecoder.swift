internal import CZstd

/// Streaming decompression of zstd frames by libzstd; checksums are checked where frames carry them.
struct ZstdDecoder: ~Copyable {
    private let stream: OpaquePointer

    init() {
        guard let stream = ZSTD_createDStream() else { preconditionFailure("libzstd has no memory for a stream") }
        self.stream = stream
    }

    deinit { ZSTD_freeDStream(stream) }

    func reset() { ZSTD_DCtx_reset(stream, ZSTD_reset_session_only) }

    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodeStep {
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let code = ZSTD_decompressStream(stream, &target, &source)
        var step = DecodeStep(consumed: source.pos, produced: target.pos)
        if ZSTD_isError(code) != 0 {
            step.fault = String(cString: ZSTD_getErrorName(code))
        } else if code == 0 {
            step.isMemberEnd = true
        }
        return step
    }
}
