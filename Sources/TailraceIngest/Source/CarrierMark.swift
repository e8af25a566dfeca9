/// The bytes just before a place of a file as stored: tells whether the file is still what it was there.
///
/// A file that was cut and written anew has other bytes before the place, whatever its size.
public struct CarrierMark: Sendable, Equatable {
    /// Bytes before the place that are looked at: a page, so that a look costs one read.
    public static let windowBytes = 4096

    /// Place in the file as stored.
    public var offset: Int64
    /// Hash of the `min(offset, windowBytes)` stored bytes before it.
    public var hash: UInt64

    public init(offset: Int64, hash: UInt64) {
        self.offset = offset
        self.hash = hash
    }

    /// What a file has before a place now.
    ///
    /// - Returns: nil where the file is shorter, or cannot be read.
    static func hash(of descriptor: borrowing FileDescriptor, before offset: Int64) -> UInt64? {
        guard offset >= 0 else { return nil }
        let count = Int(min(offset, Int64(windowBytes)))
        let window = UnsafeMutableRawBufferPointer.allocate(byteCount: windowBytes, alignment: 16)
        defer { window.deallocate() }
        let wanted = UnsafeMutableRawBufferPointer(rebasing: window[..<count])
        guard (try? descriptor.fill(wanted, at: offset - Int64(count))) == count else { return nil }
        return StreamingHash.hash(of: UnsafeRawBufferPointer(wanted))
    }
}

extension FileDescriptor {
    /// Does the file still have these bytes there? false too where it cannot be read.
    public func carries(_ mark: CarrierMark) -> Bool {
        status.size >= mark.offset && CarrierMark.hash(of: self, before: mark.offset) == mark.hash
    }
}
