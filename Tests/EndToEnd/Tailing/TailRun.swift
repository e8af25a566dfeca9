import Foundation
import TestSupport

/// A run ended because something was not as it must be.
struct TailFailure: Error, CustomStringConvertible {
    var description: String
    /// The step itself was not possible; the program under test has no part in it.
    var isOfStep = false
    /// In single words what is wrong with the store; "other" where it is something else.
    var kinds: Set<String> = ["other"]
}

extension TailFailure {
    init(_ problems: [TailProblem]) {
        description = problems.map(\.description).joined(separator: "; ")
        kinds = Set(problems.map(\.kind))
    }
}

/// One scenario in one mode, with a daemon, a folder and a model of its own.
final class TailRun {
    /// A daemon that works is never waited for so long, on a slow machine with other work either; seconds.
    var patience = 60.0
    /// Pause between two looks into the store.
    static let pollMicroseconds: UInt32 = 25_000
    /// Kills after one step, at most; then the daemon may finish.
    private static let killsPerStep = 3

    let folder: TemporaryFolder
    let scenario: Scenario
    let mode: Scenario.Mode
    let disk: SmallDisk?
    /// What the steps draw from.
    var random: SplitMix64
    var model = TailModel()
    var parcels: [String: ArchiveParcel] = [:]
    /// Descriptors that writers keep open.
    var writers: [String: Int32] = [:]
    /// What is missing of a line that was begun, and its number.
    var begun: [String: (number: Int?, rest: [UInt8])] = [:]
    var storeLock: StoreLock?
    /// Added to the time of what is appended, milliseconds.
    var timeShift = 0
    /// Steps that are not possible are passed over, as when a list of steps is being made shorter.
    var isLenient = false
    /// Steps in the order in which they were done.
    private(set) var history: [String] = []

    var daemon: ChildProcess?
    var starts = 0
    var kills = 0
    /// Kills that may still come before the next step.
    var killsLeft = 0

    init(_ scenario: Scenario, _ mode: Scenario.Mode, seed: UInt64) throws {
        self.scenario = scenario
        self.mode = mode
        random = SplitMix64(seed: seed)
        folder = try TemporaryFolder()
        disk = scenario.hasSmallDisk ? try SmallDisk(folder.path("disk"), kilobytes: 24_576) : nil
        try FileManager.default.createDirectory(atPath: folder.path("logs"), withIntermediateDirectories: true)
        let paths = scenario.sources.map { "\"\($0)\"" }.joined(separator: ", ")
        let text = """
            store: \(scenario.hasSmallDisk ? "disk/" : "")store.sqlite
            sources:
              - paths: [\(paths)]
            scan_interval: 100 ms
            retention: {items: all}
            \(Self.knowsTruncatedAfter ? "truncated_after: 1 s\n" : "")\(scenario.configuration)
            """
        try folder.write(Array(text.utf8), to: "tailrace.yaml")
        if scenario.isUnprivileged { chmod(folder.url.path, 0o777) }
    }

    deinit {
        writers.values.forEach { close($0) }
        daemon = nil
        // A folder with a file system in it is not removed.
        disk?.unmount()
    }

    var store: String { folder.path(scenario.hasSmallDisk ? "disk/store.sqlite" : "store.sqlite") }

    /// The binary under test takes `truncated_after`.
    static let knowsTruncatedAfter: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        let text = "sources: [{paths: [\"logs\"]}]\ntruncated_after: 1 s\n"
        guard let path = try? folder.write(Array(text.utf8), to: "t.yaml") else { return false }
        return (try? ChildProcess.run(Program.tailrace, ["check", "--config", path])) == 0
    }()

    // MARK: - The whole run

    func run(_ steps: [Step]) throws {
        for step in steps {
            if mode == .stopped, !step.isDaemonStep, !step.isBookkeeping { step.isLook ? try start() : try stop() }
            if mode != .stopped, !step.isDaemonStep, starts == 0 { try start() }
            history.append(step.title)
            do {
                try perform(step)
            } catch let failure as TailFailure {
                if isLenient, failure.isOfStep { continue }
                var placed = failure
                placed.description = "at \(step.title) (step \(history.count)): \(failure)"
                throw placed
            }
            killsLeft = TailRun.killsPerStep
            if step.isLook || step.isDaemonStep { continue }
            switch mode {
            case .restart:
                usleep(UInt32(random.below(150_000)))
                try stop()
                try start()
            case .kill where random.oneIn(2): try breathe()
            default: break
            }
        }
    }

    /// At the end: everything is there, stays so, and a restart reads nothing again.
    func conclude(quiet: Double = 1.2) throws {
        killsLeft = 0
        try makeAble()
        try settle()
        try pass(quiet)
        try check()
        try stop()
        try start()
        try pass(0.6)
        try check()
        try stop()
    }
}
