import StageSimulation
import Testing

@testable import TailraceAnalysis

struct StagePastTests {
    @Test func `a count comes back exactly to 2,047, then to one part in 2,048, and its mark does not change it`() {
        for value in (0...2047).map(Int64.init) + [2048, 5000, 65_535, 1 << 20, 987_654_321, 1 << 40] {
            var count = CompactCount(value)
            #expect(abs(count.value - Double(value)) <= (value < 2048 ? 0 : Double(value) / 2048), "\(value)")
            #expect(count.isKnown && !count.isMarked)
            let before = count.value
            count.isMarked = true
            #expect(count.isMarked && count.value == before)
        }
        #expect(!CompactCount.unknown.isKnown)
        #expect(CompactCount(.max).isKnown && CompactCount(-3).value == 0)
    }

    @Test func `larger counts are never held as smaller ones`() {
        let seed: UInt64 = 8
        var noise = SeededNoise(seed: seed)
        for _ in 0..<2000 {
            let (one, other) = (Int64(noise.whole(below: 1 << 30)), Int64(noise.whole(below: 1 << 30)))
            let (low, high) = (min(one, other), max(one, other))
            #expect(CompactCount(low).value <= CompactCount(high).value, "seed \(seed): \(low), \(high)")
        }
    }

    @Test func `the sums of the last day and week are those of a list, however wide the counts grow`() {
        let seed: UInt64 = 5
        var noise = SeededNoise(seed: seed)
        var (week, list) = (TrailingWeek(), [(Int64, Int64)]())
        for hour in 0..<900 {
            // One byte, then two, then four.
            let most = hour < 300 ? 200 : hour < 600 ? 60_000 : 900_000
            let entry = (Int64(noise.whole(below: most)), Int64(noise.whole(below: most)))
            list.append(entry)
            week.append(arrivals: entry.0, departures: entry.1)
            let (days, weeks) = (list.suffix(24), list.suffix(168))
            #expect(week.dayIn == days.reduce(0) { $0 + $1.0 }, "seed \(seed) hour \(hour)")
            #expect(week.dayOut == days.reduce(0) { $0 + $1.1 })
            #expect(week.weekIn == weeks.reduce(0) { $0 + $1.0 })
            #expect(week.weekOut == weeks.reduce(0) { $0 + $1.1 })
        }
    }

    @Test
    func `days and weeks are remembered in order once the rings are full, and the floor is the least of 24 hours`() {
        var past = StagePast()
        for day in 0..<400 {
            past.append(DayRecord(arrivals: CompactCount(Int64(day))), floor: CompactCount(Int64(day)))
            if day % 7 == 6 { past.append(WeekRecord(arrivals: CompactCount(Int64(day / 7)))) }
        }
        #expect((past.dayDepth, past.floorDepth, past.weekDepth) == (28, 182, 26))
        #expect((0..<28).allSatisfy { past.day(back: $0).arrivals.value == Double(399 - $0) })
        #expect((0..<182).allSatisfy { past.floor(back: $0).value == Double(399 - $0) })
        #expect((0..<26).allSatisfy { past.week(back: $0).arrivals.value == Double(56 - $0) })
        past.mark(last: 3, alarmed: true)
        #expect((0..<5).map { past.floor(back: $0).isMarked } == [true, true, true, false, false])
        #expect(past.isAlarmed(week: 0, daysSince: 1) && !past.isAlarmed(week: 1, daysSince: 1))
        var leasts: [Int64?] = []
        for hour in 0..<100 {
            leasts.append(hour % 9 == 0 ? nil : Int64(hour * 37 % 50))
            let least = leasts.suffix(24).compactMap { $0 }.min().map(Double.init)
            #expect(past.append(least: leasts[hour]) == least, "hour \(hour)")
        }
    }

    @Test func `the shares of a week's hours add up to one, and days without an arrival are not impossible`() {
        var noise = SeededNoise(seed: 3)
        var profile = HourProfile()
        for hour in 0..<168 * 5 {
            let isStaffed = hour % 168 < 120 && (9..<17).contains(hour % 24)
            let count = isStaffed ? Int64(noise.poisson(20)) : 0
            profile.add(hourOfWeek: hour % 168, arrivals: count, completions: count)
            if hour % 168 == 167 { profile.age() }
        }
        #expect(abs((0..<168).reduce(0.0) { $0 + profile.share(ofHour: $1) } - 1) < 1e-6)
        #expect(profile.share(ofDay: 6) > 0)
        #expect(
            (0..<168).allSatisfy {
                profile.staffed.contains(hourOfWeek: $0) == ($0 < 120 && (9..<17).contains($0 % 24))
            })
        #expect(profile.staffed.hoursPerWeek == 40 && profile.workingDays == 5)
    }
}
