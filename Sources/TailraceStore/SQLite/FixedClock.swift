import CSQLite

/// The operating system as SQLite sees it, but for the clock, which stands where it is set.
///
/// `date('now')` and `CURRENT_TIMESTAMP` are then answers about the logs: the same in a replay, whenever it is run.
///
/// Invariant: `block` holds a `sqlite3_vfs` and behind it the time (milliseconds since 1970 UTC); it is registered from
/// `init` to `deinit`, and outlives every connection that was opened with it, whose owner holds this.
/// The copy works because SQLite's own implementation keeps no state in the struct: it registers several such itself.
final class FixedClock {
    let name: String
    private let block: UnsafeMutableRawPointer
    private let text: UnsafeMutablePointer<CChar>

    private static let timePlace = MemoryLayout<sqlite3_vfs>.stride
    /// From noon of 24 November 4714 BC, where SQLite's days begin, to 1970, in milliseconds.
    private static let julianMilliseconds: sqlite3_int64 = 210_866_760_000_000

    init() {
        block = .allocate(byteCount: FixedClock.timePlace + 8, alignment: 16)
        name = "tailrace-\(UInt(bitPattern: block))"
        text = .allocate(capacity: name.utf8.count + 1)
        for (place, byte) in (Array(name.utf8) + [0]).enumerated() { text[place] = CChar(bitPattern: byte) }
        // SQLite has a default, or no connection could be opened at all.
        guard let usual = sqlite3_vfs_find(nil) else { preconditionFailure("SQLite knows no operating system") }
        let system = block.initializeMemory(as: sqlite3_vfs.self, repeating: usual.pointee, count: 1)
        system.pointee.zName = UnsafePointer(text)
        system.pointee.pNext = nil
        system.pointee.xCurrentTimeInt64 = { system, answer in
            guard let system, let answer else { return SQLITE_ERROR }
            answer.pointee =
                UnsafeRawPointer(system).load(fromByteOffset: FixedClock.timePlace, as: sqlite3_int64.self)
                + FixedClock.julianMilliseconds
            return SQLITE_OK
        }
        block.storeBytes(of: 0, toByteOffset: FixedClock.timePlace, as: sqlite3_int64.self)
        sqlite3_vfs_register(system, 0)
    }

    deinit {
        sqlite3_vfs_unregister(block.assumingMemoryBound(to: sqlite3_vfs.self))
        block.deallocate()
        text.deallocate()
    }

    /// - Parameter seconds: since 1970 UTC.
    func set(_ seconds: Int64) {
        block.storeBytes(of: seconds &* 1000, toByteOffset: FixedClock.timePlace, as: sqlite3_int64.self)
    }
}
