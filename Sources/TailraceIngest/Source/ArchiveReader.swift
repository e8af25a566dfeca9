/// Reads the decompressed bytes of one file, whatever its packing, in buffers of fixed size.
///
/// The end of the file is not the end of the log: after `.end` or `.waiting` the reader can be asked again, and goes
/// on with what was appended in the meantime. After damage it looks for the next member or frame and goes on there.
public struct ArchiveReader: ~Copyable {
    /// What a read gave.
    public enum Outcome: Sendable, Equatable {
        /// So many bytes.
        case bytes(Int)
        /// No more bytes now; the last member is complete.
        case end
        /// No more bytes now; the last member is not complete.
        case waiting
        /// Damage: bytes before it stand, what comes after belongs to another member.
        case fault(ArchiveFault)
    }

    public let path: String
    public let compression: Compression
    private let descriptor: FileDescriptor
    private let decoder: Decoder
    private let input: UnsafeMutableRawBufferPointer
    private var inputStart = 0
    private var inputEnd = 0
    /// Offset in the file of `input[inputEnd]`.
    private var fileOffset: Int64 = 0
    private var phase = Phase.memberHead

    private enum Phase {
        /// The next byte begins a member or ends the archive.
        case memberHead
        /// Inside a member.
        case member
        /// After damage: looking for the head of a member.
        case searching
    }

    private static let inputBytes = 256 << 10

    /// Opens the file and recognises its packing.
    public init(path: String) throws(ReadFault) {
        self.path = path
        let opened = try FileDescriptor(path: path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: ArchiveReader.inputBytes, alignment: 16)
        let count: Int
        do throws(ReadFault) {
            count = try opened.read(into: buffer, path: path)
        } catch {
            buffer.deallocate()
            throw error
        }
        guard let compression = Compression(head: buffer[..<count]) else {
            let name = Compression.archiveName(head: buffer[..<count]) ?? "unknown"
            buffer.deallocate()
            throw ReadFault(path: path, reason: "is packed with \(name); pack it with gzip or zstd, or unpack it")
        }
        self.compression = compression
        decoder = Decoder(compression)
        descriptor = opened
        input = buffer
        inputEnd = count
        fileOffset = Int64(count)
    }

    deinit { input.deallocate() }

    /// Compressed bytes taken so far.
    public var compressedPosition: Int64 { fileOffset - Int64(inputEnd - inputStart) }

    /// Size, device and inode at this moment.
    public var status: FileStatus { descriptor.status }

    /// Goes to a place of a plain file at once. Other packings have to be read up to it.
    /// - Precondition: the file is plain.
    public mutating func seek(to position: Int64) {
        precondition(compression == .plain)
        descriptor.seek(to: position)
        (inputStart, inputEnd, fileOffset) = (0, 0, position)
        phase = .member
    }

    /// Reads on. Never blocks, never returns `.bytes(0)`.
    public mutating func read(into output: UnsafeMutableRawBufferPointer) throws(ReadFault) -> Outcome {
        while true {
            if inputStart == inputEnd, try !refill() {
                if compression == .plain || phase == .memberHead { return .end }
                return phase == .member ? .waiting : .end
            }
            switch phase {
            case .memberHead:
                switch memberHead() {
                case true?: phase = .member
                case false?:
                    phase = .searching
                    if !isZeroPadding {
                        return fault(.trailingGarbage, "bytes that belong to no member")
                    }
                case nil:
                    guard try moreInput() else { return .waiting }
                }
            case .member:
                let step = decoder.step(UnsafeRawBufferPointer(rebasing: input[inputStart..<inputEnd]), into: output)
                inputStart += step.consumed
                if let reason = step.fault {
                    // Bytes made before the damage first; the damage is met again without output.
                    if step.produced > 0 {
                        pendingFault = reason
                        phase = .searching
                        return .bytes(step.produced)
                    }
                    phase = .searching
                    return fault(.corrupt, reason)
                }
                if step.isMemberEnd { phase = .memberHead }
                if step.produced > 0 { return .bytes(step.produced) }
            case .searching:
                if let reason = pendingFault {
                    pendingFault = nil
                    return fault(.corrupt, reason)
                }
                guard try search() else { return .end }
            }
        }
    }

    /// Reads on into the tail of an array, from `start` to its end.
    public mutating func read(into buffer: inout [UInt8], from start: Int) throws(ReadFault) -> Outcome {
        // The closure cannot throw a typed error, so what happened is carried out of it.
        var result = Result<Outcome, ReadFault>.success(.end)
        buffer.withUnsafeMutableBytes { bytes in
            do throws(ReadFault) {
                result = .success(try read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...])))
            } catch {
                result = .failure(error)
            }
        }
        return try result.get()
    }

    /// Damage that was found together with good bytes: told at the next read.
    private var pendingFault: String?

    // MARK: - Input

    /// - Returns: false at the end of what is there now.
    private mutating func refill() throws(ReadFault) -> Bool {
        (inputStart, inputEnd) = (0, 0)
        return try moreInput()
    }

    /// Reads behind what is left in the buffer.
    private mutating func moreInput() throws(ReadFault) -> Bool {
        if inputStart > 0 {
            let rest = inputEnd - inputStart
            input.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[inputStart..<inputEnd]))
            (inputStart, inputEnd) = (0, rest)
        }
        let count = try descriptor.read(into: UnsafeMutableRawBufferPointer(rebasing: input[inputEnd...]), path: path)
        inputEnd += count
        fileOffset += Int64(count)
        return count > 0
    }

    // MARK: - Members

    private func memberHead() -> Bool? {
        decoder.isMemberHead(UnsafeRawBufferPointer(rebasing: input[inputStart..<inputEnd]))
    }

    /// Tapes and some writers fill up with zeros; that is no damage.
    private var isZeroPadding: Bool { input[inputStart..<inputEnd].allSatisfy { $0 == 0 } }

    /// Moves to the next head of a member. - Returns: false where none is left.
    private mutating func search() throws(ReadFault) -> Bool {
        decoder.reset()
        while true {
            while inputStart < inputEnd {
                switch memberHead() {
                case true?:
                    phase = .member
                    return true
                case false?: inputStart += 1
                case nil:
                    guard try moreInput() else {
                        inputStart = inputEnd
                        return false
                    }
                }
            }
            guard try refill() else { return false }
        }
    }

    private func fault(_ kind: ArchiveFault.Kind, _ reason: String) -> Outcome {
        .fault(ArchiveFault(kind: kind, offset: compressedPosition, reason: reason))
    }
}
