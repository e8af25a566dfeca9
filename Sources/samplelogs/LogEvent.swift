/// One event, as a system of the company would log it.
struct LogEvent {
    enum Stream: String { case email, ticket, document }
    enum Origin: String { case human, assisted, automated }
    enum ActorKind: String { case human, automated }

    /// Epoch seconds.
    var time: Int
    var stream: Stream
    var action: String
    var item: String
    var workCase: String?
    var stage: String?
    var actor: String?
    var team: String?
    var origin: Origin?
    var actorKind: ActorKind?
    var refersTo: String?
    var recipient: String?
    var title: String?
    var text: String?
    var category: String?
    var result: String?
    var reason: String?
    var bytes: Int?
    var recipients: Int?
    /// Declared touch time, in seconds.
    var effort: Int?
    /// Money in hundredths.
    var amount: Int?
    var limit: Int?
    var currency: String?

    init(_ time: Int, _ stream: Stream, _ action: String, _ item: String, stage: String? = nil) {
        self.time = time
        self.stream = stream
        self.action = action
        self.item = item
        self.stage = stage
    }

    /// The same event with its human actor.
    func by(_ actor: String, of team: String) -> LogEvent {
        var event = self
        event.actor = actor
        event.team = team
        event.actorKind = .human
        return event
    }

    /// The keys and JSON values in the order in which they are written.
    func fields(timeAsNumber: Bool) -> [(key: String, value: String)] {
        var fields: [(key: String, value: String)] = []
        func add(_ key: String, _ text: String?) {
            if let text { fields.append((key, quoted(text))) }
        }
        func add(_ key: String, number: Int?) {
            if let number { fields.append((key, String(number))) }
        }
        func add(_ key: String, money: Int?) {
            if let money { fields.append((key, "\(money / 100).\(twoDigits(money % 100))")) }
        }
        fields.append(("time", timeAsNumber ? String(time) : quoted(Berlin.text(time))))
        add("stream", stream.rawValue)
        add("action", action)
        add("item", item)
        add("case", workCase)
        add("stage", stage)
        add("actor", actor)
        add("team", team)
        add("origin", origin?.rawValue)
        add("actor_kind", actorKind?.rawValue)
        add("refers_to", refersTo)
        add("recipient", recipient)
        add("category", category)
        add("result", result)
        add("reason", reason)
        add("bytes", number: bytes)
        add("recipients", number: recipients)
        add("effort", number: effort)
        add("amount", money: amount)
        add("limit", money: limit)
        add("currency", currency)
        add("title", title)
        add("text", text)
        return fields
    }
}

extension LogEvent {
    /// The header of `csvRow`, with its line end.
    static let csvHeader = "case,activity,transition,time,resource,group,channel,comment\n"

    /// A row of an event log, with its line end.
    var csvRow: String {
        // Of comments as people write them some hold what separates fields.
        let comment = title.map { $0.utf8.count % 4 == 0 ? "\"\($0), said \"\"today\"\"\"" : $0 } ?? ""
        return """
            \(workCase ?? ""),\(stage ?? ""),\(action),\(Berlin.text(time)),\(actor ?? ""),\(team ?? ""),\
            \(category ?? ""),\(comment)

            """
    }
}

/// One JSON object on one line, without the line end.
func jsonLine(_ fields: [(key: String, value: String)]) -> String {
    "{" + fields.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
}

/// A JSON string. The logs hold printable text only, so nothing but quotes and backslashes needs care.
func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
        return "\"" + text + "\""
    }
    var result = "\""
    for character in text.unicodeScalars {
        if character == "\"" || character == "\\" { result.unicodeScalars.append("\\") }
        result.unicodeScalars.append(character)
    }
    return result + "\""
}

/// The logging systems of the company, each with a folder of its own.
enum LogSystem: Int, CaseIterable {
    case mail, tickets, documents, finance, loans, pilots
    var folder: String { String(describing: self) }
}

/// Everything that was logged, by system, in the order in which the stories told it.
struct CompanyLog {
    private(set) var events: [[LogEvent]] = Array(repeating: [], count: LogSystem.allCases.count)

    /// Adds an event; what lies outside the period was not logged.
    mutating func add(_ event: LogEvent, to system: LogSystem) {
        guard event.time >= Period.start, event.time < Period.end else { return }
        events[system.rawValue].append(event)
    }

    func of(_ system: LogSystem) -> [LogEvent] { events[system.rawValue] }

    /// All stages that have a queue, in order of name.
    var queueStages: [String] {
        var names: Set<String> = []
        for event in events.joined() where event.action == "schedule" {
            if let stage = event.stage { names.insert(stage) }
        }
        return names.sorted()
    }

    /// The first moment at which more than `limit` items are in a stage that items visit once.
    func firstBacklog(of stage: String, above limit: Int) -> Int? {
        let moves = events.joined().filter { $0.stage == stage && ["schedule", "complete"].contains($0.action) }
            .sorted { $0.time < $1.time }
        var backlog = 0
        for move in moves {
            backlog += move.action == "schedule" ? 1 : -1
            if backlog > limit { return move.time }
        }
        return nil
    }
}
