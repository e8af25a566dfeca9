extension AbsorptionDetector {
    /// Where a stage's alert stands.
    enum Phase: Sendable, Equatable {
        case quiet
        case pending(since: Int64)
        case firing(Firing)
    }

    /// A firing alert.
    struct Firing: Sendable, Equatable {
        var severity: AlertSeverity
        var leg: AbsorptionEvidence.Leg
        var since: Int64
        /// Judged hours since the alert fired.
        var hours = 0
        /// Hours in a row with the excess under half its thresholds.
        var calmHours = 0
        var peak: Double
        var peakAt: Int64
        /// Greatest 24-hour floor so far, and the least floor after it.
        var floorPeak: Double
        var trough: Double

        init(
            severity: AlertSeverity, leg: AbsorptionEvidence.Leg, since: Int64, record: HourRecord, now: Int64
        ) {
            self.severity = severity
            self.leg = leg
            self.since = since
            peak = Double(record.backlog)
            peakAt = now
            floorPeak = Double(record.floor)
            trough = floorPeak
        }
    }

    /// Hours for which the excess must stay low before an alert is over.
    private static let clearHours = 24
    /// Hours after which a firing alert may become the new normal.
    private static let acceptHours = 28 * 24

    /// Moves the alert on by one judged hour.
    mutating func judge(_ record: HourRecord, at now: Int64) -> AlertTransition<AbsorptionEvidence>? {
        guard let baseline, fullSince != nil else { return nil }
        let verdict = verdict(record, baseline)
        switch phase {
        case .quiet:
            return open(record, baseline, verdict, since: now, at: now)
        case .pending(let since):
            return open(record, baseline, verdict, since: since, at: now)
        case .firing(var firing):
            return carry(&firing, record, baseline, verdict, at: now)
        }
    }

    private mutating func open(
        _ record: HourRecord, _ baseline: Baseline, _ verdict: Verdict, since: Int64, at now: Int64
    ) -> AlertTransition<AbsorptionEvidence>? {
        if let severity = verdict.fires {
            let firing = Firing(severity: severity, leg: verdict.leg, since: since, record: record, now: now)
            if severity == .page { history.mark(last: Int((now - since) / 3600) + 1, alarmed: true) }
            phase = .firing(firing)
            return .firing(evidence(firing, record, baseline, threshold: verdict.threshold))
        }
        guard verdict.isPending else {
            guard phase != .quiet else { return nil }
            phase = .quiet
            return .lapsed
        }
        guard phase == .quiet else { return nil }
        phase = .pending(since: now)
        let opening = Firing(severity: .ticket, leg: verdict.leg, since: now, record: record, now: now)
        return .pending(evidence(opening, record, baseline, threshold: verdict.threshold))
    }

    private mutating func carry(
        _ firing: inout Firing, _ record: HourRecord, _ baseline: Baseline, _ verdict: Verdict, at now: Int64
    ) -> AlertTransition<AbsorptionEvidence>? {
        let backlog = Double(record.backlog)
        firing.hours += 1
        if backlog > firing.peak { (firing.peak, firing.peakAt) = (backlog, now) }
        if firing.severity == .page { history.mark(last: 1, alarmed: true) }
        let isCalm = firing.severity == .page ? verdict.isCalmForPage : verdict.isCalmForTicket
        firing.calmHours = isCalm ? firing.calmHours + 1 : 0

        let isAccepted = firing.hours >= Self.acceptHours && firing.hours % 24 == 0 && hasAcceptedLevel()
        if firing.calmHours >= Self.clearHours || isAccepted {
            phase = .quiet
            var last = evidence(firing, record, baseline, threshold: verdict.threshold)
            last.isNewLevel = isAccepted
            if isAccepted { acceptLevel() } else { proof.forget() }
            return .resolved(last)
        }
        if firing.severity == .ticket, verdict.fires == .page {
            firing.severity = .page
            firing.leg = verdict.leg
            history.mark(last: 1, alarmed: true)
            phase = .firing(firing)
            return .escalated(evidence(firing, record, baseline, threshold: verdict.threshold))
        }
        if hasRisenAgain(&firing, record, verdict) {
            firing = Firing(
                severity: firing.severity, leg: verdict.leg, since: now, record: record, now: now)
            phase = .firing(firing)
            return .renewed(evidence(firing, record, baseline, threshold: verdict.threshold))
        }
        phase = .firing(firing)
        return nil
    }

    /// A second episode inside a first: the floor had fallen by half a page's excess, and rose by a whole one.
    private func hasRisenAgain(_ firing: inout Firing, _ record: HourRecord, _ verdict: Verdict) -> Bool {
        let floor = Double(record.floor)
        if floor < firing.trough { firing.trough = floor }
        if firing.floorPeak - firing.trough >= verdict.pageExcess / 2 {
            return floor - firing.trough >= verdict.pageExcess
        }
        if floor > firing.floorPeak { (firing.floorPeak, firing.trough) = (floor, floor) }
        return false
    }
}
