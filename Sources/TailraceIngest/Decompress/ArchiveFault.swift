/// Damage inside a file: what, and where in its compressed bytes.
public struct ArchiveFault: Error, Sendable, Equatable {
    public enum Kind: Sendable {
        /// The packed data contradict themselves: a flipped byte, a wrong checksum or length.
        case corrupt
        /// Bytes after the end of the archive that are no archive: read past, with a warning.
        case trailingGarbage
    }

    public var kind: Kind
    /// Offset in the file as stored.
    public var offset: Int64
    /// What the decoder said.
    public var reason: String
}

/// The file cannot be read at all.
public struct ReadFault: Error, Sendable, CustomStringConvertible {
    public var path: String
    public var reason: String
    public var description: String { "\(path): \(reason)" }

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}
