/// Writing down what changed, and taking it up again.
extension Pipeline {
    static let version: UInt8 = 5

    /// The kinds of segments, in the order to load them.
    public static let segmentKinds = [
        "stage_items", "items", "cases", "records", "fingerprints", "kinships", "families", "family_costs",
        "stage_weeks", "actors",
    ]

    /// The whole state of one kind, in segments that replace all of its segments so far.
    public func snapshot(of kind: String, _ body: ([UInt8]) throws -> Void) rethrows {
        switch kind {
        case "stage_items": try stageItems.snapshot(body)
        case "items": try items.snapshot(body)
        case "cases": try cases.snapshot(body)
        case "records": try records.snapshot(body)
        case "fingerprints": try index.snapshot(body)
        case "kinships": try index.kinships.snapshot(body)
        case "families":
            try body(families.keys.sorted().reduce(into: ByteWriter()) { families[$1]?.write(to: &$0) }.bytes)
        case "actors": try moments.snapshot(body)
        case "stage_weeks": for rows in recentStageWeeks { try body(Pipeline.segment(of: rows)) }
        case "family_costs":
            try body(familyCosts.keys.sorted().reduce(into: ByteWriter()) { familyCosts[$1]?.write(to: &$0) }.bytes)
        default: preconditionFailure("there are no segments of kind \(kind)")
        }
    }

    /// Up to where a stored state had closed its windows, in seconds: rows of later windows are needed to restore it.
    public static func closedThrough(core: [UInt8]) throws(StateDamage) -> Int64? {
        var reader = ByteReader(core)
        _ = try reader.read(UInt8.self)
        _ = try reader.read(Int64.self)
        let through: Int64 = try reader.read()
        return through == .min ? nil : through
    }

    /// Rows that wait to be drained.
    public var pendingRows: Int { pending.rows.flow.count + pending.items.count + pending.leaders.count }

    public var fingerprintUse: FingerprintUse { index.use }

    /// Stage names by index.
    public var stageNameList: [String] { stageNames.names }
    /// Team names by index.
    public var teamNameList: [String] { teamNames.names }

    /// Tags of reasons and categories by index.
    public var reasonNameList: [String] { reasonNames.names }
    public var categoryNameList: [String] { categoryNames.names }

    /// What is known of each stage that events named.
    public var stageList: [(index: Int, name: String, firstSeen: Int64?, lastSeen: Int64?)] {
        stages.indices.map { index in
            let stage = stages[index]
            return (
                index, stageNames.names[index], stage.firstSeen == .max ? nil : stage.firstSeen,
                stage.lastSeen == .min ? nil : stage.lastSeen
            )
        }
    }

    /// Everything that changed since the last call. The pipeline goes on as if nothing had happened.
    public mutating func drain() -> PipelineOutput {
        foldAll()
        foldStaged()
        refreshOpenGauges()
        var output = pending
        pending = PipelineOutput()
        output.rows.flow += flow.drainDirty()
        output.rows.work += work.drainDirty()
        output.rows.output += self.output.drainDirty()
        output.rows.engagement += engagement.drainDirty()
        output.rows.cohorts += cohorts.drainDirty()
        output.rows.outcomes += outcomes.drainDirty()
        output.rows.handoffs += handoffs.drainDirty()
        output.rows.teams += teams.drainDirty()
        output.rows.stageWeeks += stageWeeks.drainDirty()
        output.late.flow = flow.drainLate()
        output.late.work = work.drainLate()
        output.late.output = self.output.drainLate()
        output.late.engagement = engagement.drainLate()
        output.late.cohorts = cohorts.drainLate()
        output.late.outcomes = outcomes.drainLate()
        output.late.handoffs = handoffs.drainLate()
        output.late.teams = teams.drainLate()
        output.late.stageWeeks = stageWeeks.drainLate()

        output.newStages = stageNames.drainNew()
        output.names =
            teamNames.drainNew().map { NameRow(kind: .team, index: $0.index, text: $0.name) }
            + resultNames.drainNew().map { NameRow(kind: .result, index: $0.index, text: $0.name) }
            + reasonNames.drainNew().map { NameRow(kind: .reason, index: $0.index, text: $0.name) }
            + categoryNames.drainNew().map { NameRow(kind: .category, index: $0.index, text: $0.name) }
        output.families += dirtyFamilies.sorted().compactMap { id in
            families[id].map { $0.row(hasReads: hasReads[Int($0.stream.rawValue)]) }
        }
        output.familyCosts += dirtyCosts.sorted().compactMap { familyCosts[$0] }
        drainSegments(into: &output)
        output.core = core()
        return output
    }

