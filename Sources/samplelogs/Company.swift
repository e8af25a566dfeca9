/// Kranich Leasing, invented: ninety people in Hamburg who lend machines to small firms.
struct Company {
    let log: CompanyLog
    let expectations: Expectations

    init(seed: UInt64) {
        var log = CompanyLog()
        var expectations = Expectations(seed: seed)
        expectations.rows += MailStory.tell(seed: seed, log: &log)
        expectations.rows += LibraryStory.tell(seed: seed, log: &log)
        expectations.rows += ProposalStory.tell(seed: seed, log: &log)
        expectations.rows += SupportStory.tell(seed: seed, log: &log)
        expectations.rows += CaseworkStory.tell(seed: seed, log: &log)
        let slowService = LoanStory.tell(seed: seed, log: &log)
        expectations.rows += QuoteStory.tell(seed: seed, log: &log)
        BreathingStory.tell(seed: seed, log: &log)
        expectations.rows += FinanceStory.tell(seed: seed, log: &log)
        expectations.rows += PilotStory.tell(seed: seed, log: &log)
        expectations.rows.append(BreathingStory.undeclaredLimit(log))
        expectations.rows.append(Company.absorption(log, slowService: slowService))
        self.log = log
        self.expectations = expectations
    }

    /// Row 3 speaks of every stage that has a queue: three are overloaded, all others are not.
    private static func absorption(_ log: CompanyLog, slowService: Expectation.Firing) -> Expectation {
        let fires = [
            Expectation.firing("legal-review", weeks: 10...16), slowService,
            Expectation.firing("pricing-desk", weeks: 10...16),
        ]
        let overloaded = fires.map(\.place)
        return Expectation(
            row: 3, rule: "absorption-exceeded", isAvailable: true, fires: fires,
            silent: log.queueStages.filter { !overloaded.contains($0) },
            story: """
                `legal-review`: from \(Period.date(week: 10)) arrivals ramp to 2.5 times within five weeks (cause: more \
                arrivals; fed by `proposal-drafting`). `credit-check`: from \(Period.date(week: 11)) each check takes \
                two thirds longer, a capacity of −40 % (cause: slower service); mended on \(Period.date(week: 16)), \
                drained within about two weeks. `pricing-desk`: arrivals more than double within three weeks from \
                \(Period.date(week: 10)) and meet one person.
                """,
            contrast: """
                `it-helpdesk` has heavy Mondays, `bank-postings` comes in batches, `parcel-desk` has a burst on \
                2026-04-15 that is gone two days later, `onboarding` grows by 30 % with people to spare, `refunds` \
                runs day and night. Holidays close everything for up to four days.
                """,
            facts: [
                (
                    "cause",
                    """
                    {"legal-review":"arrivals","credit-check":"service","pricing-desk":"arrivals"}
                    """
                ),
                ("resolves", jsonList(["credit-check"])),
            ])
    }
}
