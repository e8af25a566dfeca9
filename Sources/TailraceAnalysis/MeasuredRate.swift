/// How often a rule fires on simulated stages in which nothing is wrong.
///
/// Stands beside the rules and not in the papers alone, so that an alert can say how far its rule is to be trusted.
/// A rule that states what is so (a declared limit, a damaged file) has no such rate. Measure anew, and change the
/// figures here, whenever a rule's definition changes.
public struct MeasuredRate: Sendable, Equatable {
    /// Alerts that fired.
    public var alerts: Int
    /// Stages watched, times 91 days.
    public var stageQuarters: Int
    /// Where the figures come from.
    public var source: String

    /// Alerts a stage and 91 days.
    public var perStageQuarter: Double { Double(alerts) / Double(stageQuarters) }

    /// The figures and where they come from, in one line.
    public var text: String { "simulation: \(alerts) in \(stageQuarters) stage-quarters (\(source))" }

    /// nil: not measured.
    public static func of(_ rule: String) -> MeasuredRate? {
        if rule == "absorption-exceeded" {
            return MeasuredRate(alerts: 31, stageQuarters: 400, source: "pages, rounded; make bench-absorption")
        }
        let source = "decision 0018, WeeklyRuleRateTests"
        switch WeeklyRule(rawValue: rule) {
        // A stage-year has four quarters of 91 days.
        case .redundancySurge:
            return MeasuredRate(alerts: 4, stageQuarters: 1600, source: "decision 0018, WeeklyRuleTests")
        case .hollowVolume, .decoupling, .afterHours:
            return MeasuredRate(alerts: 0, stageQuarters: 800, source: source)
        case .harmCreep: return MeasuredRate(alerts: 20, stageQuarters: 800, source: source)
        case .reworkExpansion: return MeasuredRate(alerts: 9, stageQuarters: 800, source: source)
        case .timeToSend: return MeasuredRate(alerts: 3, stageQuarters: 800, source: source)
        case .twoSpeed: return MeasuredRate(alerts: 0, stageQuarters: 400, source: source)
        default: return nil
        }
    }
}
