import Glibc

/// A log of any size to measure with: a year of one organisation, as dense as the size asks.
///
/// Plain lines in order of time; pack them with the tool whose speed is to be compared. Of ten items six are mails
/// of 200 to 2,000 bytes, three tickets and one a document; a fifth of the texts are edited copies.
struct LoadLog {
    private static let year = 365 * 86_400
    /// Mean bytes of an item's lines together, measured; it decides how many items fill the size.
    private static let bytesAnItem = 1470
    private static let stages = ["outreach", "first-line", "second-line", "review", "legal", "archive"]

    private var random: SplitMix64
    /// Texts to copy from.
    private var recent: [Prose] = []
    /// Events that lie ahead, by time: a heap would do no better for the few that wait.
    private var ahead: [LogEvent] = []
    private var number = 0

    init(seed: UInt64) { random = SplitMix64(seed: seed, story: 7) }

    /// Writes about so many megabytes (of 10^6 bytes) to the file.
    mutating func write(to path: String, megabytes: Int) throws(WritingFault) {
        guard let file = fopen(path, "wb") else { throw WritingFault(path: path, number: errno) }
        let items = max(1, megabytes * 1_000_000 / LoadLog.bytesAnItem)
        var isWritten = true
        for item in 0..<items {
            let time = Period.start + item * LoadLog.year / items
            isWritten = isWritten && flush(before: time, file)
            plan(at: time)
        }
        isWritten = isWritten && flush(before: .max, file)
        guard fclose(file) == 0, isWritten else { throw WritingFault(path: path, number: errno) }
    }

    private mutating func flush(before time: Int, _ file: UnsafeMutablePointer<FILE>) -> Bool {
        var due = 0
        while due < ahead.count, ahead[due].time <= time { due += 1 }
        for event in ahead[..<due] {
            let line = Array((jsonLine(event.fields(timeAsNumber: false)) + "\n").utf8)
            if fwrite(line, 1, line.count, file) != line.count { return false }
        }
        ahead.removeFirst(due)
        return true
    }

    private mutating func add(_ event: LogEvent) {
        var at = ahead.count
        while at > 0, ahead[at - 1].time > event.time { at -= 1 }
        ahead.insert(event, at: at)
    }

    private mutating func plan(at time: Int) {
        number += 1
        switch random.whole(0...9) {
        case 0: document(time)
        case 1...3: ticket(time)
        default: mail(time)
        }
    }

    private mutating func text(words: Int) -> String {
        var prose = Prose(words: words, &random)
        if recent.count > 50, random.happens(0.2) { prose = random.pick(recent).readdressed(names: 2, &random) }
        if recent.count < 500 { recent.append(prose) } else { recent[random.whole(0...499)] = prose }
        return prose.text
    }

    private mutating func made(_ time: Int, _ stream: LogEvent.Stream, _ action: String, _ item: String) -> LogEvent {
        var event = LogEvent(time, stream, action, item, stage: random.pick(LoadLog.stages))
            .by("person-\(random.whole(1...300))", of: "team-\(random.whole(1...30))")
        event.origin = random.happens(0.4) ? .automated : .human
        event.title = Prose.title(&random)
        event.text = text(words: random.whole(30...300))
        return event
    }

    private mutating func mail(_ time: Int) {
        let item = "mail-\(number)"
        var sent = made(time, .email, "send", item)
        sent.recipient = "reader-\(random.whole(1...50_000))@example.org"
        add(sent)
        if random.happens(0.3) { add(LogEvent(time + random.whole(60...7200), .email, "read", item)) }
        if random.happens(0.1) { add(LogEvent(time + random.whole(600...9000), .email, "reply", item)) }
    }

    private mutating func ticket(_ time: Int) {
        let item = "ticket-\(number)"
        let queued = made(time, .ticket, "schedule", item)
        add(queued)
        let begun = time + random.whole(60...7200)
        let person = "person-\(random.whole(1...300))"
        let team = queued.team ?? ""
        add(LogEvent(begun, .ticket, "start", item, stage: queued.stage).by(person, of: team))
        add(
            LogEvent(begun + random.whole(60...3600), .ticket, "complete", item, stage: queued.stage)
                .by(person, of: team))
    }

    private mutating func document(_ time: Int) {
        let item = "document-\(number)"
        add(made(time, .document, "publish", item))
        if random.happens(0.5) { add(LogEvent(time + random.whole(600...9000), .document, "read", item)) }
    }
}
