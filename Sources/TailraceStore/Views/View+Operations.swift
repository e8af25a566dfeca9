extension View {
    private static func of(_ table: String, _ name: String, _ unit: String, _ text: String, _ example: String) -> Column
    {
        Column(name, "\(table).\(name)", unit, text, example)
    }

    static let alerts = View(
        name: "v1_alerts", about: "One alert, from pending to resolved. A ticket that grows into a page stays one row.",
        from: "alert", order: "alert.id",
        columns: [
            Column("alert", "alert.id", "number", "Number of the alert, as `tailrace explain` takes it.", "17"),
            of("alert", "rule", "text", "Rule that fired.", "absorption-exceeded"),
            of("alert", "stage", "text", "Stage it is about; empty where it is about none.", "legal-review"),
            of("alert", "owner", "text", "Who was told. Null where nobody is declared.", "legal-ops"),
            of("alert", "severity", "text", "page, ticket or info: the highest it reached.", "page"),
            of("alert", "state", "text", "pending, firing or resolved.", "resolved"),
            of("alert", "pending_at", "epoch s", "When the condition was first met, in event time.", "1769418000"),
            of("alert", "firing_at", "epoch s", "When it had held long enough. Null while pending.", "1769421600"),
            of("alert", "resolved_at", "epoch s", "When it was over. Null before.", "1770800400"),
            of("alert", "peak_at", "epoch s", "When value was highest.", "1770303600"),
            of("alert", "peak_value", "see unit", "The highest value.", "4.1"),
            of("alert", "drained_at", "epoch s", "When the backlog was back to normal. Null before.", "1771232400"),
            of(
                "alert", "forecast_drain_low", "epoch s",
                "Early end of the 80 % forecast of drained_at. Null where no end is in sight.", "1771000000"),
            of("alert", "forecast_drain_high", "epoch s", "Late end of that forecast.", "1772000000"),
            of("alert", "value", "see unit", "What was measured, as of the latest change of state.", "3.1"),
            of("alert", "threshold", "see unit", "Limit that it passed.", "1"),
            of("alert", "unit", "text", "Unit of value, threshold and peak_value.", "days of work"),
            of("alert", "cause", "text", "Why, as far as the logs tell: more arrivals or slower service.", "arrivals"),
            of(
                "alert", "summary", "text", "One sentence with number and unit.",
                "legal-review holds 3.1 days of work (normal up to 0.8)"),
            of("alert", "evidence", "JSON text", "The numbers behind it, one JSON object.", "{\"backlog\":124}"),
            of("alert", "acknowledged_by", "text", "Who took it. Null where nobody has.", "kim"),
            of("alert", "useful", "0/1", "Feedback: 1 useful, 0 noise, null not rated.", "1"),
        ])

    static let rules = View(
        name: "v1_rules", about: "One rule: how often it fired, and how often that was worth it.", from: "rule",
        order: "rule.id",
        columns: [
            of("rule", "rule", "text", "Name of the rule.", "absorption-exceeded"),
            of("rule", "fired", "alerts", "Alerts that fired so far.", "12"),
            of("rule", "rated", "alerts", "Those with feedback.", "8"),
            of("rule", "useful", "alerts", "Those rated useful.", "7"),
            of(
                "rule", "precision_low", "share", "Lower end of the 95 % interval of useful / rated. Null unrated.",
                "0.53"),
            of("rule", "precision_high", "share", "Upper end of that interval.", "0.98"),
            of(
                "rule", "false_alarms_per_stage_quarter", "1/(stage x quarter)",
                "Alerts on stages in which nothing is wrong, per stage and 91 days. Null where not measured; "
                    + "rate_source tells how.",
                "0.06"),
            of(
                "rule", "rate_source", "text", "How the false alarms were measured. Null where they were not.",
                "simulation: 9 in 800 stage-quarters (decision 0018, WeeklyRuleRateTests)"),
        ])

    static let sources = View(
        name: "v1_sources", about: "One input file, by its identity and not its name.", from: "source",
        order: "source.id",
        columns: [
            of(
                "source", "source", "text", "Where it was first seen; `v1_rejections.source` names it so.",
                "/var/log/flow/events.ndjson.gz"),
            of("source", "path", "text", "Where it was last seen.", "/var/log/flow/events.ndjson.gz"),
            of("source", "format", "text", "Format definition that reads it.", "tailrace"),
            of(
                "source", "state", "text",
                "ok, reading, waiting (inside an archive's member), truncated, corrupt, unreadable; live also gone.",
                "ok"),
            of("source", "position", "bytes", "How far it is read: decompressed bytes.", "73400320"),
            of("source", "size", "bytes", "Its length on disk when last looked at.", "9437184"),
            of("source", "events", "events", "Events taken from it.", "210334"),
            of("source", "rejected", "records", "Records that did not parse.", "12"),
            of(
                "source", "last_event_time", "epoch s", "Latest event time in it. Null before the first event.",
                "1784887380"),
            of(
                "source", "lag_s", "s", "Age of its last event when last looked at; follows the machine's clock.", "0.4"
            ),
            of("source", "behind_bytes", "bytes", "Bytes on disk that are not yet read.", "0"),
            of(
                "source", "detail", "text", "What an operator should know; null where all is well.",
                "truncated member at byte 9000000"),
            of(
                "source", "host", "text",
                "Host whose store it came from (`tailrace merge`). Null in a store that is no merger.", "mx1"),
        ])

    static let rejections = View(
        name: "v1_rejections",
        about: "One rejected record. The first of each source and reason are kept, with letters and digits masked; "
            + "the rest is in the counts.",
        from: "rejection", order: "rejection.id",
        columns: [
            of(
                "rejection", "time", "epoch s", "Latest good event time of its source. Null before the first.",
                "1767607380"),
            of(
                "rejection", "source", "text", "The source, as in `v1_sources.source`.",
                "/var/log/flow/events.ndjson.gz"),
            of("rejection", "position", "bytes", "Where the record begins: decompressed bytes.", "1048711"),
            of("rejection", "reason", "text", "Why it was rejected.", "unknown action"),
            of("rejection", "count", "records", "Records that this row stands for. Adds up.", "1"),
            of(
                "rejection", "sample", "text", "The record, masked and cut. Null where only counted.",
                "{\"xxxx\":\"0000-00\""),
            of(
                "rejection", "host", "text",
                "Host of its source, as in `v1_sources.host`. Null in a store that is no merger.",
                "mx1"),
        ])

    static let dictionary = View(
        name: "v1_dictionary", about: "One column of one view: what it means.", from: "dictionary",
        order: "dictionary.id",
        columns: [
            of("dictionary", "view_name", "text", "The view.", "v1_flow"),
            of("dictionary", "column_name", "text", "The column.", "backlog"),
            of(
                "dictionary", "unit", "text",
                "Unit; text for words, epoch s for seconds since 1970 UTC, 0/1 for flags.", "items"),
            of(
                "dictionary", "description", "text", "Meaning, when null, what adds up.",
                "Items in the stage at the window's end"),
            of("dictionary", "example", "text", "A value that it could have.", "117"),
        ])
}
