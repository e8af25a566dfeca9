import Foundation
import TailraceStore

/// How one rule of the user's own fares, as its daemon has written down.
struct SQLRuleStatus: Decodable, Equatable {
    var sql: String
    var every: String
    var asked: Int64
    var failed: Int64
    var slowestMilliseconds: Int64
    /// End of the window for which it failed last, seconds since 1970 UTC, and why; nil where it never did.
    var failedAt: Int64?
    var failure: String?
    /// Did it fail the last time?
    var isFailing: Bool

    private struct Saved: Decodable { var rules: [String: SQLRuleStatus] }

    /// All that are known, by name; none in a store that had no such rules.
    static func all(_ reader: StoreReader) throws(StoreFault) -> [(name: String, rule: SQLRuleStatus)] {
        let text = try reader.rows("SELECT value FROM setting WHERE key = 'sql_rules'").first?.text("value")
        guard let text, let saved = try? JSONDecoder().decode(Saved.self, from: Data(text.utf8)) else { return [] }
        return saved.rules.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What was asked when the window that ends here had closed, to be asked again. A day has 23 to 25 hours: of days
    /// and weeks the beginning is where clocks have not changed.
    ///
    /// - Parameter end: seconds since 1970 UTC.
    func sql(endingAt end: Int64) -> String {
        let width: Int64 = every == "hour" ? 3600 : every == "day" ? 86_400 : 604_800
        return sql.replacing(":now", with: "\(end)").replacing(":start", with: "\(end - width)")
    }

    func json(_ name: String) -> JSONValue {
        .object([
            ("rule", .string(name)), ("every", .string(every)), ("asked", .integer(asked)),
            ("failed", .integer(failed)), ("failing", .bool(isFailing)), ("failed_at", JSONValue(failedAt)),
            ("failure", JSONValue(failure)), ("slowest_ms", .integer(slowestMilliseconds)),
        ])
    }

    /// What a person on call should know; nil where all is well.
    func finding(_ name: String, _ clock: StoreClock) -> Finding? {
        guard failed > 0, let failure else { return nil }
        let times = "\(Figure.count(failed)) of \(Figure.counted(asked, "time")), last for \(clock.moment(failedAt))"
        let isSlow = failure.contains("time_limit")
        return Finding(
            severity: isFailing ? .warning : .note, place: "rule \(name)",
            what: "the rule had no answer \(times): it \(failure)."
                + (isFailing ? " Its alerts stay as they are." : ""),
            mend: isSlow
                ? "Ask for one grain and a span of time, which read only their rows, or raise the rule's `time_limit`."
                : "Correct its `sql`, or group its rows.",
            commands: ["tailrace check"])
    }
}
