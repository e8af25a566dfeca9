internal import Foundation
internal import TailraceConfig
internal import TailracePipeline
internal import TailraceStore

/// The rules of the user's own: which are due when a window closes, and how each has fared.
struct SQLRules {
    /// Those that are asked, by name: the order in which alerts get their numbers.
    let rules: [Configuration.SQLRule]
    /// Up to where windows have closed whose rules were asked, seconds.
    private(set) var askedThrough: Int64?
    /// Up to where windows are being closed, milliseconds: a kill in between goes on here, before the next event.
    private(set) var target: Int64?
    private(set) var health: [String: Health]
    private var isDirty = true

    /// How a rule has fared. No part of any view: how long an answer takes is a matter of the machine.
    struct Health: Codable, Equatable {
        /// What is asked, for whoever explains its alerts.
        var sql: String
        var every: String
        var asked: Int64 = 0
        var failed: Int64 = 0
        var slowestMilliseconds: Int64 = 0
        /// End of the window for which it failed last, seconds, and why.
        var failedAt: Int64?
        var failure: String?
        /// Did it fail the last time that it was asked? Its alerts stay as they were then.
        var isFailing = false
    }

    private struct Saved: Codable {
        var askedThrough: Int64?
        var target: Int64?
        var rules: [String: Health]
    }

    init(_ declared: [Configuration.SQLRule]) {
        rules = declared.filter { $0.severity != .off }.sorted { $0.name < $1.name }
        health = Dictionary(
            uniqueKeysWithValues: rules.map { ($0.name, Health(sql: $0.sql, every: $0.every.name)) })
    }

    var isEmpty: Bool { rules.isEmpty }

    /// The rules whose window ends here, with that window.
    ///
    /// - Parameter end: the end of the hour that has closed last, seconds.
    func due(at end: Int64, _ calendar: WindowCalendar) -> [(rule: Configuration.SQLRule, window: Window)] {
        rules.compactMap { rule in
            let window = calendar.window(rule.every, holding: end - 1)
            return window.end == end ? (rule, window) : nil
        }
    }

    mutating func begin(closingTo milliseconds: Int64) { (target, isDirty) = (milliseconds, true) }

    mutating func endClosing() { (target, isDirty) = (nil, true) }

    mutating func noteAsked(through end: Int64) { (askedThrough, isDirty) = (end, true) }

    /// - Parameter failure: why there was no answer; nil where there was one.
    mutating func note(_ name: String, milliseconds: Int64, failure: String?, at end: Int64) {
        guard var rule = health[name] else { return }
        isDirty = true
        rule.asked += 1
        rule.slowestMilliseconds = max(milliseconds, rule.slowestMilliseconds)
        rule.isFailing = failure != nil
        if let failure {
            rule.failed += 1
            (rule.failedAt, rule.failure) = (end, failure)
        }
        health[name] = rule
    }

    // MARK: - State

    /// The name of the setting in the store.
    static let setting = "sql_rules"

    mutating func drain() -> String? {
        guard isDirty, !isEmpty else { return nil }
        isDirty = false
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let saved = Saved(askedThrough: askedThrough, target: target, rules: health)
        return (try? encoder.encode(saved)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// - Parameter closedThrough: up to where windows have closed in the store; what closed before a rule was declared
    ///   is not asked about.
    mutating func restore(_ text: String?, closedThrough: Int64?) {
        askedThrough = closedThrough
        guard let text, let saved = try? JSONDecoder().decode(Saved.self, from: Data(text.utf8)) else { return }
        (askedThrough, target) = (saved.askedThrough ?? closedThrough, saved.target)
        for (name, old) in saved.rules {
            guard let declared = health[name] else { continue }
            var rule = old
            (rule.sql, rule.every) = (declared.sql, declared.every)
            health[name] = rule
        }
    }
}
