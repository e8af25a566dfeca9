import TailraceStore

/// What these logs do not carry, and what could be told if they did.
struct MeasurementGap: Equatable {
    /// What is missing, for people: fields and events of a log.
    var missing: String
    /// What is not measurable without it.
    var measures: [String]
    /// Rules that say nothing without it.
    var rules: [String]

    /// What can be told, and of what. The one place that knows; it speaks of fields, whatever log they come from.
    private static let needs: [(measure: String, stored: [String], rules: [String], fields: [LogField])] = [
        ("queues and days of work", [], ["absorption-exceeded", "backlog-limit"], [.schedule, .complete]),
        ("waiting and touch time", [], [], [.start]),
        ("rework", ["rework_rate"], ["rework-expansion"], [.complete, .returned]),
        ("hours of review", [], ["validation-share"], [.start, .approve]),
        ("hand-offs", [], ["control-step-added", "bottleneck-moved"], [.stage, .complete]),
        ("the way of cases", ["time_to_send_p85"], ["time-to-send", "process-drift"], [.stage, .schedule, .complete]),
        (
            "hours of work", ["time_to_send_touch_share"], ["rebound-backfire"], [.start]
        ),
        (
            "people at work", ["top_finisher_share", "effective_servers", "speed_spread"],
            ["single-person-queue", "two-speed"], [.actor]
        ),
        (
            "teams at work", ["active_teams"], ["pilot-state", "flow-bought-with-strain", "common-friction"],
            [.team, .actor]
        ),
        ("approvals at a glance", ["quick_approval_share"], ["rubber-stamp"], [.start, .approve]),
        ("work outside of working hours", [], ["after-hours"], [.team, .actor]),
        ("reply rate", ["reply_rate"], ["hollow-volume"], [.send, .reply]),
        ("harm", ["unsubscribe_rate", "soft_bounce_rate"], ["harm-creep"], [.send, .harm]),
        ("outcomes for the activity", [], ["decoupling"], [.outcome]),
        (
            "copies", ["redundant_share", "raw_redundant_share", "effective_contents"],
            ["redundancy-surge", "framing-convergence"], [.content, .text]
        ),
        ("copies that nobody reads", ["zombie_share"], ["zombie-growth"], [.content, .text, .read]),
        ("human and automated work apart", ["automated_share"], ["unowned-stage"], [.origin]),
    ]

    /// The gaps of a store, those that silence most rules first. Empty where everything can be told, and before
    /// anything was read.
    static func all(_ reader: StoreReader) throws(StoreFault) -> [MeasurementGap] {
        let present = try LogField.present(reader)
        guard !present.isEmpty else { return [] }
        var gaps: [MeasurementGap] = []
        func add(_ missing: String, _ measure: String, _ rules: [String]) {
            if let place = gaps.firstIndex(where: { $0.missing == missing }) {
                gaps[place].measures.append(measure)
                gaps[place].rules += rules
            } else {
                gaps.append(MeasurementGap(missing: missing, measures: [measure], rules: rules))
            }
        }
        for need in needs {
            let missing = need.fields.filter { !present.contains($0) }
            if !missing.isEmpty { add(missing.map(\.name).joined(separator: ", "), need.measure, need.rules) }
        }
        // Measures that were null in every window, in the store's own words; those by tag are one.
        let known = Set(needs.flatMap(\.stored))
        let rows = try reader.rows(
            """
            SELECT substr(measure, 1, instr(measure || ':', ':') - 1) AS measure, max(missing) AS missing
            FROM v1_measures GROUP BY 1 HAVING count(value) = 0 AND max(missing) IS NOT NULL ORDER BY 1
            """)
        for row in rows {
            guard let measure = row.text("measure"), !known.contains(measure) else { continue }
            add(row.text("missing") ?? "", measure.replacing("_", with: " "), [])
        }
        return gaps.enumerated().sorted { ($1.element.rules.count, $0.offset) < ($0.element.rules.count, $1.offset) }
            .map(\.element)
    }

    /// One compact block: what is missing, and what it would tell.
    static func lines(_ gaps: [MeasurementGap], width: Int) -> [String] {
        gaps.flatMap { gap in
            let rules = gap.rules.isEmpty ? "" : " [\(gap.rules.joined(separator: ", "))]"
            let text = "\(gap.measures.joined(separator: ", ")) (missing: \(gap.missing))\(rules)"
            return text.printable.wrapped(to: max(10, width - 4)).enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
        }
    }

    var json: JSONValue {
        .object([
            ("missing", .string(missing)), ("measures", .array(measures.map(JSONValue.string))),
            ("rules", .array(rules.map(JSONValue.string))),
        ])
    }
}
