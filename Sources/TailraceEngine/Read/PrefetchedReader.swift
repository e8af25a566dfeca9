internal import Dispatch
internal import TailracePipeline

/// Reads one chunk ahead on a queue of its own, so that decoding and applying overlap.
///
/// `@unchecked Sendable` is sound: `reader` is touched only inside `fill`, at most one `fill` is under way, and
/// `next` waits for it (`ready`) before it looks at `chunk` or starts another; the semaphore orders the accesses.
final class PrefetchedReader: @unchecked Sendable {
    /// The caller's own once `next` has given a chunk that is not followed by more: nothing is read ahead then.
    let reader: ChunkReader
    private let queue: DispatchQueue?
    private let ready = DispatchSemaphore(value: 0)
    private var chunk = ScannedChunk()
    private var isUnderWay = false

    /// - Parameter queue: nil reads on the caller's thread, when asked.
    init(_ reader: ChunkReader, on queue: DispatchQueue?) {
        self.reader = reader
        self.queue = queue
        start()
    }

    private func start() {
        guard let queue else { return }
        isUnderWay = true
        queue.async {
            self.chunk = self.reader.next()
            self.ready.signal()
        }
    }

    /// The next chunk. Blocks until it is there.
    func next() -> ScannedChunk {
        guard isUnderWay else { return reader.next() }
        ready.wait()
        isUnderWay = false
        let result = chunk
        chunk = ScannedChunk()
        if result.end == .more { start() }
        return result
    }

    deinit {
        // A semaphore must not go away while somebody will signal it.
        if isUnderWay { ready.wait() }
    }
}
