import Foundation
import StageSimulation
import TailraceAnalysis

// How often the rule `absorption-exceeded` tells of nothing, how much it finds and how soon, beside rules that people
// write by hand, on the same simulated stages. `make bench-absorption` runs it; the tables go to docs/benchmarks.md.
//
//   stagesim SEED [STAGE-YEARS] [RUNS] [TRAINING-WEEKS] [BEHAVIOUR]
//   stagesim events SEED [SIZE] [COURSE] [WEEKS]     such a stage as a log in the format `tailrace`; its course begins in
//                               the middle: stagesim events 7 medium more30 30 | gzip > stage.ndjson.gz
//   stagesim cost [STAGES]      what an hour costs for so many stages, once they know half a year, and their memory

let arguments = CommandLine.arguments.dropFirst().map { $0 }
func number(_ place: Int, _ usual: Int) -> Int { place < arguments.count ? Int(arguments[place]) ?? usual : usual }
if arguments.first == "cost" {
    measureCost(stages: number(1, 10_000))
    exit(0)
}
if arguments.first == "events" {
    let weeks = number(4, 26)
    guard weeks > 0, let size = SimulatedStage.Size(name: arguments.count > 2 ? arguments[2] : "medium"),
        let course = Course(rawValue: arguments.count > 3 ? arguments[3] : "calm")
    else {
        FileHandle.standardError.write(
            Data(
                "sizes: small, medium, large; courses: \(Course.allCases.map(\.rawValue).joined(separator: ", "))\n"
                    .utf8))
        exit(64)
    }
    var noise = SeededNoise(seed: UInt64(clamping: number(1, 1)))
    let stage = SimulatedStage(
        size: size, load: noise.uniform(0.7, 0.9), weeks: weeks, course: course, courseStartsWeek: weeks / 2,
        keepsVisits: true, noise: &noise)
    try FileHandle.standardOutput.write(contentsOf: Data(stage.events(stage: "simulated")))
    exit(0)
}
let seed = UInt64(number(0, 1))
let years = number(1, 200)
let runs = number(2, 100)
let trainingWeeks = number(3, 8)
let behaviour = arguments.count > 4 ? Behaviour(rawValue: arguments[4]) ?? .plain : .plain
let training = trainingWeeks * 168
/// The hour in which a course begins, from the end of the training.
let courseStarts = 168

func trial(_ course: Course, number: Int, weeks: Int) -> Trial {
    // Each run draws from a stream of its own.
    var noise = SeededNoise(seed: seed &* 1_000_003 &+ UInt64(course.place * 100_000 + number))
    let size = SimulatedStage.Size.allCases[number % 4]
    let load =
        switch course {
        case .calm: noise.uniform(0.5, 0.95)
        // A third more is at most 0.85 of the capacity.
        case .absorbed: noise.uniform(0.45, 0.65)
        case .more10: noise.uniform(0.93, 0.97)
        case .more30: noise.uniform(0.8, 0.95)
        case .more30Ends: noise.uniform(0.8, 0.9)
        case .tripleAtOnce, .tripleInSixWeeks: noise.uniform(0.5, 0.9)
        case .slower30: noise.uniform(0.75, 0.9)
        }
    let stage = SimulatedStage(
        size: size, load: load, weeks: trainingWeeks + weeks, course: course, courseStartsWeek: trainingWeeks + 1,
        behaviour: behaviour, noise: &noise)
    let ends = course == .more30Ends ? (trainingWeeks + 1 + 10) * 168 : nil
    return Trial(stage, training: training, ends: ends)
}

extension Course { fileprivate var place: Int { Course.allCases.firstIndex(of: self) ?? 0 } }

func figure(_ value: Double?) -> String { value.map { String(format: $0 < 10 ? "%.2f" : "%.1f", $0) } ?? "–" }
func median(_ values: [Double]) -> Double? { values.isEmpty ? nil : values.sorted()[values.count / 2] }

var quiet: [Trial] = []
for course in [Course.calm, .absorbed] {
    for number in 0..<years / 2 { quiet.append(trial(course, number: number, weeks: 52)) }
}
var overloads: [Course: [Trial]] = [:]
for course in [Course.more10, .more30, .tripleAtOnce, .tripleInSixWeeks, .slower30, .more30Ends] {
    overloads[course] = (0..<runs).map { trial(course, number: $0, weeks: course == .more30Ends ? 30 : 15) }
}

print(
    "seed \(seed), \(quiet.count) stage-years without overload, \(runs) runs an overload, \(trainingWeeks) weeks of training, stages: \(behaviour.rawValue)"
)
print(
    "| rule | false alerts a stage-quarter (calm / absorbed) | +10 % found in 13 weeks | +30 %: found, median days | x3 at once | x3 in six weeks | capacity -30 % |"
)
print("|---|--:|--:|--:|--:|--:|--:|")
let quarters = quiet.prefix(years / 2).reduce(0) { $0 + $1.quarters }
for rule in Trial.rules {
    func alerts(_ trials: ArraySlice<Trial>) -> Double {
        Double(trials.reduce(0) { $0 + ($1.alerts[rule]?.count ?? 0) })
    }
    /// Days from the hour in which demand passes capacity; an alert that began while it rose was in time. One that was
    /// on before anything happened does not count.
    func delays(_ course: Course) -> [Double] {
        (overloads[course] ?? []).compactMap { trial in
            guard let start = trial.overload else { return nil }
            let found = trial.alerts[rule]?.first { $0 >= courseStarts && $0 < start + 13 * 168 }
            return found.map { Double(max(0, $0 - start)) / 24 }
        }
    }
    func cell(_ course: Course) -> String {
        let (found, all) = (delays(course), (overloads[course] ?? []).count { $0.overload != nil })
        let share = all > 0 ? 100 * Double(found.count) / Double(all) : 0
        return "\(String(format: "%.0f", share)) %, \(figure(median(found))) d"
    }
    let rates = [quiet.prefix(years / 2), quiet.suffix(years / 2)].map { figure(alerts($0) / quarters) }
    print(
        "| \(rule) | \(rates.joined(separator: " / ")) | \(cell(.more10)) | \(cell(.more30)) | \(cell(.tripleAtOnce)) | \(cell(.tripleInSixWeeks)) | \(cell(.slower30)) |"
    )
}
print("\n| forecast (80 %) | judged | covered | middle's error, median |")
print("|---|--:|--:|--:|")
for (name, course) in [
    ("page, after a ticket, +30 %", Course.more30), ("page, x3 in six weeks", .tripleInSixWeeks),
    ("page, x3 at once", .tripleAtOnce), ("page, capacity -30 %", .slower30), ("page, +10 %", .more10),
] {
    let found = (overloads[course] ?? []).flatMap(\.breach)
    let covered = found.isEmpty ? nil : 100 * Double(found.count(where: \.isCovered)) / Double(found.count)
    print("| \(name) | \(found.count) | \(figure(covered)) % | \(figure(median(found.compactMap(\.error)))) |")
}
let drains = (overloads[.more30Ends] ?? []).flatMap(\.drain)
let covered = drains.isEmpty ? nil : 100 * Double(drains.count(where: \.isCovered)) / Double(drains.count)
print(
    "| drained, +30 % for ten weeks | \(drains.count) | \(figure(covered)) % | \(figure(median(drains.compactMap(\.error)))) |"
)
