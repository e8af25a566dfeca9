import StageSimulation
import TailraceAnalysis
import Testing

/// Rates on simulated stages: floors under what was measured over many more stage-years in a release build.
struct AbsorptionRateTests {
    private func pages(_ stage: SimulatedStage) -> [Int] {
        StageRows.falls(of: stage.hours).fired(.page)
    }

    @Test(arguments: [SimulatedStage.Size.small, .medium])
    func `stages without overload are paged at most once in four quarters`(size: SimulatedStage.Size) {
        let seed: UInt64 = 11
        var noise = SeededNoise(seed: seed)
        var (count, stages) = (0, 0)
        for _ in 0..<6 {
            let load = noise.uniform(0.5, 0.9)
            let stage = SimulatedStage(size: size, load: load, weeks: 34, course: .calm, noise: &noise)
            count += pages(stage).count { $0 >= 8 * 168 }
            stages += 1
        }
        // Two quarters a stage; measured: one page in ten quarters.
        #expect(count <= stages * 2 / 4, "seed \(seed)")
    }

    @Test(arguments: [
        (Course.tripleAtOnce, 0.6, 5.0), (.more30, 0.9, 40.0), (.slower30, 0.85, 40.0),
    ])
    func `overload is paged in time`(course: Course, load: Double, days: Double) throws {
        let seed: UInt64 = 12
        var noise = SeededNoise(seed: seed)
        for _ in 0..<3 {
            let stage = SimulatedStage(
                size: .medium, load: load, weeks: 24, course: course, courseStartsWeek: 12, noise: &noise)
            let start = try #require(stage.overloadHour)
            let page = pages(stage).first { $0 >= 12 * 168 }
            #expect(Double(try #require(page) - start) / 24 < days, "seed \(seed), \(course)")
        }
    }
}

extension StageRows {
    static func falls(of hours: [StageHour]) -> [Fall] {
        var rows = StageRows(seed: 0)
        rows.rows = hours
        return rows.falls()
    }
}
