import Foundation
import Testing
import TestSupport

/// Files that cannot be read, or not to their end: each is told, and the rest is read.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct BadFileTests {
    /// Replays one file beside a good one of ten events.
    private func replay(_ bytes: [UInt8], named name: String) throws -> (outcome: Outcome, source: [String]) {
        let folder = try TemporaryFolder()
        try folder.write(bytes, to: "in/" + name)
        return try replay(folder, name)
    }

    private func replay(_ folder: TemporaryFolder, _ name: String) throws -> (outcome: Outcome, source: [String]) {
        try folder.write(ScheduledItems.lines("good", 10), to: "in/zz-good.ndjson")
        let outcome = try Program.tailrace(
            "replay", "--store", "s.sqlite", "in/" + name, "in/zz-good.ndjson", in: folder)
        let good = try ReplayedStore.column(
            "SELECT events, state FROM v1_sources WHERE path LIKE '%/zz-good.ndjson'", of: folder.path("s.sqlite"))
        #expect(good == ["10|ok"], "the rest was not read: \(outcome.errors)")
        let source = try ReplayedStore.column(
            "SELECT events, state FROM v1_sources WHERE path NOT LIKE '%/zz-good.ndjson'", of: folder.path("s.sqlite"))
        return (outcome, source)
    }

    @Test(arguments: ["empty.ndjson", "empty.gz", "empty.zst"])
    func anEmptyFileIsNoFault(_ name: String) throws {
        let (outcome, source) = try replay([], named: name)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(source == ["0|ok"])
    }

    @Test func anArchiveOfNothingIsNoFault() throws {
        for archive in [Packing.gzip([]), Packing.zstd([])] {
            let (outcome, source) = try replay(archive, named: "nothing.gz")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(source == ["0|ok"])
        }
    }

    @Test func aFolderNamedAsAnArchiveIsWalked() throws {
        let folder = try TemporaryFolder()
        try folder.write(ScheduledItems.lines("inner", 5), to: "in/x.gz/inner.ndjson")
        let (outcome, source) = try replay(folder, "x.gz")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(source == ["5|ok"])
    }

    @Test(arguments: ["log.gz", "log.zst"], [0.1, 0.5, 0.95])
    func anArchiveThatIsCutShortIsReadUpToTheCutAndTold(_ name: String, _ part: Double) throws {
        let bytes = ScheduledItems.lines("cut", 2000)
        let archive = name.hasSuffix("gz") ? Packing.gzip(bytes) : Packing.zstd(bytes)
        let (outcome, source) = try replay(
            Array(archive[..<Int(Double(archive.count) * part)]), named: name)
        #expect(outcome.errors.contains(name) && outcome.errors.contains("cut short"), "\(outcome.errors)")
        #expect(source.first?.hasSuffix("|truncated") == true, "\(source)")
        #expect([0, 74].contains(outcome.status))
    }

    @Test(arguments: ["log.gz", "log.zst"], [0.02, 0.5, 0.9])
    func aDamagedArchiveIsTold(_ name: String, _ part: Double) throws {
        let bytes = ScheduledItems.lines("damaged", 2000)
        var archive = name.hasSuffix("gz") ? Packing.gzip(bytes) : Packing.zstd(bytes)
        let place = Int(Double(archive.count) * part)
        for index in place..<place + 12 { archive[index] ^= 0x5A }
        let (outcome, source) = try replay(archive, named: name)
        #expect(outcome.errors.contains(name), "\(outcome.errors)")
        #expect(source.first?.hasSuffix("|corrupt") == true, "\(source)")
    }

    @Test func membersAfterADamagedOneAreRead() throws {
        var middle = Packing.gzip(ScheduledItems.lines("middle", 500))
        for index in 100..<120 { middle[index] ^= 0x5A }
        let bytes =
            Packing.gzip(ScheduledItems.lines("first", 50)) + middle + Packing.gzip(ScheduledItems.lines("last", 60))
        let (outcome, source) = try replay(bytes, named: "log.gz")
        let events = source.first.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        #expect(events >= 110, "first and last are whole: \(source) \(outcome.errors)")
    }

    @Test(arguments: [("words.log", "hello world\nfoo bar\n"), ("other.csv", "a;b;c\n1;2;3\n")])
    func anUnknownFormatSaysWhatWasTried(_ name: String, _ text: String) throws {
        let (outcome, _) = try replay(Array(text.utf8), named: name)
        #expect(outcome.status == 74)
        for word in [name, "unknown format", "tailrace", "event-log", "--format"] {
            #expect(outcome.errors.contains(word), "no \(word) in: \(outcome.errors)")
        }
    }

    @Test func aPathThatIsNotThereIsNamed() throws {
        let folder = try TemporaryFolder()
        try folder.write(ScheduledItems.lines("good", 10), to: "good.ndjson")
        let outcome = try Program.tailrace("replay", "--store", "s.sqlite", "nowhere.gz", "good.ndjson", in: folder)
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("nowhere.gz"))
        #expect(outcome.output.contains("10 events"))
    }

    @Test func aPipeIsRefusedAndHoldsNobodyUp() throws {
        let folder = try TemporaryFolder()
        try folder.write(ScheduledItems.lines("good", 10), to: "good.ndjson")
        #expect(mkfifo(folder.path("pipe.ndjson"), 0o600) == 0)
        let outcome = try Program.tailrace("replay", "--store", "s.sqlite", "pipe.ndjson", "good.ndjson", in: folder)
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("pipe.ndjson"))
        #expect(outcome.output.contains("10 events"))
    }

    @Test(.enabled(if: geteuid() != 0 || Program.find("setpriv") != nil, "root may read everything; setpriv is absent"))
    func aFileThatMayNotBeReadIsNamed() throws {
        let folder = try TemporaryFolder()
        try folder.write(ScheduledItems.lines("good", 10), to: "good.ndjson")
        try folder.write(ScheduledItems.lines("secret", 10), to: "secret.ndjson")
        chmod(folder.path("secret.ndjson"), 0)
        chmod(folder.url.path, 0o777)
        let arguments = [
            "replay", "--store", folder.path("s.sqlite"), folder.path("secret.ndjson"), folder.path("good.ndjson"),
        ]
        let outcome =
            geteuid() == 0
            ? try Program.run(
                Program.find("setpriv") ?? "setpriv", ["--reuid=65534", "--clear-groups", Program.tailrace] + arguments)
            : try Program.run(Program.tailrace, arguments)
        #expect(outcome.status == 74, "\(outcome.errors)")
        #expect(outcome.errors.contains("secret.ndjson"))
        #expect(outcome.output.contains("10 events"), "\(outcome.output)")
    }
}
