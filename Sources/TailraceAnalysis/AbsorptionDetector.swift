/// Tells when a stage's queue holds more than the stage absorbs: the rule `absorption-exceeded`.
///
/// A pure function of closed hourly rows, fed in order: the same rows give the same assessments, and a detector can be
/// built again from stored rows. Time comes with the rows.
///
/// - The **tail** leg looks at the least backlog of the last 24 hours: seven mean excesses beyond its usual range are a
///   page, four a ticket, and never less than the owner's tolerance in days of work.
/// - The **evidence** leg asks arrivals and lost service for proof of overload. Each e-fold of proof beyond the first
///   takes seven tenths of a mean excess off the tail leg's thresholds, down to one; proof of a thousand days needs no
///   24 hours.
/// - Before four usable weeks the stage is **young**: twice its greatest backlog so far is a ticket, four times a page.
///   While the log's first weeks still fill the pipe (`PipeFilling`) there is no alert at all, and a stage whose
///   departures never match its arrivals is never judged: that is what a declared limit is for (``BacklogLimit``).
///
/// The baseline moves: it is learned anew each Monday from up to 26 weeks, without the latest two, without firing
/// pages, and not at all while an alert fires. An alert is over when the excess has stayed under half its thresholds
/// for 24 hours, or when the stage has lived with the new level for four weeks.
///
/// Up to 122 KB of state a stage; O(1) an hour, O(n) in 26 weeks of hours once a week.
public struct AbsorptionDetector: Sendable {
    public let settings: StageSettings

    var history = HourHistory()
    var baseline: Baseline?
    var service: ServicePace
    var proof = OverloadEvidence()
    var phase = Phase.quiet
    /// Index (``HourHistory/total``) of the first hour that counts as normal; nil while the pipe fills.
    var fullSince: Int?
    /// Greatest backlog of the young stage, the last week left out.
    var youngMaximum: Double?
    /// Local days since the first hour.
    private var day = 0
    private var lastWeekday: Int?

    public init(settings: StageSettings = StageSettings()) {
        self.settings = settings
        service = ServicePace(settings: settings)
    }

    /// Takes the next closed hour and judges the stage. Hours come in order of time and without gaps; an hour in which
    /// nothing happened is a row of its own.
    public mutating func close(_ hour: StageHour) -> StageAssessment {
        if let lastWeekday, lastWeekday != hour.localWeekday { closeDay(entering: hour.localWeekday) }
        lastWeekday = hour.localWeekday
        let before = history.count > 0 ? history[back: 0] : nil
        history.append(hour, day: day)
        let record = history[back: 0]
        var transition: AlertTransition<AbsorptionEvidence>?
        if record.isKnown {
            addProof(record, before: before)
            transition = judge(record, at: hour.end)
        }
        return assess(record, transition: transition)
    }

    private mutating func closeDay(entering weekday: Int) {
        day += 1
        if let baseline { proof.closeDay(dispersion: baseline.dispersion) }
        if fullSince == nil, let filling = PipeFilling(history: history) {
            fullSince = filling.hoursToFill
            learn()
        } else if weekday == 0, !isFiring {
            learn()
        }
        proveAbsorbedPace()
        if baseline?.isYoung == true { learnYoungMaximum() }
    }

    private var isFiring: Bool {
        if case .firing = phase { true } else { false }
    }

    /// What the hour adds to the evidence: arrivals, and service that should have come while there was work.
    private mutating func addProof(_ record: HourRecord, before: HourRecord?) {
        guard let baseline else { return }
        let demand = Double(record.arrivals) + service.shortfall(record, before: before)
        proof.add(demand: demand, pace: baseline.provenPerWeek * baseline.profile[Int(record.hourOfWeek)])
    }

    /// The firing alert's evidence as of now, once a day.
    private func refreshed(_ record: HourRecord) -> AbsorptionEvidence? {
        guard record.isKnown, record.hourOfWeek % 24 == 0, let baseline, case .firing(let firing) = phase else {
            return nil
        }
        return evidence(
            firing, record, baseline, threshold: pageThreshold(baseline, cell: record.cell))
    }

    private func assess(
        _ record: HourRecord, transition: AlertTransition<AbsorptionEvidence>?
    ) -> StageAssessment {
        let capacity = service.capacity
        let judged = record.isKnown ? baseline : nil
        return StageAssessment(
            capacity: capacity, workers: service.workersAreKnown ? service.workers : 0,
            daysOfWork: record.backlog >= 0 ? capacity.map { Double(record.backlog) / $0.perDay } : nil,
            utilisation: history.count >= 168 ? capacity.map { Double(history.weekIn) / $0.perWeek } : nil,
            normalBacklog: judged?.normal[record.cell],
            pageThreshold: judged.map { pageThreshold($0, cell: record.cell) },
            isYoung: baseline?.isYoung ?? true, isFrozen: !record.isKnown, transition: transition,
            firing: transition == nil ? refreshed(record) : nil)
    }
}
