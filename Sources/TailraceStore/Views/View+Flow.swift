import TailracePipeline

extension View {
    private static func counted(_ name: String, _ unit: String, _ description: String, _ example: String) -> Column {
        Column(name, "flow.\(name)", unit, description, example)
    }

    static let flow = windowed(
        "v1_flow", "flow",
        about: "One window of one stage: what moved through it, and what stood there at the end. Dense: a stage that "
            + "has been seen has a row in every window.",
        joins: joinStage("flow"), where: "stage.name <> '\(Pipeline.outsideName)'",
        columns: [stage] + flowCounts + flowGauges + flowDurations + flowJudgements + flowEvents)

    /// Changes of state; they add up over windows of one grain and over stages.
    private static let flowCounts = [
        counted(
            "arrivals", "items",
            "Items that entered the stage for the first time. Changes of state, not events: a repeated schedule "
                + "counts once.",
            "42"),
        counted(
            "starts", "items",
            "Items on which work began after waiting. Stays 0 where the log has no start events; wait and touch are null "
                + "then.", "40"),
        counted(
            "completions", "items",
            "Items that the stage finished while they were open. An item that came back and was finished again counts "
                + "again.",
            "38"),
        counted("first_completions", "items", "Completions that were the item's first in this stage.", "35"),
        counted(
            "returns", "items", "Finished items that became open again (sent back, reopened). Adds to the backlog.", "3"
        ),
        counted("withdrawals", "items", "Open items that left without being finished.", "1"),
        counted(
            "unscheduled", "items",
            "Completions of items that were never seen to enter. Left out of completions, backlog and capacity.", "0"),
        counted(
            "extra_completions", "events", "Completions of items that were finished already. No change of state.", "0"),
        counted(
            "late", "events",
            "Events that came after this window had closed. They are in this row's counts; gauges of closed windows "
                + "are not rewritten.",
            "0"),
    ]

    private static let flowGauges = [
        counted(
            "backlog", "items",
            "Items in the stage at the window's end (for an open window: now), waiting or in work. Equals the previous "
                + "window's backlog + arrivals + returns - completions - withdrawals - late_backlog. Null while the "
                + "backlog at the log's beginning is unknown. Never add it over windows.",
            "117"),
        counted("waiting", "items", "The part of the backlog on which nobody has started. Null as backlog is.", "96"),
        counted(
            "oldest_age_s", "s", "Time since the longest-standing open item entered. Null where nothing is open.",
            "1296000"),
    ]

    private static func quantile(_ kind: String, _ percent: Int, _ what: String, _ example: String) -> Column {
        counted(
            "\(kind)_p\(percent)_s", "s",
            "\(percent == 50 ? "Median" : "90th percentile") of \(what), over items whose span ended in the window; "
                + "within 0.4 %. Null where none did or the log does not show it. Cannot be added or averaged.",
            example)
    }

    private static let flowDurations = [
        quantile("wait", 50, "the time from entering to the start of work", "5400"),
        quantile("wait", 90, "the time from entering to the start of work", "86400"),
        quantile("touch", 50, "the time somebody worked on an item (touch time)", "1260"),
        quantile("touch", 90, "the time somebody worked on an item (touch time)", "4800"),
        quantile("cycle", 50, "the time from entering to completion", "93600"),
        quantile("cycle", 90, "the time from entering to completion", "259200"),
    ]

    private static let flowJudgements = [
        counted(
            "workers", "people",
            "Distinct actors who worked here in the window. Null where actors are not logged, or where fewer than the "
                + "minimum group would be shown. Cannot be added.",
            "6"),
        counted(
            "capacity_per_day", "items/working day",
            "What the stage can finish in a working day, declared or learned, as known when the window closed. Null "
                + "before it is known.",
            "40"),
        counted(
            "utilisation", "ratio",
            "Arrivals and returns over capacity, trailing seven days. Above 1 the queue must grow. Null without a "
                + "capacity, and before seven days are complete.",
            "1.12"),
        counted(
            "days_of_work", "working days", "Backlog over capacity per day. Null where either is unknown.", "2.9"),
    ]

    private static let flowEvents = [
        counted(
            "late_backlog", "items",
            "Net change of backlog by events that came after the window had closed: positive in the window of the "
                + "event, given back (negative) in the window that took the change up. Sums to 0 over all windows.",
            "0"),
        counted("schedule_events", "events", "Schedule events as logged, whether or not they changed anything.", "45"),
        counted("complete_events", "events", "Complete events as logged, whether or not they changed anything.", "38"),
        counted("return_events", "events", "Return events as logged, whether or not they changed anything.", "5"),
        counted(
            "rework_cycles", "events",
            "Returns of items that were still open: another round inside the stage, no change of backlog.", "2"),
        counted(
            "duplicates", "events",
            "Identical repeats of a change (same item, stage, action and time), as exports that overlap contain.", "0"),
        counted("minimum_backlog", "items", "The least backlog within the window. Null as backlog is.", "104"),
    ]
}
