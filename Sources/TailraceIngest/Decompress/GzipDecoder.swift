internal import CZlib

/// Streaming decoding of gzip members: zlib reads the head and inflates, CRC-32 and length are checked here.
///
///     head ──▶ blocks of deflate ──▶ trailer: CRC-32 (4), length (4) ──▶ head of the next member
///
/// zlib would check the trailer itself, but not of a member that is entered in its middle; so that both ways are one,
/// it only ever inflates. Faults have zlib's words and places all the same.
///
/// The stream lives on the heap at a fixed address: zlib keeps a pointer back to it.
struct GzipDecoder: ~Copyable {
    private enum Stage { case head, blocks, trailer }

    /// Where the member stands.
    private struct Member {
        var stage = Stage.head
        /// Decompressed bytes so far, and their CRC-32.
        var length: Int64 = 0
        var crc: UInt32 = 0
        /// What has come of the trailer.
        var trailer: UInt32 = 0
        var trailerCount = 0
    }

    /// zlib's state (zconf.h: some 7 KiB, here rounded up) and its window.
    static let memoryBytes = (10 << 10) + DeflateBorder.windowLimit

    /// 15 bits of window; +16: the head of gzip, negative: bare deflate.
    private static let headBits: Int32 = 15 + 16
    private static let blockBits: Int32 = -15
    /// Bits of `data_type`: between two blocks, in the last block.
    private static let borderFlag: Int32 = 128
    private static let lastBlockFlag: Int32 = 64

    private let stream: UnsafeMutablePointer<z_stream>
    private let member: UnsafeMutablePointer<Member>

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        member = .allocate(capacity: 1)
        member.initialize(to: Member())
        // Fails only for want of memory.
        precondition(tailrace_inflate_init(stream, GzipDecoder.headBits) == Z_OK, "zlib has no memory for a window")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        member.deallocate()
    }

    func reset() {
        inflateReset2(stream, GzipDecoder.headBits)
        member.pointee = Member()
    }

    func step(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, stopsAtBorder: Bool
    ) -> DecodeStep {
        switch member.pointee.stage {
        case .head: head(input, output)
        case .blocks: blocks(input, output, stopsAtBorder: stopsAtBorder)
        case .trailer: trailer(input)
        }
    }

    // MARK: - Stages

    private func head(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> DecodeStep {
        // Z_BLOCK stops between the head and the first block.
        let (step, _) = inflateStep(input, output, Z_BLOCK)
        if step.fault == nil, stream.pointee.data_type & GzipDecoder.borderFlag != 0 {
            inflateReset2(stream, GzipDecoder.blockBits)
            member.pointee.stage = .blocks
        }
        return step
    }

    private func blocks(
        _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, stopsAtBorder: Bool
    ) -> DecodeStep {
        var (step, code) = inflateStep(input, output, stopsAtBorder ? Z_BLOCK : Z_NO_FLUSH)
        if step.produced > 0 {
            let made = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
            member.pointee.crc = UInt32(
                truncatingIfNeeded: crc32(UInt(member.pointee.crc), made, UInt32(step.produced)))
            member.pointee.length += Int64(step.produced)
        }
        if code == Z_STREAM_END {
            member.pointee.stage = .trailer
        } else if stopsAtBorder, step.fault == nil {
            let flags = stream.pointee.data_type & (GzipDecoder.borderFlag | GzipDecoder.lastBlockFlag)
            step.isBlockBorder = flags == GzipDecoder.borderFlag
        }
        return step
    }

    private func trailer(_ input: UnsafeRawBufferPointer) -> DecodeStep {
        var step = DecodeStep(consumed: 0, produced: 0)
        for byte in input {
            step.consumed += 1
            member.pointee.trailer |= UInt32(byte) << UInt32(8 * (member.pointee.trailerCount & 3))
            member.pointee.trailerCount += 1
            if member.pointee.trailerCount == 4 {
                guard member.pointee.trailer == member.pointee.crc else {
                    step.fault = "incorrect data check"
                    return step
                }
                member.pointee.trailer = 0
            } else if member.pointee.trailerCount == 8 {
                guard member.pointee.trailer == UInt32(truncatingIfNeeded: member.pointee.length) else {
                    step.fault = "incorrect length check"
                    return step
                }
                step.isMemberEnd = true
                reset()
                return step
            }
        }
        return step
    }

    private func inflateStep(
        _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, _ flush: Int32
    ) -> (DecodeStep, Int32) {
        // zlib counts in 32 bits; whatever goes beyond is for the next step.
        let (inputCount, outputCount) = (min(input.count, 1 << 30), min(output.count, 1 << 30))
        // zlib does not write to its input; its field is not const for historic reasons.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(inputCount)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(outputCount)
        let code = inflate(stream, flush)
        var step = DecodeStep(
            consumed: inputCount - Int(stream.pointee.avail_in), produced: outputCount - Int(stream.pointee.avail_out))
        switch code {
        case Z_OK, Z_BUF_ERROR, Z_STREAM_END: break
        default: step.fault = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(code)"
        }
        return (step, code)
    }

    // MARK: - Restart

    /// - Parameter last: the byte taken last, of which the next block may use the upper bits.
    func border(memberStart: Int64, last: UInt8) -> DeflateBorder {
        let bitCount = UInt8(stream.pointee.data_type & 7)
        let window = [UInt8](unsafeUninitializedCapacity: DeflateBorder.windowLimit) { bytes, count in
            var size: UInt32 = 0
            count = inflateGetDictionary(stream, bytes.baseAddress, &size) == Z_OK ? Int(size) : 0
        }
        return DeflateBorder(
            memberStart: memberStart, length: member.pointee.length, crc: member.pointee.crc, bitCount: bitCount,
            bits: bitCount == 0 ? 0 : last >> (8 - bitCount), window: window)
    }

    func resume(at border: DeflateBorder) {
        inflateReset2(stream, GzipDecoder.blockBits)
        if border.bitCount > 0 { inflatePrime(stream, Int32(border.bitCount), Int32(border.bits)) }
        if !border.window.isEmpty { inflateSetDictionary(stream, border.window, UInt32(border.window.count)) }
        member.pointee = Member(stage: .blocks, length: border.length, crc: border.crc)
    }
}
