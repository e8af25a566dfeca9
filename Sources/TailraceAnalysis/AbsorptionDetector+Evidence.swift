extension AbsorptionDetector {
    /// What an alert says about this hour. O(28 days), at changes of state only.
    func evidence(
        _ firing: Firing, _ record: HourRecord, _ baseline: Baseline, threshold: Double
    ) -> AbsorptionEvidence {
        let capacity = service.capacity
        let backlog = Double(record.backlog)
        let share = shareFromArrivals(baseline)
        let drain = drain(backlog, record, baseline)
        let breach = firing.severity == .page ? nil : breach(record, baseline)
        return AbsorptionEvidence(
            severity: firing.severity, leg: firing.leg, pendingSince: firing.since, backlog: backlog,
            daysOfWork: capacity.map { backlog / $0.perDay }, threshold: threshold,
            thresholdDays: capacity.map { threshold / $0.perDay }, normal: baseline.normal[record.cell],
            normalHigh: baseline.normal[record.cell] + max(0, baseline.upper),
            inLastDay: Int64(history.dayIn), outLastDay: Int64(history.dayOut),
            inLastWeek: Int64(history.weekIn), outLastWeek: Int64(history.weekOut),
            capacityPerDay: capacity?.perDay, shareFromArrivals: share, shareFromService: share.map { 1 - $0 },
            isYoung: baseline.isYoung, drainDaysLow: drain?.low, drainDaysHigh: drain?.high,
            breachDaysLow: breach?.low, breachDaysHigh: breach?.high,
            peakBacklog: firing.peak, peakAt: firing.peakAt)
    }

    /// Which share of the excess, since the backlog was last normal (1–28 days), came from more arrivals and which
    /// from service that failed to come.
    private func shareFromArrivals(_ baseline: Baseline) -> Double? {
        let span = min(history.count - 1, 28 * 24)
        var (more, slower) = (0.0, 0.0)
        for back in 0..<max(0, span) {
            let hour = history[back: back]
            guard hour.isKnown else { continue }
            if back >= 24, Double(hour.floor) <= baseline.normal[hour.cell] { break }
            more += Double(hour.arrivals) - baseline.meanPerWeek * baseline.profile[Int(hour.hourOfWeek)]
            slower += service.shortfall(hour, before: history[back: back + 1])
        }
        let (arrivals, service) = (max(0, more), max(0, slower))
        return arrivals + service > 0 ? arrivals / (arrivals + service) : nil
    }

    /// Growth of the 24-hour floor since it was last normal, at most this long ago, days.
    private static let longestGrowthDays = 14

    /// O(14 days), at changes of state and once a day.
    private func breach(_ record: HourRecord, _ baseline: Baseline) -> LevelForecast? {
        guard let capacity = service.capacity, record.floor >= 0 else { return nil }
        var (days, before) = (0, record.floor)
        for back in 1...Self.longestGrowthDays where back * 24 < history.count {
            let hour = history[back: back * 24]
            guard hour.isKnown, hour.floor >= 0 else { break }
            (days, before) = (back, hour.floor)
            if Double(hour.floor) <= baseline.normal[hour.cell] { break }
        }
        guard days > 0, record.floor > before else { return nil }
        let variance = 2 * baseline.dispersion * capacity.perWeek / 7
        let gap = pageThreshold(baseline, cell: record.cell) - Double(record.floor)
        func forecast(_ growth: Int32, in days: Int, gap: Double) -> LevelForecast? {
            LevelForecast(
                gap: max(gap, 1e-9), drift: Double(growth) / Double(days), variance: variance,
                driftError: (variance / Double(days)).squareRoot())
        }
        guard var found = forecast(record.floor - before, in: days, gap: gap) else { return nil }
        // What began lately, or gets worse, is there sooner than the mean growth says; and proof of overload takes the
        // level down while it gathers.
        let yesterday = history[back: 24]
        let least = leastPageThreshold(baseline, cell: record.cell) - Double(record.floor)
        if yesterday.isKnown, yesterday.floor >= 0,
            let sooner = forecast(record.floor - yesterday.floor, in: 1, gap: (3 * gap + least) / 4)
        {
            found.low = min(found.low, sooner.low)
        }
        return found
    }

    private func drain(_ backlog: Double, _ record: HourRecord, _ baseline: Baseline) -> LevelForecast? {
        guard let capacity = service.capacity else { return nil }
        let variance = 2 * baseline.dispersion * capacity.perWeek / 7
        let days = Double(max(7, baseline.hours / 24))
        return LevelForecast(
            gap: backlog - baseline.normal[record.cell], drift: (capacity.perWeek - baseline.meanPerWeek) / 7,
            variance: variance, driftError: (variance / days).squareRoot())
    }
}
