import StageSimulation
import TailraceAnalysis
import TestSupport
import Testing

/// Simulated stages, written as a log and replayed by the program: it must count what the simulation counted, and tell
/// what the rule tells of it, or figures of simulated hours would say nothing of the program.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct SimulatedStageTests {
    struct Run: Sendable, CustomTestStringConvertible {
        var size: SimulatedStage.Size
        var load: Double
        var course: Course
        var seed: UInt64

        var testDescription: String { "\(size), load \(load), \(course), seed \(seed)" }

        func stage() -> SimulatedStage {
            var noise = SeededNoise(seed: seed)
            return SimulatedStage(
                size: size, load: load, weeks: 26, course: course, courseStartsWeek: 16, keepsVisits: true,
                noise: &noise)
        }

        func replay(_ stage: SimulatedStage) throws -> (folder: TemporaryFolder, store: String) {
            let folder = try TemporaryFolder()
            try folder.write(Array("timezone: UTC\n".utf8), to: "t.yaml")
            try folder.write(Packing.gzip(stage.events(stage: "sim")), to: "in/log.ndjson.gz")
            let outcome = try Program.tailrace(
                "replay", "--config", "t.yaml", "--store", "s.sqlite", "in", in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return (folder, folder.path("s.sqlite"))
        }
    }

    static let runs = [
        Run(size: .small, load: 0.7, course: .calm, seed: 41),
        Run(size: .small, load: 0.8, course: .tripleAtOnce, seed: 42),
        Run(size: .medium, load: 0.85, course: .more30, seed: 43),
        Run(size: .medium, load: 0.8, course: .slower30, seed: 44),
        Run(size: .medium, load: 0.9, course: .tripleInSixWeeks, seed: 45),
        Run(size: .large, load: 0.9, course: .more30, seed: 46),
    ]

    @Test(arguments: runs)
    func `a simulated stage that is replayed has the hours and the alerts of the simulation`(run: Run) throws {
        let stage = run.stage()
        let (folder, store) = try run.replay(stage)
        defer { withExtendedLifetime(folder) {} }
        let rows = try ReplayedStore.column(
            """
            SELECT time, arrivals, completions, workers, backlog FROM v1_flow
            WHERE grain = 'hour' AND stage = 'sim' AND closed = 1 ORDER BY time
            """, of: store)
        let first = try #require(rows.first.flatMap { Int64($0.prefix { $0 != "|" }) })
        // A log begins with its first event, and the hour of its last stays open.
        let hours = stage.hours.drop { $0.start < first }.prefix(rows.count)
        #expect(rows.count >= 25 * 168)
        // The view hides groups of fewer than five.
        let simulated = hours.map {
            "\($0.start)|\($0.arrivals)|\($0.completions)|\($0.workers < 5 ? "None" : "\($0.workers)")|\($0.backlog ?? -1)"
        }
        #expect(rows == simulated, "\(zip(rows, simulated).first { $0 != $1 }.map { "\($0)" } ?? "")")

        let alerts = try ReplayedStore.column(
            """
            SELECT severity, firing_at, resolved_at FROM v1_alerts
            WHERE rule = 'absorption-exceeded' AND firing_at IS NOT NULL ORDER BY firing_at
            """, of: store)
        #expect(alerts == told(of: hours))
        if run.course != .calm { #expect(alerts.contains { $0.hasPrefix("page") }) }
    }

    /// What the rule says of the hours, as rows of the view.
    private func told(of hours: ArraySlice<StageHour>) -> [String] {
        var detector = AbsorptionDetector()
        var (rows, open): ([String], (severity: AlertSeverity, since: Int64)?) = ([], nil)
        func end(_ at: Int64?) {
            if let open { rows.append("\(open.severity)|\(open.since)|\(at.map { "\($0)" } ?? "None")") }
            open = nil
        }
        for hour in hours {
            switch detector.close(hour).transition {
            case .firing(let evidence): open = (evidence.severity, hour.end)
            case .escalated: open?.severity = .page
            case .renewed(let evidence):
                end(hour.end)
                open = (evidence.severity, hour.end)
            case .resolved: end(hour.end)
            case .pending, .lapsed, nil: break
            }
        }
        end(nil)
        return rows
    }
}
