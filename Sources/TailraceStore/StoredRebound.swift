public import TailracePipeline

/// What became of one stage's saving in one period.
public struct StoredRebound: StoreRow, Equatable {
    public var stage: Int
    /// Seconds since 1970 UTC; the end is exclusive.
    public var periodStart: Int64
    public var periodEnd: Int64
    /// Hours a week.
    public var expected: Double?
    public var realised: Double?
    /// Nil where there is no measurable unit saving, as are its interval and parts.
    public var ratio: Double?
    public var low: Double?
    public var high: Double?
    public var volume: Double?
    public var review: Double?
    public var rework: Double?
    public var downstream: Double?
    public var coverage: Double
    /// Share of the completions whose hours are estimates.
    public var estimated = 0.0
    public var verdict: String

    public init(stage: Int, periodStart: Int64, periodEnd: Int64, coverage: Double, verdict: String) {
        (self.stage, self.periodStart, self.periodEnd) = (stage, periodStart, periodEnd)
        (self.coverage, self.verdict) = (coverage, verdict)
    }

    public static let table = "rebound"
    public static let columns = [
        "id", "stage", "period_start", "period_end", "expected_saving_h", "realised_saving_h", "rebound",
        "rebound_low", "rebound_high", "volume_part", "review_part", "rework_part", "downstream_part", "coverage",
        "verdict", "estimated",
    ]
    public func write(into row: inout RowBuffer) {
        // One a stage and week: periods end with a week.
        row.append(contentsOf: [
            .integer((periodEnd / 86_400) << 14 | Int64(stage)), .integer(Int64(stage)), .integer(periodStart),
            .integer(periodEnd),
        ])
        for value in [expected, realised, ratio, low, high, volume, review, rework, downstream] {
            row.append(.optional(value))
        }
        row.append(.real(coverage))
        row.append(.text(verdict))
        row.append(.real(estimated))
    }
}
