import TestSupport

@testable import TailracePipeline

/// One event as a log would write it.
struct LogEvent {
    /// Milliseconds.
    var time: Int64
    var action: Action
    var item: String
    var stream = Stream.ticket
    var stage = ""
    var workCase: String?
    var actor: String?
    var team: String?
    var origin: Origin?
    var effort: Int64?
    var bytes: Int64?
    var recipients: Int64?
    var refersTo: String?
    var result: String?
    var text: String?
    var amount: Int64?
    var category: String?
    var reason: String?
    var recipient: String?
    var actorKind: ActorKind?

    var line: String {
        var fields = [
            "\"time\":\(time / 1000).\(String(time % 1000 + 1000).dropFirst())", "\"action\":\"\(action.name)\"",
            "\"item\":\"\(item)\"", "\"stream\":\"\(stream.name)\"", "\"stage\":\"\(stage)\"",
        ]
        let texts = [
            ("case", workCase), ("actor", actor), ("team", team), ("origin", origin?.name), ("refers_to", refersTo),
            ("result", result), ("text", text), ("category", category), ("reason", reason), ("recipient", recipient),
            ("actor_kind", actorKind?.name),
        ]
        for (name, value) in texts { if let value { fields.append("\"\(name)\":\"\(value)\"") } }
        let numbers = [("bytes", bytes), ("recipients", recipients), ("amount", amount), ("effort", effort)]
        for (name, value) in numbers { if let value { fields.append("\"\(name)\":\(value)") } }
        if amount != nil { fields.append("\"limit\":100") }
        return "{" + fields.joined(separator: ",") + "}"
    }
}

/// A seeded organisation: tickets that wander through stages, mails that are sent and answered.
struct EventStream {
    var generator: SplitMix64
    static let stages = ["", "draft", "review", "release"]
    static let sentences = (0..<12).map { number in
        (0..<30).map { "word\(($0 * 7 + number * 31) % 97) part\(number)" }.joined(separator: " ")
    }

    /// Events in order of time.
    /// - Parameters:
    ///   - start: seconds.
    ///   - stray: one in so many queue events is of an item that never entered.
    mutating func events(_ count: Int, from start: Int64, over seconds: Int, stray: Int = 60) -> [LogEvent] {
        var times = (0..<count).map { _ in start * 1000 + Int64(generator.below(seconds * 1000)) }
        // Some at the same moment.
        for at in times.indices.dropFirst() where generator.oneIn(12) { times[at] = times[at - 1] }
        times.sort()
        var known: [String] = []
        return times.map { time in
            generator.oneIn(4) ? mail(time, &known) : queue(time, &known, stray)
        }
    }

    private mutating func queue(_ time: Int64, _ known: inout [String], _ stray: Int) -> LogEvent {
        let isNew = known.count < 5 || generator.oneIn(5)
        let item = isNew ? "T-\(known.count)" : generator.pick(known.suffix(60))
        var event = LogEvent(time: time, action: .schedule, item: item, stage: generator.pick(EventStream.stages))
        if isNew {
            known.append(item)
            if generator.oneIn(stray) { event.action = .complete }
        } else {
            event.action = generator.pick([
                .schedule, .schedule, .assign, .start, .start, .suspend, .resume, .complete, .complete, .complete,
                .return, .withdraw, .approve, .outcome,
            ])
            // A stage where it was not scheduled would be full of strays.
            if event.action == .complete || event.action == .start {
                event.stage = EventStream.stages[item.utf8.count % 4]
            }
        }
        if event.action == .schedule { event.stage = EventStream.stages[item.utf8.count % 4] }
        if event.action == .outcome { event.result = generator.pick(["won", "lost"]) }
        if generator.oneIn(30) { event.amount = Int64(generator.below(200)) }
        event.workCase = generator.oneIn(3) ? "C-\(item.utf8.count)\(item.utf8.last ?? 0)" : nil
        event.actor = generator.pick(["ann", "bob", "cem", nil])
        event.team = generator.pick(["sales", "legal", nil])
        event.origin = generator.pick([.human, .assisted, .automated, nil, nil])
        if event.action == .suspend { event.reason = generator.pick(["waits", "broken", nil]) }
        if event.action == .return { event.category = generator.pick(["offer", "notice", nil]) }
        event.effort = generator.oneIn(3) ? Int64(generator.below(5000)) : nil
        return event
    }

    private mutating func mail(_ time: Int64, _ known: inout [String]) -> LogEvent {
        let item = "M-\(generator.below(80))"
        var event = LogEvent(
            time: time, action: generator.pick([.create, .send, .send, .revise, .publish]), item: item, stream: .email)
        if generator.oneIn(2) {
            event.action = generator.pick([
                .read, .read, .click, .reply, .share, .defer, .bounce, .unsubscribe, .complain,
            ])
            if generator.oneIn(2) { (event.item, event.refersTo) = ("R-\(time)", item) }
        } else {
            event.stage = generator.pick(EventStream.stages)
            event.bytes = Int64(generator.below(9999))
            event.category = generator.pick(["offer", "notice", nil])
            event.team = generator.pick(["sales", nil])
            event.recipients = generator.oneIn(2) ? Int64(generator.below(20)) : nil
            if generator.oneIn(2) {
                event.text = generator.pick(EventStream.sentences) + " " + generator.pick(EventStream.sentences)
            }
        }
        if event.action == .send, generator.oneIn(2) { event.recipient = "r\(generator.below(40))" }
        event.origin = generator.pick([.human, .automated, nil])
        event.actor = generator.pick(["ann", "bob", nil])
        return event
    }
}
