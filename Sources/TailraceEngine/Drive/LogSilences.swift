internal import Foundation
internal import TailraceAnalysis
internal import TailraceConfig
internal import TailraceIngest
internal import TailracePipeline
internal import TailraceStore

/// When each configured log spoke, and when it should have.
///
/// A log is what one entry under `sources` names: its files come and go with rotation, and their silence means
/// nothing.
struct LogSilences {
    private let logs: [Configuration.Source]
    private var silences: [String: SourceSilence] = [:]
    private var latest: [String: Int64] = [:]
    /// By source: the log that it belongs to; nil for files that no entry names.
    private var logOfSource: [Int: String?] = [:]
    /// By source, as this is asked for every event.
    private var lastHour: [Int64] = []
    private var isDirty = false

    init(sources: [Configuration.Source]) { logs = sources }

    private static func name(_ log: Configuration.Source) -> String { log.paths.joined(separator: ", ") }

    /// Takes an event in; O(1) unless it is the first of its source in an hour.
    mutating func note(_ time: Int64, source: Int, path: @autoclosure () -> String) {
        guard !logs.isEmpty else { return }
        while lastHour.count <= source { lastHour.append(.min) }
        guard lastHour[source] != time / 3600 else { return }
        lastHour[source] = time / 3600
        if logOfSource[source] == nil {
            let path = path()
            let log = logs.first { $0.paths.contains { FileFinder.covers($0, path) } }
            logOfSource[source] = .some(log.map(LogSilences.name))
        }
        guard let name = logOfSource[source] ?? nil else { return }
        silences[name, default: SourceSilence()].note(time)
        latest[name] = max(latest[name] ?? 0, time)
        isDirty = true
    }

    /// One log as of now: nil: it speaks, or nothing is known.
    struct Verdict {
        var name: String
        var since: Int64?
        var text = ""
    }

    /// - Parameter now: seconds since 1970 UTC.
    func judge(at now: Int64) -> [Verdict] {
        logs.map { log in
            let name = LogSilences.name(log)
            var verdict = Verdict(name: name)
            if let limit = log.silentAfter?.components.seconds {
                // Whole hours are remembered, so the limit counts from the end of the last one with an event.
                guard let last = latest[name], now - last > limit else { return verdict }
                verdict.since = last
                verdict.text = "nothing came for more than \(limit / 60) minutes, its silent_after"
            } else if let finding = silences[name]?.judge(at: now) {
                verdict.since = finding.since
                verdict.text =
                    "\(finding.missedHours) hours passed in which it speaks in other weeks; "
                    + "\(finding.limitHours) are too many"
            }
            return verdict
        }
    }

    // MARK: - State

    static let kind = "silence"

    mutating func drain() -> Segment? {
        guard isDirty else { return nil }
        isDirty = false
        var writer = ByteWriter()
        for (name, silence) in silences.sorted(by: { $0.key < $1.key }) {
            writer.write(contentsOf: Array(name.utf8))
            writer.writeSigned(latest[name] ?? 0)
            silence.write(to: &writer)
        }
        return Segment(kind: LogSilences.kind, version: 1, data: writer.bytes)
    }

    mutating func restore(_ data: [UInt8]) throws(StateDamage) {
        var reader = ByteReader(data)
        while !reader.isAtEnd {
            let name = String(decoding: try reader.readBytes(), as: UTF8.self)
            latest[name] = try reader.readSigned()
            silences[name] = try SourceSilence(from: &reader)
        }
    }
}
