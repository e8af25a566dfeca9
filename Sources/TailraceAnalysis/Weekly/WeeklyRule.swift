import TailracePipeline

/// Rules that are judged once a week, against the weeks before.
public enum WeeklyRule: String, CaseIterable, Sendable, Codable {
    case redundancySurge = "redundancy-surge"
    case zombieGrowth = "zombie-growth"
    case framingConvergence = "framing-convergence"

    /// How far from the baseline a value must be.
    enum Margin {
        /// The value's lower end above the baseline by so much.
        case above(Double)
        /// The value below so many parts of the baseline.
        case belowShare(Double)
    }

    var margin: Margin {
        switch self {
        case .redundancySurge, .zombieGrowth: .above(0.1)
        case .framingConvergence: .belowShare(0.7)
        }
    }

    /// Weeks that a sample looks back on: a stage's first samples are not whole.
    var weeksOfSample: Int { self == .framingConvergence ? WeeklyRule.wholeWeeks : 1 }
    private static let wholeWeeks = 4

    public var unit: String {
        switch self {
        case .redundancySurge, .zombieGrowth: "share"
        case .framingConvergence: "contents"
        }
    }

    /// Fewest things in a week's sample that say anything.
    var leastCount: Double {
        switch self {
        case .redundancySurge: 5
        case .zombieGrowth, .framingConvergence: 20
        }
    }

    /// What is measured, how, and against what, in one line: series with other lines must not be compared.
    public var definition: String {
        let baseline =
            "baseline: \(WeeklyBaseline.leastWeeks) to \(WeeklyBaseline.mostWeeks) weeks, "
            + "the last \(WeeklyBaseline.gapWeeks) and alarmed ones left out"
        return switch self {
        case .redundancySurge:
            "1; redundant bytes / bytes of a stage, by origin; 7 d; lower 95 % > baseline + 0.1, or lower 80 % twice; "
                + baseline
        case .zombieGrowth:
            "1; members of zombie families / contents made; at the week's end; lower 95 % > baseline + 0.1, or lower "
                + "80 % twice; \(baseline)"
        case .framingConvergence:
            "1; exp(entropy) of families among contents, rarefied to equal numbers; 28 d; < 0.7 baseline, two weeks; "
                + baseline
        }
    }

    /// Of `definition`, in hexadecimal.
    public var definitionHash: String {
        let hash = Array("\(rawValue) \(definition)".utf8).withUnsafeBytes { hash64($0, seed: 0) }
        return String(hash, radix: 16)
    }
}
