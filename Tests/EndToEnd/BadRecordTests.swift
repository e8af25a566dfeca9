import Foundation
import Testing
import TestSupport

/// Records that are none: each is counted with its reason and position, and the next line is read.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct BadRecordTests {
    private static let good =
        #"{"time":"2026-03-02T09:15:00Z","stream":"ticket","action":"schedule","item":"T-1","stage":"desk"}"#

    /// The good line with one field in other words.
    private static func with(_ field: String, _ value: String) -> String {
        good.replacing("\"\(field)\":\"", with: "\"x\":\"", maxReplacements: 1).dropLast() + ",\"\(field)\":\(value)}"
    }

    @Test(arguments: [
        (#"{"time":"2026-03-02T09:16:00Z","stream":"ticket""#, "syntax"), ("not json", "syntax"), ("[1,2]", "syntax"),
        (good.replacing(#""time""#, with: #""when""#), "missing-time"),
        (good.replacing(#""stream""#, with: #""flow""#), "missing-stream"),
        (good.replacing(#""action""#, with: #""did""#), "missing-action"),
        (good.replacing(#""item""#, with: #""thing""#), "missing-item"), (with("item", #""""#), "missing-item"),
        (with("item", "7"), "bad-field"), (with("bytes", #""big""#), "bad-field"), (with("text", "[1]"), "bad-field"),
        (with("action", #""dance""#), "unknown-action"), (with("stream", #""radio""#), "unknown-stream"),
        (with("time", #""yesterday""#), "bad-time"), (with("time", #""2026-02-30T09:15:00Z""#), "bad-time"),
        (with("time", #""2026-03-02T09:15:00""#), "bad-time"),
        (with("time", #""1969-03-02T09:15:00Z""#), "time-out-of-range"),
        (with("time", #""2199-03-02T09:15:00Z""#), "time-out-of-range"),
        (with("time", #""2098-03-02T09:15:00Z""#), "future"),
    ])
    func aBadLineIsCountedWithItsReasonAndPlace(_ line: String, _ reason: String) throws {
        let folder = try TemporaryFolder()
        let text = "\(Self.good)\n\(line)\n" + Self.good.replacing("T-1", with: "T-2") + "\n"
        try folder.write(Array(text.utf8), to: "log.ndjson")
        let outcome = try Program.tailrace("replay", "--store", "s.sqlite", "log.ndjson", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let store = folder.path("s.sqlite")
        #expect(try ReplayedStore.column("SELECT events, rejected FROM v1_sources", of: store) == ["2|1"])
        #expect(
            try ReplayedStore.column("SELECT reason, position, count FROM v1_rejections", of: store)
                == ["\(reason)|\(Self.good.utf8.count + 1)|1"])
        #expect(try ReplayedStore.column("SELECT sum(arrivals) FROM v1_flow WHERE grain = 'day'", of: store) == ["2"])
    }

    @Test func bytesThatAreNoTextAndHopelessNestingAreCounted() throws {
        let folder = try TemporaryFolder()
        var bytes = Array((Self.good + "\n").utf8)
        bytes += Array(Self.good.utf8).map { $0 == UInt8(ascii: "1") ? 0xFF : $0 } + [10]
        let nested = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
        bytes += Array((Self.with("x", nested) + "\n").utf8)
        try folder.write(bytes, to: "log.ndjson")
        #expect(try Program.tailrace("replay", "--store", "s.sqlite", "log.ndjson", in: folder).status == 0)
        #expect(
            try ReplayedStore.column("SELECT reason FROM v1_rejections ORDER BY 1", of: folder.path("s.sqlite"))
                == ["encoding", "nesting"])
    }

    @Test func aRejectionIsDatedByTheLastGoodEventOfItsFile() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("\(Self.good)\nbroken\n".utf8), to: "log.ndjson")
        #expect(try Program.tailrace("replay", "--store", "s.sqlite", "log.ndjson", in: folder).status == 0)
        try folder.append(Array("broken again\n".utf8), to: "log.ndjson")
        #expect(try Program.tailrace("replay", "--store", "s.sqlite", "log.ndjson", in: folder).status == 0)
        let times = try ReplayedStore.column("SELECT time, count FROM v1_rejections", of: folder.path("s.sqlite"))
        #expect(times == ["1772442900|1", "1772442900|1"])
    }

    @Test func samplesHoldNoLettersOfTheLog() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("\(Self.good)\nSecret 42 {name: Ödön\n".utf8), to: "log.ndjson")
        #expect(try Program.tailrace("replay", "--store", "s.sqlite", "log.ndjson", in: folder).status == 0)
        let samples = try ReplayedStore.column("SELECT sample FROM v1_rejections", of: folder.path("s.sqlite"))
        #expect(samples.count == 1)
        #expect(samples.allSatisfy { !$0.contains("ecret") && !$0.contains("42") && !$0.contains("Ö") }, "\(samples)")
    }

    @Test func eventsThatComeTooLateAreCountedInTheirOwnHour() throws {
        let folder = try TemporaryFolder()
        var text = ""
        // More than what recognition looks at, in order; then an hour of three days before.
        for number in 0..<4000 {
            let (day, minute) = (10 + number / 1000, number % 1000)
            text += Self.line("N-\(number)", day: day, minute: minute)
        }
        for number in 0..<7 { text += Self.line("L-\(number)", day: 10, minute: 30 + number) }
        text += Self.line("N-last", day: 14, minute: 0)
        try folder.write(Array(text.utf8), to: "log.ndjson")
        let outcome = try Program.tailrace("replay", "--store", "s.sqlite", "log.ndjson", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("--sort"), "a notice should name --sort: \(outcome.errors)")
        let store = folder.path("s.sqlite")
        for grain in ["hour", "day", "week", "month"] {
            let sums = try ReplayedStore.column(
                "SELECT sum(arrivals), sum(late), sum(late_backlog) FROM v1_flow WHERE grain = '\(grain)'", of: store)
            #expect(sums == ["4008|7|0"], "\(grain)")
        }
        let hour = try ReplayedStore.column(
            "SELECT arrivals, late FROM v1_flow WHERE grain = 'hour' AND time_utc = '2026-03-10T00:00:00Z'", of: store)
        #expect(hour == ["67|7"])
        #expect(try Program.oracle("identity", [store]) == "")
        let sorted = try Program.tailrace("replay", "--sort", "--store", "t.sqlite", "log.ndjson", in: folder)
        #expect(sorted.status == 0)
        let late = try ReplayedStore.column(
            "SELECT sum(arrivals), sum(late) FROM v1_flow WHERE grain = 'hour'", of: folder.path("t.sqlite"))
        #expect(late == ["4008|0"])
    }

    private static func line(_ item: String, day: Int, minute: Int) -> String {
        let time = String(format: "2026-03-%02dT%02d:%02d:00Z", day, minute / 60, minute % 60)
        return #"{"time":"\#(time)","stream":"ticket","action":"schedule","item":"\#(item)","stage":"desk"}"# + "\n"
    }
}
