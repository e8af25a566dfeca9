import Foundation
import TailraceConfig
import TailracePipeline
import Testing

struct ZoneTableTests {
    /// Beside the usual ones those with odd histories: changed bases, half hours, a skipped day, summer time around
    /// Ramadan, and zones that gave it up.
    static let names = [
        "Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "Europe/London", "Europe/Moscow",
        "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Asia/Pyongyang", "America/Caracas",
        "America/Sao_Paulo", "Asia/Kathmandu", "Europe/Lisbon", "Pacific/Chatham", "Antarctica/Troll",
    ]

    @Test(arguments: names)
    func `offsets equal the system's at random moments of 1970 to 2099`(name: String) throws {
        let table = try #require(ZoneTable(named: name))
        let zone = try #require(TimeZone(identifier: name))
        let seed: UInt64 = 1_970_2099
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            let moment = Int64.random(in: 0..<4_102_444_800, using: &generator)
            let expected = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment)))
            if table.offset(at: moment) != Int64(expected) {
                Issue.record("\(name) at \(moment), seed \(seed): \(table.offset(at: moment)), not \(expected)")
            }
        }
    }

    @Test(arguments: names)
    func `offsets change at the very second at which the system's change`(name: String) throws {
        let table = try #require(ZoneTable(named: name))
        let zone = try #require(TimeZone(identifier: name))
        for span in table.spans.dropFirst() {
            let before = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(span.start - 1)))
            let after = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(span.start)))
            #expect(before != after && after == Int(span.offset), "\(name) at \(span.start)")
        }
    }

    @Test func `summer time of Berlin in 2026 begins on 29 March and ends on 25 October at 01 UTC`() throws {
        let table = try #require(ZoneTable(named: "Europe/Berlin"))
        #expect(table.spans.contains(.init(start: 1_774_746_000, offset: 7200)))
        #expect(table.spans.contains(.init(start: 1_792_890_000, offset: 3600)))
        #expect(table.offset(at: 1_774_745_999) == 3600)
        #expect(table.offset(at: 1_792_889_999) == 7200)
    }

    @Test func `summer time of New York in 2026 begins on 8 March at 07 UTC and ends on 1 November at 06 UTC`() throws {
        let table = try #require(ZoneTable(named: "America/New_York"))
        #expect(table.spans.contains(.init(start: 1_772_953_200, offset: -14_400)))
        #expect(table.spans.contains(.init(start: 1_793_512_800, offset: -18_000)))
    }

    @Test func `zones without changes are one span that begins before all time`() throws {
        #expect(ZoneTable(named: "Asia/Kolkata")?.spans == [.init(start: .min, offset: 19_800)])
        #expect(ZoneTable(named: "UTC") == .utc)
    }

    @Test(arguments: ["", "Mars/Olympus", "../../etc/passwd", "europe/berlin", "Europe/Berlin "])
    func `a name that the system does not know gives no table`(name: String) {
        #expect(ZoneTable(named: name) == nil)
    }
}
