internal import TailraceAnalysis
internal import TailraceStore

/// Alerts of the rules that are judged once a week.
extension AlertBook {
    mutating func take(
        _ transition: AlertTransition<WeeklyEvidence>, of rule: WeeklyRule, stage: String, owner: String?,
        severity: String?, at: Int64
    ) {
        let key = "\(rule.rawValue) \(stage)"
        guard let evidence = transition.evidence else {
            lapse(key)
            return
        }
        if evidence.isNewLevel, var row = open[key] {
            row.cause = "accepted as the new level after a quarter"
            put(row, key)
        }
        apply(transition, key: key, at: at) {
            var row = $0
            row.rule = rule.rawValue
            row.stage = stage
            row.owner = owner
            row.severity = StoredAlert.Severity(rawValue: severity ?? "ticket") ?? .ticket
            row.describe(evidence)
            return row
        }
    }
}

extension StoredAlert {
    mutating func describe(_ evidence: WeeklyEvidence) {
        (value, threshold, unit) = (evidence.value, evidence.threshold, evidence.rule.unit)
        (peakValue, peakAt) = (evidence.peak, evidence.peakAt)
        let place = stage.isEmpty ? "the unnamed stage" : stage
        let whose = evidence.series.isEmpty ? "" : " (\(evidence.series))"
        switch evidence.rule {
        case .redundancySurge:
            summary =
                "\(percent(evidence.value)) of what \(place)\(whose) put out this week repeats earlier output, "
                + "usually \(percent(evidence.baseline)), alert above \(percent(evidence.threshold))"
            cause = "more copies"
        case .zombieGrowth:
            summary =
                "\(percent(evidence.value)) of what \(place) made are copies that nobody reads, "
                + "usually \(percent(evidence.baseline)), alert above \(percent(evidence.threshold))"
            cause = "unread copies"
        case .framingConvergence:
            summary =
                "what \(place) made in four weeks is as diverse as \(figure(evidence.value)) different contents, "
                + "usually \(figure(evidence.baseline)) of as many, alert below \(figure(evidence.threshold))"
            cause = "contents become alike"
        }
        self.evidence = json(
            [
                ("value", evidence.value), ("low", evidence.low), ("high", evidence.high),
                ("baseline", evidence.baseline), ("threshold", evidence.threshold),
                ("baseline_weeks", Double(evidence.baselineWeeks)),
            ],
            words: [
                ("series", evidence.series.isEmpty ? "all" : evidence.series),
                ("definition", evidence.rule.definitionHash),
            ])
    }
}

/// A share for people, in per cent.
func percent(_ share: Double) -> String { "\(figure(share * 100)) %" }
