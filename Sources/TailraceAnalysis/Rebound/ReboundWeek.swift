/// A week of the work that follows from what one stage makes, in hours.
///
/// ```
/// making      first round of an item in the stage        ┐ hours as logged or declared; what is not seen of a stage's
/// rework      further rounds there                       │ items is taken to be like what is seen of them; where nothing
/// review      stages that approve, the part that the     │ is seen, it is estimated (`TouchEstimate`)
///             stage's cases have in them                 │
/// downstream  all other stages behind it, the same       ┘
/// ```
public struct ReboundWeek: Sendable, Equatable, Codable {
    /// Start of the week, seconds.
    public var week: Int64
    /// Items that were made: first completions.
    public var items: Double = 0
    public var making: Double = 0
    public var rework: Double = 0
    public var review: Double = 0
    public var downstream: Double = 0
    /// Of all these hours so many are of items whose work was seen; the others are inferred from those.
    public var seen: Double = 0
    /// Completions in these stages, and those whose work was seen: items of a stage in which nothing was seen have no
    /// hours at all.
    public var completions: Double = 0
    public var seenCompletions: Double = 0
    /// Completions, of these, whose hours are estimates: of stages in which no work was seen at all.
    public var estimatedCompletions: Double = 0
    /// The making itself is an estimate.
    public var isMakingEstimated = false

    public init(week: Int64) { self.week = week }

    public var hours: Double { making + rework + review + downstream }
}
