import Foundation

/// What came of each scenario in each mode, as a table to look at.
actor ScenarioTable {
    enum Verdict: Sendable {
        case passed(kills: Int)
        case failed(String)
        case skipped(String)
    }

    private let cases: Int
    private var entered = 0
    private var rows: [String: [Scenario.Mode: String]] = [:]
    private var about: [String: String] = [:]
    private var passed = 0
    private var failed = 0
    private var kills = 0
    private var reasons: Set<String> = []

    init(cases: Int) { self.cases = cases }

    func enter(_ scenario: Scenario, _ mode: Scenario.Mode, _ verdicts: [Verdict]) {
        var good = 0
        var run = 0
        for verdict in verdicts {
            switch verdict {
            case .passed(let kills):
                good += 1
                run += 1
                self.kills += kills
            case .failed: run += 1
            case .skipped(let reason): reasons.insert("\(scenario.name): \(reason)")
            }
        }
        passed += good
        failed += run - good
        rows[scenario.name, default: [:]][mode] = run == 0 ? "–" : "\(good)/\(run)"
        about[scenario.name] = scenario.about
        entered += 1
        if entered == cases { show() }
    }

    private func pad(_ text: String) -> String { text + String(repeating: " ", count: max(1, 9 - text.count)) }

    private func show() {
        let names = Scenario.all.map(\.name).filter { rows[$0] != nil }
        var lines = [
            pad("scenario") + Scenario.Mode.allCases.map { mode in pad(mode.rawValue) }.joined() + "what happens"
        ]
        for name in names {
            let cells = Scenario.Mode.allCases.map { mode in pad(rows[name]?[mode] ?? "") }.joined()
            lines.append(pad(name) + cells + (about[name] ?? ""))
        }
        lines.append("\(passed) runs passed, \(failed) failed; \(kills) kills; first seed \(Torture.seed)")
        lines += reasons.sorted().map { "skipped \($0)" }
        let text = lines.joined(separator: "\n") + "\n"
        print(text)
        if let path = Torture.table { try? text.write(toFile: path, atomically: true, encoding: .utf8) }
    }
}
