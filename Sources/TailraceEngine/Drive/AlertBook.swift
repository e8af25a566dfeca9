internal import Foundation
internal import TailraceAnalysis
internal import TailracePipeline
internal import TailraceStore

/// The alerts: turns what the rules say into rows, one a life.
///
/// Numbers are given in the order in which alerts appear, which the input alone decides.
struct AlertBook {
    /// Alerts that are not over, by rule, stage and whatever else tells them apart.
    private(set) var open: [String: StoredAlert] = [:]
    /// What one day moved beyond its limits, by alert: `limit-exceeded` compares it with the declared daily limit.
    private var daySums: [String: Int64] = [:]
    private var day = ""
    private var nextID: Int64 = 1
    /// Alerts that fired, by rule.
    private var fired = Dictionary(uniqueKeysWithValues: AlertBook.rules.map { ($0, Int64(0)) })
    /// Numbers in the store of the rules of the user's own, behind those of `rules`.
    private var ownRules: [String: Int64] = [:]
    private var changed: [Int64: StoredAlert] = [:]
    private var lapsed: [Int64] = []

    /// The rules that can fire, by the number they have in the store.
    static let rules =
        ["absorption-exceeded", "backlog-limit", "limit-exceeded", "source-corrupt", "source-silent"]
        + WeeklyRule.allCases.map(\.rawValue) + AlertBook.factRules

    private struct Saved: Codable {
        var open: [String: StoredAlert]
        var daySums: [String: Int64]
        var day: String
        var nextID: Int64
        var fired: [String: Int64]
        var ownRules: [String: Int64]?
    }

    // MARK: - Transitions

    mutating func take(
        _ transition: AlertTransition<AbsorptionEvidence>, stage: String, owner: String?, severity: String?, at: Int64
    ) {
        let key = "absorption-exceeded \(stage)"
        guard let evidence = transition.evidence else {
            lapse(key)
            return
        }
        apply(transition, key: key, at: at, end: evidence.isNewLevel ? .newLevel : .normal) {
            var row = $0
            row.rule = "absorption-exceeded"
            row.stage = stage
            row.owner = owner
            row.severity = AlertBook.severity(evidence.severity, atMost: severity)
            row.describe(evidence, at: at)
            return row
        }
    }

    /// What a firing alert says as of now.
    mutating func refresh(_ evidence: AbsorptionEvidence, stage: String, severity: String?, at: Int64) {
        let key = "absorption-exceeded \(stage)"
        guard var row = open[key], row.state == .firing else { return }
        row.severity = AlertBook.severity(evidence.severity, atMost: severity)
        row.describe(evidence, at: at)
        put(row, key)
    }

    /// A declared severity is the most that a rule may claim.
    private static func severity(_ found: AlertSeverity, atMost declared: String?) -> StoredAlert.Severity {
        if declared == "info" { return .info }
        return found == .page && declared != "ticket" ? .page : .ticket
    }

    mutating func take(
        _ transition: AlertTransition<BacklogLimit.Evidence>, of measure: BacklogLimit.Measure, stage: String,
        owner: String?, severity: String?, at: Int64
    ) {
        let key = "backlog-limit \(stage) \(measure.rawValue)"
        guard let evidence = transition.evidence else {
            lapse(key)
            return
        }
        apply(transition, key: key, at: at) {
            var row = $0
            row.rule = "backlog-limit"
            row.stage = stage
            row.owner = owner
            row.severity = StoredAlert.Severity(rawValue: severity ?? "page") ?? .page
            row.describe(evidence)
            return row
        }
    }

    mutating func apply<E>(
        _ transition: AlertTransition<E>, key: String, at: Int64, end: AlertEnd = .normal,
        _ fill: (StoredAlert) -> StoredAlert
    ) {
        if case .renewed = transition { close(key, at: at, .renewed) }
        if case .resolved = transition {
            close(key, at: at, end)
            return
        }
        var row = fill(open[key] ?? newRow())
        if row.pendingAt == nil { row.pendingAt = at }
        switch transition {
        case .pending: row.state = .pending
        case .firing, .escalated, .renewed:
            row.state = .firing
            row.firingAt = row.firingAt ?? at
        case .resolved, .lapsed: return
        }
        put(row, key)
    }

    mutating func close(_ key: String, at: Int64, _ end: AlertEnd = .normal) {
        guard var row = open[key] else { return }
        row.state = .resolved
        row.resolvedAt = at
        row.sumUp(at: at, end)
        put(row, key)
    }

    /// Rule and stage of all alerts that fire, of other rules than facts that only inform.
    var firing: [(rule: String, stage: String)] {
        open.values.filter { $0.state == .firing && $0.severity != .info }.sorted { $0.id < $1.id }
            .map { ($0.rule, $0.stage) }
    }

    /// Does this rule fire for this stage?
    func isFiring(_ rule: String, _ stage: String) -> Bool { open["\(rule) \(stage)"]?.state == .firing }

    mutating func newRow() -> StoredAlert {
        defer { nextID += 1 }
        return StoredAlert(id: nextID, rule: "", stage: "", severity: .ticket, state: .pending, unit: "")
    }

