extension View {
    private static func counted(_ table: String, _ name: String, _ unit: String, _ text: String, _ example: String)
        -> Column
    {
        Column(name, "\(table).\(name)", unit, text, example)
    }

    static let output = windowed(
        "v1_output", "output",
        about: "One window, stream, stage and origin: what was put out, and how much of it repeats earlier output.",
        joins: joinStage("output"),
        columns: [
            stream("output"), stage, origin("output"),
            counted("output", "items", "items", "Items at their first content action in the stage. Adds up.", "64"),
            counted("output", "bytes", "bytes", "Their content. Adds up.", "182310"),
            counted(
                "output", "redundant_items", "items",
                "Items that repeat earlier ones: exact_items + near_items. 0 where compared_items is 0.", "22"
            ),
            counted(
                "output", "redundant_bytes", "bytes",
                "Bytes that earlier output contained already, parts of partial items among them, quotes and signatures "
                    + "not. 0 where compared_items is 0.",
                "70112"),
            counted("output", "exact_items", "items", "Items whose content is the same, up to spacing and case.", "4"),
            counted("output", "near_items", "items", "Items that are near-duplicates of an earlier one.", "18"),
            counted("output", "partial_items", "items", "Items that contain a large part of an earlier one.", "7"),
            counted(
                "output", "authors", "people",
                "Distinct actors who made them. Null where actors are not logged, or where fewer than the minimum group "
                    + "made them. Cannot be added.", "9"),
            counted(
                "output", "compared_items", "items",
                "Items whose text was compared with earlier ones. Where it is 0 the log carries no text, and how much is "
                    + "redundant is not measurable.",
                "64"),
            counted(
                "output", "quoted_bytes", "bytes",
                "Bytes of signatures, and of quotes of what was seen before: no content. With them redundant_bytes + "
                    + "quoted_bytes repeat something.",
                "20140"),
        ])

    static let engagement = windowed(
        "v1_engagement", "engagement",
        about: "One window, stream, stage and origin: what recipients did, counted when it happened. What became of "
            + "one week's output is in v1_cohorts.",
        joins: joinStage("engagement"),
        columns: [
            stream("engagement"), stage, origin("engagement"),
            counted(
                "engagement", "sent", "items", "Items sent in the window. Adds up, as all here.", "64"),
            counted("engagement", "recipients", "contacts", "Contacts they went to, as logged.", "1210"),
            counted(
                "engagement", "delivered", "contacts",
                "Recipients less hard bounces. Negative where a window holds the bounces of an earlier one's sends.",
                "1196"),
            counted("engagement", "reads", "events", "Read events.", "402"),
            counted("engagement", "clicks", "events", "Click events.", "61"),
            counted("engagement", "replies", "events", "Reply events.", "33"),
            counted("engagement", "shares", "events", "Share events.", "5"),
            counted("engagement", "soft_bounces", "events", "Deferrals (temporary failures).", "17"),
            counted("engagement", "hard_bounces", "events", "Bounces (permanent failures).", "14"),
            counted("engagement", "unsubscribes", "events", "Unsubscribe events.", "6"),
            counted("engagement", "complaints", "events", "Complaints (marked as spam).", "1"),
        ])

    /// The contract's columns first, as this view is of weeks only; the window's others follow.
    static let cohorts = View(
        name: "v1_cohorts", about: "One week of sending, stage and origin: what became of what was sent in that week.",
        from: "period CROSS JOIN cohort ON cohort.id >= (period.id << 28) AND cohort.id < ((period.id + 1) << 28) "
            + joinStage("cohort"),
        order: "period.id, cohort.id",
        columns: window.filter { $0.name == "week_local" } + [
            stage, origin("cohort"),
            counted("cohort", "sent", "items", "Items sent in the week. Adds up.", "310"),
            counted("cohort", "replies_7d", "events", "Replies to them within seven days of sending. Adds up.", "41"),
            counted("cohort", "reads_7d", "events", "Reads of them within seven days of sending. Adds up.", "1610"),
            counted(
                "cohort", "mature", "0/1",
                "1 once seven days have passed since the week's end: before that, replies and reads still grow. "
                    + "Compare mature weeks only.",
                "1"),
        ] + window.filter { $0.name != "week_local" })
}
