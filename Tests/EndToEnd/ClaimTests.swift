import Foundation
import TestSupport
import Testing

@Suite struct ClaimTests {
    private func claim(_ gain: String, _ measure: String, since: String, _ more: String...) throws -> Outcome {
        let store = try ReplayedStore.samples.get().path
        return try Program.run(
            Program.tailrace, ["claim", gain, "--measure", measure, "--since", since, "--store", store] + more)
    }

    /// Row 7: marketing reports mails per person, automated and human ones counted alike.
    @Test func `A gain that programs made is told apart from what people made`() throws {
        let audit = try claim("+6%", "messages per person", since: "2026-03-16", "--stage", "outreach", "--json").object
        let (all, human) = (audit["as_claimed"] as? [String: Double], audit["human_only"] as? [String: Double])
        #expect((all?["low"] ?? 0) > 0.5)
        #expect((human?["high"] ?? 1) < 0)
        let (before, after) = (audit["before"] as? [String: Any], audit["after"] as? [String: Any])
        #expect((before?["automated_share"] as? Double ?? 1) < 0.05)
        #expect((after?["automated_share"] as? Double ?? 0) > 0.4)
        // Nobody logs how long a mail takes: said, and not taken for nothing.
        #expect((audit["missing"] as? [String])?.contains { $0.contains("effort") } == true)
        #expect(audit["like_for_like"] is NSNull)
    }

    @Test(arguments: [
        ("six", "mails", "2026-03-16", "no percentage"), ("+6%", "smiles per person", "2026-03-16", "no measure"),
        ("+6%", "mails", "March", "YYYY-MM-DD"), ("+6%", "mails", "2027-01-01", "no whole week"),
        ("+6%", "mails", "2026-05-10", "too few"),
    ])
    func `What cannot be audited is refused with the mend`(gain: String, measure: String, since: String, why: String)
        throws
    {
        let outcome = try claim(gain, measure, since: since)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(why), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }
}
