/// Explainers are copied and nobody reads the copies (row 2); knowledge articles all begin to say the same (row 12).
struct LibraryStory {
    private static let trouble = 9.0
    private static let authors = people("product", 10)
    private var random: SplitMix64
    private var count = 0
    private var zombieFamilies: [[String]] = []
    private var livingFamilies: [[String]] = []
    private var youngFamilies: [[String]] = []
    private var pasted: [String] = []

    static func tell(seed: UInt64, log: inout CompanyLog) -> [Expectation] {
        var story = LibraryStory(random: SplitMix64(seed: seed, story: 10))
        story.publishExplainers(&log)
        story.publishArticles(&log)
        return story.expectations
    }

    private init(random: SplitMix64) { self.random = random }

    /// A moment in office hours of the first working day at or after `week`.
    private mutating func officeMoment(_ week: Double) -> Int {
        var day = Period.firstDay + Int(week * 7)
        while !Period.isWorkingDay(day) { day += 1 }
        return Berlin.moment(day: day, second: 9 * 3600 + random.whole(0...27_000))
    }

    /// Makes an item and puts it before its readers; returns its name.
    private mutating func publish(
        _ prose: Prose, at time: Int, stage: String, origin: LogEvent.Origin, category: String, _ log: inout CompanyLog
    ) -> String {
        count += 1
        let item = "\(stage == "explainers" ? "E" : "A")-\(7000 + count)"
        let actor = random.pick(LibraryStory.authors)
        var created = LogEvent(time, .document, "create", item, stage: stage).by(actor, of: "product")
        created.origin = origin
        created.category = category
        created.title = Prose.title(&random)
        created.text = prose.text
        created.bytes = prose.text.utf8.count
        log.add(created, to: .documents)
        let published = LogEvent(time + random.whole(60...1500), .document, "publish", item, stage: stage)
        log.add(published.by(actor, of: "product"), to: .documents)
        return item
    }

    private mutating func read(_ item: String, stage: String, from: Int, days: Double, _ log: inout CompanyLog) {
        let time = from + Int(random.between(0.05, days) * 86_400)
        var event = LogEvent(time, .document, "read", item, stage: stage)
        event.recipient = "u\(random.whole(100...480))"
        log.add(event, to: .documents)
    }

    private mutating func publishExplainers(_ log: inout CompanyLog) {
        // Originals that stand alone, and are read.
        for time in ArrivalPattern(perDay: 3, hours: ArrivalPattern.staff).times(&random) {
            let prose = Prose(words: random.whole(85...130), &random)
            let item = publish(
                prose, at: time, stage: "explainers", origin: .human, category: category(time), &log)
            for _ in 0..<random.whole(2...5) { read(item, stage: "explainers", from: time, days: 40, &log) }
        }
        for index in 0..<30 {
            let start = index < 6 ? random.between(0.5, 6) : random.between(LibraryStory.trouble, 12)
            zombieFamilies.append(copies(from: start, within: 2, count: random.whole(3...8), &log))
        }
        // Nobody opens a zombie after its first days, so none is read in the last five weeks.
        for index in 0..<8 {
            let family = copies(from: Double(index % 4), within: 10, count: random.whole(3...5), &log)
            livingFamilies.append(family)
            for week in stride(from: Double(14), to: 19.8, by: 0.3) {
                read(random.pick(family), stage: "explainers", from: Period.moment(week: week), days: 1.5, &log)
            }
        }
        for _ in 0..<5 {
            youngFamilies.append(copies(from: random.between(17.2, 18), within: 1.5, count: 4, &log))
        }
    }

    private func category(_ time: Int) -> String { "topic-\(time / 7 % 12)" }

