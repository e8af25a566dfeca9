/// Tells when a stage's queue holds more than the stage absorbs: the rule `absorption-exceeded`.
///
/// A pure function of closed hourly rows, fed in order: the same rows give the same assessments, and a detector can be
/// built again from stored rows. Time comes with the rows.
///
/// - The **tail** leg looks at the least backlog of the last 24 hours: eight mean excesses beyond its usual range are a
///   page, four a ticket, and never less than the owner's tolerance in days of work.
/// - The **evidence** leg asks arrivals and lost service for proof of overload. Each e-fold of proof beyond the first
///   takes one and a half mean excesses off the tail leg's thresholds, down to one; proof of a thousand days needs no
///   24 hours.
/// - Before four usable weeks the stage is **young**: twice its greatest backlog so far is a ticket, four times a page.
///   While the log's first weeks still fill the pipe (`PipeFilling`) there is no alert at all, and a stage whose
///   departures never match its arrivals is never judged: that is what a declared limit is for (``BacklogLimit``).
///
/// The baseline moves: it is learned anew each Monday from up to 26 weeks, without the latest two, without those of
/// pages, and not at all while an alert fires. An alert is over when the excess has stayed under half its thresholds
/// for 24 hours, or when the stage has lived with the new level for four weeks.
///
/// A fixed number of bytes a stage (``StagePast``); O(1) an hour, O(n) in 26 weeks of days once a week.
public struct AbsorptionDetector: Sendable {
    public let settings: StageSettings

    var past = StagePast()
    var trailing = TrailingWeek()
    var profile = HourProfile()
    var baseline: Baseline?
    var service: ServicePace
    var proof = OverloadEvidence()
    var phase = Phase.quiet
    /// Days of the log after which the stage counts as normal; nil while the pipe fills.
    var fullSince: Int?
    /// Greatest backlog of the young stage, the last week left out.
    var youngMaximum: Double?
    /// The day and the week that run.
    var day = RunningSpan()
    var dayIsAlarmed = false
    private var week = RunningSpan()
    /// Completions and worker-hours with work at hand of the week that runs.
    private var weekPace = (done: 0.0, busy: 0.0)
    private(set) var weekday: Int?
    /// Backlog at the last hour's end; nil is unknown.
    private var lastBacklog: Double?
    private var hourCount: UInt8 = 0

    public init(settings: StageSettings = StageSettings()) {
        self.settings = settings
        service = ServicePace(settings: settings)
    }

    /// Takes the next closed hour and judges the stage. Hours come in order of time and without gaps; an hour in which
    /// nothing happened is a row of its own.
    public mutating func close(_ hour: StageHour) -> StageAssessment {
        let today = hour.hourOfWeek / 24
        if let weekday, weekday != today { closeDay(entering: today) }
        weekday = today
        if hourCount < 168 { hourCount += 1 }
        trailing.append(arrivals: hour.arrivals, departures: hour.completions + hour.withdrawals)
        let known = hour.isFrozen ? nil : hour.backlog.map { max($0, 0) }
        let least = known.map { min($0, max(hour.minimumBacklog ?? $0, 0)) }
        let floor = past.append(least: least)
        defer { lastBacklog = known.map(Double.init) }
        guard let known, let least, let floor else { return assess(hour, nil, transition: nil) }
        let moment = Moment(hour, backlog: Double(known), floor: floor)
        take(moment, least: Double(least))
        let transition = judge(moment, at: hour.end)
        return assess(hour, moment, transition: transition)
    }

    /// Adds a known hour to the day, the week, the profile and the evidence.
    private mutating func take(_ moment: Moment, least: Double) {
        let hour = moment.hour
        let shortfall = service.shortfall(hour, before: lastBacklog)
        let demand = Double(hour.arrivals) + shortfall
        day.add(hour, backlog: moment.backlog, least: least, shortfall: shortfall)
        if let baseline {
            proof.add(demand: demand, pace: baseline.provenPerWeek * profile.share(ofHour: hour.hourOfWeek))
        }
        guard !isPaging else { return }
        profile.add(hourOfWeek: hour.hourOfWeek, arrivals: hour.arrivals, completions: hour.completions)
        if let lastBacklog { service.add(hour, before: lastBacklog, backlog: moment.backlog) }
    }

    private mutating func closeDay(entering weekday: Int) {
        if let baseline { proof.closeDay(dispersion: baseline.dispersion) }
        let pace = service.closeDay(profile)
        weekPace.done += pace.done
        weekPace.busy += pace.busy
        week.add(day)
        past.append(day.record, floor: day.floor(isAlarmed: dayIsAlarmed))
        (day, dayIsAlarmed) = (RunningSpan(), isPaging)
        if weekday == 0 { closeWeek() }
        proveAbsorbedPace(weekday)
        if baseline?.isYoung == true { learnYoungMaximum() }
    }

    private mutating func closeWeek() {
        past.append(week.record(past, profile, done: weekPace.done, busy: weekPace.busy))
        (week, weekPace) = (RunningSpan(), (0, 0))
        profile.age()
        service.age()
        if fullSince == nil, let filling = PipeFilling(past) {
            fullSince = filling.daysToFill
            learn(weekday: 0)
        } else if !isFiring {
            learn(weekday: 0)
        }
    }

    private var isFiring: Bool {
        if case .firing = phase { true } else { false }
    }

    private var isPaging: Bool {
        if case .firing(let firing) = phase { firing.severity == .page } else { false }
    }

    /// The firing alert's evidence as of now, once a day.
    private func refreshed(_ moment: Moment) -> AbsorptionEvidence? {
        guard moment.hour.localHour == 0, let baseline, case .firing(let firing) = phase else { return nil }
        return evidence(firing, moment, baseline, threshold: pageThreshold(baseline, moment.weekday))
    }

    private func assess(
        _ hour: StageHour, _ moment: Moment?, transition: AlertTransition<AbsorptionEvidence>?
    ) -> StageAssessment {
        let capacity = service.capacity
        let backlog = hour.backlog.map { Double(max($0, 0)) }
        let judged = moment == nil ? nil : baseline
        return StageAssessment(
            capacity: capacity, workers: service.workersAreKnown ? service.workers : 0,
            daysOfWork: backlog.flatMap { backlog in capacity.map { backlog / $0.perDay } },
            utilisation: hourCount >= 168 ? capacity.map { Double(trailing.weekIn) / $0.perWeek } : nil,
            normalBacklog: judged?.normal(hour.hourOfWeek / 24),
            pageThreshold: judged.map { pageThreshold($0, hour.hourOfWeek / 24) },
            isYoung: baseline?.isYoung ?? true, isFrozen: moment == nil, transition: transition,
            firing: transition == nil ? moment.flatMap(refreshed) : nil)
    }
}

/// A known hour, as it is judged.
struct Moment {
    let hour: StageHour
    /// At its end.
    let backlog: Double
    /// The least of the 24 hours that end with it.
    let floor: Double

    init(_ hour: StageHour, backlog: Double, floor: Double) {
        (self.hour, self.backlog, self.floor) = (hour, backlog, floor)
    }

    var weekday: Int { hour.hourOfWeek / 24 }
}
