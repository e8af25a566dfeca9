@testable import TailraceAnalysis
import StageSimulation
import Testing

struct LevelForecastTests {
    @Test func `a sure drain takes gap over drift`() throws {
        let forecast = try #require(LevelForecast(gap: 100, drift: 10, variance: 1e-9, driftError: 0))
        #expect(abs(forecast.low - 10) < 0.01)
        #expect(abs(try #require(forecast.high) - 10) < 0.01)
    }

    @Test func `doubt widens the interval on both sides`() throws {
        let forecast = try #require(LevelForecast(gap: 100, drift: 10, variance: 40, driftError: 1))
        #expect(forecast.low < 10)
        #expect(try #require(forecast.high) > 10)
    }

    @Test func `a drift that may be nothing has no upper end`() throws {
        let forecast = try #require(LevelForecast(gap: 100, drift: 1, variance: 10, driftError: 2))
        #expect(forecast.low > 1)
        #expect(forecast.high == nil)
    }

    @Test func `a queue that grows does not drain, and one at normal has nothing to drain`() {
        #expect(LevelForecast(gap: 100, drift: -1, variance: 1, driftError: 0.01) == nil)
        #expect(LevelForecast(gap: 0, drift: 5, variance: 1, driftError: 0) == nil)
    }

    @Test func `when an overload ends, the forecast holds the day it is over, four times in five`() throws {
        let seed: UInt64 = 31
        var noise = SeededNoise(seed: seed)
        var (held, tried) = (0, 0)
        for _ in 0..<6 {
            let stage = SimulatedStage(
                size: .medium, load: 0.85, weeks: 50, course: .more30Ends, courseStartsWeek: 12, noise: &noise)
            let end = 22 * 168
            var detector = AbsorptionDetector()
            var latest: AbsorptionEvidence?
            for hour in stage.hours.prefix(end + 1) {
                let assessment = detector.close(hour)
                latest = assessment.firing ?? assessment.transition?.evidence ?? latest
            }
            guard let latest, let low = latest.drainDaysLow else { continue }
            let over = stage.hours[end...].firstIndex { Double($0.backlog ?? 0) <= latest.normal }
            let days = Double(try #require(over) - end) / 24
            tried += 1
            if low <= days, days <= latest.drainDaysHigh ?? .infinity { held += 1 }
        }
        #expect(tried >= 4, "seed \(seed)")
        #expect(held * 5 >= tried * 3, "seed \(seed): \(held) of \(tried)")
    }
}
