internal import Foundation
internal import TailraceAnalysis
internal import TailracePipeline
internal import TailraceStore

/// The alerts: turns what the rules say into rows, one a life.
///
/// Numbers are given in the order in which alerts appear, which the input alone decides.
struct AlertBook {
    /// Alerts that are not over, by rule, stage and whatever else tells them apart.
    private var open: [String: StoredAlert] = [:]
    /// What one day moved beyond its limits, by alert: `limit-exceeded` compares it with the declared daily limit.
    private var daySums: [String: Int64] = [:]
    private var day = ""
    private var nextID: Int64 = 1
    private var changed: [Int64: StoredAlert] = [:]
    private var lapsed: [Int64] = []

    private struct Saved: Codable {
        var open: [String: StoredAlert]
        var daySums: [String: Int64]
        var day: String
        var nextID: Int64
    }

    // MARK: - Transitions

    mutating func take(
        _ transition: AlertTransition<AbsorptionEvidence>, stage: String, owner: String?, severity: String?, at: Int64
    ) {
        if let evidence = transition.evidence {
            apply(transition, key: "absorption-exceeded \(stage)", at: at) {
                var row = $0
                row.rule = "absorption-exceeded"
                row.stage = stage
                row.owner = owner
                row.severity = evidence.severity == .page ? .page : .ticket
                if severity == "ticket" || severity == "info" { row.severity = severity == "info" ? .info : .ticket }
                row.describe(evidence, at: at)
                return row
            }
        } else {
            lapse("absorption-exceeded \(stage)")
        }
    }

    mutating func take(
        _ transition: AlertTransition<BacklogLimit.Evidence>, stage: String, owner: String?, severity: String?,
        at: Int64
    ) {
        guard let evidence = transition.evidence else {
            lapse("backlog-limit \(stage)")
            return
        }
        let measure = evidence.measure.rawValue
        apply(transition, key: "backlog-limit \(stage) \(measure)", at: at) {
            var row = $0
            row.rule = "backlog-limit"
            row.stage = stage
            row.owner = owner
            row.severity = StoredAlert.Severity(rawValue: severity ?? "page") ?? .page
            row.describe(evidence)
            return row
        }
    }

    private mutating func apply<E>(
        _ transition: AlertTransition<E>, key: String, at: Int64, _ fill: (StoredAlert) -> StoredAlert
    ) {
        if case .renewed = transition { close(key, at: at, fill) }
        var row = open[key] ?? newRow()
        row = fill(row)
        if row.pendingAt == nil { row.pendingAt = at }
        switch transition {
        case .pending: row.state = .pending
        case .firing, .escalated, .renewed:
            row.state = .firing
            row.firingAt = row.firingAt ?? at
        case .resolved:
            row.state = .resolved
            row.resolvedAt = at
        case .lapsed: return
        }
        put(row, key)
    }

    private mutating func close(_ key: String, at: Int64, _ fill: (StoredAlert) -> StoredAlert) {
        guard var row = open[key] else { return }
        row = fill(row)
        row.state = .resolved
        row.resolvedAt = at
        put(row, key)
    }

    private mutating func newRow() -> StoredAlert {
        defer { nextID += 1 }
        return StoredAlert(id: nextID, rule: "", stage: "", severity: .ticket, state: .pending, unit: "")
    }

    private mutating func put(_ row: StoredAlert, _ key: String) {
        open[key] = row.state == .resolved ? nil : row
        changed[row.id] = row
    }

    /// A pending alert that went away was never seen: it leaves no row.
    private mutating func lapse(_ prefix: String) {
        for (key, row) in open where key.hasPrefix(prefix) && row.state == .pending {
            open[key] = nil
            changed[row.id] = nil
            lapsed.append(row.id)
        }
    }

    // MARK: - Money over its limit

    /// - Parameters:
    ///   - date: the local date of the hour; sums are kept for a day.
    ///   - dailyLimit: declared sum for a day, in ten-thousandths; nil = none.
    mutating func take(
        _ excess: LimitExcess, stage: String, owner: String?, dailyLimit: Int64?, date: String, at: Int64
    ) {
        let key = "limit-exceeded \(stage) \(excess.currency)"
        if day != date {
            day = date
            daySums.removeAll()
        }
        daySums[key, default: 0] += excess.sum
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
        if isPage || row.severity == .page { row.severity = .page }
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

    // MARK: - Damaged sources

    mutating func takeCorrupt(path: String, detail: String, at: Int64?) {
        let key = "source-corrupt \(path)"
        guard open[key] == nil else { return }
        var row = newRow()
        row.rule = "source-corrupt"
        row.severity = .ticket
        row.state = .firing
        row.pendingAt = at
        row.firingAt = at
        row.unit = "bytes"
        row.summary = "\(path) is damaged: \(detail)"
        row.cause = "damaged archive"
        put(row, key)
    }

    // MARK: - Storing

    mutating func drain() -> (rows: [StoredAlert], lapsed: [Int64], state: [UInt8]) {
        let rows = changed.values.sorted { $0.id < $1.id }
        changed.removeAll()
        defer { lapsed.removeAll() }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let saved = Saved(open: open, daySums: daySums, day: day, nextID: nextID)
        return (rows, lapsed, (try? encoder.encode(saved)).map { Array($0) } ?? [])
    }

    mutating func restore(_ state: [UInt8]) throws {
        let saved = try JSONDecoder().decode(Saved.self, from: Data(state))
        (open, daySums, day, nextID) = (saved.open, saved.daySums, saved.day, saved.nextID)
    }
}
