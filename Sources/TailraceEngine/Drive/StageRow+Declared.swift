internal import TailraceAnalysis
internal import TailraceConfig
internal import TailracePipeline

extension StageRow {
    /// Fills in what is declared of the stage, and what was learned of its capacity.
    mutating func declare(_ configuration: Configuration, _ assessment: StageAssessment?) {
        let declared = configuration.stages[name]
        owner = declared?.owner
        kind = declared?.kind?.rawValue
        toleranceDays = declared?.tolerance?.inDays ?? 1
        guard let assessment else { return }
        capacityPerDay = assessment.capacity?.perDay
        capacityLow = assessment.capacity?.low
        capacityHigh = assessment.capacity?.high
        capacitySource = assessment.capacity?.source.rawValue
        let isShown = assessment.workers >= configuration.privacy.minimumGroup && assessment.workers > 0
        workers = isShown ? Int64(assessment.workers) : nil
    }
}