    /// The backlog of open windows as it stands now; closing sets it for good.
    private mutating func refreshOpenGauges() {
        let hours = openWindows.values.filter { $0.grain == .hour }.sorted()
        for stage in stages.indices where stage != outside {
            let state = stages[stage]
            guard state.isBacklogKnown else { continue }
            var (backlog, waiting) = (state.backlog + state.lateBacklog, state.waiting + state.lateWaiting)
            for hour in hours {
                guard let row = flow.row(FlowRow(window: hour, stage: stage).rowID, in: hour) else { continue }
                backlog += row.net
                waiting += row.netWaiting
                for grain in Grain.allCases {
                    let window = grain == .hour ? hour : recentWindows.window(grain, holding: hour.start)
                    let id = FlowRow(window: window, stage: stage).rowID
                    guard let open = flow.row(id, in: window), open.backlog != backlog || open.waiting != waiting else {
                        continue
                    }
                    flow.change(window, (stage, 0), orMake: open) {
                        $0.backlog = backlog
                        $0.waiting = waiting
                    }
                }
            }
        }
    }

    private mutating func drainSegments(into output: inout PipelineOutput) {
        if let data = stageItems.drainSegment() { output.segments.append(("stage_items", data)) }
        if let data = items.drainSegment() { output.segments.append(("items", data)) }
        if let data = cases.drainSegment() { output.segments.append(("cases", data)) }
        if let data = records.drainSegment() { output.segments.append(("records", data)) }
        if let data = moments.drainSegment() { output.segments.append(("actors", data)) }
        if let data = index.drainSegment() { output.segments.append(("fingerprints", data)) }
        if let data = index.kinships.drainSegment() { output.segments.append(("kinships", data)) }
        if !dirtyFamilies.isEmpty {
            var writer = ByteWriter()
            for id in dirtyFamilies.sorted() { families[id]?.write(to: &writer) }
            output.segments.append(("families", writer.bytes))
            dirtyFamilies.removeAll(keepingCapacity: true)
        }
        if !dirtyCosts.isEmpty {
            var writer = ByteWriter()
            for id in dirtyCosts.sorted() { familyCosts[id]?.write(to: &writer) }
            output.segments.append(("family_costs", writer.bytes))
            dirtyCosts.removeAll(keepingCapacity: true)
        }
    }

    /// The small state: clocks, counters, stages.
    private func core() -> [UInt8] {
        var writer = ByteWriter()
        writer.write(Pipeline.version)
        writer.write(clock)
        writer.write(closedThrough ?? .min)
        writer.write(clockHour?.start ?? .min)
        writer.write(silence?.from ?? .min)
        writer.write(silence?.to ?? .min)
        writer.write(nextFamily)
        writer.write(nextRow)
        writer.write(familiesForgottenBefore)
        for flag in hasReads { writer.write(UInt8(flag ? 1 : 0)) }
        writer.write(Int64(outside ?? -1))
        writer.writeVarint(UInt64(currencyNames.names.count))
        for name in currencyNames.names { writer.write(contentsOf: Array(name.utf8)) }
        writer.writeVarint(UInt64(excesses.count))
        for excess in excesses { excess.write(to: &writer) }
        writer.writeVarint(UInt64(stages.count))
        for stage in stages { stage.write(to: &writer) }
        makers.write(to: &writer)
        return writer.bytes
    }

    /// Takes up the state that an earlier pipeline drained.
    ///
    /// - Parameters:
    ///   - core: the latest `PipelineOutput.core`.
    ///   - segments: all segments, in the order they were drained.
    ///   - names: stage, team and result names, tags of reasons and categories by index.
    ///   - rows: the rows of open windows.
    public mutating func restore(
        core: [UInt8], segments: [(kind: String, data: [UInt8])], stages names: [String], teams: [String],
        results: [String], reasons: [String], categories: [String], rows: PipelineOutput.WindowRows
    ) throws(StateDamage) {
        stageNames.load(names)
        teamNames.load(teams)
        resultNames.load(results)
        reasonNames.load(reasons)
        categoryNames.load(categories)
        try restoreCore(core)
        index.reserve(for: segments.lazy.filter { $0.kind == "fingerprints" }.map(\.data))
        for segment in segments { try load(segment.kind, segment.data) }
        forgetFamilies(before: familiesForgottenBefore)
        for row in rows.flow { flow.load(row) }
        for row in rows.work { work.load(row) }
        for row in rows.output { output.load(row) }
        for row in rows.engagement { engagement.load(row) }
        for row in rows.cohorts { cohorts.load(row) }
        for row in rows.outcomes { outcomes.load(row) }
        for row in rows.handoffs { handoffs.load(row) }
        for row in rows.teams { self.teams.load(row) }
        for row in rows.stageWeeks { stageWeeks.load(row) }
        reopenWindows()
        var arrivals: [(stage: Int, time: Int64, key: Hash128)] = []
        stageItems.forEach { item in
            if item.state.isOpen { arrivals.append((Int(item.stage), item.arrivedAt, item.key)) }
        }
        for arrival in arrivals where arrival.stage < stages.count {
            stages[arrival.stage].oldest.insert(arrival.time, arrival.key)
        }
    }

