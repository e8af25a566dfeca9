/// How a stage's capacity is known.
public enum CapacitySource: String, Sendable {
    case declared, learned
}

/// What a stage can finish in a working day.
public struct StageCapacity: Sendable, Equatable {
    /// Items a working day.
    public var perDay: Double
    /// 95 % interval; equal to `perDay` where declared.
    public var low: Double
    public var high: Double
    public var source: CapacitySource
    /// Working days a week, as learned or declared: 5 for an office, 7 for a service that never closes.
    public var daysPerWeek: Double

    /// Items a week.
    public var perWeek: Double { perDay * daysPerWeek }
}

/// The state of a stage after one hour has closed.
public struct StageAssessment: Sendable, Equatable {
    /// Nil until a week's work has been seen, unless declared.
    public var capacity: StageCapacity?
    /// Median distinct workers in a staffed hour; 0 where actors are unknown.
    public var workers: Int
    /// Backlog over capacity, in working days; nil where either is unknown.
    public var daysOfWork: Double?
    /// Arrivals of the trailing seven days over a week's capacity; above 1 the stage cannot keep up. Nil where capacity
    /// is unknown or the seven days are not yet complete.
    public var utilisation: Double?
    /// The usual backlog at this hour of the week, items; nil while unknown.
    public var normalBacklog: Double?
    /// Backlog, in items, beyond which a page fires; nil while the stage is not judged.
    public var pageThreshold: Double?
    /// The stage is judged by a baseline of less than four usable weeks.
    public var isYoung: Bool
    /// The stage cannot be judged in this hour: frozen source or unknown backlog.
    public var isFrozen: Bool
    /// What changed in this hour, if anything.
    public var transition: AlertTransition<AbsorptionEvidence>?
    /// The firing alert's evidence brought up to date, in the first hour of each local day without a transition:
    /// peak, threshold, forecast. Nil otherwise.
    public var firing: AbsorptionEvidence?
}
