/// What happens to a simulated stage.
public enum Course: String, CaseIterable, Sendable {
    /// Nothing: every alert is false.
    case calm
    /// +30 % volume over two weeks that the stage absorbs: every alert is false.
    case absorbed
    /// +10 %, +30 % volume over two weeks, which it does not.
    case more10, more30
    /// Three times the volume, at once or over six weeks.
    case tripleAtOnce, tripleInSixWeeks
    /// Three servers of ten go.
    case slower30
    /// +30 % for ten weeks, then as before.
    case more30Ends

    /// Factors on arrivals and on speed, `weeks` after the course began.
    public func factors(after weeks: Double) -> (arrivals: Double, speed: Double) {
        guard weeks >= 0 else { return (1, 1) }
        func ramp(_ top: Double, over span: Double) -> Double { 1 + (top - 1) * min(weeks / span, 1) }
        return switch self {
        case .calm: (1, 1)
        case .absorbed, .more30: (ramp(1.3, over: 2), 1)
        case .more10: (ramp(1.1, over: 2), 1)
        case .tripleAtOnce: (3, 1)
        case .tripleInSixWeeks: (ramp(3, over: 6), 1)
        case .slower30: (1, 0.7)
        case .more30Ends: (weeks > 10 ? 1 : ramp(1.3, over: 2), 1)
        }
    }
}

/// What a stage does that no model of the detector knows of.
public enum Behaviour: String, CaseIterable, Sendable {
    /// First come, first served, as fast as ever.
    case plain
    /// Up to a third faster while more than a day of work waits.
    case fasterUnderLoad
    /// One in fifty of those that wait leaves within the hour, while more than a day of work waits.
    case abandoned
    /// A fifth of the items goes first, and a tenth is laid aside for weeks.
    case priorities
    /// The people serve another queue as well, whose load wanders from week to week by a fifth.
    case shared
}
