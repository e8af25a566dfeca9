import TailraceStore

/// Rules as a table: what they did, and how often they are wrong.
enum RuleTable {
    /// What each rule did, with the first alerts of each below it.
    ///
    /// - Parameter first: by rule.
    static func lines(
        _ rates: [RuleRate], first: [String: [ViewRow]], _ clock: StoreClock, _ terminal: Terminal
    ) -> [String] {
        let loud = rates.filter { $0.alerts > 0 }
        let quiet = rates.filter { $0.alerts == 0 }.map(\.rule)
        var lines: [String] = []
        if !loud.isEmpty {
            var table = TextTable([
                .text("RULE", narrowest: 12), .number("ALERTS"), .number("AT ONCE"), .number("DIGEST"),
                .number("OPEN", dropRank: 2), .number("PER STAGE-QUARTER"), .number("FALSE ALARMS", dropRank: 1),
            ])
            for rate in loud {
                table.add([
                    .init(rate.rule, rate.pages > 0 ? .red : .plain), .init(Figure.count(rate.alerts)),
                    .init(Figure.count(rate.atOnce)), .init(Figure.count(rate.alerts - rate.atOnce)),
                    .init(Figure.count(rate.open)), .init(Figure.number(rate.perStageQuarter)),
                    .init(Figure.number(rate.falseAlarms)),
                ])
            }
            lines += table.lines(terminal)
            for rate in loud {
                lines += ["", terminal.styled(rate.rule, .strong)]
                let shown = first[rate.rule] ?? []
                for alert in shown { lines += line(alert, clock, terminal) }
                let rest = rate.alerts - Int64(shown.count)
                if rest > 0 { lines.append(terminal.styled("  … and \(Figure.count(rest)) more.", .faint)) }
            }
        }
        if !quiet.isEmpty {
            lines += loud.isEmpty ? [] : [""]
            lines += "Silent: \(quiet.joined(separator: ", ")).".wrapped(to: terminal.textColumns)
        }
        return lines
    }

    private static func line(_ alert: ViewRow, _ clock: StoreClock, _ terminal: Terminal) -> [String] {
        let since = clock.moment(alert.integer("firing_at"))
        let text = "\(since) \(alert.text("severity") ?? ""): \(alert.text("summary") ?? "")"
        return text.printable.wrapped(to: terminal.textColumns - 4).enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
    }

    /// How often rules are wrong, for the doctor: those that were measured.
    static func falseAlarms(_ rates: [RuleRate], _ terminal: Terminal) -> [String] {
        let measured = rates.filter { $0.falseAlarms != nil }
        guard !measured.isEmpty else { return [] }
        var table = TextTable([
            .text("RULE", narrowest: 12), .number("FIRED HERE"), .number("PER STAGE-QUARTER"),
            .number("FALSE ALARMS PER STAGE-QUARTER"), .text("MEASURED BY", narrowest: 12, dropRank: 1),
        ])
        for rate in measured {
            table.add([
                .init(rate.rule), .init(Figure.count(rate.alerts)), .init(Figure.number(rate.perStageQuarter)),
                .init(Figure.number(rate.falseAlarms)), .init(rate.source ?? ""),
            ])
        }
        let others = rates.filter { $0.falseAlarms == nil && $0.alerts > 0 }.map(\.rule)
        let note = others.isEmpty ? "" : "Not measured: \(others.joined(separator: ", "))."
        return [terminal.styled("How often rules are wrong", .strong)] + table.lines(terminal)
            + note.wrapped(to: terminal.textColumns).filter { !$0.isEmpty }
    }
}
