extension AbsorptionDetector {
    /// What an alert says about this hour. O(28 days), at changes of state only.
    func evidence(
        _ firing: Firing, _ moment: Moment, _ baseline: Baseline, threshold: Double
    ) -> AbsorptionEvidence {
        let capacity = service.capacity
        let backlog = moment.backlog
        let share = shareFromArrivals(moment, baseline)
        let drain = drain(moment, baseline)
        let breach = firing.severity == .page ? nil : breach(moment, baseline)
        let normal = baseline.normal(moment.weekday)
        return AbsorptionEvidence(
            severity: firing.severity, leg: firing.leg, pendingSince: firing.since, backlog: backlog,
            daysOfWork: capacity.map { backlog / $0.perDay }, threshold: threshold,
            thresholdDays: capacity.map { threshold / $0.perDay }, normal: normal,
            normalHigh: normal + max(0, baseline.upper),
            inLastDay: trailing.dayIn, outLastDay: trailing.dayOut,
            inLastWeek: trailing.weekIn, outLastWeek: trailing.weekOut,
            capacityPerDay: capacity?.perDay, shareFromArrivals: share, shareFromService: share.map { 1 - $0 },
            isYoung: baseline.isYoung, drainDaysLow: drain?.low, drainDaysHigh: drain?.high,
            breachDaysLow: breach?.low, breachDaysHigh: breach?.high,
            peakBacklog: firing.peak, peakAt: firing.peakAt)
    }

    /// Which share of the excess, since the backlog was last normal (1–28 days), came from more arrivals and which
    /// from service that failed to come.
    private func shareFromArrivals(_ moment: Moment, _ baseline: Baseline) -> Double? {
        var more = day.arrivals
        for hour in 0...moment.hour.hourOfWeek % 24 {
            more -= baseline.meanPerWeek * profile.share(ofHour: moment.weekday * 24 + hour)
        }
        var slower = day.shortfall
        for back in 0..<past.dayDepth {
            let weekday = past.weekday(back: back, today: moment.weekday)
            let floor = past.floor(back: back)
            if back > 0, floor.isKnown, floor.value <= baseline.normal(weekday) { break }
            let earlier = past.day(back: back)
            let known = Double(earlier.knownHours) / 24
            more += earlier.arrivals.value - baseline.meanPerWeek * profile.share(ofDay: weekday) * known
            slower += earlier.shortfall
        }
        let (arrivals, service) = (max(0, more), max(0, slower))
        return arrivals + service > 0 ? arrivals / (arrivals + service) : nil
    }

    /// Growth of the 24-hour floor since it was last normal, at most this long ago, days.
    private static let longestGrowthDays = 14

    /// How fast the 24-hour floor has grown since it was last normal, items a day, and over how many days; nil where it
    /// has not. O(14).
    func growth(_ moment: Moment, _ baseline: Baseline) -> (perDay: Double, days: Double)? {
        let today = Double(moment.hour.hourOfWeek % 24 + 1) / 24
        var (days, before) = (0.0, 0.0)
        for back in 0..<min(Self.longestGrowthDays, past.floorDepth) {
            let floor = past.floor(back: back)
            guard floor.isKnown else { break }
            (days, before) = (Double(back) + today, floor.value)
            if floor.value <= baseline.normal(past.weekday(back: back, today: moment.weekday)) { break }
        }
        guard days > 0, moment.floor > before else { return nil }
        return ((moment.floor - before) / days, days)
    }

    /// Variance of what a backlog gains in a day: of what comes and of what goes.
    private func variancePerDay(_ baseline: Baseline, _ capacity: StageCapacity) -> Double {
        2 * baseline.dispersion * capacity.perWeek / 7
    }

    private func breach(_ moment: Moment, _ baseline: Baseline) -> LevelForecast? {
        guard let capacity = service.capacity, let growth = growth(moment, baseline) else { return nil }
        let variance = variancePerDay(baseline, capacity)
        let gap = pageThreshold(baseline, moment.weekday) - moment.floor
        func forecast(_ perDay: Double, in days: Double, gap: Double) -> LevelForecast? {
            LevelForecast(
                gap: max(gap, 1e-9), drift: perDay, variance: variance, driftError: (variance / days).squareRoot())
        }
        guard var found = forecast(growth.perDay, in: growth.days, gap: gap) else { return nil }
        // What began lately, or gets worse, is there sooner than the mean growth says; and proof of overload takes the
        // level down while it gathers.
        let least = leastPageThreshold(baseline, moment.weekday) - moment.floor
        let yesterday = past.floor(back: 0)
        if yesterday.isKnown,
            let sooner = forecast(moment.floor - yesterday.value, in: 1, gap: (3 * gap + least) / 4)
        {
            found.low = min(found.low, sooner.low)
        }
        return found
    }

    private func drain(_ moment: Moment, _ baseline: Baseline) -> LevelForecast? {
        guard let capacity = service.capacity else { return nil }
        let variance = variancePerDay(baseline, capacity)
        return LevelForecast(
            gap: moment.backlog - baseline.normal(moment.weekday), drift: (capacity.perWeek - baseline.meanPerWeek) / 7,
            variance: variance, driftError: (variance / Double(max(1, baseline.weeks) * 7)).squareRoot())
    }
}
