import Foundation
import Testing

/// Logs that nobody here wrote. They lie beside the checkout or nowhere.
@Suite(
    .enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)),
    .enabled(if: ReplayedStore.RealLog.areThere, Comment(rawValue: ReplayedStore.RealLog.absent)))
struct RealLogTests {
    typealias RealLog = ReplayedStore.RealLog

    @Test(arguments: [(RealLog.bpic2012, "262200|0|ok"), (.bpic2013, "65533|0|ok"), (.vdaf, "3322|0|ok")])
    func everyEventIsReadAndNoneRejected(_ log: RealLog, _ expected: String) throws {
        #expect(try log.store().column("SELECT events, rejected, state FROM v1_sources") == [expected])
    }

    @Test(arguments: RealLog.allCases)
    func flowPerStageIsThatOfAnIndependentCount(_ log: RealLog) throws {
        #expect(try Program.oracle("compare", [try log.store().path, "UTC", log.path]) == "")
    }

    @Test(arguments: RealLog.allCases)
    func backlogFollowsFromTheFlowInEveryWindow(_ log: RealLog) throws {
        #expect(try Program.oracle("identity", [try log.store().path]) == "")
    }

    /// In the system at 00:00 UTC, counted by hand from the log.
    @Test(arguments: [
        ("W_Nabellen offertes", [50, 71, 102, 121, 142, 102]), ("W_Valideren aanvraag", [50, 0, 10, 64, 66, 52]),
        ("W_Afhandelen leads", [12, 10, 12, 37, 63, 25]),
    ])
    func queuesOfTheLoansAreRightToTheItem(_ stage: String, _ expected: [Int]) throws {
        let found = try RealLog.bpic2012.store().column(
            """
            SELECT backlog FROM v1_flow WHERE grain = 'hour' AND stage = '\(stage)' AND time_utc IN
              ('2011-12-18T23:00:00Z', '2011-12-25T23:00:00Z', '2012-01-01T23:00:00Z', '2012-01-08T23:00:00Z',
               '2012-01-15T23:00:00Z', '2012-01-22T23:00:00Z')
            ORDER BY time
            """)
        #expect(found == expected.map(String.init))
    }

    @Test func waitingCallsOfTheLoansAreRightToTheItem() throws {
        let found = try RealLog.bpic2012.store().column(
            """
            SELECT waiting FROM v1_flow WHERE grain = 'hour' AND stage = 'W_Nabellen offertes'
              AND time_utc IN ('2011-12-18T23:00:00Z', '2012-01-15T23:00:00Z') ORDER BY time
            """)
        #expect(found == ["49", "142"])
    }

    /// Its cases were chosen by closing date, so that its backlog says nothing.
    @Test func anArtefactOfHowCasesWereChosenPagesNobody() throws {
        let pages = try RealLog.bpic2013.store().column(
            "SELECT stage, firing_at FROM v1_alerts WHERE rule = 'absorption-exceeded' AND severity = 'page'")
        #expect(pages == [])
    }
}
