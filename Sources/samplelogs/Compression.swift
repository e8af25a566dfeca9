import CZlib
import CZstd

/// Fixed settings: the same input gives the same bytes for one version of the libraries.
enum Compression {
    static let gzipLevel: Int32 = 9
    static let zstdLevel: Int32 = 19

    /// One gzip member (RFC 1952). zlib writes a modification time of 0.
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        // 15 bits of window, and 16 to ask for the gzip wrapper.
        var status = tailrace_deflate_init(&stream, gzipLevel, 31)
        precondition(status == Z_OK, "deflate refuses its settings")
        defer { deflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        var input = bytes
        let written = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                status = deflate(&stream, Z_FINISH)
                return target.count - Int(stream.avail_out)
            }
        }
        precondition(status == Z_STREAM_END, "deflate needs more room than its own bound")
        return Array(output.prefix(written))
    }

    /// One zstd frame (RFC 8878) with a checksum.
    static func zstd(_ bytes: [UInt8]) -> [UInt8] {
        guard let context = ZSTD_createCCtx() else { preconditionFailure("no memory for zstd") }
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, zstdLevel)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let written = ZSTD_compress2(context, &output, output.count, bytes, bytes.count)
        precondition(ZSTD_isError(written) == 0, "zstd needs more room than its own bound")
        return Array(output.prefix(written))
    }
}
