/// The stored bytes of a file, taken in order through a buffer of fixed size that remembers the last ones taken.
///
///     0      kept         start          end        capacity
///     │ free │ taken      │ to be taken  │ free     │
///                         ╰ position     ╰ endOffset (places in the file)
///
/// Reads name their place, so a read that fails changes nothing and can be tried again.
struct CarrierInput: ~Copyable {
    private static let readBytes = 256 << 10
    static let capacity = readBytes + CarrierMark.windowBytes

    let descriptor: FileDescriptor
    private let buffer: UnsafeMutableRawBufferPointer
    private var kept = 0
    private var start = 0
    private var end = 0
    private var endOffset: Int64 = 0

    init(_ descriptor: consuming FileDescriptor) {
        self.descriptor = descriptor
        buffer = .allocate(byteCount: CarrierInput.capacity, alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// Place in the file of the next byte that is taken.
    var position: Int64 { endOffset - Int64(end - start) }

    /// What is there to be taken. Valid until the next change.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[start..<end]) }

    var isEmpty: Bool { start == end }

    /// - Precondition: so many are there.
    mutating func take(_ count: Int) {
        precondition(count <= end - start)
        start += count
    }

    /// The byte taken last, where it is still known.
    var lastTaken: UInt8? { start > kept ? buffer[start - 1] : nil }

    /// Goes to another place, and takes bytes from the buffer where they are still in it.
    mutating func move(to offset: Int64) {
        let back = position - offset
        if back >= 0, back <= Int64(start - kept) { start -= Int(back) } else { enter(at: offset) }
    }

    /// Goes to a place and reads anew, for what is in the buffer may have been overwritten.
    mutating func enter(at offset: Int64) { (kept, start, end, endOffset) = (0, 0, 0, offset) }

    /// Reads behind what is there.
    ///
    /// - Returns: false at the end of what the file has now.
    mutating func more() throws(ReadFault) -> Bool {
        if isEmpty, start - kept < windowBytes {
            guard try readWindow() else { return false }
        }
        let first = max(kept, start - CarrierMark.windowBytes)
        if first > 0 {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[first..<end]))
            (kept, start, end) = (0, start - first, end - first)
        }
        let free = UnsafeMutableRawBufferPointer(rebasing: buffer[end...])
        let count = try descriptor.read(into: free, at: endOffset)
        end += count
        endOffset += Int64(count)
        return count > 0
    }

    /// Bytes before the position that a mark looks at.
    private var windowBytes: Int { Int(min(position, Int64(CarrierMark.windowBytes))) }

    /// Fetches the bytes before the position, to which the input was moved.
    ///
    /// - Returns: false where the file ends before the position.
    private mutating func readWindow() throws(ReadFault) -> Bool {
        let count = windowBytes
        (kept, start, end) = (0, 0, 0)
        let window = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
        guard try descriptor.fill(window, at: endOffset - Int64(count)) == count else { return false }
        (start, end) = (count, count)
        return true
    }

    /// The mark of the position, made from the bytes that were really read as far as they are known.
    ///
    /// A hash of 0, which no file has, where the file cannot be read or is shorter.
    var mark: CarrierMark {
        let count = windowBytes
        guard start - kept >= count else {
            return CarrierMark(offset: position, hash: CarrierMark.hash(of: descriptor, before: position) ?? 0)
        }
        let window = UnsafeRawBufferPointer(rebasing: buffer[start - count..<start])
        return CarrierMark(offset: position, hash: StreamingHash.hash(of: window))
    }
}
