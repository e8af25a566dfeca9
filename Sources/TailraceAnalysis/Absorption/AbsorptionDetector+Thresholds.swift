import Glibc

extension AbsorptionDetector {
    /// Mean excesses beyond the upper quartile at which the backlog alone is a page, and a ticket.
    private static let pageExcesses = 8.0
    private static let ticketExcesses = 4.0
    /// How many mean excesses each further e-fold of the evidence in days takes off, and the least that remains: the backlog
    /// must agree, whatever the arrivals say.
    private static let excessesPerFold = 1.5
    /// Folds that count for nothing: evidence of a few days comes and goes.
    private static let idleFolds = 1.0
    private static let fewestExcesses = 1.0
    /// Evidence, in days between false alarms, that needs no 24 hours of backlog.
    private static let enoughDays = 1000.0

    /// A backlog that is a month of work needs more than a day on top to be news.
    private static let leastShare = 0.1

    /// What one hour's numbers say, before any memory.
    struct Verdict {
        var fires: AlertSeverity?
        var leg: AbsorptionEvidence.Leg
        /// The backlog is where an alert would fire, but has not been there for 24 hours.
        var isPending: Bool
        /// Under half of the thresholds, of a page and of a ticket.
        var isCalmForPage: Bool
        var isCalmForTicket: Bool
        /// Backlog beyond normal that is a page, items.
        var pageExcess: Double
        /// The backlog at which the severity that fires, or a page, begins.
        var threshold: Double
    }

    /// Items beyond normal that the owner bears without a word: his days of work, and never less than a tenth of what
    /// is there anyway.
    private func toleratedExcess(normal: Double) -> Double {
        max(
            settings.toleranceDays * (service.capacity?.perDay ?? 0), settings.minimumExcess,
            Self.leastShare * normal)
    }

    /// Items beyond normal that fire after `excesses` mean excesses without evidence.
    private func excess(
        _ excesses: Double, _ baseline: Baseline, tolerated: Double, folds: Double
    ) -> Double {
        let needed = max(excesses - Self.excessesPerFold * max(0, folds - Self.idleFolds), Self.fewestExcesses)
        return max(baseline.upper + needed * baseline.excess, tolerated)
    }

    /// The backlog, in items, at which a page fires on this weekday as things stand.
    func pageThreshold(_ baseline: Baseline, _ weekday: Int) -> Double {
        if baseline.isYoung { return youngThreshold(4) }
        let folds = log(max(1, proof.days(dispersion: baseline.dispersion)))
        let normal = baseline.normal(weekday)
        return normal
            + excess(Self.pageExcesses, baseline, tolerated: toleratedExcess(normal: normal), folds: folds)
    }

    /// The same where the evidence is as strong as can be.
    func leastPageThreshold(_ baseline: Baseline, _ weekday: Int) -> Double {
        if baseline.isYoung { return youngThreshold(4) }
        let normal = baseline.normal(weekday)
        return normal
            + excess(
                Self.fewestExcesses, baseline, tolerated: toleratedExcess(normal: normal), folds: 0)
    }

    func verdict(_ moment: Moment, _ baseline: Baseline) -> Verdict {
        if baseline.isYoung { return youngVerdict(moment) }
        let normal = baseline.normal(moment.weekday)
        let floorExcess = moment.floor - normal
        let highExcess = moment.backlog - baseline.high
        let days = max(1, proof.days(dispersion: baseline.dispersion))
        let folds = log(days)
        let tolerated = toleratedExcess(normal: normal)
        let page = excess(Self.pageExcesses, baseline, tolerated: tolerated, folds: folds)
        let ticket = excess(Self.ticketExcesses, baseline, tolerated: tolerated, folds: folds)
        let agreeing = max(baseline.excess, tolerated)
        var verdict = Verdict(
            fires: nil, leg: .tail, isPending: moment.backlog - normal > ticket && highExcess > 0,
            isCalmForPage: floorExcess < page / 2 && highExcess < agreeing / 2,
            isCalmForTicket: floorExcess < ticket / 2, pageExcess: page, threshold: normal + page)
        if floorExcess > page {
            verdict.fires = .page
            if floorExcess <= excess(Self.pageExcesses, baseline, tolerated: tolerated, folds: 0) {
                verdict.leg = .evidence
            }
        } else if days >= Self.enoughDays, highExcess > agreeing {
            verdict.fires = .page
            verdict.leg = .evidence
            verdict.threshold = baseline.high + agreeing
        } else if floorExcess > ticket {
            verdict.fires = .ticket
            verdict.threshold = normal + ticket
            if floorExcess <= excess(Self.ticketExcesses, baseline, tolerated: tolerated, folds: 0) {
                verdict.leg = .evidence
            }
        }
        return verdict
    }

    /// Twice its greatest backlog so far is a ticket for a young stage, four times a page.
    private func youngThreshold(_ times: Double) -> Double {
        max(times * (youngMaximum ?? .infinity), toleratedExcess(normal: 0))
    }

    private func youngVerdict(_ moment: Moment) -> Verdict {
        let (backlog, floor) = (moment.backlog, moment.floor)
        let (ticket, page) = (youngThreshold(2), youngThreshold(4))
        let isCalm = backlog < max(youngMaximum ?? 0, toleratedExcess(normal: 0) / 2)
        return Verdict(
            fires: floor > page ? .page : floor > ticket ? .ticket : nil, leg: .young, isPending: backlog > ticket,
            isCalmForPage: isCalm, isCalmForTicket: isCalm, pageExcess: page,
            threshold: floor > page ? page : ticket)
    }
}