    private mutating func restoreCore(_ core: [UInt8]) throws(StateDamage) {
        var reader = ByteReader(core)
        guard try reader.read(UInt8.self) == Pipeline.version else {
            throw StateDamage("the state is of another version; `tailrace reprocess` builds it anew")
        }
        clock = try reader.read()
        let through: Int64 = try reader.read()
        closedThrough = through == .min ? nil : through
        let hour: Int64 = try reader.read()
        clockHour = hour == .min ? nil : calendar.window(.hour, holding: hour)
        let from: Int64 = try reader.read()
        let to: Int64 = try reader.read()
        silence = from == .min ? nil : (from, to)
        nextFamily = try reader.read()
        nextRow = try reader.read()
        familiesForgottenBefore = try reader.read()
        for stream in 0..<3 { hasReads[stream] = try reader.read(UInt8.self) != 0 }
        let place: Int64 = try reader.read()
        outside = place < 0 ? nil : Int(place)
        let currencies = try reader.readVarint()
        for _ in 0..<currencies { _ = currencyNames.index(String(decoding: try reader.readBytes(), as: UTF8.self)) }
        let count = try reader.readVarint()
        for _ in 0..<count { excesses.append(try LimitExcess(from: &reader)) }
        let stageCount = try reader.readVarint()
        for _ in 0..<stageCount { stages.append(try StageState(from: &reader)) }
        makers = try MakerGroups(from: &reader)
    }

    private mutating func load(_ kind: String, _ data: [UInt8]) throws(StateDamage) {
        switch kind {
        case "stage_items": try stageItems.load(segment: data)
        case "items": try items.load(segment: data)
        case "cases": try cases.load(segment: data)
        case "records": try records.load(segment: data)
        case "fingerprints": try index.load(segment: data)
        case "kinships": try index.kinships.load(segment: data)
        case "families":
            var reader = ByteReader(data)
            while !reader.isAtEnd {
                let family = try Family(from: &reader)
                families[family.id] = family
                touchedFamilies.insert(family.id)
            }
        case "stage_weeks": try loadStageWeeks(data)
        case "actors": try moments.load(segment: data)
        case "family_costs":
            var reader = ByteReader(data)
            while !reader.isAtEnd {
                let cost = try FamilyCostRow(from: &reader)
                familyCosts[Int64(cost.family) << 14 | Int64(cost.stage)] = cost
            }
        default: throw StateDamage("the store has a state of an unknown kind, \(kind)")
        }
    }

    private mutating func reopenWindows() {
        guard let through = closedThrough, let last = clockHour else { return }
        var hour = calendar.window(.hour, holding: silence?.from ?? through)
        if silence != nil { hour = last }
        while hour.start <= last.start {
            for grain in Grain.allCases {
                let window = grain == .hour ? hour : recentWindows.window(grain, holding: hour.start)
                guard window.end > through, openWindows.updateValue(window, forKey: window.key) == nil else { continue }
                pending.periods.append(calendar.period(window, isClosed: false))
            }
            hour = calendar.window(.hour, holding: hour.end)
        }
    }
}

extension LimitExcess {
    func write(to writer: inout ByteWriter) {
        writer.write(hour)
        writer.write(Int64(stage))
        writer.write(contentsOf: Array(currency.utf8))
        for value in [count, sum, largest, firstAt, lastAt] { writer.write(value) }
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        hour = try reader.read()
        stage = Int(try reader.read(Int64.self))
        currency = String(decoding: try reader.readBytes(), as: UTF8.self)
        count = try reader.read()
        sum = try reader.read()
        largest = try reader.read()
        firstAt = try reader.read()
        lastAt = try reader.read()
    }
}

extension FamilyCostRow {
    func write(to writer: inout ByteWriter) {
        writer.write(family)
        writer.write(Int64(stage))
        for value in [touch, measured, handled] { writer.write(value) }
    }

    init(from reader: inout ByteReader) throws(StateDamage) {
        family = try reader.read()
        stage = Int(try reader.read(Int64.self))
        touch = try reader.read()
        measured = try reader.read()
        handled = try reader.read()
    }
}
