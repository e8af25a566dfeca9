/// Reads the decompressed bytes of one file, whatever its packing, in buffers of fixed size.
///
/// The end of the file is not the end of the log: after `.end` or `.waiting` the reader can be asked again, and goes
/// on with what was appended in the meantime. After damage it looks for the next member or frame and goes on there.
/// A read that throws has taken nothing, and can be repeated.
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

    enum Phase {
        /// Too little of the file is there to tell its packing.
        case fileHead
        /// The next byte begins a member or ends the archive.
        case memberHead
        /// Inside a member.
        case member
        /// After damage: looking for the head of a member.
        case searching
    }

    /// A fault that the next read tells.
    enum PendingFault {
        /// Found together with good bytes.
        case damage(reason: String)
        /// The member that is read was given up for the one that begins there.
        case givenUp(next: Int64)
    }

    public let path: String
    /// How the file is packed. `plain` for now where its first bytes are still to come.
    public private(set) var compression: Compression
    /// Decompressed bytes, counted from the file's start. Where the text is UTF-16, more or fewer are given out.
    public internal(set) var position: Int64 = 0
    var input: CarrierInput
    var decoder: Decoder
    var phase: Phase
    /// Place in the file of the head of the member that is read.
    var memberStart: Int64 = 0
    var pendingFault: PendingFault?
    var trail = RestartTrail()
    var encoding = TextEncoding.unknown
    /// The last place in the file at which data contradicted themselves, and how many heads before it were tried since.
    var farthestDamage: Int64 = 0
    var returns = 0
    /// Nobody needs restart points inside of members: decode as fast as the build can.
    public var isHurried = false
    /// Where the member that is read begins in decompressed bytes.
    var memberPosition: Int64 = 0
    /// Decompressed bytes of the member that were given out already and are made once more.
    private var toRepeat: Int64 = 0
    /// The last step filled the output: the decoder may hold more, although its input is used up.
    private var mayHoldOutput = false

    /// Opens the file and recognises its packing.
    public init(path: String) throws(ReadFault) { try self.init(path: path, from: nil) }

    init(_ descriptor: consuming FileDescriptor) throws(ReadFault) {
        path = descriptor.path
        input = CarrierInput(descriptor)
        _ = try input.more()
        let head = input.bytes
        let packing = Compression.isUndecided(head: head) ? nil : try ArchiveReader.packing(of: head, path: path)
        compression = packing ?? .plain
        phase = packing == nil ? .fileHead : .memberHead
        decoder = Decoder(packing ?? .plain)
    }

    /// The packing that the first bytes of a file tell.
    private static func packing(of head: UnsafeRawBufferPointer, path: String) throws(ReadFault) -> Compression {
        if let found = Compression(head: head) { return found }
        let name = Compression.archiveName(head: head) ?? "unknown"
        throw ReadFault(path: path, reason: "is packed with \(name); pack it with gzip or zstd, or unpack it")
    }

    /// Compressed bytes taken so far.
    public var compressedPosition: Int64 { input.position }

    /// Size, device and inode at this moment.
    public var status: FileStatus { input.descriptor.status }

    /// Bytes of memory that it holds: the input buffer, what the decoder needs, the windows of restart points.
    public var memoryBytes: Int { CarrierInput.capacity + decoder.memoryBytes + trail.memoryBytes }

    /// Reads on, in the encoding of the file.
    mutating func decode(into output: UnsafeMutableRawBufferPointer) throws(ReadFault) -> Outcome {
        while true {
            if let pending = pendingFault {
                pendingFault = nil
                return tell(pending)
            }
            if input.isEmpty, try !input.more(), phase != .member || !mayHoldOutput {
                if phase == .member, repeatExactly() { continue }
                return phase == .member && compression != .plain ? .waiting : .end
            }
            switch phase {
            case .fileHead:
                if Compression.isUndecided(head: input.bytes) {
                    guard try input.more() else { return .waiting }
                } else {
                    compression = try ArchiveReader.packing(of: input.bytes, path: path)
                    decoder = Decoder(compression)
                    phase = .memberHead
                }
            case .memberHead:
                switch compression.isMemberHead(input.bytes) {
                case true?: beginMember()
                case false?:
                    // Tapes and some writers fill up with zeros; that is no damage.
                    let zeros = input.bytes.prefix { $0 == 0 }.count
                    input.take(zeros)
                    if zeros == 0 {
                        phase = .searching
                        return fault(.trailingGarbage, "bytes that belong to no member")
                    }
                case nil:
                    guard try input.more() else { return .waiting }
                }
            case .member:
                let step = decodeStep(into: output)
                if let reason = step.fault {
                    if repeatExactly() {
                        if step.produced > 0 { return .bytes(step.produced) }
                        continue
                    }
                    // Bytes made before the damage first.
                    if step.produced == 0 { return damage(reason) }
                    pendingFault = .damage(reason: reason)
                }
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

    /// One step inside a member, and the restart points that it passes.
    private mutating func decodeStep(into output: UnsafeMutableRawBufferPointer) -> DecodeStep {
        guard toRepeat == 0 else { return repeatStep(into: output) }
        let isDue = compression == .gzip && trail.isDue(at: position)
        let step = decoder.step(input.bytes, into: output, stopsAtBorder: isDue)
        take(step, of: output.count)
        position += Int64(step.produced)
        if step.isBlockBorder { passBorder() }
        if step.isMemberEnd { passMemberEnd() }
        return step
    }

    private mutating func take(_ step: DecodeStep, of room: Int) {
        // A library that reads ahead may hand back more than it was given last.
        if step.consumed >= 0 {
            input.take(step.consumed)
        } else {
            input.move(to: input.position + Int64(step.consumed))
        }
        mayHoldOutput = step.produced == room
        if step.isMemberEnd { phase = .memberHead }
    }

    /// Decodes the member again from its head, exactly, where a hurried decoder met its end or a fault.
    /// - Returns: false where the decoder was exact.
    private mutating func repeatExactly() -> Bool {
        guard !decoder.isExact else { return false }
        decoder = Decoder(compression)
        toRepeat = position - memberPosition
        input.move(to: memberStart)
        mayHoldOutput = false
        return true
    }

    /// One step through what was given out already.
    private mutating func repeatStep(into output: UnsafeMutableRawBufferPointer) -> DecodeStep {
        let room = UnsafeMutableRawBufferPointer(rebasing: output[..<Int(min(toRepeat, Int64(output.count)))])
        var step = decoder.step(input.bytes, into: room)
        take(step, of: room.count)
        toRepeat -= Int64(step.produced)
        step.produced = 0
        // The hurried decoder went on beyond a place where it should have stopped: what it gave out is out.
        if step.isMemberEnd || step.fault != nil { toRepeat = 0 }
        if step.isMemberEnd { passMemberEnd() }
        return step
    }

    mutating func beginMember() {
        phase = .member
        (memberStart, memberPosition) = (compressedPosition, position)
        mayHoldOutput = false
        if isHurried { decoder.hurry() }
        passMemberEnd()
    }
}
