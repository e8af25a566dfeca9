/// One week in relation to the mean week, by stage; 1 is the mean.
public struct WeekFactors: Sendable, Equatable {
    /// What entered, from outside and by hand-offs, over what was to be expected of these.
    public var intake: [Double]
    /// What came back, over what was to be expected of what was finished.
    public var rework: [Double]
    /// Speed of work.
    public var pace: [Double]

    /// A week like the mean week.
    public init(stages: Int) {
        intake = [Double](repeating: 1, count: stages)
        rework = intake
        pace = intake
    }
}

/// Standard deviation of a week's step of the level, as a share of it: levels do not stay where eight weeks had them.
public struct LevelDrift: Sendable, Equatable {
    public var intake = 0.0
    public var rework = 0.0
    public var pace = 0.0

    public init() {}
}