    mutating func put(_ row: StoredAlert, _ key: String) {
        if row.firingAt != nil, open[key]?.firingAt == nil, row.state == .firing { fired[row.rule, default: 0] += 1 }
        open[key] = row.state == .resolved ? nil : row
        changed[row.id] = row
    }

    /// A pending alert that went away was never seen: it leaves no row.
    mutating func lapse(_ key: String) {
        guard let row = open[key], row.state == .pending else { return }
        open[key] = nil
        changed[row.id] = nil
        lapsed.append(row.id)
    }

    /// The greatest value in an alert's life, in the alert's unit: days of work where they are known, else items.
    mutating func notePeak(stage: String, daysOfWork: Double?, backlog: Int64?, at: Int64) {
        let key = "absorption-exceeded \(stage)"
        guard var row = open[key], row.state == .firing else { return }
        guard let value = row.unit == "items" ? backlog.map(Double.init) : daysOfWork else { return }
        guard value > row.peakValue ?? -1 else { return }
        (row.peakValue, row.peakAt) = (value, at)
        put(row, key)
    }

    // MARK: - Money over its limit

    /// - Parameters:
    ///   - date: the local date of the hour; sums are kept for a day.
    ///   - dailyLimit: declared sum for a day, in ten-thousandths; nil = none.
    mutating func take(
        _ excess: LimitExcess, stage: String, owner: String?, severity: String?, dailyLimit: Int64?, date: String,
        at: Int64
    ) {
        let key = "limit-exceeded \(stage) \(excess.currency)"
        if day != date {
            day = date
            daySums.removeAll()
        }
        daySums[key] = daySums[key, default: 0].addingClamped(excess.sum)
        var row = open[key] ?? newRow()
        row.rule = "limit-exceeded"
        row.stage = stage
        row.owner = owner
        row.state = .firing
        row.pendingAt = row.pendingAt ?? excess.firstAt
        row.firingAt = row.firingAt ?? at
        // From the first excess on: what went beyond the limit in this life of the alert.
        row.value = (row.value ?? 0) + Double(excess.sum) / 10_000
        row.threshold = 0
        row.unit = excess.currency.isEmpty ? "money" : excess.currency
        row.peakValue = max(row.peakValue ?? 0, Double(excess.largest) / 10_000)
        row.peakAt = excess.lastAt
        let isPage = dailyLimit.map { daySums[key, default: 0] > $0 } ?? false
        let declared = StoredAlert.Severity(rawValue: severity ?? "ticket") ?? .ticket
        row.severity = isPage || row.severity == .page ? .page : declared
        row.summary =
            "\(stage) moved \(amount(row.value)) \(row.unit) beyond its limits"
            + " (largest single excess \(amount(row.peakValue)) \(row.unit))"
        row.cause = "amount over policy limit"
        row.evidence = json([("excess", row.value), ("largest", row.peakValue)])
        put(row, key)
    }

    /// A day without another excess ends the alert.
    mutating func settleLimits(at: Int64) {
        for (key, row) in open.sorted(by: { $0.value.id < $1.value.id }) where row.rule == "limit-exceeded" {
            guard let last = row.peakAt, at - last >= 86_400 else { continue }
            var row = row
            row.state = .resolved
            row.resolvedAt = at
            put(row, key)
        }
    }

    // MARK: - Storing

    /// Rules of the user's own keep the number that they got first, so that none takes the place of another.
    mutating func declare(_ names: [String]) {
        for name in names where ownRules[name] == nil { ownRules[name] = 1000 + Int64(ownRules.count) }
    }

    /// What changed since the last checkpoint.
    struct Changes: Sendable {
        var rows: [StoredAlert]
        var rules: [StoredRule]
        /// Ids of alerts that are to be forgotten.
        var lapsed: [Int64]
        var state: [UInt8]
    }

    mutating func drain() -> Changes {
        let rows = changed.values.sorted { $0.id < $1.id }
        changed.removeAll()
        defer { lapsed.removeAll() }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let saved = Saved(open: open, daySums: daySums, day: day, nextID: nextID, fired: fired, ownRules: ownRules)
        let numbered =
            AlertBook.rules.enumerated().map { (Int64($0.offset), $0.element) }
            + ownRules.map { ($0.value, $0.key) }.sorted { $0 < $1 }
        let rules = numbered.map { number, name in
            var row = StoredRule(id: number, rule: name, fired: fired[name, default: 0])
            let rate = MeasuredRate.of(name)
            (row.falseAlarms, row.rateSource) = (rate?.perStageQuarter, rate?.text)
            return row
        }
        let state = (try? encoder.encode(saved)).map { Array($0) } ?? []
        return Changes(rows: rows, rules: rules, lapsed: lapsed, state: state)
    }

    mutating func restore(_ state: [UInt8]) throws {
        let saved = try JSONDecoder().decode(Saved.self, from: Data(state))
        (open, daySums, day, nextID) = (saved.open, saved.daySums, saved.day, saved.nextID)
        (fired, ownRules) = (saved.fired, saved.ownRules ?? [:])
    }
}
