import ArgumentParser
import TailracePipeline
import TailraceStore

/// Queues: what goes in, what comes out, what waits, and how many days of work that is.
struct FlowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flow", abstract: "Show queues: stages by days of work, or one stage window by window.")

    enum Breakdown: String, ExpressibleByArgument, CaseIterable { case stage, window }
    enum Width: String, ExpressibleByArgument, CaseIterable {
        case hour, day, week, month

        /// How many windows are shown where nobody says.
        func usual(_ breakdown: Breakdown) -> Int {
            switch self {
            case .hour: 48
            case .day: breakdown == .stage ? 42 : 28
            case .week: 26
            case .month: 12
            }
        }
    }

    @Option(help: "Only this stage, one row a window.")
    var stage: String?
    @Option(help: "Width of a window: hour, day, week or month.")
    var grain = Width.day
    @Option(help: ArgumentHelp("How many closed windows, counted back from the last one.", valueName: "n"))
    var last: Int?
    @Option(help: "One row a stage, or one row a window (default: stage; window with --stage).")
    var by: Breakdown?
    @OptionGroup var reading: ReadingOptions

    func validate() throws {
        if let last, last < 1 { throw ValidationError("--last takes a number of windows, 1 or more.") }
    }

    func run() throws {
        try reading.print { reader, terminal in
            let breakdown = by ?? (stage == nil ? .stage : .window)
            let flow = try FlowTable(
                reader, stage: stage, grain: grain.rawValue, windows: last ?? grain.usual(breakdown))
            if let stage, flow.stages.isEmpty { try reader.require(stage: stage) }
            if reading.json {
                return (breakdown == .stage ? flow.latest : flow.table).json.lines
            }
            let clock = try StoreClock(reader)
            return breakdown == .stage
                ? FlowScreen.stages(flow, try AlertTable.firing(reader), terminal)
                : FlowScreen.windows(flow, clock, terminal)
        }
    }
}

/// The last closed windows of `v1_flow`, by stage.
struct FlowTable {
    /// One stage's windows, one for each of `times`; nil where the stage did not exist yet.
    struct Stage {
        var name: String
        var windows: [ViewRow?]

        var latest: ViewRow? { windows.last.flatMap { $0 } }

        /// A column as a series.
        func series(_ column: String) -> [Double?] { windows.map { $0?.real(column) } }
    }

    let grain: String
    /// Start of each window, ascending, seconds since 1970 UTC.
    let times: [Int64]
    /// End of the last window.
    let end: Int64
    /// Most days of work first; those whose capacity is unknown after them, by backlog.
    let stages: [Stage]
    /// The rows as the view has them.
    let table: ResultTable
    /// The rows of the last window, in the order of `stages`.
    let latest: ResultTable

    init(_ reader: StoreReader, stage: String? = nil, grain: String, windows: Int) throws(StoreFault) {
        let ends = try reader.rows(
            "SELECT DISTINCT time, width_s FROM v1_flow WHERE grain = ?1 AND closed = 1 ORDER BY time DESC LIMIT ?2",
            [.text(grain), .integer(Int64(windows))])
        let times = Array(ends.compactMap { $0.integer("time") }.reversed())
        let table = try reader.table(
            """
            SELECT * FROM v1_flow
            WHERE grain = ?1 AND closed = 1 AND time >= ?2 AND (?3 IS NULL OR stage = ?3)
            """,
            [.text(grain), .integer(times.first ?? 0), .optional(stage)])
        let places = Dictionary(times.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var found: [String: [ViewRow?]] = [:]
        var lines: [String: Int] = [:]
        for (line, row) in table.viewRows.enumerated() {
            guard let place = row.integer("time").flatMap({ places[$0] }) else { continue }
            let name = row.text("stage") ?? ""
            found[name, default: Array(repeating: nil, count: times.count)][place] = row
            if place == times.count - 1 { lines[name] = line }
        }
        let stages = found.map { Stage(name: $0.key, windows: $0.value) }.sorted(by: Self.isWorse)
        self.grain = grain
        self.times = times
        self.table = table
        self.stages = stages
        end = ends.first.map { ($0.integer("time") ?? 0) + ($0.integer("width_s") ?? 0) } ?? 0
        var latest = table
        latest.rows = stages.compactMap { lines[$0.name] }.map { table.rows[$0] }
        self.latest = latest
    }

    private static func isWorse(_ a: Stage, than b: Stage) -> Bool {
        for column in ["days_of_work", "backlog"] {
            let (first, second) = (a.latest?.real(column) ?? -1, b.latest?.real(column) ?? -1)
            if first != second { return first > second }
        }
        return a.name < b.name
    }

    /// How many of the windows make up the last seven days; at least one.
    private var recent: ArraySlice<Int> {
        let first = times.firstIndex { $0 >= end - 7 * 86_400 } ?? times.count - 1
        return Array(times.indices)[max(0, first)...]
    }

    /// Items a day over the last seven days (or the last window, if it is longer): the sum of some columns.
    func perDay(_ stage: Stage, _ columns: [String]) -> Double? {
        guard !times.isEmpty else { return nil }
        var (sum, seconds) = (0.0, Int64(0))
        for place in recent {
            guard let row = stage.windows[place] else { continue }
            sum += columns.reduce(0) { $0 + (row.real($1) ?? 0) }
            seconds += row.integer("width_s") ?? 0
        }
        return seconds > 0 ? sum / Double(seconds) * 86_400 : nil
    }
}
