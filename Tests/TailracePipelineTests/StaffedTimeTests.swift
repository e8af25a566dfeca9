import TestSupport
import Testing

@testable import TailracePipeline

@Suite struct StaffedTimeTests {
    /// Monday to Friday, nine to five.
    private static let office = (0..<5).map { $0 * 86_400 + 9 * 3600..<$0 * 86_400 + 17 * 3600 }
    /// Monday 2026-01-05 00:00 in Berlin.
    private static let monday: Int64 = 1_767_567_600

    private func staffed(_ spans: [Range<Int>] = office) throws -> StaffedTime {
        try #require(StaffedTime(spans: spans, zone: .foundation("Europe/Berlin")))
    }

    /// Milliseconds of a moment that week.
    private func at(_ day: Int64, _ hour: Double) -> Int64 {
        (StaffedTimeTests.monday + day * 86_400) * 1000 + Int64(hour * 3_600_000)
    }

    /// Counted minute by minute, over the change of the clock in March as well.
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `Working hours between two moments are those that a clock on the wall would count`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let spans = (0..<1 + generator.below(5)).map { _ in
            let start = generator.below(7 * 24 * 60 - 700) * 60
            return start..<start + (1 + generator.below(600)) * 60
        }
        let staffed = try staffed(spans)
        let calendar = WindowCalendar(zone: .foundation("Europe/Berlin"))
        for _ in 0..<20 {
            let start = 1_774_000_000 / 60 * 60 + Int64(generator.below(14 * 24 * 60)) * 60
            let minutes = Int64(generator.below(6 * 24 * 60))
            var count: Int64 = 0
            for minute in 0..<minutes {
                let second = calendar.secondOfWeek(at: start + minute * 60)
                count += spans.contains { $0.contains(second) } ? 1 : 0
            }
            let found = staffed.hours(from: start * 1000, to: (start + minutes * 60) * 1000) / 60_000
            // The hour that the change of the clock skips is counted by a clock on the wall only.
            #expect(abs(found - count) <= 60, "seed \(seed): from \(start), \(minutes) minutes")
            let isBeforeChange = start + minutes * 60 < 1_774_746_000
            if isBeforeChange { #expect(found == count, "seed \(seed): from \(start), \(minutes) minutes") }
        }
    }

    @Test func `A night between start and completion is no work`() throws {
        let staffed = try staffed()
        func hours(_ a: Int64, _ b: Int64) -> Double { Double(staffed.work(from: a, to: b)) / 3_600_000 }
        #expect(hours(at(0, 10), at(0, 12.5)) == 2.5)
        #expect(hours(at(0, 16), at(1, 10)) == 2)
        // Over the weekend.
        #expect(hours(at(4, 16), at(7, 10)) == 2)
        // A whole day between.
        #expect(hours(at(0, 16), at(2, 10)) == 10)
    }

    @Test func `An evening at either end is work, a night is none`() throws {
        let staffed = try staffed()
        func hours(_ a: Int64, _ b: Int64) -> Double { Double(staffed.work(from: a, to: b)) / 3_600_000 }
        #expect(hours(at(0, 19), at(0, 21)) == 2)
        #expect(hours(at(0, 12), at(0, 19)) == 7)
        #expect(hours(at(0, 7), at(0, 12)) == 5)
        // Begun at eight in the evening: until nine next morning nobody stays.
        #expect(hours(at(0, 20), at(1, 11)) == 2)
        // All in one weekend: no more than an evening is known.
        #expect(hours(at(5, 10), at(6, 20)) == 4)
    }

    @Test func `Without working hours there is nothing to know`() {
        #expect(StaffedTime(spans: [], zone: .utc) == nil)
    }
}
