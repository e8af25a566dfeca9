internal import Synchronization

/// Raised from outside when long work shall end at the next safe place.
public final class StopFlag: Sendable {
    /// The process has one end.
    public static let shared = StopFlag()

    private let isUp = Atomic<Bool>(false)

    public func raise() { isUp.store(true, ordering: .relaxed) }
    public var isRaised: Bool { isUp.load(ordering: .relaxed) }
}
