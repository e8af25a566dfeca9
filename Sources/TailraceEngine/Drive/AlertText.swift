internal import Foundation
internal import TailraceAnalysis
internal import TailraceStore

/// Why an alert is over.
enum AlertEnd {
    case normal
    /// The stage has lived with it for four weeks.
    case newLevel
    /// A second episode began inside it.
    case renewed
}

/// What alerts say: a sentence with number and unit, and the figures behind it as JSON.
extension StoredAlert {
    mutating func describe(_ evidence: AbsorptionEvidence, at: Int64) {
        unit = evidence.daysOfWork == nil ? "items" : "days of work"
        value = evidence.daysOfWork ?? evidence.backlog
        threshold = evidence.daysOfWork == nil ? evidence.threshold : evidence.thresholdDays
        cause = evidence.cause
        if let low = evidence.drainDaysLow { forecastDrainLow = at + Int64(low * 86_400) }
        if let high = evidence.drainDaysHigh { forecastDrainHigh = at + Int64(high * 86_400) }
        let holds =
            evidence.daysOfWork.map { "\(figure($0)) days of work (\(figure(evidence.backlog, 0)) items)" }
            ?? "\(figure(evidence.backlog, 0)) items"
        summary =
            "\(stage.isEmpty ? "the unnamed stage" : stage) holds \(holds), "
            + "normal up to \(figure(evidence.normalHigh, 0)) items; "
            + "last 7 days \(evidence.inLastWeek) in, \(evidence.outLastWeek) out"
            + (evidence.cause.map { "; cause: \($0)" } ?? "") + (evidence.isYoung ? "; young stage" : "")
            + breach(evidence)
        self.evidence = json([
            ("backlog", evidence.backlog), ("days_of_work", evidence.daysOfWork),
            ("threshold_items", evidence.threshold), ("threshold_days", evidence.thresholdDays),
            ("normal", evidence.normal), ("normal_high", evidence.normalHigh),
            ("in_24h", Double(evidence.inLastDay)), ("out_24h", Double(evidence.outLastDay)),
            ("in_7d", Double(evidence.inLastWeek)), ("out_7d", Double(evidence.outLastWeek)),
            ("capacity_per_day", evidence.capacityPerDay), ("share_from_arrivals", evidence.shareFromArrivals),
            ("share_from_service", evidence.shareFromService), ("drain_days_low", evidence.drainDaysLow),
            ("drain_days_high", evidence.drainDaysHigh), ("page_in_days_low", evidence.breachDaysLow),
            ("page_in_days_high", evidence.breachDaysHigh), ("told_at", Double(at)),
        ])
    }

    /// When a ticket becomes a page, where it is on its way there.
    private func breach(_ evidence: AbsorptionEvidence) -> String {
        guard let low = evidence.breachDaysLow, low < 60 else { return "" }
        let high = evidence.breachDaysHigh.map { " to \(figure($0))" } ?? " or more"
        return "; a page in \(figure(low))\(high) days if it goes on like this"
    }

    /// What is worth saying of an alert that is over: how bad it was, and for how long.
    mutating func sumUp(at: Int64, _ end: AlertEnd) {
        guard let peakValue, let firingAt else { return }
        let peak =
            switch unit {
            case "seconds": "\(figure(peakValue / 3600)) h of age"
            case "share": percent(peakValue)
            default: "\(figure(peakValue)) \(unit)"
            }
        let name = stage.isEmpty ? "the unnamed stage" : stage
        let days = "\(figure(Double(at - firingAt) / 86_400)) days"
        let what =
            switch end {
            case .normal: "\(name) is back to normal after \(days)"
            case .newLevel:
                "\(name) has lived with a new level for four weeks, as much leaves as enters; told for \(days)"
            case .renewed: "\(name) rose again after \(days), before all was normal; another alert goes on"
            }
        summary = "\(what); peak \(peak)" + (cause.map { "; cause: \($0)" } ?? "")
    }

    mutating func describe(_ evidence: BacklogLimit.Evidence) {
        value = Double(evidence.value)
        threshold = Double(evidence.limit)
        peakValue = Double(evidence.peak)
        peakAt = evidence.peakAt
        switch evidence.measure {
        case .backlog:
            unit = "items"
            summary = "\(stage) holds \(evidence.value) items, declared limit \(evidence.limit)"
        case .oldestAge:
            unit = "seconds"
            summary =
                "the oldest item of \(stage) waits \(figure(Double(evidence.value) / 3600)) h, "
                + "declared limit \(figure(Double(evidence.limit) / 3600)) h"
        }
        cause = "declared limit passed"
        self.evidence = json([("value", Double(evidence.value)), ("limit", Double(evidence.limit))])
    }
}

/// A number for people: one decimal below a hundred, none above.
func figure(_ value: Double, _ decimals: Int = 1) -> String {
    String(format: "%.\(abs(value) >= 100 ? 0 : decimals)f", value)
}

func amount(_ value: Double?) -> String { String(format: "%.2f", value ?? 0) }

/// A flat JSON object of numbers, in the order given, nil is null; behind them words that need no escapes.
func json(_ members: [(String, Double?)], words: [(String, String)] = []) -> String {
    let numbers = members.map { name, value in
        "\"\(name)\":" + (value.map { $0 == $0.rounded() && abs($0) < 1e15 ? String(Int64($0)) : String($0) } ?? "null")
    }
    return "{" + (numbers + words.map { "\"\($0)\":\"\($1)\"" }).joined(separator: ",") + "}"
}
