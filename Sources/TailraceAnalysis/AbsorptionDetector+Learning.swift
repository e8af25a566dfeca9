extension AbsorptionDetector {
    /// Latest hours that a baseline leaves out, at most: an overload that is only beginning must not become normal.
    private static let longestLag = 2 * 168

    /// Learns baseline and pace from the history as it is now.
    mutating func learn() {
        guard let fullSince else {
            // While the pipe fills, completions still show what the stage can do.
            service = ServicePace(history: history, range: 0..<history.count, settings: settings)
            return
        }
        let usable = min(history.count, history.total - fullSince)
        let lag = min(Self.longestLag, usable / 4)
        guard usable - lag >= 168 else { return }
        service = ServicePace(history: history, range: lag..<usable, settings: settings)
        let least = max(1, 0.05 * (service.capacity?.perWeek ?? 0) / 7)
        let learned = Baseline(
            history: history, range: lag..<usable, service: service, minimumExcess: least)
        // Weeks of one long alarm leave nothing to learn from; the old knowledge stands.
        if learned.hours >= 3 * 168 || baseline?.isYoung ?? true { baseline = learned }
    }

    /// What the stage has done while its backlog stayed normal is proven: growth that is absorbed is no overload.
    mutating func proveAbsorbedPace() {
        let span = 336
        guard let baseline, history.count >= span else { return }
        let newest = history[back: 0]
        guard newest.isKnown, Double(newest.floor) - baseline.normal[newest.cell] <= baseline.upper + baseline.excess
        else { return }
        var left = 0.0
        for back in 0..<span { left += Double(history[back: back].departures) }
        // One standard error off, or the greatest of many noisy fortnights would be the pace.
        let pace = (left - (baseline.dispersion * left).squareRoot()) / 2
        if pace > baseline.provenPerWeek { self.baseline?.provenPerWeek = pace }
    }

    /// The greatest backlog of a young stage until a week ago.
    mutating func learnYoungMaximum() {
        guard let fullSince, history.total - fullSince >= 3 * 168 else { return }
        var greatest: Int32 = -1
        for back in 168..<min(history.count, history.total) {
            let hour = history[back: back]
            if hour.isKnown, !hour.isAlarmed { greatest = max(greatest, hour.backlog) }
        }
        youngMaximum = greatest >= 0 ? Double(greatest) : nil
    }

    /// Whether the stage has lived with the level of its alert for four weeks: in each, as much left as entered. Over
    /// the four together a rise and a fall would pass for a level.
    func hasAcceptedLevel() -> Bool {
        guard let baseline, history.count >= 4 * 168 else { return false }
        let day = service.capacity?.perDay ?? 0
        var net = 0.0
        for week in 0..<4 {
            var (entered, left, known) = (0.0, 0.0, 0)
            for back in (week * 168)..<(week * 168 + 168) {
                let hour = history[back: back]
                guard hour.isKnown else { continue }
                known += 1
                entered += Double(hour.arrivals)
                left += Double(hour.departures)
            }
            guard known >= 126, left > 0 else { return false }
            let tolerated = max((baseline.dispersion * entered).squareRoot(), day / 2)
            guard abs(entered - left) <= min(0.2 * entered, tolerated) else { return false }
            net += entered - left
            // The whole may not drift further than one of its weeks.
            if week == 3, abs(net) > tolerated { return false }
        }
        return true
    }

    /// Takes the last four weeks as the new normal and forgets what was before.
    mutating func acceptLevel() {
        let span = 4 * 168
        history.mark(last: span, alarmed: false)
        history.keep(last: span)
        fullSince = history.total - span
        learn()
        proof.forget()
    }
}
