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
    /// How the file is packed. `plain` for now where its first bytes are still to come.
    public private(set) var compression: Compression
    private let descriptor: FileDescriptor
    private var decoder: Decoder
    private let input: UnsafeMutableRawBufferPointer
    private var inputStart = 0
    private var inputEnd = 0
    /// Offset in the file of `input[inputEnd]`.
    private var fileOffset: Int64 = 0
    private var phase: Phase
    /// Offset in the file of the head of the member that is read.
    private var memberStart: Int64 = 0
    /// The last step filled the output: the decoder may hold more, although its input is used up.
    private var mayHoldOutput = false

    private enum Phase {
        /// Too little of the file is there to tell its packing.
        case fileHead
        /// The next byte begins a member or ends the archive.
        case memberHead
        /// Inside a member.
        case member
        /// After damage: looking for the head of a member.
        case searching
    }

    private static let inputBytes = 256 << 10
    /// Damaged data may be decoded beyond the end of their member before they contradict themselves: the search for
    /// the next head begins so far before the contradiction.
    private static let searchBackBytes: Int64 = 64 << 10

    /// Opens the file and recognises its packing.
    public init(path: String) throws(ReadFault) {
        self.path = path
        let opened = try FileDescriptor(path: path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: ArchiveReader.inputBytes, alignment: 16)
        let count: Int
        let packing: Compression?
        do throws(ReadFault) {
            count = try opened.read(into: buffer, path: path)
            let head = buffer[..<count]
            packing = Compression.isUndecided(head: head) ? nil : try ArchiveReader.packing(of: head, path: path)
        } catch {
            buffer.deallocate()
            throw error
        }
        compression = packing ?? .plain
        phase = packing == nil ? .fileHead : .memberHead
        decoder = Decoder(packing ?? .plain)
        descriptor = opened
        input = buffer
        inputEnd = count
        fileOffset = Int64(count)
    }

    /// The packing that the first bytes of a file tell.
    private static func packing(of head: UnsafeMutableRawBufferPointer.SubSequence, path: String) throws(ReadFault)
        -> Compression
    {
        if let found = Compression(head: head) { return found }
        let name = Compression.archiveName(head: head) ?? "unknown"
        throw ReadFault(path: path, reason: "is packed with \(name); pack it with gzip or zstd, or unpack it")
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
            if let reason = pendingFault {
                pendingFault = nil
                return damage(reason)
            }
            if inputStart == inputEnd, try !refill(), phase != .member || !mayHoldOutput {
                return phase == .member && compression != .plain ? .waiting : .end
            }
            switch phase {
            case .fileHead:
                if Compression.isUndecided(head: input[inputStart..<inputEnd]) {
                    guard try moreInput() else { return .waiting }
                } else {
                    compression = try ArchiveReader.packing(of: input[inputStart..<inputEnd], path: path)
                    decoder = Decoder(compression)
                    phase = .memberHead
                }
            case .memberHead:
                switch memberHead() {
                case true?: beginMember()
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
                mayHoldOutput = step.produced == output.count
                if let reason = step.fault {
                    // Bytes made before the damage first.
                    if step.produced == 0 { return damage(reason) }
                    pendingFault = reason
                    return .bytes(step.produced)
                }
                if step.isMemberEnd { phase = .memberHead }
                if step.produced > 0 { return .bytes(step.produced) }
            case .searching:
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

    private mutating func beginMember() {
        phase = .member
        memberStart = compressedPosition
        mayHoldOutput = false
    }

    /// The member contradicts itself here: what follows belongs to another one.
    private mutating func damage(_ reason: String) -> Outcome {
        let outcome = fault(.corrupt, reason)
        phase = .searching
        goBack(to: max(memberStart + 1, compressedPosition - ArchiveReader.searchBackBytes))
        return outcome
    }

    /// Takes bytes again, from the buffer where they are still in it.
    private mutating func goBack(to offset: Int64) {
        let count = Int(compressedPosition - offset)
        if count <= inputStart {
            inputStart -= count
        } else {
            descriptor.seek(to: offset)
            (inputStart, inputEnd, fileOffset) = (0, 0, offset)
        }
    }

    /// Moves to the next head of a member. - Returns: false where none is left.
    private mutating func search() throws(ReadFault) -> Bool {
        decoder.reset()
        while true {
            while inputStart < inputEnd {
                switch memberHead() {
                case true?:
                    beginMember()
                    return true
                case false?: inputStart += 1
                case nil:
                    // Half a head at the end may be the beginning of more: it is kept.
                    guard try moreInput() else { return false }
                }
            }
            guard try refill() else { return false }
        }
    }

    private func fault(_ kind: ArchiveFault.Kind, _ reason: String) -> Outcome {
        .fault(ArchiveFault(kind: kind, offset: compressedPosition, reason: reason))
    }
}
