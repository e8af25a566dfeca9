import Foundation

/// Runs what mostly waits on threads of its own, so many at once: the threads of the test library stay free.
actor WaitingRoom {
    /// For the scenarios, which are many and short.
    static let scenarios = WaitingRoom(width: 12)
    /// For what works until its time is over: it must not stand in line behind the scenarios.
    static let others = WaitingRoom(width: 8)

    private var free: Int
    private var queue: [CheckedContinuation<Void, Never>] = []

    init(width: Int) { free = width }

    /// Runs the body on a thread of its own when there is room.
    nonisolated func run<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
        await enter()
        let result = await withCheckedContinuation { (continuation: CheckedContinuation<T, Never>) in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
        await leave()
        return result
    }

    private func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { queue.append($0) }
        }
    }

    private func leave() {
        if queue.isEmpty {
            free += 1
        } else {
            queue.removeFirst().resume()
        }
    }
}
