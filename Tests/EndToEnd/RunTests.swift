import Foundation
import TestSupport
import Testing

/// The daemon with real files, real signals and a real notify socket.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct RunTests {
    /// A machine may be slow; a daemon that works is never waited for so long.
    private static let patience = 40.0

    /// A daemon at work in a folder of its own.
    private final class Running {
        let folder: TemporaryFolder
        private var process: Process
        private var starts = 0

        init(_ folder: TemporaryFolder) throws {
            self.folder = folder
            try folder.write(
                Array("store: store.sqlite\nsources:\n  - paths: [\"logs\"]\nscan_interval: 1 s\n".utf8), to: "t.yaml")
            try FileManager.default.createDirectory(atPath: folder.path("logs"), withIntermediateDirectories: true)
            process = try Running.start(folder, 0)
        }

        private static func start(_ folder: TemporaryFolder, _ number: Int) throws -> Process {
            try Program.start(
                Program.tailrace, ["run", "--config", folder.path("t.yaml")], in: folder.url, named: "run\(number)")
        }

        func signal(_ number: Int32) { kill(process.processIdentifier, number) }

        /// Ends the daemon and gives what it said.
        func end(_ number: Int32) -> Outcome {
            signal(number)
            return Program.finish(process, in: folder.url, named: "run\(starts)")
        }

        func startAgain() throws {
            starts += 1
            process = try Running.start(folder, starts)
        }

        var errors: String {
            String(
                decoding: FileManager.default.contents(atPath: folder.path("run\(starts).err")) ?? Data(), as: UTF8.self
            )
        }

        /// Waits until the store says so; gives what it says in the end.
        func waitFor(_ wanted: [String], _ sql: String) -> [String] {
            let end = Date().addingTimeInterval(RunTests.patience)
            var found: [String] = []
            while Date() < end {
                found = (try? ReplayedStore.column(sql, of: folder.path("store.sqlite"))) ?? ["no store"]
                if found == wanted { return found }
                Thread.sleep(forTimeInterval: 0.1)
            }
            return found
        }
    }

    private static let totals =
        "SELECT sum(arrivals), sum(completions), sum(duplicates) FROM v1_flow WHERE grain = 'hour'"

    private func line(_ action: String, _ number: Int) -> [UInt8] {
        let time = 1_767_607_200 + number
        return Array(
            "{\"time\":\(time),\"stream\":\"ticket\",\"action\":\"\(action)\",\"item\":\"T\(number)\",\"stage\":\"desk\"}\n"
                .utf8)
    }

    private func lines(_ action: String, _ numbers: Range<Int>) -> [UInt8] { numbers.flatMap { line(action, $0) } }

    @Test func whatIsThereAndWhatIsAppendedIsCountedOnce() throws {
        let folder = try TemporaryFolder()
        try folder.write(lines("schedule", 0..<50), to: "logs/a.ndjson")
        try folder.write(Packing.gzip(lines("schedule", 50..<80)), to: "logs/b.ndjson.gz")
        let daemon = try Running(folder)
        #expect(daemon.waitFor(["80|0|0"], Self.totals) == ["80|0|0"], "\(daemon.errors)")
        try folder.append(lines("complete", 0..<10), to: "logs/a.ndjson")
        try folder.append(Packing.gzip(lines("complete", 50..<60)), to: "logs/b.ndjson.gz")
        try folder.write(lines("schedule", 100..<105), to: "logs/new.ndjson")
        #expect(daemon.waitFor(["85|20|0"], Self.totals) == ["85|20|0"], "\(daemon.errors)")
        // A record is read when its end is there, not before.
        let last = line("complete", 20)
        try folder.append(Array(last.prefix(30)), to: "logs/a.ndjson")
        Thread.sleep(forTimeInterval: 1.5)
        #expect(daemon.waitFor(["85|20|0"], Self.totals) == ["85|20|0"])
        try folder.append(Array(last.dropFirst(30)), to: "logs/a.ndjson")
        #expect(daemon.waitFor(["85|21|0"], Self.totals) == ["85|21|0"], "\(daemon.errors)")
        let outcome = daemon.end(SIGTERM)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(daemon.waitFor(["0"], "SELECT sum(rejected) FROM v1_sources") == ["0"])
    }

    @Test func afterKillsItGoesOnWhereTheStoreStopped() throws {
        let seed = UInt64.random(in: 0...999_999)
        print("kills of the daemon: seed \(seed)")
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        try folder.write(lines("schedule", 0..<20), to: "logs/a.ndjson")
        let daemon = try Running(folder)
        var next = 20
        for _ in 0..<5 {
            let count = Int.random(in: 1...40, using: &random)
            try folder.append(lines("schedule", next..<next + count), to: "logs/a.ndjson")
            next += count
            Thread.sleep(forTimeInterval: Double.random(in: 0...0.8, using: &random))
            #expect(daemon.end(SIGKILL).status == -SIGKILL)
            try daemon.startAgain()
        }
        #expect(daemon.waitFor(["\(next)|0|0"], Self.totals) == ["\(next)|0|0"], "\(daemon.errors)")
        #expect(daemon.end(SIGINT).status == 0)
    }

    @Test func aRotatedLogIsReadToItsEndUnderItsNewName() throws {
        let folder = try TemporaryFolder()
        try folder.write(lines("schedule", 0..<40), to: "logs/a.ndjson")
        let daemon = try Running(folder)
        #expect(daemon.waitFor(["40|0|0"], Self.totals) == ["40|0|0"], "\(daemon.errors)")
        let old = folder.path("logs/a.ndjson")
        try folder.append(lines("schedule", 40..<45), to: "logs/a.ndjson")
        try FileManager.default.moveItem(atPath: old, toPath: old + ".1")
        try folder.write(lines("schedule", 60..<70), to: "logs/a.ndjson")
        try folder.append(lines("schedule", 45..<50), to: "logs/a.ndjson.1")
        #expect(daemon.waitFor(["60|0|0"], Self.totals) == ["60|0|0"], "\(daemon.errors)")
        #expect(daemon.end(SIGTERM).status == 0)
    }

    /// It went on for as long as no record came: up to the service manager's own limit, and then it was killed.
    @Test func itEndsInTheMidstOfWhatHoldsNoRecord() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(lines("schedule", 0..<5), to: "logs/a.ndjson")
        #expect(truncate(path, 64 << 30) == 0, "no sparse file of 64 GB can be made here")
        try folder.write(lines("schedule", 10..<17), to: "logs/b.ndjson")
        let daemon = try Running(folder)
        Thread.sleep(forTimeInterval: 1)
        let begun = Date()
        let outcome = daemon.end(SIGTERM)
        #expect(Date().timeIntervalSince(begun) < Self.patience)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func aChangedConfigurationIsTakenUpAndABrokenOneIsNot() throws {
        let folder = try TemporaryFolder()
        try folder.write(lines("schedule", 0..<5), to: "logs/a.ndjson")
        try folder.write(lines("schedule", 10..<17), to: "more/b.ndjson")
        let daemon = try Running(folder)
        #expect(daemon.waitFor(["5|0|0"], Self.totals) == ["5|0|0"], "\(daemon.errors)")
        try folder.write(Array("sources: [nonsense\n".utf8), to: "t.yaml")
        daemon.signal(SIGHUP)
        try folder.append(lines("schedule", 5..<6), to: "logs/a.ndjson")
        #expect(daemon.waitFor(["6|0|0"], Self.totals) == ["6|0|0"], "\(daemon.errors)")
        #expect(daemon.errors.contains("t.yaml:"))
        try folder.write(
            Array("store: store.sqlite\nsources:\n  - paths: [\"logs\", \"more\"]\n".utf8), to: "t.yaml")
        daemon.signal(SIGHUP)
        #expect(daemon.waitFor(["13|0|0"], Self.totals) == ["13|0|0"], "\(daemon.errors)")
        #expect(daemon.end(SIGTERM).status == 0)
    }

    @Test func aBrokenConfigurationEndsWith78AndItsPlace() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("store: s.sqlite\nsauces: []\n".utf8), to: "t.yaml")
        let outcome = try Program.tailrace("run", "--config", folder.path("t.yaml"))
        #expect(outcome.status == 78)
        #expect(
            outcome.errors.contains("t.yaml:2:1: error:") && outcome.errors.contains("sources"), "\(outcome.errors)")
    }
}
