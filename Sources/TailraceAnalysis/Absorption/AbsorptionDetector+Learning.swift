extension AbsorptionDetector {
    /// Latest weeks that a baseline leaves out, at most: an overload that is only beginning must not become normal.
    private static let longestLag = 2

    /// Learns baseline and pace from the past as it is now.
    mutating func learn(weekday: Int) {
        guard let fullSince else {
            // While the pipe fills, completions still show what the stage can do.
            service.learn(past, weekday: weekday, lag: 0, weeks: past.weekDepth, profile: profile)
            return
        }
        let weeks = min(past.weekDepth, (past.dayCount - fullSince - weekday) / 7)
        let lag = min(Self.longestLag, weeks / 4)
        guard weeks - lag >= 1 else { return }
        service.learn(past, weekday: weekday, lag: lag, weeks: weeks - lag, profile: profile)
        let lagDays = lag * 7 + weekday
        let lesson = Baseline.Lesson(
            past: past, weekday: weekday, lagDays: lagDays,
            days: min(past.floorDepth, past.dayCount - fullSince) - lagDays, lagWeeks: lag, weeks: weeks - lag)
        let least = max(1, 0.05 * (service.capacity?.perWeek ?? 0) / 7)
        let learned = Baseline(lesson, minimumExcess: least)
        // Weeks of one long alarm leave nothing to learn from; the old knowledge stands.
        if learned.weeks >= 3 || baseline?.isYoung ?? true { baseline = learned }
    }

    /// What the stage has done until a fortnight ago, and its backlog is normal still, is proven: growth that is absorbed
    /// is no overload. What it did since could be the first half of one.
    mutating func proveAbsorbedPace(_ weekday: Int) {
        let (span, lag) = (14, 14)
        guard let baseline, past.dayDepth >= span + lag else { return }
        let newest = past.floor(back: 0)
        let usual = baseline.normal(past.weekday(back: 0, today: weekday))
        guard newest.isKnown, newest.value - usual <= baseline.upper + baseline.excess else { return }
        let left = (lag..<span + lag).reduce(0.0) { $0 + past.day(back: $1).departures.value }
        // One standard error off, or the greatest of many noisy fortnights would be the pace.
        let pace = (left - (baseline.dispersion * left).squareRoot()) / 2
        if pace > baseline.provenPerWeek { self.baseline?.provenPerWeek = pace }
    }

    /// The greatest backlog of a young stage until a week ago.
    mutating func learnYoungMaximum() {
        guard past.dayDepth > 7 else { return }
        var greatest = past.weekDepth > 1 ? (1..<past.weekDepth).map { past.week(back: $0).peak.value }.max() ?? 0 : 0
        for back in 7..<past.dayDepth where !past.floor(back: back).isMarked {
            greatest = max(greatest, past.day(back: back).peak.value)
        }
        guard let fullSince, past.dayCount - fullSince >= 21 else { return }
        youngMaximum = greatest
    }

    /// Whether the stage has lived with the level of its alert for four weeks: in each, as much left as entered. Over
    /// the four together a rise and a fall would pass for a level.
    func hasAcceptedLevel() -> Bool {
        guard let baseline, past.dayDepth >= 28 else { return false }
        let working = service.capacity?.perDay ?? 0
        var net = 0.0
        for week in 0..<4 {
            var (entered, left, known) = (0.0, 0.0, 0)
            for back in week * 7..<week * 7 + 7 {
                let day = past.day(back: back)
                known += Int(day.knownHours)
                entered += day.arrivals.value
                left += day.departures.value
            }
            guard known >= 126, left > 0 else { return false }
            let tolerated = max((baseline.dispersion * entered).squareRoot(), working / 2)
            guard abs(entered - left) <= min(0.2 * entered, tolerated) else { return false }
            net += entered - left
            // The whole may not drift further than one of its weeks.
            if week == 3, abs(net) > tolerated { return false }
        }
        return true
    }

    /// Takes the last four weeks as the new normal and forgets what was before.
    mutating func acceptLevel(_ weekday: Int) {
        past.mark(last: StagePast.dayLimit + weekday, alarmed: false)
        dayIsAlarmed = false
        fullSince = past.dayCount - StagePast.dayLimit - weekday
        learn(weekday: weekday)
        proof.forget()
    }
}
