/// A limit that an owner has declared on a stage's queue: the rule `backlog-limit`.
///
/// The alert is pending from the first hour over the limit, fires once the limit has been passed for `hold` without a
/// break, and resolves in the first hour at or under it. Hours with a frozen source or without the measured value
/// change nothing: the hold neither runs on nor breaks.
public struct BacklogLimit: Sendable {
    /// What is limited.
    public enum Measure: String, Sendable {
        /// Items in the stage.
        case backlog
        /// Age of the oldest item in the stage, seconds.
        case oldestAge
    }

    /// What a `backlog-limit` alert says.
    public struct Evidence: Sendable, Equatable {
        public var measure: Measure
        /// The measured value now, items or seconds.
        public var value: Int64
        /// The declared limit in the same unit.
        public var limit: Int64
        /// When the limit was first passed, seconds since 1970 UTC.
        public var pendingSince: Int64
        /// The greatest value since then, and when.
        public var peak: Int64
        public var peakAt: Int64
    }

    private enum State: Sendable {
        case quiet
        /// Over the limit for `heldSeconds` of judged time.
        case pending(since: Int64, heldSeconds: Int64, peak: Int64, peakAt: Int64)
        case firing(since: Int64, peak: Int64, peakAt: Int64)
    }

    public let measure: Measure
    /// Greatest value that is still in order, items or seconds.
    public let limit: Int64
    /// How long the limit must be passed before the alert fires (`for:`), seconds. Judged at whole hours.
    public let holdSeconds: Int64
    private var state = State.quiet

    public init(measure: Measure, limit: Int64, holdSeconds: Int64) {
        self.measure = measure
        self.limit = limit
        self.holdSeconds = holdSeconds
    }

    /// Takes the next closed hour with the measured value at its end.
    ///
    /// - Parameters:
    ///   - value: items or seconds, after `measure`; nil is unknown.
    ///   - isFrozen: a feeding source is silent: the state stays as it is.
    public mutating func close(
        start: Int64, width: Int64 = 3600, value: Int64?, isFrozen: Bool = false
    ) -> AlertTransition<Evidence>? {
        guard let value, !isFrozen else { return nil }
        let end = start + width
        let isOver = value > limit
        switch state {
        case .quiet:
            guard isOver else { return nil }
            return advance(since: end, held: 0, value: value, peak: value, peakAt: end, wasPending: false)
        case .pending(let since, let held, let peak, let peakAt):
            guard isOver else {
                state = .quiet
                return .lapsed
            }
            let isPeak = value > peak
            return advance(
                since: since, held: held + width, value: value, peak: isPeak ? value : peak,
                peakAt: isPeak ? end : peakAt, wasPending: true)
        case .firing(let since, let peak, let peakAt):
            let isPeak = value > peak
            let top = isPeak ? value : peak
            let topAt = isPeak ? end : peakAt
            guard isOver else {
                state = .quiet
                return .resolved(evidence(value: value, since: since, peak: top, peakAt: topAt))
            }
            state = .firing(since: since, peak: top, peakAt: topAt)
            return nil
        }
    }

    private mutating func advance(
        since: Int64, held: Int64, value: Int64, peak: Int64, peakAt: Int64, wasPending: Bool
    ) -> AlertTransition<Evidence>? {
        let evidence = evidence(value: value, since: since, peak: peak, peakAt: peakAt)
        if held >= holdSeconds {
            state = .firing(since: since, peak: peak, peakAt: peakAt)
            return .firing(evidence)
        }
        state = .pending(since: since, heldSeconds: held, peak: peak, peakAt: peakAt)
        return wasPending ? nil : .pending(evidence)
    }

    private func evidence(value: Int64, since: Int64, peak: Int64, peakAt: Int64) -> Evidence {
        Evidence(measure: measure, value: value, limit: limit, pendingSince: since, peak: peak, peakAt: peakAt)
    }
}
