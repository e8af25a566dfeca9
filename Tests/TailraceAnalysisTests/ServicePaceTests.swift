@testable import TailraceAnalysis
import StageSimulation
import Testing

struct ServicePaceTests {
    private func lastAssessment(_ stage: SimulatedStage, _ settings: StageSettings = StageSettings())
        -> StageAssessment?
    {
        var detector = AbsorptionDetector(settings: settings)
        var last: StageAssessment?
        for hour in stage.hours { last = detector.close(hour) }
        return last
    }

    @Test func `capacity is learned from a queue that is rarely busy`() throws {
        for seed in UInt64(1)...4 {
            var noise = SeededNoise(seed: seed)
            let stage = SimulatedStage(size: .medium, load: 0.5, weeks: 14, course: .calm, noise: &noise)
            let capacity = try #require(lastAssessment(stage)?.capacity)
            #expect(capacity.source == .learned)
            #expect(abs(capacity.perWeek / stage.capacityPerWeek - 1) < 0.25, "seed \(seed)")
            #expect(capacity.low < capacity.perDay && capacity.perDay < capacity.high)
        }
    }

    @Test func `a declared capacity wins`() throws {
        var noise = SeededNoise(seed: 9)
        let stage = SimulatedStage(size: .medium, load: 0.7, weeks: 10, course: .calm, noise: &noise)
        let assessment = try #require(lastAssessment(stage, StageSettings(capacityPerDay: 123)))
        #expect(assessment.capacity?.perDay == 123)
        #expect(assessment.capacity?.source == .declared)
        let backlog = Double(try #require(stage.hours.last?.backlog))
        #expect(assessment.daysOfWork == backlog / 123)
    }

    @Test func `a stage cannot have less capacity than it has delivered`() throws {
        var stage = StageRows(seed: 3)
        stage.run(weeks: 8, arrivals: 15, capacity: 16)
        var detector = AbsorptionDetector()
        var last: StageAssessment?
        for row in stage.rows { last = detector.close(row) }
        #expect(try #require(last?.capacity).perWeek > 0.97 * 15 * 168)
    }
}
