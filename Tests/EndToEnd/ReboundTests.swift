import Foundation
import TestSupport
import Testing

/// The saving of a drafting assistant, worked out by hand and reproduced from events.
@Suite struct ReboundStoryTests {
    private struct Week {
        var items: Int
        var minutes: Double
        var reviewed: Int
        var reworked: Int
        var handled: Int
        var handling: Double
    }
    /// Before: 500 drafts of six minutes, a fifth reviewed, a twentieth done again, twenty answers handled.
    private static let before = Week(items: 500, minutes: 6, reviewed: 100, reworked: 25, handled: 20, handling: 45)
    /// After: three times the drafts in two minutes, twice the share reviewed, nine in a hundred done again.
    private static let after = Week(items: 1500, minutes: 2, reviewed: 600, reworked: 135, handled: 21, handling: 50)

    private static func lines(_ week: Week, number: Int) -> [(time: Int, text: String)] {
        // Monday 2026-01-05 00:00 UTC.
        let start = 1_767_571_200 + number * 604_800
        var lines: [(Int, String)] = []
        func event(_ time: Int, _ action: String, _ item: String, _ stage: String) {
            lines.append(
                (
                    time,
                    #"{"time":\#(time),"stream":"document","action":"\#(action)","item":"\#(item)","case":"c-\#(item)","stage":"\#(stage)"}"#
                ))
        }
        // As many deals as ever: two a week.
        for deal in 0..<2 { event(start + 300_000 + deal, "outcome", "deal-\(number)-\(deal)", "drafting") }
        for place in 0..<week.items {
            let item = "d\(number)-\(place)"
            // Evenly over the first five days.
            let at = start + place * 432_000 / week.items
            event(at, "schedule", item, "drafting")
            event(at + 10, "start", item, "drafting")
            let done = at + 10 + Int(week.minutes * 60)
            event(done, "complete", item, "drafting")
            if place < week.reworked {
                event(done + 60, "return", item, "drafting")
                event(done + 120, "start", item, "drafting")
                event(done + 120 + 480, "complete", item, "drafting")
            } else if place < week.reworked + week.reviewed {
                event(done + 60, "schedule", item, "checking")
                event(done + 120, "start", item, "checking")
                event(done + 300, "approve", item, "checking")
                event(done + 300, "complete", item, "checking")
            } else if place < week.reworked + week.reviewed + week.handled {
                event(done + 60, "schedule", item, "answering")
                event(done + 120, "start", item, "answering")
                event(done + 120 + Int(week.handling * 60), "complete", item, "answering")
            }
        }
        return lines
    }

    @Test func `Of 33 hours that should be saved 42 are worked on top: a rebound of 226 per cent`() throws {
        let folder = try TemporaryFolder()
        var lines: [(time: Int, text: String)] = []
        for week in 0..<17 {
            lines += ReboundStoryTests.lines(
                week < 8 ? ReboundStoryTests.before : ReboundStoryTests.after, number: week)
        }
        let text = lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element.text).joined(separator: "\n")
        try (text + "\n").write(toFile: folder.path("log.ndjson"), atomically: true, encoding: .utf8)
        let outcome = try Program.tailrace(
            "replay", "--store", "s.sqlite", folder.path("log.ndjson"), in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let columns = "expected_saving_h realised_saving_h rebound volume_part review_part rework_part downstream_part"
        let found = try ReplayedStore.column(
            "SELECT round(\(columns.split(separator: " ").joined(separator: ", 2) || ' ' || round(")), 2) FROM v1_rebound "
                + "WHERE stage = 'drafting' ORDER BY period_end DESC LIMIT 1",
            of: folder.path("s.sqlite"))
        // By hand, a week: 33.33 hours expected; −42.17 realised; points of the ratio 1.00, 0.75, 0.44, 0.075.
        #expect(found == ["33.33 -42.17 2.26 1.0 0.75 0.44 0.08"])
        let alert = try ReplayedStore.column(
            "SELECT severity FROM v1_alerts WHERE rule = 'rebound-backfire' AND stage = 'drafting'",
            of: folder.path("s.sqlite"))
        #expect(alert == ["ticket"])

        // "We make 6 % more": like for like, deals for each hour of all the work, it is 36.5 % less.
        let audit = try Program.tailrace(
            "claim", "+6%", "--measure", "drafts per hour", "--since", "2026-03-02", "--stage", "drafting", "--json",
            "--store", "s.sqlite", in: folder
        ).object
        let gain = (audit["like_for_like"] as? [String: Double])?["value"] ?? 0
        #expect(abs(gain - -0.365) < 0.001)
        #expect(audit["overstated"] as? Bool == true)
        #expect(audit["weeks"] as? Int == 8)
        let after = audit["after"] as? [String: Any]
        let hours = ["making_h", "review_h", "rework_h", "later_h"].map { name -> Double in
            ((after?[name] as? Double ?? 0) * 10).rounded() / 10
        }
        #expect(hours == [50, 30, 18, 17.5])
    }
}
