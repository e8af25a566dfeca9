import TailraceEngine
import TailracePipeline
import TailraceStore

/// Where the members of a family repeat its leader, as positions in their texts.
struct MemberSpansScreen {
    private struct Entry {
        var item: String
        /// nil where the text was not found.
        var comparison: TextComparison?
    }

    private let leader: String
    private let entries: [Entry]
    private let isLeaderFound: Bool
    private let unread: [String]
    private let terminal: Terminal

    /// Spans of a member that are shown; the longest ones.
    private static let shownSpans = 3

    /// - Parameter members: the leader first.
    init(members: [ViewRow], search: ContentSearch, terminal: Terminal) {
        leader = members.first?.text("item") ?? ""
        let text = search.texts[leader]
        isLeaderFound = text != nil
        entries = members.dropFirst().map { member in
            let item = member.text("item") ?? ""
            guard let text, let other = search.texts[item] else { return Entry(item: item) }
            return Entry(item: item, comparison: TextComparison(text, other))
        }
        unread = search.unread
        self.terminal = terminal
    }

    var text: String {
        guard isLeaderFound else { return missing.joined(separator: "\n") }
        var lines = "Where the members repeat \(leader.printable), in bytes of their texts and of the leader's:"
            .wrapped(to: terminal.textColumns).map { terminal.styled($0, .strong) }
        var table = TextTable([
            .text("ITEM", narrowest: 12, cut: .start), .number("SHARED"), .number("BYTES"), .number("IN LEADER"),
        ])
        for entry in entries {
            guard let comparison = entry.comparison else {
                table.add([.init(entry.item.printable), .init(Figure.unknown), .init("not found"), .init("")])
                continue
            }
            let longest = comparison.longestSpans
            for (number, span) in longest.prefix(MemberSpansScreen.shownSpans).enumerated() {
                table.add([
                    .init(number == 0 ? entry.item.printable : ""),
                    .init(number == 0 ? Figure.share(comparison.second.share) : ""), .init(shown(span.second)),
                    .init(shown(span.first)),
                ])
            }
            if longest.count > MemberSpansScreen.shownSpans {
                let more = longest.count - MemberSpansScreen.shownSpans
                table.add([.init(""), .init(""), .init("\(more) shorter"), .init("")])
            }
        }
        lines += table.lines(terminal)
        if entries.contains(where: { $0.comparison == nil }) { lines += [""] + missing }
        return lines.joined(separator: "\n")
    }

    private func shown(_ range: Range<Int>) -> String { "\(range.lowerBound)–\(range.upperBound)" }

    private var missing: [String] {
        let reasons = unread.isEmpty ? ["The logs that the store was made of do not hold them any more."] : unread
        return (["Texts that were not found are not in the store: only their logs have them."] + reasons)
            .flatMap { $0.printable.wrapped(to: terminal.textColumns) }
    }

    /// One object a member but the leader.
    var json: JSONValue {
        .array(
            entries.map { entry in
                guard let comparison = entry.comparison else {
                    return .object([("item", .string(entry.item)), ("share", .null), ("spans", .null)])
                }
                let spans = comparison.spans.map { span in
                    JSONValue.object([
                        ("letters", .integer(Int64(span.letters))),
                        ("start", .integer(Int64(span.second.lowerBound))),
                        ("end", .integer(Int64(span.second.upperBound))),
                        ("leader_start", .integer(Int64(span.first.lowerBound))),
                        ("leader_end", .integer(Int64(span.first.upperBound))),
                    ])
                }
                return .object([
                    ("item", .string(entry.item)), ("share", .real(comparison.second.share)), ("spans", .array(spans)),
                ])
            })
    }
}
