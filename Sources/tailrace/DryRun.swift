import Foundation
import TailraceEngine
import TailraceStore

/// A replay whose store lives only as long as it is looked at: what would each rule have sent?
struct DryRun {
    /// The temporary store.
    let path: String
    private let folder: URL

    /// Alerts that are shown of each rule.
    static let mostAlerts = 3

    /// Makes a folder that only this user can read.
    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("tailrace-dry-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch {
            try fail(
                "\(folder.path): cannot be created for the dry run", "set TMPDIR to a folder with room for a store", .io
            )
        }
        path = folder.appendingPathComponent("store.sqlite").path
        DryRun.endBySignal()
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// An interrupted dry run still takes its store away.
    private static func endBySignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { _ in StopFlag.shared.raise() }
            sigaddset(&signals, number)
        }
        // Whoever started this may have them blocked.
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Was it told to end before everything was read?
    static var isInterrupted: Bool { StopFlag.shared.isRaised }

    // MARK: - What it shows

    static func text(_ reader: StoreReader, totals: ReplayTotals, terminal: Terminal) throws -> String {
        let clock = try StoreClock(reader)
        let screen = SummaryScreen(reader: reader, totals: totals, terminal: terminal, clock: clock)
        let rates = try RuleRate.all(reader, clock)
        let head = "Dry run: nothing was sent, and no store is kept."
        let title = terminal.styled("What each rule would have sent", .strong)
        let note =
            "At once: notifications when the alert fires and when it is over. Digest: once a week. Per stage-quarter: "
            + "alerts for each stage and 91 days of these logs. False alarms: the same on simulated stages in which "
            + "nothing is wrong."
        return
            ([head] + screen.read + ["", title]
            + RuleTable.lines(rates, first: try first(reader), clock, terminal) + [""]
            + note.wrapped(to: terminal.textColumns).map { terminal.styled($0, .faint) }).joined(separator: "\n")
    }

    static func json(_ reader: StoreReader, totals: ReplayTotals) throws -> JSONValue {
        let first = try first(reader)
        let rules = try RuleRate.all(reader, try StoreClock(reader)).map { rate -> JSONValue in
            guard case .object(let members) = rate.json else { return rate.json }
            let alerts = (first[rate.rule] ?? []).map(\.json)
            return .object(members + [("first", .array(alerts))])
        }
        return .object([
            ("dry_run", .bool(true)), ("events", .integer(totals.events)), ("rejected", .integer(totals.rejected)),
            ("seconds", .real(totals.seconds)), ("rules", .array(rules)),
        ])
    }

    /// The first alerts that fired, by rule.
    private static func first(_ reader: StoreReader) throws(StoreFault) -> [String: [ViewRow]] {
        let rows = try reader.rows(
            """
            SELECT alert, rule, stage, owner, severity, state, firing_at, resolved_at, value, threshold, unit, summary
            FROM v1_alerts WHERE firing_at IS NOT NULL ORDER BY firing_at, alert
            """)
        return Dictionary(grouping: rows) { $0.text("rule") ?? "" }.mapValues { Array($0.prefix(mostAlerts)) }
    }
}
