internal import CZlib
internal import CZstd

/// An archive that grows as a program writes it: a flush after each piece, the trailer last. One member (gzip) or
/// frame (zstd) an instance.
public final class FlushingPacker {
    public enum Format: String, Sendable, CaseIterable { case gzip, zstd }

    private enum Writer {
        /// On the heap: zlib refuses a stream that has moved since it was made.
        case gzip(UnsafeMutablePointer<z_stream>)
        case zstd(OpaquePointer)
    }

    private let writer: Writer

    public init(_ format: Format, level: Int32 = 3) {
        switch format {
        case .gzip:
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            stream.initialize(to: z_stream())
            precondition(tailrace_deflate_init(stream, level, 15 + 16) == Z_OK)
            writer = .gzip(stream)
        case .zstd:
            guard let context = ZSTD_createCCtx() else { preconditionFailure("libzstd has no memory") }
            ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
            ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
            writer = .zstd(context)
        }
    }

    deinit {
        switch writer {
        case .gzip(let stream):
            deflateEnd(stream)
            stream.deallocate()
        case .zstd(let context): ZSTD_freeCCtx(context)
        }
    }

    /// What the writer puts into its file for this piece: a reader can have all of it once these bytes are there.
    public func flush(_ bytes: [UInt8]) -> [UInt8] { pack(bytes, isLast: false) }

    /// The last bytes of the member or frame, its checksum among them. Nothing may be packed afterwards.
    public func finish(_ bytes: [UInt8] = []) -> [UInt8] { pack(bytes, isLast: true) }

    private func pack(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 8 + 1024)
        let count = input.withUnsafeMutableBytes { input in
            output.withUnsafeMutableBytes { output in
                switch writer {
                case .gzip(let stream):
                    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.pointee.avail_in = UInt32(input.count)
                    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.pointee.avail_out = UInt32(output.count)
                    _ = deflate(stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
                    precondition(stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0, "it fits")
                    return output.count - Int(stream.pointee.avail_out)
                case .zstd(let context):
                    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
                    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
                    let rest = ZSTD_compressStream2(context, &target, &source, isLast ? ZSTD_e_end : ZSTD_e_flush)
                    precondition(rest == 0, "it fits")
                    return target.pos
                }
            }
        }
        return Array(output[..<count])
    }
}
