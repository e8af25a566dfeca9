import TailraceStore

/// What would end an alert, in words and with the number where there is one.
struct AlertEnding {
    let text: String

    init(_ alert: ViewRow, evidence: AlertEvidence, rules: [(name: String, rule: SQLRuleStatus)]) {
        let rule = alert.text("rule") ?? ""
        let stage = alert.stage()
        let limit = alert.real("threshold").map { Figure.number($0) } ?? "its threshold"
        switch rule {
        case "absorption-exceeded":
            // The detector asks for half of the excess in each hour; in numbers that is half way back to normal.
            let half = evidence.number("threshold_items").flatMap { threshold in
                evidence.number("normal").map { Figure.number($0 + (threshold - $0) / 2) }
            }
            text =
                "24 hours with a backlog under "
                + (half.map { "\($0) items, half way from the threshold to what is normal" } ?? "half of its threshold")
                + "; or four weeks in which as much leaves \(stage) as enters, as the new level"
        case "backlog-limit": text = "an hour that closes with \(limit) \(alert.text("unit") ?? "") or less"
        case "limit-exceeded": text = "a day without another amount over its limit"
        case "source-corrupt": text = "nothing: what is damaged in a log stays so"
        case "source-silent": text = "the next record of the log"
        case "pilot-state": text = "six tenths of the teams at it again, or none"
        case "rebound-backfire": text = "a week whose interval ends under a half"
        case "process-drift": text = "four weeks in which the cases keep to their ways"
        case "control-step-added", "bottleneck-moved", "unowned-stage", "single-person-queue",
            "flow-bought-with-strain", "common-friction":
            text = "the first week in which it is so no more"
        case "harm-creep":
            text = "two weeks half way back to \(usual(evidence)), or a quarter, as the new level"
        default:
            if let own = rules.first(where: { $0.name == rule }) {
                text = "the next \(own.rule.every) whose rows of the rule do not name \(stage)"
            } else {
                text = "two weeks half way back to \(usual(evidence)), or a quarter, as the new level"
            }
        }
        func usual(_ evidence: AlertEvidence) -> String {
            evidence.number("baseline").map { "\(Figure.number($0)), the usual value" } ?? "what is usual"
        }
    }
}
