/// How a file is packed, told by its first bytes and never by its name.
public enum Compression: String, Sendable {
    case plain, gzip, zstd

    /// Bytes that are enough to tell.
    public static let magicBytes = 4

    /// - Returns: nil for archives that are recognised but not read (`archiveName` says which).
    public init?(head: some Collection<UInt8>) {
        let head = Array(head.prefix(6))
        if head.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) || Compression.isSkippableFrame(head) {
            self = .zstd
        } else if Compression.archiveName(head: head) != nil {
            return nil
        } else {
            self = .plain
        }
    }

    /// May these first bytes of a file still become the head of a packing that is read? So long, nobody can tell.
    static func isUndecided(head: some Collection<UInt8>) -> Bool {
        let head = Array(head.prefix(4))
        guard let first = head.first, head.count < 4 else { return head.isEmpty }
        if head == [0x1F] || [0x28, 0xB5, 0x2F, 0xFD].starts(with: head) { return true }
        return first & 0xF0 == 0x50 && [0x2A, 0x4D, 0x18].starts(with: head.dropFirst())
    }

    /// The name of a packing that Tailrace does not read.
    public static func archiveName(head: some Collection<UInt8>) -> String? {
        let head = Array(head.prefix(6))
        if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A]) { return "xz" }
        if head.starts(with: [0x42, 0x5A, 0x68]), head.count > 3, (0x31...0x39).contains(head[3]) { return "bzip2" }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "zip" }
        if head.starts(with: [0x04, 0x22, 0x4D, 0x18]) { return "lz4" }
        return nil
    }

    private static func isSkippableFrame(_ head: [UInt8]) -> Bool {
        head.count >= 4 && head[0] & 0xF0 == 0x50 && Array(head[1...3]) == [0x2A, 0x4D, 0x18]
    }
}
