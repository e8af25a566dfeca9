import TailraceAnalysis

/// How well a stress test's model foretold what came.
struct BackcastScreen {
    let backcast: Backcast
    let log: StageLog
    let mondays: Int
    let weeks: Int
    let ahead: Int
    let runs: Int
    let seed: UInt64

    private struct Line {
        var title: String
        var figure: Backcast.Figure?
        var points: [Backcast.Point]

        var within: Double? { Backcast(points: points).coverage() }
        var below: Double? { share { $0.counted < $0.spread.low } }
        var above: Double? { share { $0.counted > $0.spread.high } }
        /// How wide the interval is, as a share of what was counted, over all of them.
        var width: Double? {
            let counted = points.reduce(0) { $0 + $1.counted }
            return counted > 0 ? points.reduce(0) { $0 + $1.spread.high - $1.spread.low } / counted : nil
        }

        private func share(_ isMeant: (Backcast.Point) -> Bool) -> Double? {
            points.isEmpty ? nil : Double(points.count(where: isMeant)) / Double(points.count)
        }
    }

    private var lines: [Line] {
        var lines = [Line(title: "all", points: backcast.points)]
        for figure in Backcast.Figure.allCases {
            let points = backcast.points.filter { $0.figure == figure }
            lines.append(Line(title: figure.rawValue, figure: figure, points: points))
        }
        for step in 1...ahead {
            lines.append(
                Line(
                    title: "\(step) week\(step == 1 ? "" : "s") ahead",
                    points: backcast.points.filter { $0.ahead == step }))
        }
        return lines
    }

    func text(_ terminal: Terminal) -> String {
        let heading =
            "From each of \(Figure.counted(Int64(mondays), "Monday")), up to \(weeks) weeks before it were fitted and the \(ahead) "
            + "after it foretold (\(log.firstWeek) to \(log.lastWeek); \(runs) runs, seed \(seed)). An interval of 80 in 100 "
            + "should hold what came 80 times in 100."
        var table = TextTable([
            .text("FORETOLD", narrowest: 10), .number("COMPARED"), .number("WITHIN"), .number("BELOW"),
            .number("ABOVE"),
            .number("WIDTH"),
        ])
        for line in lines {
            table.add([
                .init(line.title), .init(Figure.count(Int64(line.points.count))), .init(percent(line.within)),
                .init(percent(line.below)), .init(percent(line.above)), .init(percent(line.width)),
            ])
        }
        let stages = Set(backcast.points.map(\.stage)).count
        let note =
            "\(Figure.counted(Int64(stages), "stage")) with a capacity and five items a week or more. WIDTH: the interval over "
            + "what was counted."
        return
            (heading.wrapped(to: terminal.textColumns).map { terminal.styled($0, .strong) } + table.lines(terminal)
            + [""] + note.wrapped(to: terminal.textColumns).map { terminal.styled($0, .faint) })
            .joined(separator: "\n")
    }

    private func percent(_ share: Double?) -> String { Figure.share(share.map { ($0 * 1000).rounded() / 1000 }) }

    var json: JSONValue {
        .object([
            ("mondays", .integer(Int64(mondays))), ("weeks", .integer(Int64(weeks))), ("ahead", .integer(Int64(ahead))),
            ("runs", .integer(Int64(runs))), ("seed", .string(String(seed))),
            ("from", .string(log.firstWeek)), ("to", .string(log.lastWeek)),
            (
                "coverage",
                .array(
                    lines.map { line in
                        .object([
                            ("foretold", .string(line.title)), ("compared", .integer(Int64(line.points.count))),
                            ("within", JSONValue(line.within)), ("below", JSONValue(line.below)),
                            ("above", JSONValue(line.above)), ("width", JSONValue(line.width)),
                        ])
                    })
            ),
        ])
    }
}
