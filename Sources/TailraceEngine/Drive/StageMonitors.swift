internal import TailraceAnalysis
internal import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// The detectors of all stages, fed with closed hours.
struct StageMonitors {
    private let configuration: Configuration
    /// Do the hours come from the stores of all hosts?
    private let isFleet: Bool
    private var absorption: [AbsorptionDetector?] = []
    private var limits: [[BacklogLimit]] = []
    /// What is known of each stage's capacity, by index.
    private(set) var assessments: [Int: StageAssessment] = [:]

    init(configuration: Configuration, isFleet: Bool = false) {
        (self.configuration, self.isFleet) = (configuration, isFleet)
    }

    /// Takes one hour of one stage; the alerts it changes go into the book.
    ///
    /// - Parameter book: nil while the past is fed again after a restart: its alerts are in the store.
    mutating func close(_ row: FlowRow, _ hour: ClosedHour, stage name: String, book: inout AlertBook?) -> StageFigures
    {
        let declared = configuration.stages[name]
        let isShared = declared?.scope == .fleet
        // What one host sees of such a queue comes in without end, or goes out from nowhere.
        guard isFleet || !isShared else {
            return StageFigures(capacityPerDay: nil, utilisation: nil, daysOfWork: nil)
        }
        while absorption.count <= row.stage {
            absorption.append(nil)
            limits.append([])
        }
        if absorption[row.stage] == nil { declare(row.stage, name) }
        let input = StageHour(
            start: row.window.start, width: row.window.end - row.window.start, localHour: hour.localHour,
            localWeekday: hour.localWeekday, arrivals: row.arrivals + row.returns,
            // On the host that finishes an item nobody saw it come.
            completions: row.completions + (isShared ? row.unscheduled : 0), withdrawals: row.withdrawals,
            backlog: row.backlog, minimumBacklog: row.minimumBacklog,
            workers: row.workers.count)
        guard let assessment = absorption[row.stage]?.close(input) else {
            return StageFigures(capacityPerDay: nil, utilisation: nil, daysOfWork: nil)
        }
        assessments[row.stage] = assessment
        let rule = configuration.rules["absorption-exceeded"]?.severity
        if let transition = assessment.transition, rule != .off, declared?.isExempt != true {
            book?.take(
                transition, stage: name, owner: declared?.owner, severity: rule?.rawValue, at: row.window.end)
        } else if let evidence = assessment.firing {
            book?.refresh(evidence, stage: name, severity: rule?.rawValue, at: row.window.end)
        }
        book?.notePeak(
            stage: name, daysOfWork: assessment.daysOfWork, backlog: row.backlog, at: row.window.end)
        let limitRule = configuration.rules["backlog-limit"]?.severity
        for index in limits[row.stage].indices where limitRule != .off {
            let value =
                limits[row.stage][index].measure == .backlog ? row.backlog : row.oldestAge ?? row.backlog.map { _ in 0 }
            let transition = limits[row.stage][index].close(
                start: row.window.start, width: row.window.end - row.window.start, value: value)
            if let transition {
                book?.take(
                    transition, of: limits[row.stage][index].measure, stage: name, owner: declared?.owner,
                    severity: limitRule?.rawValue, at: row.window.end)
            }
        }
        return StageFigures(
            capacityPerDay: assessment.capacity?.perDay, utilisation: assessment.utilisation,
            daysOfWork: assessment.daysOfWork)
    }

    private mutating func declare(_ stage: Int, _ name: String) {
        let declared = configuration.stages[name]
        var settings = StageSettings()
        settings.capacityPerDay = declared?.capacityPerDay
        if let tolerance = declared?.tolerance { settings.toleranceDays = tolerance.inDays }
        settings.staffedHours = configuration.workingHours?.staffedHours
        absorption[stage] = AbsorptionDetector(settings: settings)
        let hold = configuration.rules["backlog-limit"]?.hold?.components.seconds ?? 0
        if let limit = declared?.backlogLimit {
            limits[stage].append(BacklogLimit(measure: .backlog, limit: Int64(limit), holdSeconds: hold))
        }
        if let limit = declared?.ageLimit {
            limits[stage].append(
                BacklogLimit(measure: .oldestAge, limit: limit.components.seconds, holdSeconds: hold))
        }
    }
}

extension Duration {
    /// In days of 24 hours.
    var inDays: Double { Double(components.seconds) / 86_400 }
}
