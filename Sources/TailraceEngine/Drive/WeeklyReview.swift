internal import Foundation
internal import TailraceAnalysis
internal import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// The rules that are judged once a week, for all stages.
///
/// Their state is saved, not fed again: a closed week's rows may still grow by late events, and what was judged stays
/// judged.
struct WeeklyReview {
    private let configuration: Configuration
    private var monitors: [WeeklyRule: [Int: WeeklyMonitor]] = [:]
    private var steps = AddedSteps()
    private var bottlenecks = Bottlenecks()
    private var pilots = Pilots()
    private var strains = FlowStrains()
    private var rebounds = Rebounds()
    /// Rebounds of the weeks that closed since the last checkpoint.
    private var reboundRows: [StoredRebound] = []
    /// Measures of the weeks that closed since the last checkpoint.
    private var measures: [MeasureValue] = []
    private var isDirty = false

    static let kind = "weekly"

    init(configuration: Configuration) { self.configuration = configuration }

    /// Takes a closed week; the alerts that it changes go into the book.
    mutating func close(_ week: ClosedWeek, stages: [String], teams: [String], book: inout AlertBook?) {
        isDirty = true
        measures += copyMeasures(week) + stageWeekMeasures(week, minimumGroup: configuration.privacy.minimumGroup)
        measures += chargedReturns(week) + useYields(week)
        measures += touchEstimates(
            week, isStaffed: configuration.workingHours != nil,
            minimumGroup: configuration.privacy.minimumGroup)
        measures += contacts(week, minimumGroup: configuration.privacy.minimumGroup)
        closeFacts(week, stages: stages, teams: teams, book: &book)
        for rule in WeeklyRule.allCases {
            let declared = configuration.rules[rule.rawValue]
            guard declared?.severity != .off else { continue }
            let names = rule == .afterHours ? teams : stages
            for (stage, samples) in rule.samples(of: week).sorted(by: { $0.key < $1.key }) {
                let owned = configuration.stages[names[stage]]
                if rule == .zombieGrowth, owned?.isExempt == true { continue }
                var monitor =
                    monitors[rule]?[stage] ?? WeeklyMonitor(rule: rule, hold: declared?.hold?.components.seconds ?? 0)
                // Quick approvals are a fault where a queue presses; elsewhere they may be what the content needs.
                let isPossible = rule != .rubberStamp || book?.isFiring("absorption-exceeded", names[stage]) == true
                let transition = monitor.close(samples, end: week.window.end, isPossible: isPossible)
                monitors[rule, default: [:]][stage] = monitor
                guard let transition else { continue }
                book?.take(
                    transition, of: rule, stage: names[stage], owner: owned?.owner,
                    severity: declared?.severity?.rawValue, at: week.window.end)
            }
        }
        // Of what fires now, the other rules' changes of this week among it.
        let shared = WeeklyFact.friction(week, firing: book?.firing ?? [], stages: stages, teams: teams)
        take(shared, of: [WeeklyFact.frictionRule], week, book: &book)
    }

    /// What is so this week, without a series.
    private mutating func closeFacts(
        _ week: ClosedWeek, stages: [String], teams: [String], book: inout AlertBook?
    ) {
        let outside = stages.firstIndex(of: Pipeline.outsideName)
        let reviewers = stages.indices.filter { configuration.stages[stages[$0]]?.kind == .review }
        let found = rebounds.close(
            week, outside: outside, reviews: Set(reviewers), isStaffed: configuration.workingHours != nil)
        reboundRows += found.map { StoredRebound($0) }
        let singlePersons = WeeklyFact.singlePersons(week, stages: stages) {
            book?.isFiring("single-person-queue", $0) ?? false
        }
        let facts =
            steps.close(week.rows.handoffs, outside: outside).map { WeeklyFact($0, stages: stages) }
            + bottlenecks.close(week, outside: outside).map { WeeklyFact($0, stages: stages) }
            + singlePersons
            + pilots.close(week).map { WeeklyFact($0, stages: stages) }
            + found.compactMap { WeeklyFact($0, stages: stages) }
            + week.pathDrifts(of: configuration.processes, stages: stages).compactMap {
                WeeklyFact($0, stages: stages)
            }
            + strains.close(week, teams: teams).map { WeeklyFact($0, teams: teams) }
            + WeeklyFact.unowned(week, stages: stages) { configuration.stages[$0]?.owner != nil }
        take(facts, of: AlertBook.factRules.filter { $0 != WeeklyFact.frictionRule }, week, book: &book)
    }

    /// Facts of some rules, and the end of what is so no more.
    private func take(_ facts: [WeeklyFact], of rules: [String], _ week: ClosedWeek, book: inout AlertBook?) {
        for rule in rules {
            let declared = configuration.rules[rule]?.severity
            guard declared != .off else { continue }
            let mine = facts.filter { $0.rule == rule }
            for fact in mine {
                let usual = fact.isFault ? StoredAlert.Severity.ticket : .info
                let severity = declared.flatMap { StoredAlert.Severity(rawValue: $0.rawValue) } ?? usual
                book?.take(
                    fact, owner: configuration.stages[fact.stage]?.owner, severity: severity, at: week.window.end)
            }
            book?.settleFacts(of: rule, besides: Set(mine.map(\.stage)), at: week.window.end)
        }
    }

    // MARK: - State

    private struct Saved: Codable {
        var monitors: [String: [Int: WeeklyMonitor]]
        var steps: AddedSteps
        var bottlenecks: Bottlenecks
        var pilots: Pilots
        var strains: FlowStrains
        var rebounds: Rebounds
    }

    mutating func drain() -> (state: Segment?, measures: [MeasureValue], rebounds: [StoredRebound]) {
        defer { (isDirty, measures, reboundRows) = (false, [], []) }
        guard isDirty else { return (nil, measures, reboundRows) }
        let named = Dictionary(uniqueKeysWithValues: monitors.map { ($0.key.rawValue, $0.value) })
        let saved = Saved(
            monitors: named, steps: steps, bottlenecks: bottlenecks, pilots: pilots, strains: strains,
            rebounds: rebounds)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Values of finite numbers always encode.
        let data = (try? encoder.encode(saved)).map { Array($0) } ?? []
        return (Segment(kind: WeeklyReview.kind, version: 1, data: data), measures, reboundRows)
    }

    mutating func restore(_ data: [UInt8]) throws {
        let saved = try JSONDecoder().decode(Saved.self, from: Data(data))
        (steps, bottlenecks, pilots) = (saved.steps, saved.bottlenecks, saved.pilots)
        (strains, rebounds) = (saved.strains, saved.rebounds)
        for (name, stages) in saved.monitors {
            if let rule = WeeklyRule(rawValue: name) { monitors[rule] = stages }
        }
    }
}

extension StoredRebound {
    init(_ found: StageRebound) {
        let rebound = found.rebound
        self.init(
            stage: found.stage, periodStart: found.periodStart, periodEnd: found.periodEnd, coverage: rebound.coverage,
            verdict: rebound.verdict.rawValue)
        (expected, realised) = (rebound.expected, rebound.realised)
        (ratio, low, high) = (rebound.ratio, rebound.low, rebound.high)
        (volume, review) = (rebound.volume, rebound.review)
        (rework, downstream) = (rebound.rework, rebound.downstream)
        estimated = rebound.estimated
    }
}
