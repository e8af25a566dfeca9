import StageSimulation
import TailraceAnalysis

/// What one simulated stage made the rules say.
struct Trial {
    /// Hours from the end of the training in which an alert began, by rule; the detector's pages and tickets first.
    var alerts: [String: [Int]] = [:]
    /// Of the overload, from the end of the training; nil where there is none.
    var overload: Int?
    var quarters: Double
    /// Forecasts that came to be judged: stated interval and what happened, days.
    var breach: [Forecast] = []
    var drain: [Forecast] = []

    struct Forecast {
        var low: Double
        var high: Double?
        var actual: Double

        var isCovered: Bool { low <= actual && actual <= high ?? .infinity }
        /// Of the interval's middle, relative to what happened.
        var error: Double? { high.map { (low * $0).squareRoot() }.map { abs($0 - actual) / max(actual, 1) } }
    }

    static let page = "this detector: page"
    static let ticket = "this detector: ticket"
    static let rules = NaiveRule.allCases.map(\.rawValue) + [page, ticket]

    init(_ stage: SimulatedStage, training: Int, ends: Int?) {
        quarters = Double(stage.hours.count - training) / (13 * 168)
        overload = stage.overloadHour.map { $0 - training }
        let perDay = stage.capacityPerWeek / (stage.staffedPerWeek == 40 ? 5 : 7)
        for rule in NaiveRule.allCases {
            alerts[rule.rawValue] = starts(of: rule.holds(stage.hours, training: training, perDay: perDay))
        }
        var (pages, tickets): ([Int], [Int]) = ([], [])
        var detector = AbsorptionDetector()
        var warned: (hour: Int, low: Double, high: Double?)?
        var drained: (hour: Int, low: Double, high: Double?, normal: Double)?
        for (place, hour) in stage.hours.enumerated() {
            let found = detector.close(hour)
            let at = place - training
            switch found.transition {
            case .firing(let evidence), .renewed(let evidence), .escalated(let evidence):
                if evidence.severity == .page { pages.append(at) } else { tickets.append(at) }
                if evidence.severity == .page, let warning = warned {
                    breach.append(
                        Forecast(low: warning.low, high: warning.high, actual: Double(at - warning.hour) / 24))
                    warned = nil
                } else if evidence.severity == .ticket, let low = evidence.breachDaysLow, at >= 0 {
                    warned = (at, low, evidence.breachDaysHigh)
                }
            case .resolved: warned = nil
            default: break
            }
            // The first whole day after the overload: how long until all is as usual?
            if let ends, place > ends + 24, drained == nil, let evidence = found.firing, let low = evidence.drainDaysLow
            {
                drained = (at, low, evidence.drainDaysHigh, evidence.normal)
            }
            if let forecast = drained, Double(hour.minimumBacklog ?? hour.backlog ?? 0) <= forecast.normal {
                drain.append(
                    Forecast(low: forecast.low, high: forecast.high, actual: Double(at - forecast.hour) / 24))
                drained = (.max, 0, nil, -1)
            }
        }
        (alerts[Trial.page], alerts[Trial.ticket]) = (merged(pages), merged(tickets + pages))
    }

    /// As for the other rules: what begins within 24 hours of another is one.
    private func merged(_ hours: [Int]) -> [Int] {
        hours.filter { $0 >= 0 }.sorted().reduce(into: []) { found, hour in
            if found.last.map({ hour - $0 > 24 }) ?? true { found.append(hour) }
        }
    }
}
