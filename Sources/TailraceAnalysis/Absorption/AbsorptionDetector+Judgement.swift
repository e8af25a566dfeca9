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
        /// Strongest evidence while it fired, in days between false alarms.
        var strongestProof = 0.0
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
            severity: AlertSeverity, leg: AbsorptionEvidence.Leg, since: Int64, moment: Moment, now: Int64
        ) {
            self.severity = severity
            self.leg = leg
            self.since = since
            peak = moment.backlog
            peakAt = now
            floorPeak = moment.floor
            trough = floorPeak
        }
    }

    /// Hours for which the excess must stay low before an alert is over.
    private static let clearHours = 24
    /// Evidence, in days between false alarms, below which a page that is over was chance.
    private static let chanceDays = 300.0
    /// Hours after which a firing alert may become the new normal.
    private static let acceptHours = 28 * 24

    /// Moves the alert on by one judged hour.
    mutating func judge(_ moment: Moment, at now: Int64) -> AlertTransition<AbsorptionEvidence>? {
        guard let baseline, fullSince != nil else { return nil }
        let verdict = verdict(moment, baseline)
        switch phase {
        case .quiet:
            return open(moment, baseline, verdict, since: now, at: now)
        case .pending(let since):
            return open(moment, baseline, verdict, since: since, at: now)
        case .firing(var firing):
            return carry(&firing, moment, baseline, verdict, at: now)
        }
    }

    private mutating func open(
        _ moment: Moment, _ baseline: Baseline, _ verdict: Verdict, since: Int64, at now: Int64
    ) -> AlertTransition<AbsorptionEvidence>? {
        if let severity = verdict.fires {
            let firing = Firing(severity: severity, leg: verdict.leg, since: since, moment: moment, now: now)
            if severity == .page { markPage(hours: Int((now - since) / 3600)) }
            phase = .firing(firing)
            return .firing(evidence(firing, moment, baseline, threshold: verdict.threshold))
        }
        guard verdict.isPending else {
            guard phase != .quiet else { return nil }
            phase = .quiet
            return .lapsed
        }
        guard phase == .quiet else { return nil }
        phase = .pending(since: now)
        let opening = Firing(severity: .ticket, leg: verdict.leg, since: now, moment: moment, now: now)
        return .pending(evidence(opening, moment, baseline, threshold: verdict.threshold))
    }

    /// A page began so many hours ago: nothing since then is normal.
    private mutating func markPage(hours: Int) {
        dayIsAlarmed = true
        past.mark(last: (hours + 23) / 24, alarmed: true)
    }

    /// A page that was over without proof was an unlucky week: what such weeks look like has to be learned, or the
    /// next one pages again.
    private mutating func forgivePage(_ firing: Firing, at now: Int64) {
        past.mark(last: Int((now - firing.since) / 86_400) + 2, alarmed: false)
        dayIsAlarmed = false
    }

    private mutating func carry(
        _ firing: inout Firing, _ moment: Moment, _ baseline: Baseline, _ verdict: Verdict, at now: Int64
    ) -> AlertTransition<AbsorptionEvidence>? {
        let backlog = moment.backlog
        firing.hours += 1
        if backlog > firing.peak { (firing.peak, firing.peakAt) = (backlog, now) }
        let isCalm = firing.severity == .page ? verdict.isCalmForPage : verdict.isCalmForTicket
        firing.calmHours = isCalm ? firing.calmHours + 1 : 0

        firing.strongestProof = max(firing.strongestProof, proof.days(dispersion: baseline.dispersion))
        let isAccepted = firing.hours >= Self.acceptHours && firing.hours % 24 == 0 && hasAcceptedLevel()
        if firing.calmHours >= Self.clearHours || isAccepted {
            phase = .quiet
            if firing.severity == .page, firing.strongestProof < Self.chanceDays { forgivePage(firing, at: now) }
            var last = evidence(firing, moment, baseline, threshold: verdict.threshold)
            last.isNewLevel = isAccepted
            if isAccepted { acceptLevel(moment.weekday) } else { proof.forget() }
            return .resolved(last)
        }
        if firing.severity == .ticket, verdict.fires == .page {
            firing.severity = .page
            firing.leg = verdict.leg
            markPage(hours: 0)
            phase = .firing(firing)
            return .escalated(evidence(firing, moment, baseline, threshold: verdict.threshold))
        }
        if hasRisenAgain(&firing, moment, verdict) {
            firing = Firing(
                severity: firing.severity, leg: verdict.leg, since: now, moment: moment, now: now)
            phase = .firing(firing)
            return .renewed(evidence(firing, moment, baseline, threshold: verdict.threshold))
        }
        phase = .firing(firing)
        return nil
    }

    /// A second episode inside a first: the floor had fallen by half a page's excess, and rose by a whole one.
    private func hasRisenAgain(_ firing: inout Firing, _ moment: Moment, _ verdict: Verdict) -> Bool {
        let floor = moment.floor
        if floor < firing.trough { firing.trough = floor }
        if firing.floorPeak - firing.trough >= verdict.pageExcess / 2 {
            return floor - firing.trough >= verdict.pageExcess
        }
        if floor > firing.floorPeak { (firing.floorPeak, firing.trough) = (floor, floor) }
        return false
    }
}
