internal import TailraceAnalysis
internal import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// The rows of all windowed tables, window by window.
struct MergedRows {
    private let inputs: [MergeInput]
    private let configuration: Configuration
    private let names: MergedNames
    private let calendar: WindowCalendar
    private var flow: MergedFlow
    private var monitors: StageMonitors
    private var weeks: MergedWeeks
    private var book: AlertBook? = AlertBook()
    private(set) var alerts = MergedAlerts()
    /// End of the latest hour.
    private var through = Int64.min

    /// What is known of each stage's capacity, by index.
    var assessments: [Int: StageAssessment] { monitors.assessments }

    init(_ inputs: [MergeInput], configuration: Configuration, names: MergedNames) {
        (self.inputs, self.configuration, self.names) = (inputs, configuration, names)
        calendar = WindowCalendar(zone: configuration.zone)
        flow = MergedFlow(configuration: configuration, names: names.stages.map(\.name))
        monitors = StageMonitors(configuration: configuration, isFleet: true)
        weeks = MergedWeeks(inputs, configuration: configuration)
    }

    /// Takes up the alerts that changed since the last call.
    mutating func drainAlerts() {
        if let changes = book?.drain() { alerts.take(changes) }
    }

    /// Writes the rows of one window. Call it in the order of `MergedWindows`.
    mutating func write(_ entry: MergedWindows.Entry, to transaction: inout Checkpoint) throws {
        let window = entry.window
        var rows = PipelineOutput.WindowRows()
        rows.flow = try flowRows(entry)
        rows.work = try united(in: window) { $0.byStage($1) }
        rows.output = try united(in: window) { $0.byStage($1) }
        rows.engagement = try united(in: window) { $0.byStage($1) }
        rows.cohorts = try united(in: window) { $0.byStage($1) }
        rows.outcomes = try united(in: window) { $0.byResult($1) }
        rows.handoffs = Pipeline.withShares(try united(in: window) { $0.byStages($1) })
        rows.teams = try united(in: window) { $0.byTeam($1) }
        rows.stageWeeks = try united(in: window) { $0.byStage($1) }
        try transaction.upsert([calendar.period(window, isClosed: entry.isClosed)])
        try transaction.upsert(rows.flow)
        try transaction.upsert(rows.work)
        try transaction.upsert(rows.output)
        try transaction.upsert(rows.engagement)
        try transaction.upsert(rows.cohorts)
        try transaction.upsert(rows.outcomes)
        try transaction.upsert(rows.handoffs)
        try transaction.upsert(rows.teams)
        try transaction.upsert(rows.stageWeeks)
        try transaction.setMature(try matureCohorts(window, rows.cohorts))
        if window.grain == .hour { through = window.end }
        guard window.grain == .week, entry.isClosed else { return }
        try weeks.close(
            rows, of: window, isWhole: window.end <= through, names: names, book: &book, to: &transaction)
    }

    /// The hosts' rows of one window, those of one place as one, in order of id.
    private func united<R: WindowRow>(
        in window: Window, _ place: (MergeInput, (Int, Int)) -> (Int, Int)
    ) throws -> [R] {
        var found: [Int64: R] = [:]
        for input in inputs {
            for row in try input.store.rows(R.self, in: window, as: { place(input, $0) }) {
                if found[row.rowID] == nil {
                    found[row.rowID] = row
                } else {
                    found[row.rowID]?.merge(row)
                }
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    private mutating func flowRows(_ entry: MergedWindows.Entry) throws -> [FlowRow] {
        let window = entry.window
        let parts = try inputs.enumerated().flatMap { host, input in
            try input.store.rows(FlowRow.self, in: window, as: input.byStage).map { (host: host, row: $0) }
        }
        guard window.grain == .hour else { return flow.wider(window, parts) }
        var rows = flow.hour(window, parts)
        if entry.isClosed {
            let hour = ClosedHour(
                window: window, secondOfWeek: calendar.secondOfWeek(at: window.start), flow: rows, excesses: [])
            for place in rows.indices {
                let figures = monitors.close(
                    rows[place], hour, stage: names.stages[rows[place].stage].name, book: &book)
                rows[place].capacityPerDay = figures.capacityPerDay
                rows[place].utilisation = figures.utilisation
                rows[place].daysOfWork = figures.daysOfWork
            }
        }
        flow.keep(rows)
        return rows
    }

    /// A cohort is mature where each host that sent some of it has seen the seven days that follow.
    private func matureCohorts(_ window: Window, _ rows: [CohortRow]) throws -> [Int64] {
        guard !rows.isEmpty else { return [] }
        var early: Set<Int64> = []
        for input in inputs where (input.lastHour?.end ?? .min) < window.end + 7 * 86_400 {
            early.formUnion(try input.store.rows(CohortRow.self, in: window, as: input.byStage).map(\.rowID))
        }
        return rows.map(\.rowID).filter { !early.contains($0) }
    }
}
