/// What a share of the runs stayed below: the 10th, 50th and 90th percentile. Infinite where the event did not come.
public struct Spread: Sendable, Equatable {
    public var low: Double
    public var middle: Double
    public var high: Double

    /// Nearest ranks; O(n) on average. Zero for no values.
    public init(_ values: [Double]) {
        var values = values
        low = quantile(0.1, of: &values)
        middle = quantile(0.5, of: &values)
        high = quantile(0.9, of: &values)
    }
}
