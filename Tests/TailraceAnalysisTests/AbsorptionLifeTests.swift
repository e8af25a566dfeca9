import TailraceAnalysis
import Testing

/// The life of alerts on rows made by hand: what opens them, what ends them, what must not.
struct AbsorptionLifeTests {
    static let seed: UInt64 = 20_261_121

    /// Ten an hour against sixteen, for twelve weeks.
    private func calmStage() -> StageRows {
        var stage = StageRows(seed: Self.seed)
        stage.run(weeks: 12, arrivals: 10, capacity: 16)
        return stage
    }

    @Test func `an overload pages, and the page is over after the queue has drained`() throws {
        var stage = calmStage()
        stage.run(weeks: 2, arrivals: 24, capacity: 16)
        stage.run(weeks: 6, arrivals: 10, capacity: 16)
        let falls = stage.falls()
        let pages = falls.fired(.page)
        #expect(pages.count == 1)
        #expect(try #require(pages.first) < (12 * 7 + 4) * 24)
        let end = try #require(falls.resolved.last)
        #expect(end.hour > 14 * 168)
        #expect(!end.evidence.isNewLevel)
        // A queue of 2 × 168 × 8 items.
        #expect(abs(end.evidence.peakBacklog - 2688) < 300)
        #expect(end.evidence.peakAt <= stage.rows[14 * 168 + 12].start)
    }

    @Test func `the cause says more arrivals when there are more, and slower service when it is slower`() throws {
        var more = calmStage()
        more.run(weeks: 2, arrivals: 24, capacity: 16)
        #expect(try #require(more.falls().firstAlert).cause == "more arrivals")
        var slower = calmStage()
        slower.run(weeks: 2, arrivals: 10, capacity: 5)
        let evidence = try #require(slower.falls().firstAlert)
        #expect(evidence.cause == "slower service")
        #expect(abs(try #require(evidence.shareFromArrivals) + (evidence.shareFromService ?? 0) - 1) < 1e-9)
    }

    @Test func `a stage of three weeks is judged by its greatest backlog, and says that it is young`() throws {
        var stage = StageRows(seed: Self.seed)
        stage.run(weeks: 3.5, arrivals: 10, capacity: 16)
        stage.run(weeks: 2, arrivals: 30, capacity: 16)
        let evidence = try #require(stage.falls().firstAlert)
        #expect(evidence.leg == .young)
        #expect(evidence.isYoung)
        #expect(evidence.severity == .page)
    }

    @Test func `silence of a source freezes an alert and never resolves it`() {
        var stage = calmStage()
        stage.run(weeks: 2, arrivals: 24, capacity: 16)
        let silentFrom = stage.rows.count
        stage.run(weeks: 4, arrivals: 0, capacity: 16, isFrozen: true)
        let falls = stage.falls()
        #expect(falls.fired(.page).count == 1)
        #expect(falls.allSatisfy { $0.hour < silentFrom })
    }

    @Test func `a silent source is no overload, however the backlog looks`() {
        var stage = calmStage()
        stage.run(weeks: 3, arrivals: 10, capacity: 0, isFrozen: true)
        #expect(stage.falls().fired().isEmpty)
    }

    @Test func `a stage whose backlog is unknown never fires`() {
        var stage = StageRows(seed: Self.seed)
        stage.run(weeks: 12, arrivals: 10, capacity: 16, isKnown: false)
        stage.run(weeks: 3, arrivals: 40, capacity: 16, isKnown: false)
        #expect(stage.falls().isEmpty)
    }

    @Test func `two items a week never fire on chance`() {
        for seed in UInt64(1)...6 {
            var stage = StageRows(seed: seed)
            stage.run(weeks: 60, arrivals: 2.0 / 168, capacity: 6.0 / 168)
            #expect(stage.falls().fired().isEmpty, "seed \(seed)")
        }
    }

    @Test func `a lasting level is accepted after weeks, and the next episode is found again`() throws {
        var stage = calmStage()
        stage.run(weeks: 2, arrivals: 24, capacity: 16)
        stage.run(weeks: 8, arrivals: 16, capacity: 16)
        let second = stage.rows.count
        stage.run(weeks: 3, arrivals: 30, capacity: 16)
        let falls = stage.falls()
        let end = try #require(falls.resolved.first)
        #expect(end.evidence.isNewLevel)
        #expect(end.hour < second)
        #expect(falls.fired(.page).contains { $0 >= second && $0 < second + 10 * 24 })
    }

    @Test func `a second episode inside a first is an alert of its own`() {
        var stage = calmStage()
        stage.run(weeks: 2, arrivals: 34, capacity: 16)
        stage.run(weeks: 2, arrivals: 8, capacity: 16)
        let second = stage.rows.count
        stage.run(weeks: 1, arrivals: 40, capacity: 16)
        let renewed = stage.falls().filter { fall in
            if case .renewed = fall.transition { true } else { false }
        }
        #expect(renewed.contains { $0.hour >= second })
    }

    @Test func `the detector says the same about the same rows`() {
        var stage = calmStage()
        stage.run(weeks: 2, arrivals: 24, capacity: 16)
        var (one, other) = (AbsorptionDetector(), AbsorptionDetector())
        for row in stage.rows { #expect(one.close(row) == other.close(row)) }
    }

    @Test func `an alert is pending before it fires, and what never fires lapses`() {
        var stage = calmStage()
        stage.run(weeks: 2, arrivals: 24, capacity: 16)
        stage.run(weeks: 6, arrivals: 10, capacity: 16)
        var isOpen = false
        for fall in stage.falls() {
            switch fall.transition {
            case .pending(let evidence):
                #expect(!isOpen)
                #expect(evidence.backlog > evidence.normal)
                isOpen = true
            case .firing(let evidence):
                #expect(evidence.pendingSince <= stage.rows[fall.hour].end)
                isOpen = true
            case .escalated, .renewed:
                #expect(isOpen)
            case .lapsed, .resolved:
                #expect(isOpen)
                isOpen = false
            }
        }
    }
}
