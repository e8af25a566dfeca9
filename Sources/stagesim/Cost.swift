import Foundation
import StageSimulation
import TailraceAnalysis

/// What the queue rule costs: an hour of so many stages that know 26 weeks, and the memory that they take.
func measureCost(stages count: Int) {
    var noise = SeededNoise(seed: 1)
    let stage = SimulatedStage(size: .medium, load: 0.8, weeks: 28, course: .calm, noise: &noise)
    let (past, next) = (stage.hours[..<(26 * 168)], stage.hours[(26 * 168)...])
    let before = residentBytes()
    var detectors: [AbsorptionDetector] = []
    for _ in 0..<count {
        var detector = AbsorptionDetector()
        for hour in past { _ = detector.close(hour) }
        detectors.append(detector)
    }
    let each = Double(residentBytes() - before) / Double(count) / 1024
    var times: [Double] = []
    for hour in next {
        let start = ContinuousClock.now
        for place in detectors.indices { _ = detectors[place].close(hour) }
        times.append((ContinuousClock.now - start) / .milliseconds(1))
    }
    times.sort()
    print(
        "\(count) stages: \(figure(each)) KB a stage; an hour \(figure(times[times.count / 2])) ms in the median, "
            + "\(figure(times[times.count - 1])) ms at most (all learn anew on Mondays)")
}

private func residentBytes() -> Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * Int(getpagesize())
}
