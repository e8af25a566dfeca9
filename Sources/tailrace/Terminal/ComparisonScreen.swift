import TailracePipeline

/// Two texts side by side.
struct ComparisonScreen {
    let comparison: TextComparison
    let names: [String]
    let texts: [[UInt8]]
    let terminal: Terminal

    /// Stretches that are shown; the longest ones.
    private static let shownSpans = 10

    private var sides: [TextComparison.Side] { [comparison.first, comparison.second] }

    private var verdict: String {
        switch comparison.relation {
        case .exact: "The same letters: the second is an exact copy of the first."
        case .near: "The second is a near copy of the first: 70 % or more of it is there."
        case .partial: "The second repeats the first in part: 20 to 70 % of it is there. It founds a family of its own."
        case .short: "The second has less than 64 letters: only an exact copy of it could be told."
        case .novel, .leader:
            "The second repeats nothing of the first that counts: less than 20 %, or fewer than 3 hits."
        }
    }

    var text: String {
        var lines = verdict.wrapped(to: terminal.textColumns).map { terminal.styled($0, .strong) }
        var table = TextTable([
            .text("TEXT", narrowest: 12, cut: .start), .number("LETTERS"), .number("IN THE OTHER"),
            .number("ESTIMATE", dropRank: 1), .number("INTERVAL", dropRank: 2), .number("HITS", dropRank: 3),
        ])
        for (name, side) in zip(names, sides) {
            let interval = side.interval
            let percent = { (share: Double) in Figure.number((share * 100).rounded()) }
            table.add([
                .init(name.printable), .init(Figure.count(Int64(side.letters))), .init(Figure.share(side.share)),
                .init(side.compared == 0 ? Figure.unknown : Figure.share(side.containment)),
                .init(side.compared == 0 ? Figure.unknown : "\(percent(interval.low))–\(percent(interval.high)) %"),
                .init("\(side.hits) of \(side.compared)"),
            ])
        }
        lines += [""] + table.lines(terminal)
        if !comparison.spans.isEmpty { lines += [""] + spanLines }
        return lines.joined(separator: "\n")
    }

    private var spanLines: [String] {
        let longest = comparison.longestSpans
        var table = TextTable([
            .number("LETTERS"), .number("LINE IN 1"), .number("LINE IN 2"), .text("COMMON STRETCH", narrowest: 20),
        ])
        for span in longest.prefix(ComparisonScreen.shownSpans) {
            let text = String(decoding: texts[0][span.first].prefix(400), as: UTF8.self)
            table.add([
                .init(Figure.count(Int64(span.letters))), .init(Figure.count(line(span.first, 0))),
                .init(Figure.count(line(span.second, 1))),
                .init(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").printable),
            ])
        }
        var lines = table.lines(terminal)
        if longest.count > ComparisonScreen.shownSpans {
            lines.append("… and \(Figure.count(Int64(longest.count - ComparisonScreen.shownSpans))) more in --json.")
        }
        return lines
    }

    /// The line of a stretch's first byte, from 1.
    private func line(_ range: Range<Int>, _ text: Int) -> Int64 {
        Int64(texts[text][..<range.lowerBound].count { $0 == UInt8(ascii: "\n") } + 1)
    }

    var json: JSONValue {
        let sides = zip(names, sides).map { name, side in
            JSONValue.object([
                ("file", .string(name)), ("letters", .integer(Int64(side.letters))), ("share", .real(side.share)),
                ("containment", side.compared == 0 ? .null : .real(side.containment)),
                ("containment_low", side.compared == 0 ? .null : .real(side.interval.low)),
                ("containment_high", side.compared == 0 ? .null : .real(side.interval.high)),
                ("hits", .integer(Int64(side.hits))), ("compared", .integer(Int64(side.compared))),
            ])
        }
        let spans = comparison.spans.map { span in
            JSONValue.object([
                ("letters", .integer(Int64(span.letters))), ("first_start", .integer(Int64(span.first.lowerBound))),
                ("first_end", .integer(Int64(span.first.upperBound))),
                ("second_start", .integer(Int64(span.second.lowerBound))),
                ("second_end", .integer(Int64(span.second.upperBound))),
            ])
        }
        return .object([
            ("relation", .string(comparison.relation.name)), ("texts", .array(sides)), ("spans", .array(spans)),
        ])
    }
}
