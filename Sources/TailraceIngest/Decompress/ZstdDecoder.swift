internal import CZstd

/// Streaming decompression of zstd frames by libzstd; checksums are checked where frames carry them.
///
/// libzstd does not tell what it made in a call that fails. So a call is given no more than one piece of a frame (a
/// header, a block), and what is ready is fetched before the next piece is looked at: all bytes before damage are kept,
/// whatever the size of the buffers.
struct ZstdDecoder: ~Copyable {
    /// What the last call left.
    private struct Progress {
        /// Bytes that libzstd wants next: the rest of a piece and, behind a block, the header of the next.
        var wanted = 1
        /// The output was filled, so there may be more of it.
        var isFull = false
        /// Of the frame that is read.
        var head = ZstdFrameHead()
    }

    /// Frames that need a larger window are refused: 2^27 bytes, what the `zstd` command takes without `--memory`.
    private static let windowLimitLog: Int32 = 27

    /// Bytes of a block's header (RFC 8878, 3.1.1.2).
    private static let blockHeaderBytes = 3

    private let stream: OpaquePointer
    private let progress: UnsafeMutablePointer<Progress>

    init() {
        guard let stream = ZSTD_createDStream() else { preconditionFailure("libzstd has no memory for a stream") }
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, ZstdDecoder.windowLimitLog)
        self.stream = stream
        progress = .allocate(capacity: 1)
        progress.initialize(to: Progress())
    }

    deinit {
        ZSTD_freeDStream(stream)
        progress.deallocate()
    }

    func reset() {
        ZSTD_DCtx_reset(stream, ZSTD_reset_session_only)
        progress.pointee = Progress()
    }

    func step(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodeStep {
        let wanted = progress.pointee.wanted
        let piece = wanted > ZstdDecoder.blockHeaderBytes ? wanted - ZstdDecoder.blockHeaderBytes : max(1, wanted)
        let count = progress.pointee.isFull ? 0 : min(piece, input.count)
        var source = ZSTD_inBuffer(src: input.baseAddress, size: count, pos: 0)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let code = ZSTD_decompressStream(stream, &target, &source)
        var step = DecodeStep(consumed: source.pos, produced: target.pos)
        progress.pointee.head.append(UnsafeRawBufferPointer(rebasing: input[..<count]))
        if ZSTD_isError(code) != 0 {
            step.fault = reason(code)
        } else if code == 0 {
            step.isMemberEnd = true
            progress.pointee = Progress()
        } else {
            progress.pointee.wanted = code
            progress.pointee.isFull = target.pos == output.count
        }
        return step
    }

    private func reason(_ code: Int) -> String {
        switch ZSTD_getErrorCode(code) {
        case ZSTD_error_frameParameter_windowTooLarge:
            let need = progress.pointee.head.windowBytes.map { "\(($0 + (1 << 20) - 1) >> 20) MiB" } ?? "more"
            return "the frame was made with --long and needs a window of \(need); the limit is 128 MiB"
        case ZSTD_error_dstSize_tooSmall:
            // The content does not fit the size that the frame tells. Which of two words libzstd has for that hangs on
            // the size of our buffer.
            return String(cString: ZSTD_getErrorString(ZSTD_error_corruption_detected))
        default: return String(cString: ZSTD_getErrorName(code))
        }
    }

    /// Bytes that libzstd holds; grows with the window of the frames it has met.
    var memoryBytes: Int { ZSTD_sizeof_DStream(stream) }
}
