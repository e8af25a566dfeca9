/// Marketing sends three times as much, and hears less; customer operations grow and are still answered.
/// Rows 1 (hollow volume, creeping harm), 7 (whose output is it) and 8 (activity up, outcome flat).
struct MailStory {
    /// One sender's habits over the weeks.
    private struct Campaign {
        let stage: String
        let team: String
        let prefix: String
        let pattern: ArrivalPattern
        let recipients: ClosedRange<Int>
        let automated: Ramp
        /// Per mail.
        let reads: Ramp
        let replies: Ramp
        /// Per recipient.
        let unsubscribes: Ramp
        let softBounces: Ramp
        /// Per working day.
        let outcomes: Ramp
        let result: String
    }

    private static let trouble = 10.0

    static func tell(seed: UInt64, log: inout CompanyLog) -> [Expectation] {
        var random = SplitMix64(seed: seed, story: 1)
        let outreach = Campaign(
            stage: "outreach", team: "marketing", prefix: "M",
            pattern: ArrivalPattern(
                perDay: 14, growth: Ramp([(trouble, 1), (trouble + 6, 3)]), weekdays: [1, 1, 1, 1, 1, 0, 0],
                hours: ArrivalPattern.staff),
            recipients: 18...30, automated: Ramp([(trouble, 0), (trouble + 2, 0.75)]),
            reads: Ramp([(trouble, 2.2), (trouble + 5, 0.8)]), replies: Ramp([(trouble, 0.5), (trouble + 5, 0.1)]),
            unsubscribes: Ramp([(trouble, 0.002), (trouble + 4, 0.006)]),
            softBounces: Ramp([(trouble, 0.004), (trouble + 4, 0.012)]), outcomes: Ramp.constant(1.6),
            result: "qualified")
        let notices = Campaign(
            stage: "service-notices", team: "customer-operations", prefix: "N",
            pattern: ArrivalPattern(
                perDay: 9, growth: Ramp([(trouble, 1), (trouble + 6, 1.35)]), weekdays: [1, 1, 1, 1, 1, 0, 0],
                hours: ArrivalPattern.staff),
            recipients: 4...10, automated: Ramp.constant(0), reads: Ramp.constant(2), replies: Ramp.constant(0.45),
            unsubscribes: Ramp.constant(0.001), softBounces: Ramp.constant(0.004),
            outcomes: Ramp([(trouble, 2.5), (trouble + 6, 3.4)]), result: "resolved")
        send(outreach, &random, &log)
        send(notices, &random, &log)
        return expectations
    }

    private static func send(_ campaign: Campaign, _ random: inout SplitMix64, _ log: inout CompanyLog) {
        let staff = people(campaign.team, 6)
        var templates: [Prose] = []
        for (number, time) in campaign.pattern.times(&random).enumerated() {
            let item = "\(campaign.prefix)-\(10_000 + number)"
            let isAutomated = random.happens(campaign.automated.value(at: time))
            if number % 250 == 0 { templates = (0..<6).map { _ in Prose(words: 64, &random) } }
            let prose =
                isAutomated
                ? random.pick(templates).readdressed(names: 2, &random)
                : Prose(words: random.whole(60...78), &random)
            let actor = random.pick(staff)
            var created = LogEvent(time, .email, "create", item, stage: campaign.stage).by(actor, of: campaign.team)
            created.origin = isAutomated ? .automated : .human
            created.text = prose.text
            created.bytes = prose.text.utf8.count
            created.effort = isAutomated ? random.whole(30...90) : random.whole(900...2100)
            log.add(created, to: .mail)
            var sent = LogEvent(time + random.whole(120...1500), .email, "send", item, stage: campaign.stage)
                .by(actor, of: campaign.team)
            sent.recipients = random.whole(campaign.recipients)
            log.add(sent, to: .mail)
            respond(to: sent, of: campaign, &random, &log)
        }
        for day in 0..<Period.weeks * 7 where Period.isWorkingDay(Period.firstDay + day) {
            let mean = campaign.outcomes.value(atWeek: Double(day) / 7)
            for _ in 0..<random.poisson(mean) {
                let second = random.whole(9 * 3600...17 * 3600 - 60)
                let time = Berlin.moment(day: Period.firstDay + day, second: second)
                var outcome = LogEvent(
                    time, .email, "outcome", "\(campaign.prefix)O-\(day)-\(second)", stage: campaign.stage)
                outcome.result = campaign.result
                log.add(outcome.by(random.pick(staff), of: campaign.team), to: .mail)
            }
        }
    }

