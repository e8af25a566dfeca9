extension Pipeline {
    mutating func countExcess(_ event: Event, _ batch: ScannedBatch, hour: Window, stage: Int) {
        let currency = currencyNames.index(batch.bytes(event.currency))
        let excess = event.amount.subtractingClamped(event.limit)
        let key = ExcessKey(hour: hour.start, stage: stage, currency: currencyNames.names[currency])
        if excessPlaces.count != excesses.count {
            let keys = excesses.map { ExcessKey(hour: $0.hour, stage: $0.stage, currency: $0.currency) }
            excessPlaces = Dictionary(zip(keys, keys.indices)) { first, _ in first }
        }
        if let at = excessPlaces[key] {
            excesses[at].count += 1
            excesses[at].sum = excesses[at].sum.addingClamped(excess)
            excesses[at].largest = max(excesses[at].largest, excess)
            excesses[at].lastAt = max(excesses[at].lastAt, event.time.seconds)
        } else {
            excessPlaces[key] = excesses.count
            excesses.append(
                LimitExcess(
                    hour: hour.start, stage: stage, currency: currencyNames.names[currency], count: 1, sum: excess,
                    largest: excess,
                    firstAt: event.time.seconds, lastAt: event.time.seconds))
        }
    }
}

extension Int64 {
    /// Money is whatever a record claims: a sum that leaves 64 bits stays at their end.
    public func addingClamped(_ other: Int64) -> Int64 {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? (other < 0 ? .min : .max) : sum
    }

    fileprivate func subtractingClamped(_ other: Int64) -> Int64 {
        let (difference, isOver) = subtractingReportingOverflow(other)
        return isOver ? (other < 0 ? .max : .min) : difference
    }
}

/// What tells one excess from another.
struct ExcessKey: Hashable, Sendable {
    var hour: Int64
    var stage: Int
    var currency: String
}

/// Money moved beyond a limit at one stage, in one currency, within one hour.
public struct LimitExcess: Sendable, Equatable {
    /// Start of the hour, in seconds. Of a late event it is an hour that has closed; the next one to close tells it.
    var hour: Int64
    public var stage: Int
    public var currency: String
    public var count: Int64
    /// In ten-thousandths of the currency's unit.
    public var sum: Int64
    public var largest: Int64
    /// Seconds of event time.
    public var firstAt: Int64
    public var lastAt: Int64
}
