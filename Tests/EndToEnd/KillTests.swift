import Foundation
import Testing
import TestSupport

/// A replay that is killed and taken up again, and inputs that grew in between.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct KillTests {
    /// Kills, on each of two inputs.
    private static let kills = 6

    /// Runs a replay to its end, killed at random moments on the way.
    /// - Returns: how many kills came before the end.
    private func replay(_ input: String, into store: String, within seconds: Double, _ random: inout SplitMix64) throws
        -> Int
    {
        let folder = try TemporaryFolder()
        let options = ["replay", "--store", store, "--checkpoint-bytes", "5000", input]
        for kill in 0..<Self.kills {
            let process = try Program.start(Program.tailrace, options, in: folder.url, named: "run")
            Thread.sleep(forTimeInterval: seconds * Double.random(in: 0.02...0.3, using: &random))
            Foundation.kill(process.processIdentifier, SIGKILL)
            let outcome = Program.finish(process, in: folder.url, named: "run")
            if outcome.status == 0 { return kill }
            #expect(outcome.status == -SIGKILL, "\(outcome.errors)")
        }
        let process = try Program.start(Program.tailrace, options, in: folder.url, named: "run")
        let outcome = Program.finish(process, in: folder.url, named: "run")
        #expect(outcome.status == 0, "\(outcome.errors)")
        return Self.kills
    }

    @Test(arguments: [("2026-04-06", "2026-04-15"), ("2026-01-05", "2026-01-16")])
    func aReplayThatIsKilledGivesWhatOneWithoutKillsGives(_ from: String, _ until: String) throws {
        let seed = UInt64.random(in: 0...999_999)
        print("kills between \(from) and \(until): seed \(seed)")
        var random = SplitMix64(seed: seed)
        let folder = try SameContentTests.excerpt(from: from, until: until)
        let begun = Date()
        let whole = try ReplayedStore(["--checkpoint-bytes", "5000", folder.path("in")])
        let seconds = Date().timeIntervalSince(begun)
        #expect(whole.status == 0, "\(whole.errors)")
        let reference = try ViewDump(whole.path)
        var kills = 0
        var round = 0
        while kills < Self.kills, round < 5 {
            round += 1
            let store = folder.path("killed-\(round).sqlite")
            kills += try replay(folder.path("in"), into: store, within: seconds / Double(round), &random)
            let difference = try ViewDump(store).difference(from: reference)
            #expect(difference == nil, "seed \(seed), round \(round)")
        }
        #expect(kills >= Self.kills - 1, "the replay was always over before it could be killed")
    }

    private static func line(_ number: Int, hour: Int) -> String {
        let time = "2026-03-02T\(hour < 10 ? "0" : "")\(hour):00:\(number % 50 + 10)Z"
        return
            "{\"time\":\"\(time)\",\"stream\":\"ticket\",\"action\":\"schedule\",\"item\":\"T-\(number)\",\"stage\":\"desk\"}\n"
    }

    private func lines(_ numbers: Range<Int>, hour: Int) -> [UInt8] {
        numbers.flatMap { Array(Self.line($0, hour: hour).utf8) }
    }

    private func arrivals(_ store: String) throws -> [String] {
        try ReplayedStore.column("SELECT sum(arrivals), sum(duplicates) FROM v1_flow WHERE grain = 'hour'", of: store)
    }

    /// What a second replay says of the files it read.
    private func replayAgain(_ folder: TemporaryFolder) throws -> Outcome {
        try Program.tailrace("replay", "--store", "s.sqlite", "in", in: folder)
    }

    @Test func onlyWhatIsNewIsReadOfFilesThatGrewAndOfNewOnes() throws {
        let folder = try TemporaryFolder()
        try folder.write(lines(0..<40, hour: 9), to: "in/plain.ndjson")
        try folder.write(Packing.gzip(lines(100..<140, hour: 9)), to: "in/members.ndjson.gz")
        try folder.write(Packing.zstd(lines(200..<240, hour: 9)), to: "in/frames.ndjson.zst")
        #expect(try replayAgain(folder).output.contains("120 events"))
        try folder.append(lines(40..<50, hour: 11), to: "in/plain.ndjson")
        try folder.append(Packing.gzip(lines(140..<150, hour: 11)), to: "in/members.ndjson.gz")
        try folder.append(Packing.zstd(lines(240..<250, hour: 11)), to: "in/frames.ndjson.zst")
        try folder.write(lines(300..<320, hour: 11), to: "in/new.ndjson")
        let second = try replayAgain(folder)
        #expect(second.output.contains(" 50 events"), "\(second.output)")
        #expect(second.status == 0)
        #expect(try arrivals(folder.path("s.sqlite")) == ["170|0"])
        let sources = try ReplayedStore.column(
            "SELECT events, rejected, state FROM v1_sources ORDER BY path", of: folder.path("s.sqlite"))
        #expect(sources == ["50|0|ok", "50|0|ok", "20|0|ok", "50|0|ok"])
        #expect(try replayAgain(folder).output.contains(" 0 events"))
    }

    @Test func anArchiveThatWasCutShortIsReadOnWhenTheRestIsThere() throws {
        let folder = try TemporaryFolder()
        let bytes = lines(0..<900, hour: 9)
        let whole = Packing.gzip(bytes, flushEvery: 500)
        try folder.write(Array(whole[..<(whole.count / 2)]), to: "in/log.ndjson.gz")
        let first = try replayAgain(folder)
        #expect(first.errors.contains("cut short"), "\(first.errors)")
        try folder.write(whole, to: "in/log.ndjson.gz")
        #expect(try replayAgain(folder).status == 0)
        #expect(try arrivals(folder.path("s.sqlite")) == ["900|0"])
        let sources = try ReplayedStore.column(
            "SELECT events, rejected, state FROM v1_sources", of: folder.path("s.sqlite"))
        #expect(sources == ["900|0|ok"])
    }

    @Test func aLineThatWasHalfWrittenIsReadWhenItIsWhole() throws {
        let folder = try TemporaryFolder()
        let bytes = lines(0..<40, hour: 9)
        try folder.write(Array(bytes.dropLast(30)), to: "in/log.ndjson")
        #expect(try replayAgain(folder).status == 0)
        try folder.write(bytes, to: "in/log.ndjson")
        #expect(try replayAgain(folder).status == 0)
        #expect(try arrivals(folder.path("s.sqlite")) == ["40|0"])
    }

    @Test func aFileThatIsTurnedIntoAnArchiveIsNotReadTwice() throws {
        let folder = try TemporaryFolder()
        try folder.write(lines(0..<40, hour: 9), to: "in/log.ndjson")
        #expect(try replayAgain(folder).status == 0)
        try FileManager.default.removeItem(atPath: folder.path("in/log.ndjson"))
        try folder.write(Packing.gzip(lines(0..<40, hour: 9)), to: "in/log.ndjson.1.gz")
        #expect(try replayAgain(folder).status == 0)
        #expect(try arrivals(folder.path("s.sqlite")) == ["40|0"])
    }
}
