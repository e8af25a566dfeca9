internal import Glibc

/// One event of inotify(7).
struct WatchEvent: Equatable {
    /// The watch that it belongs to; -1 for an overflow.
    var watch: Int32
    var mask: UInt32
    /// The name inside the watched folder; nil where the folder itself is meant, or the name is not UTF-8.
    var name: String?

    /// The content or the attributes of one file changed, the names in the folder did not.
    var isContent: Bool {
        let names = UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ISDIR)
        return mask & UInt32(IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB) != 0 && mask & names == 0
    }

    /// The watched folder was removed, moved or unmounted, or its watch ended.
    var endsWatch: Bool { mask & (UInt32(IN_IGNORED | IN_UNMOUNT | IN_MOVE_SELF) | UInt32(IN_DELETE_SELF)) != 0 }

    /// The kernel's queue was full: events are lost.
    var isOverflow: Bool { mask & UInt32(IN_Q_OVERFLOW) != 0 }

    /// The events in a buffer that read(2) filled: each a head of 16 bytes and a name, filled up with zero bytes to
    /// the length that the head tells.
    static func events(in bytes: UnsafeRawBufferPointer) -> [WatchEvent] {
        var events: [WatchEvent] = []
        var at = 0
        let headBytes = MemoryLayout<inotify_event>.size
        // The kernel writes whole events; what does not fit its own head is not looked at.
        while at + headBytes <= bytes.count {
            let head = bytes.loadUnaligned(fromByteOffset: at, as: inotify_event.self)
            let start = at + headBytes
            let end = start + Int(head.len)
            guard end <= bytes.count else { break }
            let name = bytes[start..<end].prefix { $0 != 0 }
            events.append(
                WatchEvent(
                    watch: head.wd, mask: head.mask,
                    name: name.isEmpty ? nil : String(validating: name, as: UTF8.self)))
            at = end
        }
        return events
    }
}
