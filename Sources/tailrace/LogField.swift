import TailraceStore

/// What an event can carry, as far as a store shows whether any did.
enum LogField: String, CaseIterable {
    case schedule, complete, start, returned, approve, stage, actor, team, content, text, origin, send, read, reply
    case harm, outcome

    /// As it is written in a log, for people.
    var name: String {
        switch self {
        case .schedule, .complete, .start, .approve, .send, .read, .reply, .outcome: "`\(rawValue)` events"
        case .returned: "`return` events"
        case .stage, .team, .text, .origin: "`\(rawValue)`"
        case .actor: "`actor` (of enough people to be shown)"
        case .content: "`create`, `send` or `publish` events"
        case .harm: "`unsubscribe`, `defer` or `bounce` events"
        }
    }

    /// The fields of which a store shows at least one. Reads daily and weekly rows; O(rows).
    static func present(_ reader: StoreReader) throws(StoreFault) -> Set<LogField> {
        var found: Set<LogField> = []
        /// Each column of the answer is named for a field, and is above zero where that was seen.
        func look(_ sql: String) throws(StoreFault) {
            guard let row = try reader.rows(sql).first else { return }
            for field in allCases where row.real(field.rawValue) ?? 0 > 0 { found.insert(field) }
        }
        try look(
            """
            SELECT sum(arrivals) AS schedule, sum(completions + unscheduled) AS complete, sum(starts) AS start,
              sum(returns) AS returned, max(stage <> '') AS stage, max(workers) AS actor
            FROM v1_flow WHERE grain = 'day'
            """)
        try look(
            "SELECT sum(approvals) AS approve, max(origin <> 'unknown') AS origin FROM v1_work WHERE grain = 'day'")
        try look(
            """
            SELECT sum(items) AS content, sum(compared_items) AS text, max(origin <> 'unknown') AS origin,
              max(authors) AS actor, max(stage <> '') AS stage
            FROM v1_output WHERE grain = 'day'
            """)
        try look(
            """
            SELECT sum(sent) AS send, sum(reads) AS read, sum(replies) AS reply,
              sum(soft_bounces + hard_bounces + unsubscribes + complaints) AS harm
            FROM v1_engagement WHERE grain = 'day'
            """)
        try look("SELECT count(*) AS team, max(members) AS actor FROM v1_teams WHERE grain = 'week'")
        try look("SELECT count(*) AS outcome FROM v1_outcomes WHERE grain = 'week'")
        return found
    }
}
