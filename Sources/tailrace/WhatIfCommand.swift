import ArgumentParser
import Foundation
import TailraceAnalysis
import TailracePipeline
import TailraceStore

/// A stress test on the graph of stages as the store shows it: more work, other service, more people.
struct WhatIfCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whatif",
        abstract: "Stress test: which stage saturates first, when, at what review cost.",
        discussion: """
            A graph of stages is fitted to the last whole weeks of the store, changed, and run: at once as a fluid, and \
            200 times as a simulation, for the intervals. Without a change it tells where today's course leads. \
            docs/whatif.md has the model and its limits.
            """)

    @Option(
        help: ArgumentHelp("The work that enters a stage, as drafting=x3. May be repeated.", valueName: "stage=x3"))
    var scale: [String] = []
    @Option(
        help: ArgumentHelp("The time that an item takes there, as drafting=/4. May be repeated.", valueName: "stage=/4")
    )
    var service: [String] = []
    @Option(
        help: ArgumentHelp("The people there, as legal-review=+1 or =x2. May be repeated.", valueName: "stage=+1"))
    var workers: [String] = []
    @Option(help: ArgumentHelp("How far ahead.", valueName: "days"))
    var days = 90
    @Option(help: ArgumentHelp("Fit to this many whole weeks, counted back from the last one.", valueName: "n"))
    var weeks = 8
    @Option(
        help: ArgumentHelp(
            "Take the store as if it ended before this local date, a Monday or later in that week.",
            valueName: "yyyy-mm-dd"))
    var until: String?
    @Option(help: ArgumentHelp("Runs of the simulation.", valueName: "n"))
    var runs = 200
    @Option(help: ArgumentHelp("Seed of the simulation; the same seed gives the same answer.", valueName: "n"))
    var seed: UInt64 = 2026
    @Option(
        help: ArgumentHelp(
            "Instead: foretell the weeks after each Monday of the store from those before it, and tell how often what "
                + "came lay in the interval.", valueName: "weeks"))
    var backcast: Int?
    @OptionGroup var reading: ReadingOptions

    func validate() throws {
        guard (1...730).contains(days) else { throw ValidationError("--days takes 1 to 730 days.") }
        guard (2...52).contains(weeks) else { throw ValidationError("--weeks takes 2 to 52 weeks.") }
        guard (10...2000).contains(runs) else { throw ValidationError("--runs takes 10 to 2000 runs.") }
        if let until, CivilDate(text: until) == nil {
            throw ValidationError("--until takes a date, as 2026-06-01.")
        }
        guard let backcast else { return }
        guard (1...12).contains(backcast) else { throw ValidationError("--backcast takes 1 to 12 weeks.") }
        guard scale.isEmpty, service.isEmpty, workers.isEmpty else {
            throw ValidationError("--backcast compares with what was; it takes no --scale, --service or --workers.")
        }
    }

    func run() throws {
        try reading.print { reader, terminal in
            if let ahead = backcast { return try backcast(ahead, reader, terminal) }
            let changes = try WhatIfChanges(scale: scale, service: service, workers: workers)
            let log = try reader.snapshot { try StageLog($0, weeks: weeks, until: until, named: changes.names) }
            guard log.weekCount >= 2 else { try tooYoung(log, needed: 2) }
            let graph = StageGraph(fitting: log.records, handoffs: log.handoffs, weeks: 0..<log.weekCount)
            let test = StressTest(graph, try changes.scenario(graph), days: days)
            let intervals = simulate(test)
            let answer = WhatIfAnswer(
                test: test, intervals: intervals, log: log, changes: changes, days: days, runs: runs, seed: seed)
            if reading.json { return answer.json.text }
            return WhatIfScreen(answer: answer, terminal: terminal).text
        }
    }

    /// All runs of today's graph and of the changed one. The same run number draws the same numbers in both.
    private func simulate(_ test: StressTest) -> StressIntervals {
        let today = StageSimulation(test.today, hours: test.hours, seed: seed)
        let changed = StageSimulation(test.changed, hours: test.hours, seed: seed)
        let results = inParallel(2 * runs, noun: "runs") { place in
            (place % 2 == 0 ? today : changed).run(place / 2)
        }
        return StressIntervals(
            test, today: (0..<runs).map { results[2 * $0] }, changed: (0..<runs).map { results[2 * $0 + 1] })
    }

    private func backcast(_ ahead: Int, _ reader: StoreReader, _ terminal: Terminal) throws -> String {
        let log = try reader.snapshot { try StageLog($0, weeks: nil, until: until, named: []) }
        // Each Monday with enough weeks on both sides; the first ones have fewer to learn from.
        let fewest = min(weeks, Self.fewestWeeks)
        let mondays = Array(stride(from: fewest, through: log.weekCount - ahead, by: 1))
        guard !mondays.isEmpty else { try tooYoung(log, needed: fewest + ahead) }
        let points = inParallel(mondays.count, noun: "Mondays") { place in
            Backcast.from(
                log.records, handoffs: log.handoffs, weeks: max(0, mondays[place] - weeks)..<mondays[place],
                ahead: ahead,
                runs: runs, seed: seed)
        }
        let backcast = Backcast(points: points.flatMap { $0 })
        let screen = BackcastScreen(
            backcast: backcast, log: log, mondays: mondays.count, weeks: weeks, ahead: ahead, runs: runs, seed: seed)
        return reading.json ? screen.json.text : screen.text(terminal)
    }

    /// Weeks from which the earliest backcast learns.
    private static let fewestWeeks = 4

    private func tooYoung(_ log: StageLog, needed: Int) throws -> Never {
        try fail(
            "\(reading.path): holds \(Figure.counted(Int64(log.weekCount), "whole week")) of log, \(needed) are needed",
            "replay older logs into it, or wait", .usage)
    }

    /// The results of independent pieces of work, in their order, on all processors, with a progress bar.
    private func inParallel<Result: Sendable>(
        _ count: Int, noun: String, _ work: @Sendable (Int) -> Result
    ) -> [Result] {
        var bar = ProgressBar(noun: noun)
        defer { bar.finish() }
        let processors = max(1, ProcessInfo.processInfo.activeProcessorCount)
        var results: [Result] = []
        results.reserveCapacity(count)
        while results.count < count {
            let first = results.count
            let portion = min(4 * processors, count - first)
            let found = ResultSlots<Result>(portion)
            DispatchQueue.concurrentPerform(iterations: portion) { found.put(work(first + $0), at: $0) }
            results += found.all
            bar.show(done: Int64(results.count), of: Int64(count))
        }
        return results
    }
}

/// Results by number, put there by several threads.
///
/// `@unchecked Sendable`: `slots` is only touched under `lock`.
private final class ResultSlots<Result>: @unchecked Sendable {
    private let lock = NSLock()
    private var slots: [Result?]

    init(_ count: Int) { slots = Array(repeating: nil, count: count) }

    func put(_ result: Result, at place: Int) { lock.withLock { slots[place] = result } }

    var all: [Result] { lock.withLock { slots.compactMap { $0 } } }
}
