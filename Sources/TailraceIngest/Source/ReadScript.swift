internal import Glibc

/// What a test makes the disk do: some reads fail, others give less than was asked for.
///
/// Nothing but tests makes one. Confined to the thread of its reader.
final class ReadScript {
    /// Calls that fail with EIO, counted from 0.
    var failing: Set<Int> = []
    /// Calls give at most so many bytes, in turn, from the first again after the last; none: as many as there are.
    var limits: [Int] = []
    /// Calls so far.
    private(set) var calls = 0

    func size(of wanted: Int, path: String) throws(ReadFault) -> Int {
        defer { calls += 1 }
        if failing.contains(calls) { throw ReadFault(path: path, reason: String(cString: strerror(EIO))) }
        return limits.isEmpty ? wanted : min(wanted, max(1, limits[calls % limits.count]))
    }
}
