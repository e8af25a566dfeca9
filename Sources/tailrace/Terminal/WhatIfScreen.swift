import TailraceAnalysis

/// A stress test as a screen.
struct WhatIfScreen {
    let answer: WhatIfAnswer
    let terminal: Terminal

    private static let mostStages = 16
    private static let mostUnjudged = 6

    private var stages: [StageNode] { answer.test.changed.stages }

    var text: String {
        var lines = paragraph(headline, .strong)
        for text in [over, next, shielded, review].compactMap({ $0 }) { lines += paragraph(text) }
        lines += [""] + table + [""]
        lines += paragraph(legend, .faint)
        if let unjudged { lines += [""] + paragraph(unjudged) }
        lines += ["", terminal.styled("Assumptions", .strong)]
        for text in answer.assumptions {
            for (place, line) in text.printable.wrapped(to: max(10, terminal.textColumns - 2)).enumerated() {
                lines.append((place == 0 ? "- " : "  ") + line)
            }
        }
        return lines.joined(separator: "\n")
    }

    private func paragraph(_ text: String, _ style: Style = .plain) -> [String] {
        text.printable.wrapped(to: terminal.textColumns).map { terminal.styled($0, style) }
    }

    private func name(_ place: Int) -> String { stages[place].name.stageName }
    private func time(_ hours: Double) -> String { Figure.duration(hours * 3600) }

    private var condition: String {
        guard !answer.changes.changes.isEmpty else { return "If all stays as it is" }
        let said = answer.changes.changes.map { change in
            let (stage, amount) = (change.stage.stageName, change.amount.shown)
            return switch change.option {
            case "--scale": "the work that enters \(stage) is \(amount)"
            case "--service": "the time of an item in \(stage) is \(amount)"
            default: "the people in \(stage) are \(amount)"
            }
        }
        return "If " + said.joined(separator: " and ")
    }

    private var headline: String {
        let others = answer.test.alreadyOver.isEmpty ? "no stage" : "no further stage"
        guard let first = answer.test.first, let hours = answer.test.fluid.breach[first] else {
            return "\(condition): \(others) saturates within \(Figure.counted(Int64(answer.days), "day"))."
        }
        return "\(condition): \(name(first)) saturates first, after \(time(hours)) \(interval(first))."
    }

    private func interval(_ place: Int) -> String {
        let (spread, share) = (answer.intervals.breach[place], answer.intervals.breachShare[place])
        if spread.high < .infinity { return "(\(time(spread.low)) to \(time(spread.high)), 80 times in 100)" }
        return "(in \(Figure.share((share * 100).rounded() / 100)) of the runs)"
    }

    private var over: String? {
        let over = answer.test.alreadyOver
        guard !over.isEmpty else { return nil }
        return "Over \(over.count == 1 ? "its limit" : "their limits") already, before any change: "
            + over.map(name).joined(separator: ", ") + "."
    }

    private var next: String? {
        guard let first = answer.test.first else { return nil }
        guard let remedy = answer.remedy else { return "No capacity would keep \(name(first)) below its limit." }
        let capacity = Figure.number(remedy.capacityPerDay)
        let today = Figure.number(stages[first].capacityPerDay)
        var text = "With \(capacity) items a working day instead of \(today) it would not; "
        if let next = remedy.next, let hours = remedy.nextBreach {
            text += "then \(name(next)) would saturate, after \(time(hours))."
        } else {
            text += "then no other would within this time."
        }
        return text
    }

    private var shielded: String? {
        let shielded = answer.shielded
        guard !shielded.isEmpty else { return nil }
        return "Load alone would name \(shielded.map(name).joined(separator: ", ")) too: what saturates before "
            + "\(shielded.count == 1 ? "it shields it" : "them shields them")."
    }

    private var review: String? {
        if let missing = answer.reviewMissing { return "Review hours are not measurable (missing: \(missing))." }
        guard let now = answer.intervals.reviewToday, let then = answer.intervals.review,
            let leftNow = answer.intervals.reviewLeftToday, let left = answer.intervals.reviewLeft
        else { return nil }
        let weeks = answer.weeksAhead
        func perWeek(_ hours: Double) -> String { Figure.number((hours / weeks).rounded()) }
        let coverage =
            answer.reviewCoverage.map { $0 < 0.995 ? ", seen for \(Figure.share($0)) of the items" : "" } ?? ""
        if answer.changes.changes.isEmpty {
            return
                "Review: \(perWeek(now.middle)) h a week, and \(Figure.number(leftNow.middle.rounded())) h wait in queues "
                + "at the end\(coverage)."
        }
        return "Review: \(perWeek(then.middle)) h a week (\(perWeek(then.low)) to \(perWeek(then.high))), unchanged "
            + "\(perWeek(now.middle)); at the end \(Figure.number(left.middle.rounded())) h of it wait in queues, unchanged "
            + "\(Figure.number(leftNow.middle.rounded()))\(coverage)."
    }

    private var table: [String] {
        var table = TextTable([
            .text("STAGE", narrowest: 10), .number("LOAD NOW", dropRank: 3), .number("LOAD"),
            .number("SATURATED AFTER"),
            .text("80 IN 100", dropRank: 1), .number("RUNS"), .number("RUNS NOW", dropRank: 4),
            .number("BACKLOG AT END"), .number("DAYS OF WORK", dropRank: 2), .number("CAPACITY/DAY", dropRank: 5),
        ])
        let shown = answer.judged.prefix(Self.mostStages)
        for place in shown {
            let spread = answer.intervals.breach[place]
            let backlog = answer.intervals.backlog[place].middle
            let breach = answer.test.fluid.breach[place]
            let style: Style = place == answer.test.first ? .red : breach != nil ? .yellow : .plain
            let between =
                spread.low == .infinity || breach == 0
                ? "" : "\(time(spread.low)) to \(spread.high == .infinity ? "never" : time(spread.high))"
            table.add([
                .init(name(place), style), .init(Figure.share(rounded(answer.test.trafficToday.load[place]))),
                .init(Figure.share(rounded(answer.test.traffic.load[place])), style),
                .init(breach.map { $0 == 0 ? "already" : time($0) } ?? "not", style), .init(between),
                .init(Figure.share(rounded(answer.intervals.breachShare[place]))),
                .init(Figure.share(rounded(answer.intervals.breachShareToday[place]))),
                .init(Figure.number(backlog)),
                .init(Figure.days(stages[place].capacityPerDay.map { backlog / $0 })),
                .init(Figure.number(stages[place].capacityPerDay)),
            ])
        }
        guard !shown.isEmpty else { return ["No stage can be judged."] }
        let more = answer.judged.count - shown.count
        return table.lines(terminal) + (more > 0 ? ["… and \(more) more: --json."] : [])
    }

    private func rounded(_ share: Double?) -> Double? { share.map { ($0 * 100).rounded() / 100 } }

    private var legend: String {
        "LOAD is what is asked of a stage over what it can do; SATURATED AFTER without chance, 80 IN 100 and RUNS (in how "
            + "many it happens within \(Figure.counted(Int64(answer.days), "day"))) of \(answer.runs) simulated runs, seed "
            + "\(answer.seed). NOW: if nothing changes."
    }

    private var unjudged: String? {
        let unjudged = answer.unjudged
        guard !unjudged.isEmpty else { return nil }
        let shown = unjudged.prefix(Self.mostUnjudged).map { "\($0.name) (\($0.missing))" }.joined(separator: "; ")
        let more = unjudged.count - min(unjudged.count, Self.mostUnjudged)
        return "Not judged, and passed through without a limit: \(shown)\(more > 0 ? "; and \(more) more" : "")."
    }
}
