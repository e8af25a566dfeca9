internal import Foundation
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
            row.severity = StoredAlert.Severity(rawValue: severity ?? rule.severity) ?? .ticket
            row.describe(evidence)
            return row
        }
    }
}

extension StoredAlert {
    mutating func describe(_ evidence: WeeklyEvidence) {
        let scale = evidence.rule.scale
        (value, threshold, unit) = (scale * evidence.value, scale * evidence.threshold, evidence.rule.unit)
        (peakValue, peakAt) = (scale * evidence.peak, evidence.peakAt)
        let place = stage.isEmpty ? "the unnamed stage" : stage
        let whose = evidence.series.isEmpty ? "" : " (\(evidence.series))"
        switch evidence.rule {
        case .hollowVolume:
            summary =
                "\(place)\(whose) sends more and is answered less, for four weeks: volume over response is "
                + "\(times(evidence.value)) what is usual"
            cause = "more messages, fewer replies"
        case .harmCreep:
            summary =
                "\(evidence.series) of \(place) are at \(figure(scale * evidence.value)) per 1,000, "
                + "usually \(figure(scale * evidence.baseline))"
            cause = "more \(evidence.series)"
        case .reworkExpansion:
            summary =
                "\(percent(evidence.value)) of what \(place) completed in four weeks was sent back, "
                + "usually \(percent(evidence.baseline)), alert above \(percent(evidence.threshold))"
            cause = "more is sent back"
        case .validationShare:
            summary =
                "\(percent(evidence.value)) of the hours that go into what \(place) reviews are review, in four weeks, "
                + "usually \(percent(evidence.baseline)), alert above \(percent(evidence.threshold))"
            cause = "review takes more of the work"
        case .decoupling:
            summary =
                "\(place) makes more and no more comes of it, for four weeks: activity over outcome is "
                + "\(times(evidence.value)) what is usual"
            cause = "more activity, no more outcomes"
        case .afterHours:
            summary =
                "\(percent(evidence.value)) of what team \(place) did in four weeks was outside of working hours, "
                + "usually \(percent(evidence.baseline)), alert above \(percent(evidence.threshold))"
            cause = "work outside of working hours"
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
        case .timeToSend:
            summary =
                "15 of 100 cases take longer than \(figure(evidence.value)) hours from entry to \(place), usually "
                + "\(figure(evidence.baseline)), alert above \(figure(evidence.threshold))"
            cause = "cases take longer on their way"
        case .twoSpeed:
            summary =
                "the quickest tenth of those who work in \(place) finish \(figure(evidence.value)) times as much as "
                + "the middle, in four weeks, usually \(figure(evidence.baseline))"
            cause = "a few are much faster than the others"
        case .rubberStamp:
            summary =
                "\(percent(evidence.value)) of the approvals in \(place) came faster than the content can be read, "
                + "without a change, usually \(percent(evidence.baseline)), while its queue is overrun"
            cause = "approvals at a glance"
        case .framingConvergence where evidence.series == WeeklyRule.categories:
            summary =
                "what \(place) made in four weeks is as diverse as \(figure(evidence.value)) categories, usually "
                + "\(figure(evidence.baseline)) of as many, alert below \(figure(evidence.threshold))"
            cause = "categories become fewer"
        case .framingConvergence:
            summary =
                "what \(place) made in four weeks is as diverse as \(figure(evidence.value)) different contents, "
                + "usually \(figure(evidence.baseline)) of as many, alert below \(figure(evidence.threshold))"
            cause = "contents become alike"
        }
        self.evidence = json(
            [
                ("value", scale * evidence.value), ("low", evidence.low.map { scale * $0 }),
                ("high", evidence.high.map { scale * $0 }),
                ("baseline", scale * evidence.baseline), ("threshold", scale * evidence.threshold),
                ("baseline_weeks", Double(evidence.baselineWeeks)),
            ],
            words: [
                ("series", evidence.series.isEmpty ? "all" : evidence.series),
                ("definition", evidence.rule.definitionHash),
            ])
    }
}

/// A logarithm of a ratio for people, as "3.2 times".
private func times(_ nats: Double) -> String { "\(figure(exp(nats))) times" }

/// A share for people, in per cent.
func percent(_ share: Double) -> String { "\(figure(share * 100)) %" }
