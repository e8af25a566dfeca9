import Foundation
import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct TimeParserTests {
    private let rfc = TimeParser(formats: [], zone: nil)

    private func parse(_ text: String, _ parser: TimeParser) -> Int64? {
        parser.parse(Array(text.utf8).span)?.milliseconds
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `What ISO8601DateFormatter writes is read back to the second, in any zone`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let formatter = ISO8601DateFormatter()
        for _ in 0..<300 {
            let seconds = Int64(generator.below(4_102_444_800))
            let minutes = generator.below(28 * 60) - 14 * 60
            formatter.timeZone = TimeZone(secondsFromGMT: minutes * 60)
            formatter.formatOptions = generator.pick([
                [.withInternetDateTime], [.withInternetDateTime, .withSpaceBetweenDateAndTime],
                [.withFullDate, .withTime, .withColonSeparatorInTime, .withTimeZone],
            ])
            let text = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
            #expect(parse(text, rfc) == seconds * 1000, "seed \(seed): \(text)")
            let fraction = generator.below(1000)
            if let dot = text.dropFirst(19).first, "Z+-".contains(dot) {
                let digits = String(fraction + 1000).dropFirst()
                let finer = text.prefix(19) + "." + digits + "999" + text.dropFirst(19)
                #expect(parse(String(finer), rfc) == seconds * 1000 + Int64(fraction), "seed \(seed): \(finer)")
            }
        }
    }

    @Test func `All shapes of an offset mean the same`() {
        let expected = Int64(1_767_222_000_000)
        for text in [
            "2026-01-01T01:00:00+02:00", "2026-01-01T01:00:00+0200", "2026-01-01T01:00:00+02", "2025-12-31T23:00:00Z",
            "2025-12-31t23:00:00z", "2025-12-31 23:00:00 UTC", "2025-12-31 23:00:00 GMT", "2025-12-31T23:00Z",
            "2025-12-31T23:00:00.000Z", "2025-12-31T23:00:00,0Z", "2025-12-31T20:30:00-02:30", "2025-12-31T22:59:60Z",
            "2026-01-01 01:00:00 +0200",
        ] { #expect(parse(text, rfc) == expected, "\(text)") }
    }

    @Test func `Bad times are no times`() {
        let bad = [
            "", "2026", "2026-01", "2026-1-1", "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z",
            "2026-01-01T00:00:00", "2026-01-01", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+",
            "2026-01-01T00:00:00+2",
            "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+02:60", "2026-01-01T00:00:00Zx", "2026-01-01X00:00:00Z",
            "2026-01-01T0:00:00Z", "2026-01-01T00:00:00ZZ", "2026/01/01T00:00:00Z", " 2026-01-01T00:00:00Z",
            "２０２６-01-01T00:00:00Z", "2026-01-01T00:00:00+02:00:00",
        ]
        for text in bad { #expect(parse(text, rfc) == nil, "\(text)") }
        // No cut of a good one reads beyond its end.
        let good = "2026-01-01T01:00:00.123 +02:00"
        for count in 0..<good.count { _ = parse(String(good.prefix(count)), rfc) }
    }

    @Test func `A time without an offset follows its zone`() {
        let berlin = TimeParser(formats: [], zone: .foundation("Europe/Berlin"))
        #expect(parse("2026-01-15T12:00:00", berlin) == 1_768_474_800_000)
        #expect(parse("2026-07-15", berlin) == 1_784_066_400_000)
        #expect(parse("2026-07-15T12:00:00Z", berlin) == 1_784_116_800_000)
    }

    @Test(arguments: ZoneTable.zones)
    func `Every local time names the moment at which its clock shows it, or shows it after the gap`(name: String) {
        let zone = ZoneTable.foundation(name)
        for span in zone.spans.dropFirst() where span.start > 0 && span.start < 2_500_000_000 {
            for step in stride(from: Int64(-30 * 3600), through: 30 * 3600, by: 600) {
                let moment = span.start + step
                let local = moment + zone.offset(at: moment)
                let found = zone.moment(local: local)
                // The earlier of two moments that the clock shows alike.
                guard found + zone.offset(at: found) == local, found <= moment else {
                    Issue.record("\(name), \(moment): \(found)")
                    return
                }
            }
            let before = Int64(zone.offset(at: span.start - 1))
            let after = Int64(span.offset)
            for gap in stride(from: span.start + before, to: span.start + after, by: 300) {
                #expect(zone.moment(local: gap) == gap - before, "\(name): a time that the clock skips")
            }
        }
    }

    @Test func `Offsets are those that Foundation gives`() {
        for name in ZoneTable.zones {
            let (ours, theirs) = (ZoneTable.foundation(name), TimeZone(identifier: name))
            for seconds in stride(from: Int64(0), to: 2_400_000_000, by: 777_777) {
                let date = Date(timeIntervalSince1970: Double(seconds))
                #expect(Int(ours.offset(at: seconds)) == theirs?.secondsFromGMT(for: date), "\(name) \(seconds)")
            }
        }
    }

    @Test func `Declared formats are read in their order, strictly`() {
        let parser = TimeParser(
            formats: [
                "%d/%m/%Y %H:%M", "%m/%d/%y %I:%M:%S %p", "%d-%b-%Y %H:%M:%S.%f", "%b %e %H:%M:%S %Y",
                "%Y%m%d %H%M%S %z",
                "%Y y%%", "%H:%M",
            ], zone: .utc)
        for (text, expected) in [
            ("01/02/2026 03:04", 1_769_915_040), ("1/2/2026 3:4", 1_769_915_040),
            ("12/31/25 12:00:00 AM", 1_767_139_200),
            ("12/31/25 12:00:00 pm", 1_767_182_400), ("12/31/25 01:00:00 PM", 1_767_186_000),
            ("12/31/25 13:00:00 PM", nil), ("12/31/25 00:00:00 AM", nil), ("05-jan-2026 00:00:01.5", 1_767_571_201.5),
            ("Jan  5 00:00:01 2026", 1_767_571_201), ("Foo 5 00:00:01 2026", nil),
            ("20260105 000001 +0100", 1_767_567_601),
            ("31/02/2026 03:04", nil), ("01/02/2026 03:04 ", nil), ("01/02/2026", nil), ("2026 y%", 1_767_225_600),
            ("12:30", 45_000), ("12/31/69 12:00:00 AM", -86_400), ("12/31/68 12:00:00 AM", 3_124_137_600),
        ] as [(String, Double?)] {
            #expect(parse(text, parser) == expected.map { Int64($0 * 1000) }, "\(text)")
        }
    }

    @Test func `Numbers are seconds, and milliseconds beyond 10^11`() {
        for (text, expected) in [
            ("0", 0), ("1767225600", 1_767_225_600_000), ("1767225600.1239", 1_767_225_600_124),
            ("1767225600123", 1_767_225_600_123), ("1.7672256e9", 1_767_225_600_000),
            ("99999999999", 99_999_999_999_000),
            ("100000000000", 100_000_000_000_000), ("100000000001", 100_000_000_001), ("-1", nil), ("x", nil),
        ] as [(String, Int64?)] {
            #expect(TimeParser.parseNumber(Array(text.utf8).span)?.milliseconds == expected, "\(text)")
        }
    }
}
