#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// An array as `Array(repeating:count:)` makes it, on large pages of memory where the system grants them.
///
/// A table of hashes is read at random places. On pages of 4 KiB nearly every look costs a miss in the address
/// translation beside the one in the cache, and a table that grows costs a page fault for each of its pages.
/// (madvise(2), MADV_HUGEPAGE; only advice, a refusal changes nothing.)
func largeArray<Element>(repeating value: Element, count: Int) -> [Element] {
    Array(unsafeUninitializedCapacity: count) { buffer, initialized in
        // Whole pages inside the buffer, before any of them is touched.
        let bytes = UnsafeMutableRawBufferPointer(buffer)
        let page = 4096
        if bytes.count >= 4 << 20, let base = bytes.baseAddress {
            let start = Int(bitPattern: base) / page * page + page
            let end = (Int(bitPattern: base) + bytes.count) / page * page
            _ = madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
        }
        buffer.initialize(repeating: value)
        initialized = count
    }
}
