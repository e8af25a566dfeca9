import TailraceConfig
import TailraceEngine
import TailracePipeline

extension FormatDefinition {
    /// The kind of record, for people.
    var recordName: String {
        switch plan.kind {
        case .json: "JSON"
        case .csv: "CSV"
        case .syslog: "syslog"
        case .text: "lines"
        case .mbox: "mbox"
        }
    }
}

/// What one format made of a file.
struct FormatScreen {
    let trial: FormatTrial
    let definition: FormatDefinition
    let terminal: Terminal

    private var rejected: Int { trial.rejections.reduce(0) { $0 + $1.count } }

    var text: String {
        var lines = [
            "\(definition.name): \(Figure.counted(Int64(trial.events), "event")), "
                + "\(Figure.count(Int64(trial.ignored))) records that say nothing, "
                + "\(Figure.count(Int64(rejected))) rejected."
        ]
        if let detail = trial.detail { lines.append(terminal.styled(detail, .yellow)) }
        if !trial.firstEvents.isEmpty {
            lines += ["", "First events"]
            var table = TextTable([.number("AT BYTE"), .text("EVENT", narrowest: 40)])
            for event in trial.firstEvents {
                let fields = event.fields.map { "\($0.name)=\($0.value)" }.joined(separator: "  ")
                table.add([.init(Figure.count(event.position)), .init(fields)])
            }
            lines += table.lines(terminal, indent: 2)
        }
        if !trial.rejections.isEmpty {
            lines += ["", "Rejected"]
            var table = TextTable([
                .number("RECORDS"), .text("REASON"), .number("FIRST AT BYTE"), .text("IT BEGINS", narrowest: 20),
            ])
            for rejection in trial.rejections {
                table.add([
                    .init(Figure.count(Int64(rejection.count))), .init(rejection.reason),
                    .init(Figure.count(rejection.position)), .init(rejection.record),
                ])
            }
            lines += table.lines(terminal, indent: 2)
        }
        return lines.joined(separator: "\n")
    }

    var json: JSONValue {
        .object([
            ("format", .string(definition.name)), ("events", .integer(Int64(trial.events))),
            ("ignored", .integer(Int64(trial.ignored))), ("rejected", .integer(Int64(rejected))),
            ("detail", JSONValue(trial.detail)),
            (
                "first_events",
                .array(
                    trial.firstEvents.map { event in
                        .object(
                            [("position", .integer(event.position))] + event.fields.map { ($0.name, .string($0.value)) }
                        )
                    })
            ),
            (
                "rejections",
                .array(
                    trial.rejections.map {
                        .object([
                            ("reason", .string($0.reason)), ("count", .integer(Int64($0.count))),
                            ("position", .integer($0.position)), ("record", .string($0.record)),
                        ])
                    })
            ),
        ])
    }
}

/// What a file is taken for.
struct FormatComparisonScreen {
    let comparison: FormatComparison
    let path: String
    let terminal: Terminal

    var text: String {
        var table = TextTable([.text("FORMAT"), .number("UNDERSTOOD"), .text("", narrowest: 30)])
        for candidate in comparison.candidates {
            let isChosen = candidate.name == comparison.chosen
            table.add([
                .init(candidate.name), .init(Figure.share(candidate.share)),
                .init(
                    isChosen
                        ? "read as this" : candidate.mismatch ?? "possible; another understands more or is tried first"),
            ])
        }
        let verdict =
            comparison.chosen.map { "\(path) is read as \($0)." }
            ?? "\(path) is of no known format. Name one with --format, or add a definition under `formats:`."
        let others = comparison.candidates.filter { $0.mismatch == nil && $0.name != comparison.chosen }
        var lines = [verdict]
        if let chosen = comparison.candidates.first(where: { $0.name == comparison.chosen }), chosen.share < 0.9 {
            lines.append("A tenth or more of its first records is something else: it may be mixed.")
        }
        if !others.isEmpty {
            lines.append("It could also be \(others.map(\.name).joined(separator: ", ")); name the format to be sure.")
        }
        return (lines + [""] + table.lines(terminal)).joined(separator: "\n")
    }

    var json: JSONValue {
        .object([
            ("path", .string(path)), ("format", JSONValue(comparison.chosen)),
            (
                "candidates",
                .array(
                    comparison.candidates.map {
                        .object([
                            ("format", .string($0.name)), ("share", .real($0.share)),
                            ("mismatch", JSONValue($0.mismatch)),
                        ])
                    })
            ),
        ])
    }
}
