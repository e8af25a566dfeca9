internal import TailraceConfig
internal import TailracePipeline

/// The flow of all hosts: counts add, and what stands in a queue is the sum of what stands in the hosts' queues.
///
/// - `backlog` and `waiting` are sums, known where every host that has seen the stage so far knows its part; a host
///   whose store ends earlier makes them unknown from there on.
/// - `minimumBacklog` is the sum of the hosts' minima. The minimum of the sum is at least that: two queues need not be
///   shortest at one time. So it never says that a queue stayed fuller than it did.
/// - `oldestAge` is the greatest.
/// - Of a stage with `scope: fleet` the backlog is that of `FleetQueue`; whose items wait, and since when, nobody knows.
///
/// Gauges and figures of an hour are those of its day, week and month so far, as in a store of one host.
struct MergedFlow {
    private let configuration: Configuration
    private let names: [String]
    private let minimumGroup: Int
    /// Hosts that have seen a stage, by stage.
    private var hosts: [Int: Set<Int>] = [:]
    private var queues: [Int: FleetQueue] = [:]
    /// The row of the latest hour, by stage.
    private var latest: [Int: FlowRow] = [:]
    /// Least minimum since a day, week, month began, by stage.
    private var least = Grain.allCases.map { _ in [Int: Int64]() }

    init(configuration: Configuration, names: [String]) {
        (self.configuration, self.names) = (configuration, names)
        minimumGroup = configuration.privacy.minimumGroup
    }

    /// The hosts' rows of one hour as one row a stage, ascending by stage; stages that were seen before are among them.
    mutating func hour(_ window: Window, _ parts: [(host: Int, row: FlowRow)]) -> [FlowRow] {
        let byStage = Dictionary(grouping: parts) { $0.row.stage }
        for (stage, parts) in byStage { hosts[stage, default: []].formUnion(parts.map(\.host)) }
        return hosts.keys.sorted().map { stage in
            let parts = byStage[stage, default: []]
            var row = FlowRow(window: window, stage: stage)
            row.minimumGroup = minimumGroup
            for part in parts { row.merge(part.row) }
            let isWhole = Set(parts.map(\.host)) == hosts[stage]
            setGauges(of: &row, isWhole ? parts.map(\.row) : [])
            return row
        }
    }

    private mutating func setGauges(of row: inout FlowRow, _ parts: [FlowRow]) {
        (row.backlog, row.waiting, row.minimumBacklog, row.oldestAge) = (nil, nil, nil, nil)
        if configuration.stages[names[row.stage]]?.scope == .fleet {
            let left = row.completions + row.withdrawals
            let level = queues[row.stage, default: FleetQueue()].close(
                net: row.arrivals + row.returns - left - row.lateBacklog, unscheduled: row.unscheduled, left: left)
            // A host that ended earlier may still have items: what it counts is missing.
            if !parts.isEmpty { (row.backlog, row.minimumBacklog) = (level?.backlog, level?.minimum) }
            return
        }
        row.backlog = MergedFlow.sum(parts.map(\.backlog))
        guard row.backlog != nil else { return }
        row.waiting = MergedFlow.sum(parts.map(\.waiting))
        row.minimumBacklog = MergedFlow.sum(parts.map(\.minimumBacklog))
        row.oldestAge = parts.compactMap(\.oldestAge).max()
    }

    /// Nil where there are none, or one is not known.
    private static func sum(_ parts: [Int64?]) -> Int64? {
        let known = parts.compactMap { $0 }
        return known.isEmpty || known.count < parts.count ? nil : known.reduce(0, +)
    }

    /// Takes an hour's rows with their figures; the windows that hold the hour show them.
    mutating func keep(_ rows: [FlowRow]) {
        for row in rows {
            latest[row.stage] = row
            guard let minimum = row.minimumBacklog else { continue }
            for grain in least.indices { least[grain][row.stage] = min(least[grain][row.stage] ?? minimum, minimum) }
        }
    }

    /// The hosts' rows of a day, week or month as one row a stage, ascending by stage.
    mutating func wider(_ window: Window, _ parts: [(host: Int, row: FlowRow)]) -> [FlowRow] {
        let byStage = Dictionary(grouping: parts) { $0.row.stage }
        let minima = least[Int(window.grain.rawValue)]
        least[Int(window.grain.rawValue)] = [:]
        return Set(latest.keys).union(byStage.keys).sorted().map { stage in
            var row = FlowRow(window: window, stage: stage)
            row.minimumGroup = minimumGroup
            for part in byStage[stage, default: []] { row.merge(part.row) }
            let hour = latest[stage]
            (row.backlog, row.waiting, row.oldestAge) = (hour?.backlog, hour?.waiting, hour?.oldestAge)
            row.minimumBacklog = minima[stage]
            (row.capacityPerDay, row.utilisation) = (hour?.capacityPerDay, hour?.utilisation)
            row.daysOfWork = hour?.daysOfWork
            return row
        }
    }
}