    /// What recipients do within the days after a sending.
    private static func respond(
        to sent: LogEvent, of campaign: Campaign, _ random: inout SplitMix64, _ log: inout CompanyLog
    ) {
        let recipients = sent.recipients ?? 0
        func add(_ action: String, after seconds: ClosedRange<Int>, item: String? = nil) {
            let time = sent.time + random.whole(seconds)
            var event = LogEvent(time, .email, action, item ?? sent.item, stage: campaign.stage)
            if item != nil { event.refersTo = sent.item }
            event.recipient = "c\(random.whole(1000...3999))@customer.example"
            log.add(event, to: .mail)
        }
        for _ in 0..<random.poisson(campaign.reads.value(at: sent.time)) { add("read", after: 300...200_000) }
        for reply in 0..<random.poisson(campaign.replies.value(at: sent.time)) {
            add("reply", after: 1800...400_000, item: "R\(sent.item)-\(reply)")
        }
        if random.happens(0.04) { add("click", after: 300...90_000) }
        let audience = Double(recipients)
        for _ in 0..<random.poisson(audience * campaign.unsubscribes.value(at: sent.time)) {
            add("unsubscribe", after: 600...260_000)
        }
        if random.happens(audience * 0.0008) { add("bounce", after: 2...90) }
        // A first deferral may be greylisting; the same recipient, still deferred hours later, is harm.
        for _ in 0..<random.poisson(audience * campaign.softBounces.value(at: sent.time)) {
            let recipient = "d\(random.whole(1000...9999))@customer.example"
            let isHarm = campaign.stage == "outreach" || random.happens(0.3)
            for delay in isHarm ? [random.whole(5...60), random.whole(15_000...30_000)] : [random.whole(5...60)] {
                var event = LogEvent(sent.time + delay, .email, "defer", sent.item, stage: campaign.stage)
                event.recipient = recipient
                log.add(event, to: .mail)
            }
        }
    }

    private static var expectations: [Expectation] {
        [
            Expectation(
                row: 1, rule: "hollow-volume", isAvailable: true,
                fires: [Expectation.firing("outreach", weeks: 11...18)],
                silent: ["service-notices"],
                story: """
                    Marketing gets a writing assistant. `outreach` sends three times as much within six weeks; replies \
                    per mail fall from 0.5 to 0.1.
                    """,
                contrast: "`service-notices` grows by a third and is answered as before."),
            Expectation(
                row: 1, rule: "harm-creep", isAvailable: true, fires: [Expectation.firing("outreach", weeks: 10...18)],
                silent: ["service-notices"],
                story: """
                    Unsubscribes from `outreach` go from 2 to 6 per 1,000 delivered, lasting soft bounces from 4 to 12 \
                    per 1,000 sent.
                    """,
                contrast: "`service-notices` has the same few as ever; most of its deferrals are greylisting."),
            Expectation(
                row: 7, rule: "claim-audit", fires: [Expectation.firing("outreach", weeks: 12...20)],
                silent: ["service-notices"],
                story: """
                    Marketing reports mails per working hour, automated and human counted alike: several times the \
                    old figure. Per outcome (`qualified`) nothing was gained.
                    """,
                contrast: "`service-notices` is written by people throughout; both ways of counting agree."),
            Expectation(
                row: 8, rule: "decoupling", isAvailable: true, fires: [Expectation.firing("outreach", weeks: 12...20)],
                silent: ["service-notices"],
                story: "Sendings of `outreach` triple; its `qualified` outcomes stay at about eight a week.",
                contrast: "Outcomes of `service-notices` grow with its volume."),
        ]
    }
}
