import TailracePipeline

extension View {
    private static func stageColumn(_ name: String, _ unit: String, _ text: String, _ example: String) -> Column {
        Column(name, "stage.\(name)", unit, text, example)
    }

    static let stages = View(
        name: "v1_stages", about: "One stage, and what is declared or learned about it.",
        from: "stage WHERE stage.name <> '\(Pipeline.outsideName)'",
        order: "stage.id",
        columns: [
            stage,
            stageColumn("kind", "text", "make, review or release; null where neither declared nor evident.", "review"),
            stageColumn("owner", "text", "Who gets its alerts. Null where nobody is declared.", "legal-ops"),
            stageColumn("first_seen", "epoch s", "Its first event.", "1767607380"),
            stageColumn("last_seen", "epoch s", "Its latest event.", "1784887380"),
            stageColumn(
                "workers", "people",
                "Distinct people per staffed hour, median. Null where actors are not logged or the group is too small.",
                "6"),
            stageColumn(
                "capacity_per_day", "items/working day",
                "What it can finish in a working day. Null before it is declared or learned.", "40"),
            stageColumn("capacity_low", "items/working day", "Lower end of the interval of a learned capacity.", "36"),
            stageColumn("capacity_high", "items/working day", "Upper end of the interval of a learned capacity.", "45"),
            stageColumn(
                "capacity_source", "text", "declared (configuration) or learned. Null without a capacity.", "learned"),
            stageColumn(
                "tolerance_days", "working days", "Backlog that its owner accepts, in days of work.", "1"),
        ])

    private static func reboundColumn(_ name: String, _ unit: String, _ text: String, _ example: String) -> Column {
        Column(name, "rebound.\(name)", unit, text, example)
    }

    static let rebound = View(
        name: "v1_rebound",
        about: "One stage and period: how much of the expected saving came true (1 - realised / expected).",
        from: "rebound CROSS JOIN stage ON stage.id = rebound.stage", order: "rebound.id",
        columns: [
            stage,
            reboundColumn(
                "period_start", "epoch s", "Start of the period that is compared with the baseline.", "1783296000"),
            reboundColumn("period_end", "epoch s", "Its end, exclusive.", "1785715200"),
            reboundColumn(
                "expected_saving_h", "h/week",
                "Fall of making hours per item times baseline volume. Null where hours per item are not measurable.",
                "667"),
            reboundColumn(
                "realised_saving_h", "h/week",
                "Baseline hours less present hours, review, rework and downstream included. Negative: more work than "
                    + "before.",
                "-843"),
            reboundColumn(
                "rebound", "ratio",
                "1 - realised / expected: 0 all saved, 1 nothing saved, above 1 backfire. Null where there is no "
                    + "measurable unit saving. The four parts add up to it.",
                "2.26"),
            reboundColumn("rebound_low", "ratio", "Lower end of the 90 % interval.", "1.9"),
            reboundColumn("rebound_high", "ratio", "Upper end of the 90 % interval.", "2.7"),
            reboundColumn("volume_part", "ratio", "Part eaten by more items.", "1.0"),
            reboundColumn("review_part", "ratio", "Part eaten by more review.", "0.75"),
            reboundColumn("rework_part", "ratio", "Part eaten by more rework.", "0.44"),
            reboundColumn("downstream_part", "ratio", "Part eaten by more work in later stages.", "0.07"),
            reboundColumn(
                "coverage", "share",
                "Share of the completions, in all stages that belong to it, whose hours were seen, in the baseline and now; "
                    + "below 1, rebound is a lower bound.", "0.8"),
            reboundColumn(
                "verdict", "text",
                "saving, partial, backfire, super-conservation (each told by the 90 % interval), uncertain, or why it is not "
                    + "measurable.", "backfire"),
            reboundColumn(
                "estimated", "share",
                "Share of the completions whose hours are estimates, from what the same people did before; not in coverage.",
                "0.1"),
        ])
}
