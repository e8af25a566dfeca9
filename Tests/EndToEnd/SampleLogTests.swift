import Foundation
import Testing

/// The sample logs, against a count by another program and against what they must show.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct SampleLogTests {
    private func store() throws -> ReplayedStore { try ReplayedStore.samples.get() }

    @Test func theReplayEndsWell() throws {
        let store = try store()
        #expect(store.status == 0)
        // A file that is in no order is sorted without a word where its format says so; nothing else is to be told.
        #expect(store.errors == "")
    }

    @Test(.enabled(if: Program.find("zstd") != nil, "zstd is not installed, so nobody else can read the .zst files"))
    func flowWorkOutputEngagementAndOutcomesAreThoseOfAnIndependentCount() throws {
        let inputs = ["mail", "tickets", "documents", "finance", "loans", "pilots"].map { Program.samples + "/" + $0 }
        #expect(try Program.oracle("compare", [try store().path, "Europe/Berlin 9-17"] + inputs) == "")
    }

    @Test func whatTheLogsMustShowIsShownAndNothingElse() throws {
        #expect(try Program.oracle("expected", [try store().path, Program.samples]) == "")
    }

    @Test func backlogFollowsFromTheFlowInEveryWindow() throws {
        #expect(try Program.oracle("identity", [try store().path]) == "")
    }

    @Test func everyPromisedViewAndColumnIsThereAndExplained() throws {
        #expect(try Program.oracle("schema", [try store().path]) == "")
    }

    @Test func anAlertKnowsThePeakOfItsOwnLife() throws {
        // Days of work as the hours have them, from the hour in which it fired to the one in which it was over.
        let stale = try store().column(
            """
            SELECT a.alert, a.stage, round(a.peak_value, 2), round(max(f.days_of_work), 2)
            FROM v1_alerts AS a JOIN v1_flow AS f ON f.stage = a.stage AND f.grain = 'hour'
              AND f.time + f.width_s BETWEEN a.firing_at AND coalesce(a.resolved_at - 1, f.time + f.width_s)
            WHERE a.rule = 'absorption-exceeded' AND a.unit = 'days of work'
            GROUP BY a.alert HAVING abs(a.peak_value - max(f.days_of_work)) > 0.01 * max(f.days_of_work)
            """)
        #expect(stale == [])
    }

    @Test func anAlertThatFiresSpeaksOfTheQueueAsItIsNow() throws {
        let stale = try store().column(
            """
            SELECT a.stage, a.value, f.days_of_work FROM v1_alerts AS a JOIN v1_flow AS f ON f.stage = a.stage
            WHERE a.rule = 'absorption-exceeded' AND a.state = 'firing' AND f.grain = 'hour'
              AND f.time = (SELECT max(time) FROM v1_flow WHERE grain = 'hour')
              AND abs(a.value - f.days_of_work) > 0.1 * f.days_of_work
            """)
        #expect(stale == [])
    }

    @Test func membersOfFamiliesAreLeadersAndCopiesAlone() throws {
        let strangers = try store().column(
            "SELECT relation, count(*) FROM v1_family_items WHERE relation NOT IN ('leader', 'exact', 'near') GROUP BY 1"
        )
        #expect(strangers == [])
        let wrong = try store().column(
            """
            SELECT f.family, f.copies, count(*) FROM v1_families AS f JOIN v1_family_items AS i ON i.family = f.family
            WHERE i.relation IN ('exact', 'near') GROUP BY f.family HAVING f.copies <> count(*)
            """)
        #expect(wrong == [])
    }
}
