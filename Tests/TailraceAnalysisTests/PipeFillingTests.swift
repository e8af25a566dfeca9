import TailraceAnalysis
import Testing

/// A log's first weeks start empty and grow by themselves. That is not overload.
struct PipeFillingTests {
    @Test func `a pipe of three weeks that fills raises no alert`() {
        for seed in UInt64(1)...4 {
            var stage = StageRows(seed: seed)
            stage.dwell(weeks: 26, arrivals: { _ in 8 }, hours: 3 * 168)
            let falls = stage.falls()
            #expect(falls.fired().isEmpty, "seed \(seed): \(falls)")
        }
    }

    @Test func `no alert falls in the first two weeks, whatever happens`() {
        var stage = StageRows(seed: 5)
        stage.run(weeks: 1, arrivals: 4, capacity: 16)
        stage.run(weeks: 1, arrivals: 60, capacity: 16)
        #expect(stage.falls().isEmpty)
    }

    @Test func `cases picked by the day they closed grow for a year and raise no alert`() {
        for seed in UInt64(1)...3 {
            var stage = StageRows(seed: seed)
            // Doubles each eight weeks, and falls to nothing at the end.
            stage.dwell(
                weeks: 56,
                arrivals: { hour in
                    var rate = 0.02
                    for _ in 0..<(hour / (8 * 168)) { rate *= 2 }
                    return hour < 52 * 168 ? rate : 0
                }, hours: 10 * 168)
            #expect(stage.falls().fired().isEmpty, "seed \(seed)")
        }
    }

    @Test func `a stage that has filled is judged`() {
        var stage = StageRows(seed: 6)
        stage.dwell(weeks: 20, arrivals: { _ in 8 }, hours: 168)
        let start = stage.rows.count
        stage.dwell(weeks: 6, arrivals: { _ in 24 }, hours: 168)
        #expect(stage.falls().fired(.page).contains { $0 >= start && $0 < start + 14 * 24 })
    }
}
