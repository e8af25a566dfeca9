@testable import TailracePipeline

/// What a store keeps of the drained output, in dictionaries.
struct MemoryStore {
    struct Rows<Row: WindowRow> {
        var byID: [Int64: Row] = [:]
        mutating func write(_ rows: [Row], adding late: [Row]) {
            for row in rows { byID[row.rowID] = row }
            for row in late { if byID[row.rowID] == nil { byID[row.rowID] = row } else { byID[row.rowID]?.merge(row) } }
        }
        func open(_ through: Int64) throws -> [Row] {
            try byID.values.filter { $0.window.end > through }.sorted { $0.rowID < $1.rowID }.map { row in
                // Through the stored form, as after a restart.
                var writer = ByteWriter()
                row.encodeState(into: &writer)
                var reader = ByteReader(writer.bytes)
                return try Row(window: row.window, indices: row.indices, state: &reader)
            }
        }
        var text: [String] {
            byID.values.sorted { $0.rowID < $1.rowID }.map { "\(Row.table) \($0.window) \($0.values)" }
        }
    }

    var flow = Rows<FlowRow>()
    var work = Rows<WorkRow>()
    var output = Rows<OutputRow>()
    var engagement = Rows<EngagementRow>()
    var cohorts = Rows<CohortRow>()
    var outcomes = Rows<OutcomeRow>()
    var handoffs = Rows<HandoffRow>()
    var teams = Rows<TeamRow>()
    var stageWeeks = Rows<StageWeekRow>()
    var periods: [Int64: PeriodRow] = [:]
    var items: [UInt32: ItemRow] = [:]
    var families: [UInt32: FamilyRow] = [:]
    var costs: [String: FamilyCostRow] = [:]
    var leaders: [UInt32: LeaderRecord] = [:]
    var segments: [(kind: String, data: [UInt8])] = []
    var core: [UInt8] = []
    var stages: [String] = []
    var names: [NameRow.Kind: [String]] = [:]

    mutating func write(_ output: PipelineOutput) {
        for period in output.periods { periods[period.window.key] = period }
        flow.write(output.rows.flow, adding: output.late.flow)
        work.write(output.rows.work, adding: output.late.work)
        self.output.write(output.rows.output, adding: output.late.output)
        engagement.write(output.rows.engagement, adding: output.late.engagement)
        cohorts.write(output.rows.cohorts, adding: output.late.cohorts)
        outcomes.write(output.rows.outcomes, adding: output.late.outcomes)
        handoffs.write(output.rows.handoffs, adding: output.late.handoffs)
        teams.write(output.rows.teams, adding: output.late.teams)
        stageWeeks.write(output.rows.stageWeeks, adding: output.late.stageWeeks)
        stages += output.newStages.map(\.name)
        for name in output.names { names[name.kind, default: []].append(name.text) }
        for leader in output.leaders { leaders[leader.family] = leader }
        for item in output.items { items[item.id] = item }
        for stream in output.firstReads {
            for (id, item) in items where item.stream == stream && item.reads == nil {
                items[id]?.reads = 0
                items[id]?.readsMissing = nil
            }
        }
        for (id, reads) in output.reads { items[id]?.reads = reads }
        for (id, copies) in output.copies { items[id]?.copies = copies }
        for family in output.families { families[family.id] = family }
        for cost in output.familyCosts { costs["\(cost.family) \(cost.stage)"] = cost }
        segments += output.segments
        core = output.core
    }

    /// A new pipeline that takes up what is here, as after a restart.
    func restored(_ settings: PipelineSettings) throws -> Pipeline {
        var pipeline = Pipeline(settings: settings)
        let through = try Pipeline.closedThrough(core: core) ?? .min
        var rows = PipelineOutput.WindowRows()
        rows.flow = try flow.open(through)
        rows.work = try work.open(through)
        rows.output = try output.open(through)
        rows.engagement = try engagement.open(through)
        rows.cohorts = try cohorts.open(through)
        rows.outcomes = try outcomes.open(through)
        rows.handoffs = try handoffs.open(through)
        rows.teams = try teams.open(through)
        rows.stageWeeks = try stageWeeks.open(through)
        try pipeline.restore(
            core: core, segments: segments, stages: stages, teams: names[.team] ?? [], results: names[.result] ?? [],
            reasons: names[.reason] ?? [], categories: names[.category] ?? [], rows: rows)
        return pipeline
    }

    /// Everything that a view could show, one line a row.
    var text: [String] {
        flow.text + work.text + output.text + engagement.text + cohorts.text + outcomes.text + handoffs.text
            + teams.text + stageWeeks.text
            + periods.values.sorted { $0.window.key < $1.window.key }.map { "\($0.values)" }
            + items.values.sorted { $0.id < $1.id }.map { "item \($0.values)" }
            + families.values.sorted { $0.id < $1.id }.map { "family \($0.values)" }
            + costs.sorted { $0.key < $1.key }.map { "cost \($0.value.values)" }
            + ["stages \(stages)", "results \(names[.result] ?? [])", "teams \(names[.team] ?? [])"]
            + ["reasons \(names[.reason] ?? [])", "categories \(names[.category] ?? [])"]
    }
}

/// How often a run writes down what is, and whether it then begins anew from that.
enum Interruption { case never, drains, restarts }

/// Applies events in their order, each followed by the watermark, as the engine does.
func run(
    _ events: [LogEvent], _ settings: PipelineSettings = PipelineSettings(), store: MemoryStore? = nil,
    finishes: Bool = true, interrupt: (Int) -> Interruption = { _ in .never },
    review: (ClosedWeek) -> Void = { _ in },
    assess: (ClosedHour) -> [Int: StageFigures] = { _ in [:] }
) throws -> MemoryStore {
    let batch = scanBatch(events.map(\.line).joined(separator: "\n"))
    var pipeline = try store?.restored(settings) ?? Pipeline(settings: settings)
    var store = store ?? MemoryStore()
    let leaders = LeaderBox()
    leaders.byFamily = store.leaders
    pipeline.findLeader = { leaders.byFamily[$0] }
    for (index, record) in batch.records.enumerated() {
        precondition(record.rejection == nil)
        pipeline.apply(record.event, from: batch)
        pipeline.advance(
            to: record.event.time.milliseconds - settings.allowedLateness, review: review, assess: assess)
        let interruption = interrupt(index)
        if interruption == .never { continue }
        store.write(pipeline.drain())
        leaders.byFamily = store.leaders
        if interruption == .restarts {
            pipeline = try store.restored(settings)
            pipeline.findLeader = { leaders.byFamily[$0] }
        }
    }
    if finishes { pipeline.finish(review: review, assess: assess) }
    store.write(pipeline.drain())
    return store
}

private final class LeaderBox {
    var byFamily: [UInt32: LeaderRecord] = [:]
}
