internal import Foundation
internal import TailraceAnalysis
internal import TailraceConfig
internal import TailraceStore

/// Alerts about the logs themselves.
extension AlertBook {
    /// A source is damaged. It stays so: the alert is never resolved.
    mutating func takeCorrupt(path: String, detail: String, at: Int64?, severity: Configuration.Rule.Severity?) {
        let key = "source-corrupt \(path)"
        guard severity != .off, open[key] == nil else { return }
        var row = firing("source-corrupt", since: at, at: at, severity)
        row.unit = "bytes"
        row.summary = "\(path) is damaged: \(detail)"
        row.cause = "damaged archive"
        put(row, key)
    }

    /// A log says nothing for longer than it ever does; nil: it speaks again.
    /// - Parameters:
    ///   - name: the log's, as configured.
    ///   - text: for how long, in words.
    ///   - at: the clock, seconds since 1970 UTC: silence is not an event.
    mutating func takeSilence(
        of name: String, since: Int64?, text: String, at: Int64, severity: Configuration.Rule.Severity?
    ) {
        let key = "source-silent \(name)"
        guard let since else {
            if open[key] != nil { close(key, at: at) }
            return
        }
        guard severity != .off, open[key] == nil else { return }
        var row = firing("source-silent", since: since, at: at, severity)
        row.value = Double(at - since) / 3600
        row.unit = "hours"
        row.summary = "\(name) is silent: \(text)"
        row.cause = "no new records"
        put(row, key)
    }

    /// A new alert that fires at once.
    private mutating func firing(
        _ rule: String, since: Int64?, at: Int64?, _ severity: Configuration.Rule.Severity?
    ) -> StoredAlert {
        var row = newRow()
        row.rule = rule
        row.severity = severity.flatMap { StoredAlert.Severity(rawValue: $0.rawValue) } ?? .ticket
        row.state = .firing
        (row.pendingAt, row.firingAt) = (since, at)
        return row
    }
}