    /// A leader and its copies: exact ones, readdressed ones, and ones with a sentence or two said anew.
    private mutating func copies(
        from week: Double, within weeks: Double, count: Int, _ log: inout CompanyLog
    ) -> [String] {
        let leader = Prose(words: random.whole(120...165), &random)
        let first = officeMoment(week)
        let topic = category(first)
        var family = [
            publish(leader, at: first, stage: "explainers", origin: .human, category: topic, &log)
        ]
        for number in 0..<count {
            let time = officeMoment(week + random.between(0.2, weeks)) + number
            let copy =
                switch random.whole(0...3) {
                case 0: leader
                case 1: leader.readdressed(names: 2, &random)
                case 2: leader.readdressed(names: 0, &random)
                default: leader.reworded(sentences: 1, &random)
                }
            family.append(
                publish(copy, at: time, stage: "explainers", origin: .automated, category: topic, &log))
        }
        for item in family where random.happens(0.5) { read(item, stage: "explainers", from: first, days: 20, &log) }
        // Half of the text under a new beginning: related, but no member.
        if random.happens(0.5) {
            let time = officeMoment(week + random.between(0.5, weeks))
            pasted.append(
                publish(
                    leader.pasted(&random), at: time, stage: "explainers", origin: .automated, category: topic, &log))
        }
        return family
    }

    /// Ten subjects, each in its own words; from week 11 on two subjects, and four texts said again and again. All of
    /// them are read, to the end.
    private mutating func publishArticles(_ log: inout CompanyLog) {
        var masters: [Prose] = []
        for _ in 0..<4 { masters.append(Prose(words: 110, &random)) }
        var recent: [String] = []
        for time in ArrivalPattern(perDay: 4.5, hours: ArrivalPattern.staff).times(&random) {
            let isLate = Period.week(of: time) >= 11
            let isSame = isLate && random.happens(0.8)
            let subject = isLate && random.happens(0.85) ? random.whole(0...1) : random.whole(0...9)
            let prose =
                isSame
                ? random.pick(masters).readdressed(names: 2, &random)
                    .reworded(sentences: random.happens(0.3) ? 1 : 0, &random)
                : Prose(words: random.whole(75...110), &random)
            let item = publish(
                prose, at: time, stage: "knowledge-articles", origin: isSame ? .assisted : .human,
                category: "subject-\(subject)", &log)
            recent = Array((recent + [item]).suffix(40))
            for _ in 0..<3 { read(random.pick(recent), stage: "knowledge-articles", from: time, days: 6, &log) }
        }
    }

    private var expectations: [Expectation] {
        func list(_ families: [[String]]) -> String { "[" + families.map(jsonList).joined(separator: ",") + "]" }
        let since = Period.date(week: Int(LibraryStory.trouble))
        return [
            Expectation(
                row: 2, rule: "zombie-status", isAvailable: true, silent: ["brochure-design", "proposal-drafting"],
                story: """
                    From \(since) an assistant copies `explainers`: \(zombieFamilies.count) families of \
                    near-duplicates that nobody has opened for more than 30 days at the end (six of them older). \
                    \(pasted.count) texts hold half of another one: related, no members.
                    """,
                contrast: """
                    \(livingFamilies.count) families of copies are read to the end, \(youngFamilies.count) are too \
                    young to tell; brochures and proposals are all different. Serial letters of `outreach` may show as \
                    zombies as well, and rightly.
                    """,
                facts: [
                    ("stage", quoted("explainers")), ("zombie_families", list(zombieFamilies)),
                    ("living_families", list(livingFamilies)), ("young_families", list(youngFamilies)),
                    ("pasted_halves", jsonList(pasted)),
                ]),
            Expectation(
                row: 2, rule: "redundancy-surge", isAvailable: true,
                fires: [Expectation.firing("explainers", weeks: 9...14)],
                silent: ["brochure-design", "proposal-drafting"],
                story: "The redundant share of what `explainers` publishes jumps from \(since) on.",
                contrast: "Brochures and proposals repeat nothing."),
            Expectation(
                row: 2, rule: "zombie-growth", isAvailable: true,
                fires: [Expectation.firing("explainers", weeks: 13...20)],
                silent: ["knowledge-articles"],
                story: "A month after the copies come the zombies.",
                contrast: "`knowledge-articles` are alike from 2026-03-23 on, but they are read."),
            Expectation(
                row: 12, rule: "framing-convergence", isAvailable: true,
                fires: [Expectation.firing("knowledge-articles", weeks: 12...18)], silent: ["brochure-design"],
                story: """
                    From \(Period.date(week: 11)) `knowledge-articles` have two subjects instead of ten, and four \
                    texts in ever new names.
                    """,
                contrast: "Brochures stay as varied as they were."),
        ]
    }
}
