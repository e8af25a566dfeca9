internal import Dispatch
internal import TailracePipeline
internal import TailraceStore

/// Writes checkpoints on a thread of its own, one at a time and in order, while the next events are applied.
///
/// `@unchecked Sendable` is sound: at most one write is under way, `finish` waits for it, and the semaphore orders its
/// accesses. While one is under way `queue` alone uses the store's connection; the owner uses only `content`, which
/// does not change, and the store's look-ups, which have a connection of their own.
final class CheckpointWriter: @unchecked Sendable {
    private let store: Store
    private let queue = DispatchQueue(label: "tailrace.store")
    private let done = DispatchSemaphore(value: 0)
    private var content: CheckpointContent?
    private var fault: StoreFault?

    init(_ store: Store) { self.store = store }

    /// - Precondition: the write before is finished.
    func begin(_ content: CheckpointContent) {
        precondition(self.content == nil && content.rewritten.isEmpty)
        self.content = content
        queue.async { [self] in
            do throws(StoreFault) {
                try store.checkpoint { transaction in try content.write(to: &transaction) }
            } catch {
                fault = error
            }
            done.signal()
        }
    }

    /// Waits for the write that is under way.
    /// - Returns: what was to be written, and why it was not; nil where no write was under way.
    func finish() -> (content: CheckpointContent, fault: StoreFault?)? {
        guard let content else { return nil }
        done.wait()
        defer { (self.content, fault) = (nil, nil) }
        return (content, fault)
    }

    /// A leader of the checkpoint under way: look-ups may not see it yet.
    func leader(of family: UInt32) -> LeaderRecord? { content?.output.leader(of: family) }

    deinit {
        // A semaphore must not go away while somebody will signal it.
        if content != nil { done.wait() }
    }
}
