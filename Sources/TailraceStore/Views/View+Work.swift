extension View {
    private static func counted(_ table: String, _ name: String, _ unit: String, _ text: String, _ example: String)
        -> Column
    {
        Column(name, "\(table).\(name)", unit, text, example)
    }

    static let work = windowed(
        "v1_work", "work",
        about: "One window, stage and origin: the flow, and the hours in it, by how items were made.",
        joins: joinStage("work"),
        columns: [
            stage, origin("work"),
            counted(
                "work", "arrivals", "items", "Items of this origin that entered the stage. Adds up to v1_flow.", "30"),
            counted("work", "completions", "items", "Items of this origin that it finished. Adds up to v1_flow.", "28"),
            counted("work", "returns", "items", "Finished items of this origin that became open again.", "2"),
            counted("work", "approvals", "events", "Approve events on items of this origin.", "11"),
            counted(
                "work", "touch_sum_s", "s",
                "Touch time of the items whose touch time is known. Adds up; the mean is touch_sum_s / touch_n.",
                "51300"),
            counted(
                "work", "touch_n", "items",
                "Items behind touch_sum_s. Its share of completions is the coverage: below all of them the sum is a "
                    + "lower bound.",
                "25"),
            counted(
                "work", "wait_sum_s", "s",
                "Waiting time of the items on which work began. Adds up; the mean is wait_sum_s / wait_n.", "302400"),
            counted("work", "wait_n", "items", "Items behind wait_sum_s.", "29"),
            counted(
                "work", "rework_touch_s", "s",
                "Of touch_sum_s, that of rounds after an item's first completion. Adds up.", "8100"),
        ])

    static let outcomes = windowed(
        "v1_outcomes", "outcome", about: "One window, stage and result: outcomes that the log reports.",
        joins: joinStage("outcome") + " CROSS JOIN name ON name.id = 8589934592 + outcome.result",
        columns: [
            stage,
            Column(
                "result", "name.text", "text", "What came of it, as the log names it: won, lost, resolved, qualified.",
                "won"),
            counted("outcome", "outcomes", "events", "Outcome events with this result. Adds up.", "9"),
        ])

    static let handoffs = windowed(
        "v1_handoffs", "handoff",
        about: "One window and pair of stages: cases that were finished in one stage and came next to another "
            + "within 30 days.",
        joins: "CROSS JOIN stage AS origin ON origin.id = handoff.from_stage "
            + "CROSS JOIN stage AS target ON target.id = handoff.to_stage",
        columns: [
            Column(
                "from_stage", "origin.name", "text", "Stage that finished the case; (outside) where work enters.",
                "drafting"),
            Column("to_stage", "target.name", "text", "Stage that the case came to next.", "legal-review"),
            counted("handoff", "cases", "cases", "Cases handed over, at the time they arrived. Adds up.", "31"),
            counted(
                "handoff", "share_of_inflow", "share",
                "cases over all hand-offs into to_stage in the window, 0 to 1. Null until the window closes.", "0.74"),
            counted(
                "handoff", "share_of_outflow", "share",
                "cases over all hand-offs out of from_stage in the window, 0 to 1. Null until the window closes.", "0.9"
            ),
            counted(
                "handoff", "wait_p50_s", "s",
                "Median time between the completion and the arrival. Null from (outside). Cannot be added.", "7200"),
            counted(
                "handoff", "first_seen", "epoch s", "When this pair was first seen in the window.",
                "1767607380"),
        ])

    static let teams = windowed(
        "v1_teams", "team_activity",
        about: "One window and team: when its people were active. Never one person, never under the minimum group.",
        joins: "CROSS JOIN name ON name.id = 4294967296 + team_activity.team",
        columns: [
            Column("team", "name.text", "text", "Team as the log names it.", "legal"),
            counted("team_activity", "human_events", "events", "Events in which a person acted. Adds up.", "812"),
            counted(
                "team_activity", "after_hours_events", "events",
                "Those outside the working hours. Null where suppressed, or where no working hours are known.", "57"),
            counted(
                "team_activity", "members", "people",
                "Distinct people who acted. Null where suppressed. Cannot be added.", "14"),
            counted(
                "team_activity", "suppressed", "0/1",
                "1 where fewer people than privacy.minimum_group were active, so that their figures are hidden.", "0"),
            counted(
                "team_activity", "contents", "items",
                "Contents made in the team's name, by people and programs, that were compared with earlier ones. Null "
                    + "where suppressed. Adds up.", "40"),
            counted(
                "team_activity", "copies", "items",
                "Those that repeat an earlier content, exactly or nearly. Null where suppressed. Adds up.", "11"),
        ])

    static let measures = windowed(
        "v1_measures", "measure", about: "One window, stage and measure: figures that have no view of their own.",
        joins: joinStage("measure") + " CROSS JOIN name ON name.id = 12884901888 + measure.measure",
        columns: [
            stage,
            Column(
                "measure", "name.text", "text", "Name of the measure; behind `: ` the tag that it is split by.",
                "rework_rate"
            ),
            counted(
                "measure", "value", "see unit",
                "The figure. Null: not measurable, and missing says why. Never 0 for "
                    + "unknown.", "0.18"),
            counted("measure", "low", "see unit", "Lower end of the 95 % interval. Null where there is none.", "0.15"),
            counted("measure", "high", "see unit", "Upper end of the 95 % interval. Null where there is none.", "0.22"),
            counted("measure", "unit", "text", "Unit of value, low and high.", "share"),
            counted(
                "measure", "missing", "text",
                "What the logs would have to contain for a value. Null where there is one.",
                "read events"),
        ])
}
