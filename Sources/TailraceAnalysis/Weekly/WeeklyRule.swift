import TailracePipeline

/// Rules that are judged once a week, against the weeks before.
public enum WeeklyRule: String, CaseIterable, Sendable, Codable {
    case hollowVolume = "hollow-volume"
    case harmCreep = "harm-creep"
    case redundancySurge = "redundancy-surge"
    case zombieGrowth = "zombie-growth"
    case reworkExpansion = "rework-expansion"
    case validationShare = "validation-share"
    case decoupling = "decoupling"
    case framingConvergence = "framing-convergence"
    case afterHours = "after-hours"

    /// How far from the baseline a value must be.
    enum Margin {
        /// The value's lower end above the baseline by so much.
        case above(Double)
        /// The value's lower end above so many times the baseline.
        case times(Double)
        /// Weeks that are, together, more like so many times the baseline than like it.
        case creep(Double)
        /// The value's upper end below the baseline, while the whole's lower end is above so many times its own.
        case hollow(Double)
        /// The value below so many parts of the baseline.
        case belowShare(Double)
    }

    var margin: Margin {
        switch self {
        case .redundancySurge, .zombieGrowth, .validationShare: .above(0.1)
        case .afterHours: .above(0.05)
        case .reworkExpansion: .times(1.25)
        case .harmCreep: .creep(1.5)
        case .hollowVolume, .decoupling: .hollow(1.2)
        case .framingConvergence: .belowShare(0.7)
        }
    }

    /// Weeks that a sample itself looks back on: a stage's first samples are not whole.
    var weeksOfSample: Int { self == .framingConvergence ? WeeklyRule.wholeWeeks : 1 }

    /// Weeks whose samples are judged as one.
    var weeksTogether: Int {
        switch self {
        case .reworkExpansion, .validationShare, .afterHours, .hollowVolume, .decoupling: WeeklyRule.wholeWeeks
        case .redundancySurge, .zombieGrowth, .harmCreep, .framingConvergence: 1
        }
    }
    private static let wholeWeeks = 4

    public var unit: String {
        switch self {
        case .redundancySurge, .zombieGrowth, .validationShare, .afterHours: "share"
        case .reworkExpansion: "returns per first completion"
        case .harmCreep: "per mille"
        case .hollowVolume, .decoupling: "nats"
        case .framingConvergence: "contents"
        }
    }

    /// How urgent, where nobody declares it. More review may be wanted: it is told, and is no fault.
    public var severity: String { self == .validationShare ? "info" : "ticket" }

    /// What a value is multiplied by to be in its unit.
    public var scale: Double { self == .harmCreep ? 1000 : 1 }

    /// Fewest things in a week's sample that say anything.
    var leastCount: Double {
        switch self {
        case .redundancySurge, .hollowVolume, .validationShare, .decoupling, .reworkExpansion: 5
        case .zombieGrowth, .framingConvergence, .afterHours: 20
        case .harmCreep: 1
        }
    }

    /// Fewest of the things counted, over all weeks of the baseline: what hardly ever happened cannot have become rare.
    var leastPart: Double {
        switch self {
        case .hollowVolume, .decoupling: 30
        default: 0
        }
    }

    /// What is measured, how, and against what, in one line: series with other lines must not be compared.
    public var definition: String {
        let baseline =
            "baseline: \(WeeklyBaseline.leastWeeks) to \(WeeklyBaseline.mostWeeks) weeks, "
            + "the last \(WeeklyBaseline.gapWeeks) and alarmed ones left out"
        return switch self {
        case .hollowVolume:
            "1; ln(sent ratio) - ln(reply-rate ratio), replies within 7 d of sends aged 7 d, by origin; 28 d; "
                + "sent lower 95 % > 1.2 baseline and reply rate upper 95 % < baseline, two weeks; \(baseline)"
        case .harmCreep:
            "1; unsubscribes / delivered, soft bounces / sent; 7 d; Poisson CUSUM for 1.5 baseline, 1000 d between "
                + "false alarms; \(baseline)"
        case .redundancySurge:
            "1; redundant bytes / bytes of a stage, by origin; 7 d; lower 95 % > baseline + 0.1, or lower 80 % twice; "
                + baseline
        case .zombieGrowth:
            "1; members of zombie families / contents made; at the week's end; lower 95 % > baseline + 0.1, or lower "
                + "80 % twice; \(baseline)"
        case .reworkExpansion:
            "1; returns and rework cycles / first completions; 28 d; lower 95 % > 1.25 baseline, or lower 80 % twice; "
                + baseline
        case .validationShare:
            "1; hours of a stage that approves / its hours and those of the stages before it, touched as logged or "
                + "declared, half of completions at least; 28 d; lower 95 % > baseline + 0.1, or lower 80 % twice; "
                + baseline
        case .decoupling:
            "1; ln(activity ratio) - ln(outcome ratio), outcomes / items made, else / first completions; 28 d; activity "
                + "lower 95 % > 1.2 baseline and outcomes per activity upper 95 % < baseline, two weeks, >= 30 outcomes; "
                + baseline
        case .framingConvergence:
            "1; exp(entropy) of families among contents, rarefied to equal numbers; 28 d; < 0.7 baseline, two weeks; "
                + baseline
        case .afterHours:
            "1; human events of a team outside working hours / all; 28 d; lower 95 % > baseline + 0.05, or lower 80 % "
                + "twice; \(baseline)"
        }
    }

    /// Of `definition`, in hexadecimal.
    public var definitionHash: String {
        let hash = Array("\(rawValue) \(definition)".utf8).withUnsafeBytes { hash64($0, seed: 0) }
        return String(hash, radix: 16)
    }
}
