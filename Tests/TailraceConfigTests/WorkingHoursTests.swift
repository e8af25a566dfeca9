import Testing

@testable import TailraceConfig

struct WorkingHoursTests {
    @Test(arguments: [
        ("Mon-Fri 09:00-17:00", [0, 1, 2, 3, 4], 9 * 60, 17 * 60),
        ("sat-sun 0:00-24:00", [5, 6], 0, 24 * 60),
        ("Fri-Mon 08:30-12:15", [4, 5, 6, 0], 510, 735),
        ("Mon, Wed, Fri 10:00-11:00", [0, 2, 4], 600, 660),
        ("Tuesday 10:00-11:00", [1], 600, 660),
    ])
    func `each minute of the week is worked where days and hours say so`(
        text: String, days: [Int], from: Int, to: Int
    ) throws {
        let hours = try #require(WorkingHours(text))
        for minute in 0..<7 * 1440 {
            let isWorked = days.contains(minute / 1440) && minute % 1440 >= from && minute % 1440 < to
            for second in [minute * 60, minute * 60 + 59] where hours.contains(localSecondOfWeek: second) != isWorked {
                Issue.record("\(text) at second \(second)")
            }
        }
    }

    @Test func `a shift over midnight goes on into the next day and over the week's end`() throws {
        let hours = try #require(WorkingHours("Sun 22:00-06:00"))
        #expect(hours.spans == [0..<21_600, 597_600..<604_800])
        #expect(hours.contains(localSecondOfWeek: 0))
        #expect(!hours.contains(localSecondOfWeek: 21_600))
    }

    @Test func `pieces add up, overlap and touch`() throws {
        let hours = try #require(
            WorkingHours("Mon 08:00-12:00 13:00-17:00, Mon 12:00-13:00, Mon 09:00-10:00, Sat 10:00-12:30"))
        #expect(hours.spans == [28_800..<61_200, 468_000..<477_000])
        #expect(hours.hoursPerWeek == 11.5)
        #expect(hours.daysPerWeek == 2)
        // Half an hour or more of 12–13 is worked.
        #expect(hours.staffedHours.indices.filter { hours.staffedHours[$0] } == Array(8..<17) + [130, 131, 132])
    }

    @Test(arguments: [
        "", "Mon", "Mon-Fri", "09:00-17:00", "Mon 9-17", "Mon 09:00", "Mon 09:00-25:00", "Mon 24:00-25:00",
        "Mon 09:60-10:00", "Mon 09:00-09:00", "Mon 24:00-24:00", "Mon-Tue-Wed 09:00-10:00", "Foo 09:00-10:00",
        "Mon 09:00-10:00,", "Mon 09:00-10:00, Tue", "Mon 09:00-10:00 x", "Mon 009:00-10:00", "Mon -1:00-10:00",
    ])
    func `what is no working time is refused`(text: String) {
        #expect(WorkingHours(text) == nil)
    }
}
