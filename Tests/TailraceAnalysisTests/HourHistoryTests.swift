import StageSimulation
import Testing

@testable import TailraceAnalysis

struct HourHistoryTests {
    /// Hours with numbers that tell them apart.
    private func hours(_ count: Int, seed: UInt64) -> [StageHour] {
        var noise = SeededNoise(seed: seed)
        return (0..<count).map { hour in
            StageHour(
                start: Int64(hour) * 3600, localHour: hour % 24, localWeekday: hour / 24 % 7,
                arrivals: Int64(noise.whole(below: 50)), completions: Int64(noise.whole(below: 40)),
                withdrawals: Int64(noise.whole(below: 5)),
                backlog: noise.unit() < 0.05 ? nil : Int64(noise.whole(below: 1000)),
                isFrozen: noise.unit() < 0.05)
        }
    }

    @Test func `the ring remembers 26 weeks, and its sums are those of a list`() {
        let seed: UInt64 = 5
        let hours = hours(HourHistory.limit + 500, seed: seed)
        var history = HourHistory()
        for (index, hour) in hours.enumerated() {
            history.append(hour, day: index / 24)
            guard index % 37 == 0 || index > HourHistory.limit else { continue }
            let week = hours[max(0, index - 167)...index]
            let day = hours[max(0, index - 23)...index]
            #expect(history.weekIn == week.reduce(0) { $0 + Int($1.arrivals) }, "seed \(seed) hour \(index)")
            #expect(history.dayOut == day.reduce(0) { $0 + Int($1.completions + $1.withdrawals) })
            if hour.backlog != nil, !hour.isFrozen {
                #expect(history[back: 0].floor == day.compactMap(\.backlog).min().map(Int32.init))
            }
        }
        #expect(history.count == HourHistory.limit)
        #expect(history.total == hours.count)
        for back in stride(from: 0, to: HourHistory.limit, by: 61) {
            #expect(Int64(history[back: back].arrivals) == hours[hours.count - 1 - back].arrivals)
        }
    }

    @Test func `forgetting keeps the newest hours in order, and the ring goes on`() {
        let hours = hours(HourHistory.limit + 900, seed: 6)
        var history = HourHistory()
        for (index, hour) in hours.dropLast(200).enumerated() { history.append(hour, day: index / 24) }
        history.keep(last: 672)
        #expect(history.count == 672)
        for (index, hour) in hours.suffix(200).enumerated() { history.append(hour, day: index / 24) }
        #expect(history.count == 872)
        for back in 0..<872 {
            #expect(Int64(history[back: back].completions) == hours[hours.count - 1 - back].completions)
        }
    }

    @Test func `a mark holds for the newest hours only and can be taken away`() {
        var history = HourHistory()
        for (index, hour) in hours(300, seed: 7).enumerated() { history.append(hour, day: index / 24) }
        history.mark(last: 10, alarmed: true)
        #expect((0..<10).allSatisfy { history[back: $0].isAlarmed })
        #expect(!history[back: 10].isAlarmed)
        history.mark(last: 1000, alarmed: false)
        #expect((0..<300).allSatisfy { !history[back: $0].isAlarmed })
    }
}
