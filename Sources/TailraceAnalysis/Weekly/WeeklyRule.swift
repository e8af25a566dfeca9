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
    case timeToSend = "time-to-send"
    case twoSpeed = "two-speed"
    case rubberStamp = "rubber-stamp"

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
        /// The value above so many times the baseline and above a floor, by more than weeks swing, two weeks running.
        case level(times: Double, floor: Double)
        /// The value below so many parts of the baseline.
        case belowShare(Double)
    }

    var margin: Margin {
        switch self {
        case .redundancySurge, .zombieGrowth, .validationShare: .above(0.1)
        case .afterHours: .above(0.05)
        case .reworkExpansion: .times(1.25)
        case .rubberStamp: .times(2)
        case .timeToSend: .level(times: 1.5, floor: 0)
        case .twoSpeed: .level(times: 1.5, floor: 3)
        case .harmCreep: .creep(1.5)
        case .hollowVolume, .decoupling: .hollow(1.2)
        case .framingConvergence: .belowShare(0.7)
        }
    }

    /// Weeks that a sample itself looks back on: a stage's first samples are not whole.
    var weeksOfSample: Int { self == .framingConvergence || self == .twoSpeed ? WeeklyRule.wholeWeeks : 1 }

    /// Weeks whose samples are judged as one.
    var weeksTogether: Int {
        switch self {
        case .reworkExpansion, .validationShare, .afterHours, .hollowVolume, .decoupling: WeeklyRule.wholeWeeks
        case .redundancySurge, .zombieGrowth, .harmCreep, .framingConvergence, .timeToSend, .twoSpeed, .rubberStamp: 1
        }
    }
    private static let wholeWeeks = 4

    public var unit: String {
        switch self {
        case .redundancySurge, .zombieGrowth, .validationShare, .afterHours, .rubberStamp: "share"
        case .reworkExpansion: "returns per first completion"
        case .harmCreep: "per mille"
        case .hollowVolume, .decoupling: "nats"
        case .framingConvergence: "contents"
        case .timeToSend: "h"
        case .twoSpeed: "ratio"
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
        case .timeToSend: 10
        case .twoSpeed: 20
        case .rubberStamp: 5
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
        case .timeToSend:
            "1; p85 of the time from a case's first entry to its completion at the last stage, staffed hours where "
                + "working hours are declared; 7 d; > 1.5 baseline and beyond the weeks' swing, two weeks; \(baseline)"
        case .twoSpeed:
            "1; p90 / p50 of completions per person, of those with five or more, five people at least; 28 d; > 3 and "
                + "> 1.5 baseline and beyond the weeks' swing, two weeks; \(baseline)"
        case .rubberStamp:
            "1; approvals by people in less time than a glance takes (20 s per 1,000 words, a minute at most) without a "
                + "change / all whose time is seen; 7 d; lower 95 % > 2 baseline, or lower 80 % twice, while "
                + "absorption-exceeded fires; \(baseline)"
        }
    }

    /// Of `definition`, in hexadecimal.
    public var definitionHash: String {
        let hash = Array("\(rawValue) \(definition)".utf8).withUnsafeBytes { hash64($0, seed: 0) }
        return String(hash, radix: 16)
    }
}
