internal import CZlib
internal import CZstd

/// Packed bytes for fixtures, made by the libraries' own writers.
public enum Packing {
    /// One gzip member.
    /// - Parameter flushEvery: end a block after so many bytes, as writers do that flush line by line; 0 = never.
    public static func gzip(_ bytes: [UInt8], level: Int32 = 6, flushEvery: Int = 0) -> [UInt8] {
        var stream = z_stream()
        precondition(tailrace_deflate_init(&stream, level, 15 + 16) == Z_OK)
        defer { deflateEnd(&stream) }
        var packed: [UInt8] = []
        var start = 0
        repeat {
            let end = flushEvery > 0 ? min(bytes.count, start + flushEvery) : bytes.count
            deflate(
                Array(bytes[start..<end]), flush: end == bytes.count ? Z_FINISH : Z_SYNC_FLUSH, &stream, into: &packed)
            start = end
        } while start < bytes.count
        return packed
    }

    private static func deflate(
        _ bytes: [UInt8], flush: Int32, _ stream: inout z_stream, into packed: inout [UInt8]
    ) {
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 8 + 1024)
        let count = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                _ = CZlib.deflate(&stream, flush)
                precondition(stream.avail_in == 0 && stream.avail_out > 0, "the output is large enough")
                return output.count - Int(stream.avail_out)
            }
        }
        packed += output[..<count]
    }

    /// One zstd frame.
    /// - Parameters:
    ///   - hasChecksum: end it with a checksum of the content.
    ///   - blockBytes: end a block after so many bytes, as writers do that flush; 0 = as the library likes.
    public static func zstd(
        _ bytes: [UInt8], level: Int32 = 3, hasChecksum: Bool = true, blockBytes: Int = 0
    ) -> [UInt8] {
        guard let context = ZSTD_createCCtx() else { preconditionFailure("libzstd has no memory") }
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, hasChecksum ? 1 : 0)
        var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count) + 64 * (bytes.count + 64))
        var packed = 0
        var start = 0
        repeat {
            let end = blockBytes > 0 ? min(bytes.count, start + blockBytes) : bytes.count
            let piece = Array(bytes[start..<end])
            packed += piece.withUnsafeBytes { piece in
                output.withUnsafeMutableBytes { output in
                    var source = ZSTD_inBuffer(src: piece.baseAddress, size: piece.count, pos: 0)
                    var target = ZSTD_outBuffer(
                        dst: output.baseAddress.map { $0 + packed }, size: output.count - packed, pos: 0)
                    let mode = end == bytes.count ? ZSTD_e_end : ZSTD_e_flush
                    let rest = ZSTD_compressStream2(context, &target, &source, mode)
                    precondition(rest == 0, "the output is large enough")
                    return target.pos
                }
            }
            start = end
        } while start < bytes.count
        return Array(output[..<packed])
    }

    /// A frame that decoders pass over (RFC 8878, 3.1.2).
    public static func skippableFrame(_ content: [UInt8]) -> [UInt8] {
        let size = UInt32(content.count)
        return [0x53, 0x2A, 0x4D, 0x18] + (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) } + content
    }
}
