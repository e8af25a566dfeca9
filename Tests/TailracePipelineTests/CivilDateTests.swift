import Foundation
import Testing

@testable import TailracePipeline

@Suite struct CivilDateTests {
    private static func calendar(_ identifier: Calendar.Identifier) -> Calendar {
        var calendar = Calendar(identifier: identifier)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
        return calendar
    }

    @Test func `Every day from 1970 to 2100 has the date, weekday and ISO week that Foundation gives`() {
        let (gregorian, iso) = (CivilDateTests.calendar(.gregorian), CivilDateTests.calendar(.iso8601))
        for days in 0..<Int64(131 * 365 + 32) {
            let moment = Date(timeIntervalSince1970: Double(days) * 86_400)
            let date = CivilDate(daysSince1970: days)
            let parts = gregorian.dateComponents([.year, .month, .day, .weekday], from: moment)
            let week = iso.dateComponents([.yearForWeekOfYear, .weekOfYear], from: moment)
            let isEqual =
                Int(date.year) == parts.year && Int(date.month) == parts.month && Int(date.day) == parts.day
                && Int(CivilDate.weekday(daysSince1970: days)) == ((parts.weekday ?? 0) + 5) % 7
                && date.isoWeek == text(week.yearForWeekOfYear, week.weekOfYear)
                && date.daysSince1970 == days && date.isValid
            guard isEqual else {
                Issue.record("day \(days): \(date.text) \(date.isoWeek)")
                return
            }
        }
    }

    private func text(_ year: Int?, _ week: Int?) -> String {
        "\(year ?? 0)-W\((week ?? 0) < 10 ? "0" : "")\(week ?? 0)"
    }

    @Test func `Days and dates are inverse far outside of any log`() {
        for days in stride(from: Int64(-900_000), through: 900_000, by: 37) {
            #expect(CivilDate(daysSince1970: days).daysSince1970 == days)
        }
        #expect(CivilDate(daysSince1970: -1).text == "1969-12-31")
        #expect(CivilDate(daysSince1970: -719_162).text == "0001-01-01")
    }

    @Test func `Dates that do not exist are not valid`() {
        for (year, month, day) in [
            (2026, 2, 29), (2100, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0), (2026, 12, 32),
        ] as [(Int64, Int64, Int64)] {
            #expect(!CivilDate(year: year, month: month, day: day).isValid)
        }
        #expect(CivilDate(year: 2000, month: 2, day: 29).isValid)
        #expect(CivilDate(year: 2028, month: 2, day: 29).isValid)
    }

    @Test func `Rounding towards the past is right on both sides of zero`() {
        for a in Int64(-50)...50 {
            for b in Int64(1)...7 {
                #expect(floorDivide(a, b) == Int64((Double(a) / Double(b)).rounded(.down)))
                #expect((0..<b).contains(floorMod(a, b)))
            }
        }
        #expect(EventTime(milliseconds: -1).seconds == -1)
        #expect(utcText(1_767_225_599) == "2025-12-31T23:59:59Z")
        #expect(utcText(-1) == "1969-12-31T23:59:59Z")
    }
}
