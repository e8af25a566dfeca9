internal import TailracePipeline
internal import TailraceStore

/// The windows of all stores, in the order in which they close.
struct MergedWindows {
    struct Entry {
        var window: Window
        /// In all stores that have it.
        var isClosed: Bool
    }
    let entries: [Entry]

    /// Complexity: O(n log n) in the windows; they are kept, 32 bytes each.
    init(_ inputs: [MergeInput]) throws {
        var found: [Window: Bool] = [:]
        for input in inputs {
            for window in try input.store.windows(closed: true) where found[window] == nil { found[window] = true }
            for window in try input.store.windows(closed: false) { found[window] = false }
        }
        entries = found.map { Entry(window: $0.key, isClosed: $0.value) }.sorted {
            // Hours before the days that end with them.
            ($0.window.end, $0.window.grain.rawValue) < ($1.window.end, $1.window.grain.rawValue)
        }
    }
}
