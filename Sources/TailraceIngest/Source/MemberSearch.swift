/// Looks through the stored bytes of a file for the head of a member that can really be decoded.
///
/// The bytes of a head may also stand in the middle of packed data. So a candidate is tried: it counts when its first
/// bytes decode to something, or to its end, without a fault.
struct MemberSearch: ~Copyable {
    private static let readBytes = 64 << 10
    /// A few bytes without a fault are enough: what is damaged behind them is told when it is read.
    private static let trialBytes = 64

    private let compression: Compression
    private var offset: Int64
    private let buffer: UnsafeMutableRawBufferPointer

    init(compression: Compression, from offset: Int64) {
        self.compression = compression
        self.offset = offset
        buffer = .allocate(byteCount: MemberSearch.readBytes, alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// - Returns: the place of the next head; nil where there is none up to the end of what is there now.
    mutating func next(in descriptor: borrowing FileDescriptor) throws(ReadFault) -> Int64? {
        let compression = compression
        while true {
            let count = try descriptor.fill(buffer, at: offset)
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            var passed = count
            var at = 0
            candidates: while let found = bytes[at...].firstIndex(where: compression.mayBeginMember) {
                switch compression.isMemberHead(UnsafeRawBufferPointer(rebasing: bytes[found...])) {
                case true?:
                    if try isDecodable(at: offset + Int64(found), in: descriptor) { return offset + Int64(found) }
                case false?: break
                case nil:
                    // A head across the end of the buffer: the next read begins with it.
                    passed = found
                    break candidates
                }
                at = found + 1
            }
            if count < buffer.count { return nil }
            offset += Int64(passed)
        }
    }

    private func isDecodable(at head: Int64, in descriptor: borrowing FileDescriptor) throws(ReadFault) -> Bool {
        let decoder = Decoder(compression)
        let bytes = UnsafeMutableRawBufferPointer.allocate(
            byteCount: MemberSearch.readBytes + MemberSearch.trialBytes, alignment: 16)
        defer { bytes.deallocate() }
        let output = UnsafeMutableRawBufferPointer(rebasing: bytes[MemberSearch.readBytes...])
        var offset = head
        while true {
            let count = try descriptor.read(
                into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<MemberSearch.readBytes]), at: offset)
            guard count > 0 else { return false }
            offset += Int64(count)
            var rest = UnsafeRawBufferPointer(rebasing: bytes[..<count])
            while !rest.isEmpty {
                let step = decoder.step(rest, into: output)
                if step.fault != nil { return false }
                if step.produced > 0 || step.isMemberEnd { return true }
                rest = UnsafeRawBufferPointer(rebasing: rest[step.consumed...])
            }
        }
    }
}
