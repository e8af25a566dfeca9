import Foundation
import Testing
import TestSupport

@testable import TailracePipeline

@Suite struct WindowCalendarTests {
    @Test(arguments: ZoneTable.zones)
    func `Windows of every grain tile the time line without gap or overlap`(name: String) {
        let calendar = WindowCalendar(zone: .foundation(name))
        for grain in Grain.allCases {
            // Hours around the years in which zones did odd things; larger windows over all of time.
            let ranges: [Range<Int64>] =
                grain == .hour
                ? [946_684_800..<980_000_000, 1_293_840_000..<1_330_000_000, 1_767_225_600..<1_800_000_000]
                : [0..<2_300_000_000]
            for range in ranges {
                var window = calendar.window(grain, holding: range.lowerBound)
                while window.start < range.upperBound {
                    let next = calendar.window(grain, holding: window.end)
                    let last = calendar.window(grain, holding: window.end - 1)
                    guard window.start < window.end, next.start == window.end, last == window else {
                        Issue.record("\(name), \(grain): \(window), then \(next); its last second is in \(last)")
                        return
                    }
                    window = next
                }
            }
        }
    }

    @Test(arguments: ZoneTable.zones, 1...3 as ClosedRange<UInt64>)
    func `Any moment is inside the window that is said to hold it`(name: String, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let zone = ZoneTable.foundation(name)
        let calendar = WindowCalendar(zone: zone)
        for _ in 0..<2000 {
            let around = generator.pick(zone.spans.filter { $0.start > 0 }.map(\.start) + [1_767_225_600])
            let moment = around + Int64(generator.below(200_000)) - 100_000
            for grain in Grain.allCases {
                let window = calendar.window(grain, holding: moment)
                guard window.start <= moment, moment < window.end else {
                    Issue.record("\(name), seed \(seed): \(moment) is not in \(window)")
                    return
                }
            }
        }
    }

    @Test(arguments: ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
    func `Days, weeks and months begin where Foundation's calendar says`(name: String) throws {
        let calendar = WindowCalendar(zone: .foundation(name))
        var foundation = Calendar(identifier: .iso8601)
        foundation.timeZone = try #require(TimeZone(identifier: name))
        let units: [(Grain, Calendar.Component)] = [(.day, .day), (.week, .weekOfYear), (.month, .month)]
        for seconds in stride(from: Int64(86_400 * 8), to: 2_300_000_000, by: 300_007) {
            let date = Date(timeIntervalSince1970: Double(seconds))
            for (grain, unit) in units {
                let interval = foundation.dateInterval(of: unit, for: date)
                let window = calendar.window(grain, holding: seconds)
                #expect(Double(window.start) == interval?.start.timeIntervalSince1970, "\(name) \(grain) \(seconds)")
                #expect(Double(window.end) == interval?.end.timeIntervalSince1970, "\(name) \(grain) \(seconds)")
            }
        }
    }

    @Test func `Days are 23 and 25 hours long where the clock changes`() {
        let calendar = WindowCalendar(zone: .foundation("Europe/Berlin"))
        for (moment, width) in [(1_774_742_400, 82_800), (1_792_893_600, 90_000), (1_767_268_800, 86_400)]
            as [(Int64, Int64)]
        {
            let day = calendar.window(.day, holding: moment)
            #expect(day.end - day.start == width)
        }
    }

    @Test func `An hour that a change of half an hour cuts is two windows`() {
        let calendar = WindowCalendar(zone: .foundation("Australia/Lord_Howe"))
        var widths: Set<Int64> = []
        for step in 0..<Int64(48) {
            let hour = calendar.window(.hour, holding: 1_775_300_000 + step * 1800)
            widths.insert(hour.end - hour.start)
        }
        #expect(widths == [1800, 3600])
    }

    @Test func `The second of the week and the names of a window are those of the local clock`() {
        let calendar = WindowCalendar(zone: .foundation("Europe/Berlin"))
        // Monday 2026-01-05 00:00 in Berlin.
        #expect(calendar.secondOfWeek(at: 1_767_567_600) == 0)
        #expect(calendar.secondOfWeek(at: 1_767_567_599) == 7 * 86_400 - 1)
        let period = calendar.period(calendar.window(.week, holding: 1_767_567_600), isClosed: true)
        #expect((period.dateLocal, period.weekLocal) == ("2026-01-05", "2026-W02"))
        #expect(period.values[4] == .text("2026-01-04T23:00:00Z"))
    }

    @Test func `Keys of windows ascend with time, then with grain`() {
        let calendar = WindowCalendar(zone: .utc)
        let windows = [0, 3600, 86_400, 86_400 * 40].flatMap { moment in
            Grain.allCases.map { calendar.window($0, holding: moment) }
        }
        for (a, b) in zip(windows.sorted(), windows.sorted().dropFirst()) where a != b { #expect(a.key < b.key) }
        #expect(Set(windows.map(\.key)).count == Set(windows).count)
    }
}
