import TailraceAnalysis
import TailracePipeline

/// A claim beside what was measured.
struct ClaimScreen {
    let claimed: Double
    let measure: ClaimMeasure
    let stage: String?
    let since: String
    let audit: ClaimAudit
    let before: [ClaimWeeks.Left]
    let after: [ClaimWeeks.Left]
    /// What stands for the outcome.
    let outcome: String
    let missing: [String]
    let terminal: Terminal

    private func percent(_ share: Double) -> String {
        let value = (share * 1000).rounded() / 10
        return (value >= 0 ? "+" : "") + Figure.number(value) + " %"
    }

    private var verdict: String {
        guard let gain = audit.likeForLike else {
            return "The claim cannot be audited (missing: \(missing.joined(separator: "; ")))."
        }
        let points = Figure.number(((claimed - gain.value) * 1000).rounded() / 10)
        if audit.isOverstated(claimed) == true {
            return "Overstated by \(points) points: \(outcome) for each hour of work went \(percent(gain.value))."
        }
        return claimed - gain.value > 0
            ? "Within what the weeks differ by: like for like \(percent(gain.value)), \(points) points less than claimed."
            : "Borne out: like for like \(percent(gain.value))."
    }

    var text: String {
        let place = stage.map { " of \($0)" } ?? ""
        var lines = "Claimed: \(percent(claimed)) \(measure.text)\(place), since \(since). \(verdict)"
            .wrapped(to: terminal.textColumns).map { terminal.styled($0, .strong) }
        var table = TextTable([.text("COUNTED", narrowest: 20), .number("GAIN"), .number("90 % INTERVAL")])
        for (name, gain) in gains {
            let interval = gain.map { "\(percent($0.low)) to \(percent($0.high))" }
            table.add([
                .init(name), .init(gain.map { percent($0.value) } ?? Figure.unknown), .init(interval ?? Figure.unknown),
            ])
        }
        lines += [""] + table.lines(terminal) + [""] + leftOut
        if !missing.isEmpty, audit.likeForLike != nil {
            lines += [""] + "Not measurable: \(missing.joined(separator: "; ")).".wrapped(to: terminal.textColumns)
        }
        lines += [""]
        lines += "\(after.count) weeks on each side; a week that holds the day is on neither."
            .wrapped(to: terminal.textColumns).map { terminal.styled($0, .faint) }
        return lines.joined(separator: "\n")
    }

    private var gains: [(String, ClaimAudit.Gain?)] {
        [
            ("as claimed: \(measure.text)", audit.asClaimed),
            ("the same, people's own items only", measure.counted == .completions ? nil : audit.humanOnly),
            ("like for like: \(outcome) per hour of all work", audit.likeForLike),
        ]
    }

    /// What the claim leaves out, hours a week before and after.
    private var leftOut: [String] {
        var table = TextTable([
            .text("WHAT IT LEAVES OUT", narrowest: 20), .number("BEFORE"), .number("SINCE"),
        ])
        for (name, before, after) in rows {
            table.add([.init(name), .init(before), .init(after)])
        }
        return table.lines(terminal)
    }

    private func mean(_ weeks: [ClaimWeeks.Left], _ value: (ClaimWeeks.Left) -> Double) -> Double {
        weeks.reduce(0) { $0 + value($1) } / Double(max(1, weeks.count))
    }

    private func share(
        _ weeks: [ClaimWeeks.Left], _ part: (ClaimWeeks.Left) -> Double, _ all: (ClaimWeeks.Left) -> Double
    )
        -> Double?
    {
        let whole = mean(weeks, all)
        return whole > 0 ? mean(weeks, part) / whole : nil
    }

    private var rows: [(String, String, String)] {
        let hours: [(String, (ClaimWeeks.Left) -> Double)] = [
            ("hours of making, a week", \.making), ("hours of review", \.review), ("hours of rework", \.rework),
            ("hours in later stages", \.later),
        ]
        // Where no hours are seen, there are not none.
        func shown(_ weeks: [ClaimWeeks.Left], _ value: (ClaimWeeks.Left) -> Double) -> String {
            mean(weeks, \.seen) > 0 ? "\(Figure.number(mean(weeks, value))) h" : Figure.unknown
        }
        var rows = hours.map { name, value in (name, shown(before, value), shown(after, value)) }
        rows.append(
            (
                "items with a machine's help", Figure.share(share(before, \.automated, \.items)),
                Figure.share(share(after, \.automated, \.items))
            ))
        rows.append(
            (
                "completions whose hours were seen", Figure.share(share(before, \.seen, \.completions)),
                Figure.share(share(after, \.seen, \.completions))
            ))
        return rows
    }

    var json: JSONValue {
        func gain(_ gain: ClaimAudit.Gain?) -> JSONValue {
            guard let gain else { return .null }
            return .object([("value", .real(gain.value)), ("low", .real(gain.low)), ("high", .real(gain.high))])
        }
        func left(_ weeks: [ClaimWeeks.Left]) -> JSONValue {
            .object([
                ("making_h", .real(mean(weeks, \.making))), ("review_h", .real(mean(weeks, \.review))),
                ("rework_h", .real(mean(weeks, \.rework))), ("later_h", .real(mean(weeks, \.later))),
                ("automated_share", share(weeks, \.automated, \.items).map { .real($0) } ?? .null),
                ("coverage", share(weeks, \.seen, \.completions).map { .real($0) } ?? .null),
            ])
        }
        return .object([
            ("claimed", .real(claimed)), ("measure", .string(measure.text)),
            ("stage", stage.map { .string($0) } ?? .null), ("since", .string(since)),
            ("weeks", .integer(Int64(after.count))), ("outcome", .string(outcome)),
            ("as_claimed", gain(audit.asClaimed)),
            ("human_only", gain(measure.counted == .completions ? nil : audit.humanOnly)),
            ("like_for_like", gain(audit.likeForLike)),
            ("gap_points", audit.likeForLike.map { .real((claimed - $0.value) * 100) } ?? .null),
            ("overstated", audit.isOverstated(claimed).map { .bool($0) } ?? .null), ("before", left(before)),
            ("after", left(after)), ("missing", .array(missing.map { .string($0) })),
        ])
    }
}
