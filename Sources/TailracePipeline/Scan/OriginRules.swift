/// Who is known to be a program, and what is known to help people write: rules for logs that do not say it themselves.
///
/// They are asked only where a record has no `origin` or `actor_kind` of its own. What no rule knows stays `unknown`.
public struct OriginRules: Sendable {
    public struct Rule: Sendable {
        /// `automated`: the actor is no person. `assisted`: a person, with a program that writes.
        public var origin: Origin
        /// Patterns (`*` for anything) of names of actors, and of user agents, programs and operations.
        public var actors: [String]
        public var agents: [String]

        public init(origin: Origin, actors: [String], agents: [String]) {
            (self.origin, self.actors, self.agents) = (origin, actors, agents)
        }
    }

    private var actors = PatternTable()
    private var actorOrigins: [Origin] = []
    private var agents = PatternTable()
    private var agentOrigins: [Origin] = []

    /// No rules.
    public init() {}

    /// - Parameter rules: the first that fits counts.
    public init(_ rules: [Rule]) {
        for rule in rules {
            for actor in rule.actors { actors.append(actor) }
            actorOrigins += rule.actors.map { _ in rule.origin }
            for agent in rule.agents { agents.append(agent) }
            agentOrigins += rule.agents.map { _ in rule.origin }
        }
    }

    var isEmpty: Bool { actors.count == 0 && agents.count == 0 }

    /// The actor goes first: a program that uses a browser's name is still one.
    func origin(actor: Span<UInt8>, agent: Span<UInt8>) -> Origin {
        if actor.count > 0, let row = actors.first(0..<actors.count, matching: actor) { return actorOrigins[row] }
        if agent.count > 0, let row = agents.first(0..<agents.count, matching: agent) { return agentOrigins[row] }
        return .unknown
    }
}

/// Answers of `OriginRules` that were given before: the same few hundred actors and agents come again and again.
struct OriginMemo: Sendable {
    private static let places = 1024
    private var answers: [(key: UInt64, origin: Origin)] = []
    private let rules: OriginRules

    init(_ rules: OriginRules) {
        self.rules = rules
        if !rules.isEmpty { answers = Array(repeating: (0, .unknown), count: OriginMemo.places) }
    }

    var isEmpty: Bool { answers.isEmpty }

    mutating func origin(actor: Span<UInt8>, agent: Span<UInt8>) -> Origin {
        let key = hash(actor) ^ (hash(agent) &* 0x9E37_79B9_7F4A_7C15)
        let place = Int(truncatingIfNeeded: key >> 32) & (OriginMemo.places - 1)
        // No key: what happens to have it is looked up each time.
        if answers[place].key == key, key != 0 { return answers[place].origin }
        let origin = rules.origin(actor: actor, agent: agent)
        answers[place] = (key, origin)
        return origin
    }

    private func hash(_ text: Span<UInt8>) -> UInt64 { text.withUnsafeBytes { hash128($0, seed: 0).low } }
}
