/// Cases on their declared ways: steps that nobody declared, that were left out, and that were taken again.
extension Pipeline {
    /// A case comes to a stage, for the first time or again.
    mutating func follow(_ workCase: inout WorkCase, to stage: Int, hour: Window, isNew: Bool, isAgain: Bool) {
        let name = stageNames.names[stage]
        let place = paths.place(of: name)
        if isNew, let place { workCase.trace = .begin(process: place.process) }
        guard workCase.trace.isTracked else { return }
        let (process, before) = (workCase.trace.process, workCase.trace.step)
        let step = place.flatMap { $0.process == process ? $0.step : nil }
        workCase.trace.go(to: paths.key(of: name, in: process), step: step)
        guard let step else {
            stageWeeks.count(StageWeekRow(window: hour, stage: stage)) { $0.hiddenVisits += 1 }
            if before >= 0 { countDeviation(process, before, hour) { $0.hiddenAfter += 1 } }
            return
        }
        if isAgain || step <= before { countDeviation(process, step, hour) { $0.loops += 1 } }
        if step > before + 1 {
            for left in (before + 1)..<step { countDeviation(process, left, hour) { $0.skips += 1 } }
        }
    }

    /// A case that came to the end of its process was on a declared way, or was not.
    mutating func judge(_ workCase: WorkCase, at stage: Int, hour: Window) {
        guard workCase.trace.isTracked, let place = paths.place(of: stageNames.names[stage]),
            place.process == workCase.trace.process, paths.isEnd(place)
        else { return }
        let (trace, isDeclared) = (workCase.trace, paths.isDeclared(workCase.trace))
        stageWeeks.count(StageWeekRow(window: hour, stage: stage)) {
            $0.pathCases += 1
            $0.pathConforming += isDeclared ? 1 : 0
            $0.ways.add(trace.hash)
        }
    }

    /// Charged to the declared stage, where the logs have named it.
    private mutating func countDeviation(
        _ process: Int, _ step: Int, _ hour: Window, _ body: (inout StageWeekRow) -> Void
    ) {
        guard let stage = stageNames.find(paths.stage(process: process, step: step)) else { return }
        stageWeeks.count(StageWeekRow(window: hour, stage: stage), body)
    }
}
