import StageSimulation
import TailraceAnalysis

/// Rows of an imagined stage that works round the clock, and what the detector says about them.
struct StageRows {
    /// Alerts as they fell, with the hour they fell in.
    struct Fall {
        var hour: Int
        var transition: AlertTransition<AbsorptionEvidence>
    }

    var rows: [StageHour] = []
    private var backlog = 0.0
    private var waiting = 0.0
    private var noise: SeededNoise

    init(seed: UInt64) {
        noise = SeededNoise(seed: seed)
    }

    /// Appends hours with Poisson arrivals, and departures of up to `capacity` an hour, with two people at work. What
    /// two people have in hand at the hour's end counts as backlog, as it does in a log.
    mutating func run(
        weeks: Double, arrivals: Double, capacity: Double, isFrozen: Bool = false, isKnown: Bool = true
    ) {
        for _ in 0..<Int(weeks * 168) {
            let arrived = Double(noise.poisson(arrivals))
            let possible = Double(noise.poisson(capacity))
            let done = min(waiting + arrived, possible)
            waiting += arrived - done
            var inHand = 0.0
            for _ in 0..<2 where noise.unit() < done / max(possible, 1) { inHand += 1 }
            let before = backlog
            backlog = waiting + inHand
            append(
                arrived: arrived, done: max(0, before + arrived - backlog), isFrozen: isFrozen, isKnown: isKnown)
        }
    }

    /// Appends hours in which every item stays as long as chance wants, `hours` on average, whatever the backlog.
    mutating func dwell(weeks: Double, arrivals: (Int) -> Double, hours: Double) {
        for hour in 0..<Int(weeks * 168) {
            let arrived = Double(noise.poisson(arrivals(hour)))
            let done = min(backlog, Double(noise.poisson(backlog / hours)))
            backlog += arrived - done
            append(arrived: arrived, done: done, isFrozen: false, isKnown: true)
        }
    }

    private mutating func append(arrived: Double, done: Double, isFrozen: Bool, isKnown: Bool) {
        let hour = rows.count
        rows.append(
            StageHour(
                start: 1_704_067_200 + Int64(hour) * 3600, localHour: hour % 24, localWeekday: hour / 24 % 7,
                arrivals: Int64(arrived), completions: Int64(done), backlog: isKnown ? Int64(backlog) : nil,
                workers: done > 0 ? 2 : 0, isFrozen: isFrozen))
    }

    func falls(_ settings: StageSettings = StageSettings()) -> [Fall] {
        var detector = AbsorptionDetector(settings: settings)
        return rows.indices.compactMap { hour in
            detector.close(rows[hour]).transition.map { Fall(hour: hour, transition: $0) }
        }
    }
}

extension [StageRows.Fall] {
    /// Alerts that reached the given severity or more: the hours in which they did.
    func fired(_ severity: AlertSeverity = .ticket) -> [Int] {
        compactMap { fall in
            switch fall.transition {
            case .firing(let evidence), .renewed(let evidence), .escalated(let evidence):
                evidence.severity >= severity ? fall.hour : nil
            case .pending, .lapsed, .resolved: nil
            }
        }
    }

    var resolved: [(hour: Int, evidence: AbsorptionEvidence)] {
        compactMap { fall in
            if case .resolved(let evidence) = fall.transition { (fall.hour, evidence) } else { nil }
        }
    }

    /// Evidence of the first page, or of the first ticket where there is none.
    var firstAlert: AbsorptionEvidence? {
        let alerts = filter { fall in
            switch fall.transition {
            case .firing, .escalated: true
            default: false
            }
        }
        return (alerts.first { $0.transition.evidence?.severity == .page } ?? alerts.first)?.transition.evidence
    }
}
