extension View {
    static let families = View(
        name: "v1_families", about: "One family of near-duplicates: a leader and at least one copy of it.",
        from: "family", order: "family.id",
        columns: [
            familyColumn(
                "family", "id", "number", "Number of the family; the same in v1_items and v1_family_costs.", "812"),
            familyColumn("stream", "stream", "text", "Kind of the leader: email, ticket or document.", "document"),
            familyColumn("first_seen", "first_seen", "epoch s", "When the leader appeared.", "1767607380"),
            familyColumn("last_seen", "last_seen", "epoch s", "When the latest member appeared.", "1769422000"),
            familyColumn("copies", "copies", "items", "Members apart from the leader.", "37"),
            familyColumn("exact_copies", "exact_copies", "items", "Those with the same content.", "5"),
            familyColumn(
                "reads", "reads", "events",
                "Reads of all members together. Null where this stream has no read events: not measurable.", "12"),
            familyColumn(
                "reads_per_copy", "reads_per_copy", "events/item", "reads over copies. Null as reads is.", "0.32"),
            familyColumn(
                "authors", "authors", "people",
                "Distinct actors who made members. Null where actors are not logged.", "8"),
            familyColumn("bytes", "bytes", "bytes", "Content of all members together.", "240118"),
            familyColumn(
                "status", "status", "text",
                "zombie: two copies or more, 30 days old on average, at most two reads of all together in the last 30 "
                    + "days. living: as old, and read. young: not 30 days old, or reads are not measurable (reads is null).",
                "zombie"),
            familyColumn("title", "title", "text", "Title of the leader, where titles are kept.", "Q3 outlook"),
            familyColumn("leader_item", "leader_item", "text", "Item that the others repeat.", "doc-2210"),
            familyColumn(
                "readers", "readers", "people",
                "Distinct actors who read members since the first copy came. Null as reads is.", "3"),
        ])

    private static func familyColumn(
        _ name: String, _ source: String, _ unit: String, _ text: String, _ example: String
    ) -> Column { Column(name, "family.\(source)", unit, text, example) }

    static let items = View(
        name: "v1_items",
        about: "One item with content. With retention.items: related (the default) novel items outside any family "
            + "have no row.",
        from: "item CROSS JOIN stage ON stage.id = item.stage", order: "item.id", columns: itemColumns)

    static let familyItems = View(
        name: "v1_family_items", about: "One member of a family of near-duplicates, its leader among them.",
        from: "item CROSS JOIN stage ON stage.id = item.stage CROSS JOIN family ON family.id = item.family "
            + "AND item.relation <> 'partial'",
        order: "item.id", columns: itemColumns)

    private static func itemColumn(_ name: String, _ unit: String, _ text: String, _ example: String) -> Column {
        Column(name, "item.\(name)", unit, text, example)
    }

    private static let itemColumns = [
        itemColumn("item", "text", "Name of the item as the log has it.", "doc-2231"),
        stream("item"), stage,
        itemColumn("team", "text", "Team that made it. Null where the log does not say.", "marketing"),
        itemColumn("owner", "text", "Owner of the stage it was made in, where one is declared.", "sales-ops"),
        itemColumn(
            "actor", "text",
            "Who made it: the name with actors: keep, null with actors: drop; by default a pseudonym, and null as long as "
                + "fewer people of its team (of its stage, without a team) than privacy.minimum_group have made items.",
            "a-4f1c09"),
        origin("item"),
        itemColumn("published_at", "epoch s", "Its first content action.", "1767694980"),
        itemColumn("bytes", "bytes", "Length of its content. Null where it is not logged.", "5120"),
        itemColumn(
            "relation", "text",
            "leader (others repeat it), exact, near or partial (it repeats the family's leader), novel, or short (too "
                + "short to tell).",
            "near"),
        itemColumn("family", "number", "Family it belongs to (v1_families). Null where it belongs to none.", "812"),
        itemColumn(
            "containment", "share",
            "Estimated share of its content that was there before, 0 to 1: in the leader of its family (exact, near), in "
                + "that of another one (partial; a leader that began as one: repeats says which). Null where nothing "
                + "was compared.", "0.87"),
        itemColumn("containment_low", "share", "Lower end of the 95 % interval of containment.", "0.81"),
        itemColumn("containment_high", "share", "Upper end of the 95 % interval of containment.", "0.92"),
        itemColumn("copies", "items", "For a leader: copies of it so far. Null for others.", "37"),
        itemColumn("reads", "events", "Reads of this item. Null: not measurable, reads_missing says why.", "3"),
        itemColumn("reads_missing", "text", "What the logs lack for reads. Null where reads are known.", "read events"),
        itemColumn(
            "repeats", "number",
            "For a partial item, and a leader that began as one: the earlier family that holds a part of it. Null "
                + "elsewhere.",
            "640"),
    ]

    static let familyCosts = View(
        name: "v1_family_costs", about: "One family and stage: hours that handling its copies took there.",
        from: "family_cost CROSS JOIN stage ON stage.id = family_cost.stage", order: "family_cost.id",
        columns: [
            Column("family", "family_cost.family", "number", "The family (v1_families).", "812"),
            stage,
            Column(
                "touch_h", "family_cost.touch_h", "h",
                "Touch time spent on copies, where it is known. Null where it is known of none. Adds up.", "6.5"),
            Column(
                "touch_low", "family_cost.touch_low", "h", "Least that it can be: the unseen copies took none.", "6.5"),
            Column(
                "touch_high", "family_cost.touch_high", "h",
                "Most that is likely: the unseen copies took twice the mean of the seen ones.", "9.1"),
            Column(
                "coverage", "family_cost.coverage", "share",
                "Share of the handled copies whose touch time is known, 0 to 1.", "0.83"),
        ])
}
