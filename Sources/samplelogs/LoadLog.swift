/// A log of any size to measure with: a year of one organisation, as dense as the size asks.
///
/// Plain lines in order of time; pack them with the tool whose speed is to be compared. Of ten items six are mails
/// of 200 to 2,000 bytes, three tickets and one a document; a fifth of the texts are edited copies. As CSV every item
/// is a case of one to five steps, each of them scheduled, started and completed.
struct LoadLog {
    private static let stages = ["outreach", "first-line", "second-line", "review", "legal", "archive"]
    private static let channels = ["web", "phone", "letter", "branch"]

    private let order: LoadOrder
    private var random: SplitMix64
    /// Texts to copy from.
    private var recent: [Prose] = []
    /// Events that lie ahead.
    private var ahead = Agenda<LogEvent>()
    private var number = 0
    /// Numbers of the documents, for readers who prefer some of them.
    private var documents: [Int] = []

    init(_ order: LoadOrder, seed: UInt64) {
        self.order = order
        random = SplitMix64(seed: seed, story: 7)
    }

    /// Writes the log, about as large as ordered.
    mutating func write() throws(WritingFault) {
        var files = try LoadFiles(order)
        let items = order.items
        var begun = 0
        for item in 0..<items {
            let time = Period.start + item * (order.hours * 3600) / items
            try flush(through: time, to: &files)
            if item * order.files / items >= begun {
                try files.beginNext()
                begun += 1
            }
            plan(at: time)
        }
        try flush(through: .max, to: &files)
        try files.close()
    }

    private mutating func flush(through time: Int, to files: inout LoadFiles) throws(WritingFault) {
        while let next = ahead.nextTime, next <= time, let (_, event) = ahead.takeNext() {
            try files.write(order.format.line(event))
        }
    }

    private mutating func add(_ event: LogEvent) { ahead.add(event, at: event.time) }

    private mutating func plan(at time: Int) {
        number += 1
        if order.format == .csv { return casework(time) }
        switch random.whole(0...9) {
        case 0: document(time)
        case 1...3: ticket(time)
        default: mail(time)
        }
    }

    /// One of `count` places, as unevenly as ordered.
    private mutating func place(of count: Int) -> Int {
        guard let skew = order.skew else { return random.whole(0...count - 1) }
        return random.uneven(count, share: skew)
    }

    private mutating func stage() -> String { LoadLog.stages[place(of: LoadLog.stages.count)] }
    private mutating func person() -> String { "person-\(1 + place(of: 300))" }

    private mutating func text(words: Int) -> String {
        var prose = Prose(words: words, &random)
        if recent.count > 50, random.happens(0.2) {
            prose = recent[place(of: recent.count)].readdressed(names: 2, &random)
        }
        if recent.count < 500 { recent.append(prose) } else { recent[random.whole(0...499)] = prose }
        return prose.text
    }

    private mutating func made(_ time: Int, _ stream: LogEvent.Stream, _ action: String, _ item: String) -> LogEvent {
        var event = LogEvent(time, stream, action, item, stage: stage())
            .by(person(), of: "team-\(1 + place(of: 30))")
        event.origin = random.happens(0.4) ? .automated : .human
        event.title = Prose.title(&random)
        event.text = text(words: random.whole(30...300))
        return event
    }

    private mutating func mail(_ time: Int) {
        let item = "mail-\(number)"
        var sent = made(time, .email, "send", item)
        sent.recipient = "reader-\(1 + place(of: 50_000))@example.org"
        add(sent)
        if random.happens(0.3) { add(LogEvent(time + random.whole(60...7200), .email, "read", item)) }
        if random.happens(0.1) { add(LogEvent(time + random.whole(600...9000), .email, "reply", item)) }
    }

    private mutating func ticket(_ time: Int) {
        let item = "ticket-\(number)"
        let queued = made(time, .ticket, "schedule", item)
        add(queued)
        let begun = time + random.whole(60...7200)
        let person = person()
        let team = queued.team ?? ""
        add(LogEvent(begun, .ticket, "start", item, stage: queued.stage).by(person, of: team))
        add(
            LogEvent(begun + random.whole(60...3600), .ticket, "complete", item, stage: queued.stage)
                .by(person, of: team))
    }

    private mutating func document(_ time: Int) {
        add(made(time, .document, "publish", "document-\(number)"))
        var read = number
        if order.skew != nil {
            if documents.count < 1000 { documents.append(number) }
            read = documents[place(of: documents.count)]
        }
        if random.happens(0.5) {
            add(LogEvent(time + random.whole(600...9000), .document, "read", "document-\(read)"))
        }
    }

    private mutating func casework(_ time: Int) {
        var time = time
        let channel = random.pick(LoadLog.channels)
        for step in 0..<random.whole(1...5) {
            let (stage, person, team) = (stage(), person(), "team-\(1 + place(of: 30))")
            for action in ["schedule", "start", "complete"] {
                var event = LogEvent(time, .ticket, action, "", stage: "\(stage) \(step + 1)")
                event.workCase = "case-\(number)"
                event.category = channel
                if action != "schedule" { event = event.by(person, of: team) }
                if action == "complete" { event.title = Prose.title(&random) }
                add(event)
                time += random.whole(60...3600)
            }
        }
    }
}
