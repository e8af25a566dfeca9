/// What a claimed gain counts, in the words of people: "messages per person".
struct ClaimMeasure: Equatable {
    enum Counted: String { case items, completions, sends, replies, outcomes }
    enum Base: String { case people, makingHours }

    var counted: Counted
    /// Nil where the claim counts and divides by nothing.
    var base: Base?

    /// Words that may be meant, by their beginnings.
    private static let counted: [(Counted, [String])] = [
        (.outcomes, ["outcome", "win", "won", "deal", "sale", "result"]), (.replies, ["repl", "answer", "response"]),
        (.sends, ["send", "sent", "mail", "e-mail", "email", "message"]),
        (.completions, ["complet", "ticket", "case", "closed", "done", "finished", "resol", "throughput"]),
        (.items, ["item", "document", "draft", "output", "page", "article", "text", "proposal", "quote", "asset"]),
    ]
    private static let bases: [(Base, [String])] = [
        (.people, ["person", "people", "head", "employee", "worker", "fte", "member", "seller", "agent"]),
        (.makingHours, ["hour", "h"]),
    ]

    /// - Returns: nil where a word is not known.
    init?(_ text: String) {
        let parts = text.lowercased().replacing("/", with: " per ").split(separator: " ").map(String.init)
        let place = parts.firstIndex(of: "per") ?? parts.endIndex
        guard let counted = ClaimMeasure.find(parts[..<place], in: ClaimMeasure.counted) else { return nil }
        self.counted = counted
        guard place < parts.endIndex else { return }
        guard let base = ClaimMeasure.find(parts[(place + 1)...], in: ClaimMeasure.bases) else { return nil }
        self.base = base
    }

    private static func find<Meaning>(_ words: ArraySlice<String>, in table: [(Meaning, [String])]) -> Meaning? {
        for word in words.reversed() {
            for (meaning, beginnings) in table
            where beginnings.contains(where: { $0.count > 1 ? word.hasPrefix($0) : word == $0 }) { return meaning }
        }
        return nil
    }

    /// For people.
    static let words = """
        items (documents, drafts, …), messages, replies, completions (tickets, cases, …) or outcomes; \
        alone, per person or per hour
        """

    var text: String {
        let things =
            switch counted {
            case .items: "items made"
            case .completions: "first completions"
            case .sends: "messages sent"
            case .replies: "replies"
            case .outcomes: "outcomes"
            }
        return switch base {
        case .people: "\(things) per person"
        case .makingHours: "\(things) per making hour"
        case nil: things
        }
    }

    /// What it takes to measure it.
    var inputs: String {
        switch counted {
        case .items: "create, send or publish"
        case .completions: "complete"
        case .sends: "send"
        case .replies: "reply"
        case .outcomes: "outcome"
        }
    }
}
