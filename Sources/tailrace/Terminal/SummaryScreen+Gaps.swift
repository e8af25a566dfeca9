import TailraceStore

/// What a log does not carry, and what it therefore cannot tell.
struct MeasurementGap: Equatable {
    /// What is not measurable.
    var measures: String
    /// The field or event that would make it so.
    var missing: String
}

extension SummaryScreen {
    var gaps: [String] {
        get throws {
            let found = try MeasurementGap.all(reader)
            guard !found.isEmpty else { return [] }
            let margin = min(34, width / 2)
            return found.flatMap { gap in
                let left = gap.measures.wrapped(to: margin - 2)
                let right = "missing: \(gap.missing)".printable.wrapped(to: max(10, width - margin - Self.indent))
                return (0..<max(left.count, right.count)).map { line in
                    let measure = (line < left.count ? left[line] : "").padded(to: margin)
                    let rest = line < right.count ? terminal.styled(right[line], .faint) : ""
                    return rest.isEmpty ? "  " + measure.trimmedEnd : "  " + measure + rest
                }
            }
        }
    }
}

extension MeasurementGap {
    static func all(_ reader: StoreReader) throws(StoreFault) -> [MeasurementGap] {
        var gaps = try flow(reader)
        gaps += try output(reader)
        gaps += try engagement(reader)
        if try isEmpty(reader, "v1_outcomes") { gaps.append(.init(measures: "outcome", missing: "`outcome` events")) }
        if try isEmpty(reader, "v1_teams") {
            gaps.append(.init(measures: "evenings, adoption by teams", missing: "`team`"))
        }
        return gaps + (try measured(reader))
    }

    private static func flow(_ reader: StoreReader) throws(StoreFault) -> [MeasurementGap] {
        let sums = try reader.rows(
            """
            SELECT sum(arrivals) AS arrivals, sum(starts) AS starts, sum(completions) AS completions,
              sum(unscheduled) AS unscheduled, sum(returns) AS returns, max(workers) AS workers,
              max(stage <> '') AS staged
            FROM v1_flow WHERE grain = 'day'
            """)
        guard let sum = sums.first else { return [] }
        func has(_ column: String) -> Bool { sum.integer(column) ?? 0 > 0 }
        guard has("arrivals") || has("completions") || has("unscheduled") else {
            return [.init(measures: "queues and capacity", missing: "`schedule` and `complete` events")]
        }
        var gaps: [MeasurementGap] = []
        if !has("arrivals") { gaps.append(.init(measures: "queues, waiting", missing: "`schedule` events")) }
        if !has("completions") && !has("unscheduled") {
            gaps.append(.init(measures: "capacity, days of work", missing: "`complete` events"))
        }
        if !has("starts") { gaps.append(.init(measures: "waiting and touch time, rebound", missing: "`start` events")) }
        if !has("returns") { gaps.append(.init(measures: "rework", missing: "`return` events")) }
        if !has("staged") { gaps.append(.init(measures: "hand-offs, bottleneck", missing: "`stage`")) }
        if !has("workers") {
            gaps.append(.init(measures: "people at work per stage", missing: "`actor`, or too few people to show"))
        }
        let approvals = try reader.rows("SELECT sum(approvals) AS approvals FROM v1_work WHERE grain = 'day'")
        if approvals.first?.integer("approvals") ?? 0 == 0 {
            gaps.append(.init(measures: "review burden, rubber stamps", missing: "`approve` events"))
        }
        return gaps
    }

    private static func output(_ reader: StoreReader) throws(StoreFault) -> [MeasurementGap] {
        let sums = try reader.rows(
            """
            SELECT sum(items) AS items, sum(redundant_items + partial_items) AS redundant
            FROM v1_output WHERE grain = 'day'
            """)
        guard let sum = sums.first, sum.integer("items") ?? 0 > 0 else {
            let missing = "`create`, `send` or `publish` events"
            return [.init(measures: "output, copies", missing: missing)]
        }
        var gaps: [MeasurementGap] = []
        if sum.integer("redundant") ?? 0 == 0, try isEmpty(reader, "v1_families") {
            gaps.append(.init(measures: "copies and near-duplicates", missing: "`text`, unless nothing repeats"))
        }
        let known = try reader.rows(
            "SELECT sum(items) AS items FROM v1_output WHERE grain = 'day' AND origin <> 'unknown'")
        if known.first?.integer("items") ?? 0 == 0 {
            gaps.append(.init(measures: "human and automated work apart", missing: "`origin`"))
        }
        return gaps
    }

    private static func engagement(_ reader: StoreReader) throws(StoreFault) -> [MeasurementGap] {
        let sums = try reader.rows(
            """
            SELECT sum(sent) AS sent, sum(reads) AS reads, sum(replies) AS replies,
              sum(soft_bounces) + sum(hard_bounces) + sum(unsubscribes) + sum(complaints) AS harm
            FROM v1_engagement WHERE grain = 'day'
            """)
        guard let sum = sums.first else { return [] }
        func has(_ column: String) -> Bool { sum.integer(column) ?? 0 > 0 }
        var gaps: [MeasurementGap] = []
        if !has("reads") { gaps.append(.init(measures: "zombies, reads per copy", missing: "`read` events")) }
        guard has("sent") else { return gaps }
        if !has("replies") { gaps.append(.init(measures: "response to what is sent", missing: "`reply` events")) }
        if !has("harm") {
            gaps.append(.init(measures: "harm", missing: "`bounce`, `unsubscribe` or `complain` events"))
        }
        return gaps
    }

    /// Measures that were null in every window, with what the store says was missing.
    private static func measured(_ reader: StoreReader) throws(StoreFault) -> [MeasurementGap] {
        let rows = try reader.rows(
            """
            SELECT measure, max(missing) AS missing FROM v1_measures GROUP BY measure
            HAVING count(value) = 0 AND max(missing) IS NOT NULL ORDER BY measure
            """)
        return rows.map { .init(measures: $0.text("measure") ?? "", missing: $0.text("missing") ?? "") }
    }

    private static func isEmpty(_ reader: StoreReader, _ view: String) throws(StoreFault) -> Bool {
        try reader.rows("SELECT 1 FROM \(view) LIMIT 1").isEmpty
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
