extension Compression {
    /// Could the head of a member or frame begin with this byte? A quick look before `isMemberHead`.
    @inline(__always)
    func mayBeginMember(_ byte: UInt8) -> Bool {
        switch self {
        case .plain: true
        case .gzip: byte == 0x1F
        case .zstd: byte == 0x28 || byte & 0xF0 == 0x50
        }
    }

    /// Could a member or frame begin with these bytes? nil: too few to tell.
    func isMemberHead(_ bytes: UnsafeRawBufferPointer) -> Bool? {
        guard let first = bytes.first else { return nil }
        guard mayBeginMember(first) else { return false }
        switch self {
        case .plain: return true
        case .gzip:
            // Magic, method 8, no reserved flags, and an XFL that compressors write: random bytes pass 1 in 10^9.
            if bytes.count > 1, bytes[1] != 0x8B { return false }
            if bytes.count > 2, bytes[2] != 8 { return false }
            if bytes.count > 3, bytes[3] & 0xE0 != 0 { return false }
            if bytes.count > 8, bytes[8] != 0, bytes[8] != 2, bytes[8] != 4 { return false }
            return bytes.count >= 9 ? true : nil
        case .zstd:
            let isFrame = first == 0x28
            if bytes.count > 1, bytes[1] != (isFrame ? 0xB5 : 0x2A) { return false }
            if bytes.count > 2, bytes[2] != (isFrame ? 0x2F : 0x4D) { return false }
            if bytes.count > 3, bytes[3] != (isFrame ? 0xFD : 0x18) { return false }
            return bytes.count >= 4 ? true : nil
        }
    }
}
