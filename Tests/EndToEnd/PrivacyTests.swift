import Foundation
import Testing
import TestSupport

/// Of a group of fewer people than `privacy.minimum_group` nothing about its people can be read: in no view, in no text
/// of an alert, by no rule. A group that is large enough stands beside it, so that the silence says something.
@Suite(.enabled(if: Program.hasPython, Comment(rawValue: Program.needsPython)))
struct PrivacyTests {
    private static let seed: UInt64 = 20_261_201
    private static let large = (1...8).map { "Quaglia-Larson-\($0)" }
    private static let small = (1...3).map { "Zworykin-Smallman-\($0)" }
    private static let recipient = "hildegard.recipient@example.org"

    private static let configuration = """
        working_hours: Mon-Fri 09:00-17:00
        rules:
          evenings:
            sql: SELECT team AS stage, after_hours_events AS value FROM v1_teams WHERE grain = 'week' AND time = :start
              AND after_hours_events IS NOT NULL
            every: week
          people:
            sql: SELECT stage, workers AS value, 'people' AS unit FROM v1_flow WHERE grain = 'week' AND time = :start
              AND workers IS NOT NULL
            every: week
          makers:
            sql: SELECT actor AS stage, count(*) AS value FROM v1_items WHERE actor IS NOT NULL GROUP BY actor
            every: week

        """

    /// Sixteen weeks of two teams that do the same: write documents that repeat each other, send, and work through a
    /// queue; in the last five weeks in the evening.
    private static func log() -> String {
        var random = SplitMix64(seed: seed)
        var lines: [String] = []
        // Monday, 5 January 2026.
        let monday: Int64 = 1_767_571_200
        for week in 0..<16 as Range<Int64> {
            for day in 0..<5 as Range<Int64> {
                for (team, people) in [("large-team", large), ("small-team", small)] {
                    for turn in 0..<8 as Range<Int64> {
                        let person = people[Int.random(in: 0..<people.count, using: &random)]
                        let hour: Int64 = week >= 11 ? 19 : 10
                        let time = monday + (week * 7 + day) * 86_400 + hour * 3600 + turn * 120
                        let item = "\(team)-\(week)-\(day)-\(turn)"
                        let who = #""stage":"\#(team)-desk","actor":"\#(person)","team":"\#(team)","item":"\#(item)""#
                        for (place, action) in ["schedule", "start", "complete"].enumerated() {
                            lines.append(
                                #"{"time":\#(time + Int64(place) * 20),"stream":"ticket","action":"\#(action)",\#(who)}"#
                            )
                        }
                        let text =
                            "The offer of \(team) in its usual words number \(turn % 3), for everybody who asks. "
                        lines.append(
                            #"{"time":\#(time + 60),"stream":"email","action":"send","text":"\#(String(repeating: text, count: 8))","#
                                + #""recipient":"\#(recipient)",\#(who.replacing(item, with: "m-" + item))}"#)
                    }
                }
            }
            lines.append(#"{"time":"never","actor":"\#(small[0])"}"#)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let store = Result { () throws -> ReplayedStore in
        print("two teams: seed \(seed)")
        let folder = try TemporaryFolder()
        try folder.write(Array(configuration.utf8), to: "t.yaml")
        try folder.write(Array(log().utf8), to: "in/log.ndjson")
        return try ReplayedStore(["--config", folder.path("t.yaml"), folder.path("in")])
    }

    private func column(_ sql: String) throws -> [String] { try Self.store.get().column(sql) }

    @Test func noNameOfAPersonStandsInAnyView() throws {
        let store = try Self.store.get()
        #expect(store.status == 0, "\(store.errors)")
        let text = try ViewDump(store.path).text
        #expect(text.contains("small-team-desk"))
        for word in ["Quaglia", "Larson", "Zworykin", "Smallman", "hildegard", "recipient@"] {
            #expect(!text.contains(word), "\(word) can be read")
        }
    }

    /// Each question answers with figures about people of a stage or team, where there are any.
    @Test(arguments: [
        "SELECT workers FROM v1_flow WHERE stage = '%-desk' AND workers IS NOT NULL",
        "SELECT authors FROM v1_output WHERE stage = '%-desk' AND authors IS NOT NULL",
        "SELECT members FROM v1_teams WHERE team = '%' AND members IS NOT NULL",
        "SELECT after_hours_events FROM v1_teams WHERE team = '%' AND after_hours_events IS NOT NULL",
        "SELECT time FROM v1_teams WHERE team = '%' AND suppressed = 0",
        "SELECT actor FROM v1_items WHERE team = '%' AND actor IS NOT NULL",
        "SELECT actor FROM v1_family_items WHERE stage = '%-desk' AND actor IS NOT NULL",
        "SELECT alert FROM v1_alerts WHERE rule = 'after-hours' AND stage = '%'",
        "SELECT alert FROM v1_alerts WHERE rule = 'evenings' AND stage = '%'",
        "SELECT alert FROM v1_alerts WHERE rule = 'people' AND stage = '%-desk'",
    ])
    func figuresOfPeopleAreThereForTheLargeTeamAndNotForTheSmallOne(_ question: String) throws {
        #expect(try column(question.replacing("%", with: "large-team")).isEmpty == false, "nothing is shown at all")
        #expect(try column(question.replacing("%", with: "small-team")) == [])
    }

    @Test func aPseudonymIsShownOfPeopleOfTheLargeTeamAlone() throws {
        let shown = try column("SELECT DISTINCT actor FROM v1_items WHERE actor IS NOT NULL")
        #expect((1...Self.large.count).contains(shown.count))
        #expect(shown.allSatisfy { $0.hasPrefix("p-") })
        let told = try column("SELECT DISTINCT stage FROM v1_alerts WHERE rule = 'makers'")
        #expect(Set(told).isSubset(of: shown))
    }

    @Test func noTextOfAnAlertCountsPeopleOfTheSmallTeam() throws {
        let texts = try column(
            "SELECT summary || ' ' || coalesce(cause, '') || ' ' || evidence FROM v1_alerts WHERE stage LIKE 'small%'")
        for text in texts {
            #expect(!text.contains("p-") && !text.contains("workers") && !text.contains("members"), "\(text)")
        }
    }
}
