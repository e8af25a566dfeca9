import Glibc

/// Processor seconds that the stages of a log took, each stage once a chunk: two looks at the clock cost nothing beside
/// 256 KiB.
struct StageClock {
    private var seconds: [String: Double] = [:]

    /// Zero for a stage that did not run.
    subscript(stage: String) -> Double { seconds[stage, default: 0] }

    /// Runs the body and adds its time to the stage.
    mutating func time<Result>(_ stage: String, _ body: () throws -> Result) rethrows -> Result {
        let begun = StageClock.now
        defer { seconds[stage, default: 0] += StageClock.now - begun }
        return try body()
    }

    /// Of the whole process: what it hands to other threads counts too.
    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
