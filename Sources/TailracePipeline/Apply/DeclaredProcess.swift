/// The ways that cases of one kind are declared to go.
public struct DeclaredProcess: Sendable, Equatable {
    public var name: String
    /// The usual way first: stages by name, in order.
    public var paths: [[String]]
    /// Other names of a stage, each with the one in `paths`.
    public var aliases: [String: String]

    public init(name: String, paths: [[String]], aliases: [String: String] = [:]) {
        (self.name, self.paths, self.aliases) = (name, paths, aliases)
    }

    /// Processes and steps that can be told apart: a case keeps a byte for each.
    public static let limit = 200

    /// The name that a stage has in the paths.
    public func step(_ stage: String) -> String { aliases[stage] ?? stage }
    /// All stages of the paths, those of the usual way first and in its order.
    public var steps: [String] {
        var seen: Set<String> = []
        return paths.joined().filter { seen.insert($0).inserted }
    }
}

/// Where a case is in its declared process, and which way it went: eight bytes in the case.
struct CaseTrace: Equatable {
    /// Hash of the steps so far, 48 bits | step reached last, from 1 | process, from 1. 0 = belongs to none.
    private(set) var word: UInt64 = 0

    init(word: UInt64 = 0) { self.word = word }

    var process: Int { Int(word & 0xFF) - 1 }
    /// In the order of `DeclaredProcess.steps`; -1 = none yet.
    var step: Int { Int(word >> 8 & 0xFF) - 1 }
    var hash: UInt64 { word >> 16 }
    var isTracked: Bool { word & 0xFF != 0 }

    static func begin(process: Int) -> CaseTrace { CaseTrace(word: UInt64(process + 1)) }

    /// Goes on to a stage.
    ///
    /// - Parameters:
    ///   - name: hash of the stage's name, as the paths have it.
    ///   - step: its place in the process; nil for one that is in none of its paths.
    mutating func go(to name: UInt64, step: Int?) {
        let mixed = (hash ^ name) &* 0x9E37_79B9_7F4A_7C15
        let reached = step.map { UInt64($0 + 1) } ?? word >> 8 & 0xFF
        word = (mixed ^ mixed >> 29) & ~0xFFFF | reached << 8 | word & 0xFF
    }
}

/// The declared processes, ready to be looked up by the stages of a log.
struct DeclaredPaths: Sendable {
    struct Place: Sendable {
        var process: Int
        /// Place in the process's steps; nil for a stage that is in none of them.
        var step: Int
    }
    private let processes: [DeclaredProcess]
    private let places: [String: Place]
    /// By process: traces of its whole paths.
    private let traces: [Set<UInt64>]
    /// By process: steps at which a path ends.
    private let ends: [Set<Int>]

    init(_ processes: [DeclaredProcess]) {
        self.processes = Array(processes.prefix(DeclaredProcess.limit))
        var places: [String: Place] = [:]
        var (traces, ends): ([Set<UInt64>], [Set<Int>]) = ([], [])
        for (number, process) in self.processes.enumerated() {
            let steps = process.steps
            for (step, stage) in steps.prefix(DeclaredProcess.limit).enumerated() {
                places[stage] = Place(process: number, step: step)
            }
            for (other, stage) in process.aliases.sorted(by: { $0.key < $1.key }) {
                places[other] = places[stage]
            }
            traces.append(
                Set(
                    process.paths.map { path in
                        var trace = CaseTrace.begin(process: number)
                        for stage in path { trace.go(to: DeclaredPaths.key(stage), step: places[stage]?.step) }
                        return trace.hash
                    }))
            ends.append(Set(process.paths.compactMap { $0.last.flatMap { places[$0]?.step } }))
        }
        (self.places, self.traces, self.ends) = (places, traces, ends)
    }

    var isEmpty: Bool { processes.isEmpty }

    func place(of stage: String) -> Place? { places[stage] }
    func isEnd(_ place: Place) -> Bool { ends[place.process].contains(place.step) }
    func isDeclared(_ trace: CaseTrace) -> Bool { isDeclared(trace.hash, in: trace.process) }
    func isDeclared(_ hash: UInt64, in process: Int) -> Bool { traces[process].contains(hash) }
    /// Hash of a stage's name as the paths have it.
    func key(of stage: String, in process: Int) -> UInt64 { DeclaredPaths.key(processes[process].step(stage)) }
    /// The name of a step.
    func stage(process: Int, step: Int) -> String { processes[process].steps[step] }

    private static func key(_ stage: String) -> UInt64 { Array(stage.utf8).withUnsafeBytes { hash64($0, seed: 0) } }
}

/// The ways that are declared, by the hashes that cases keep of theirs.
public struct DeclaredWays: Sendable {
    private let paths: DeclaredPaths

    public init(_ processes: [DeclaredProcess]) { paths = DeclaredPaths(processes) }

    /// Is it a whole declared way of a process, by its number?
    public func contains(_ way: UInt64, in process: Int) -> Bool { paths.isDeclared(way, in: process) }
}
