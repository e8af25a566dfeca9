extension Schema {
    /// The tables, in the order of the data's way. All are rowid tables (some readers fail on tables without one)
    /// and STRICT, so that a number never comes back as text.
    ///
    /// The id of a windowed row is `period << 28 | index << 14 | index`: rows of one window lie together, windows
    /// in order of time, so a checkpoint appends at the end and a reader of a span reads a span.
    static let tables = windowed + things + operations

    private static let windowed = [
        """
        CREATE TABLE period (
            id INTEGER PRIMARY KEY, grain TEXT, time INTEGER, width_s INTEGER, time_utc TEXT, date_local TEXT,
            week_local TEXT, closed INTEGER) STRICT
        """,
        """
        CREATE TABLE flow (
            id INTEGER PRIMARY KEY, period INTEGER, stage INTEGER, arrivals INTEGER, starts INTEGER,
            completions INTEGER, first_completions INTEGER, returns INTEGER, withdrawals INTEGER,
            unscheduled INTEGER, extra_completions INTEGER, late INTEGER, late_backlog INTEGER,
            schedule_events INTEGER, complete_events INTEGER, return_events INTEGER, rework_cycles INTEGER,
            duplicates INTEGER, backlog INTEGER, waiting INTEGER, minimum_backlog INTEGER, oldest_age_s INTEGER,
            wait_p50_s REAL, wait_p90_s REAL, touch_p50_s REAL, touch_p90_s REAL, cycle_p50_s REAL,
            cycle_p90_s REAL, workers INTEGER, capacity_per_day REAL, utilisation REAL, days_of_work REAL,
            state BLOB) STRICT
        """,
        """
        CREATE TABLE work (
            id INTEGER PRIMARY KEY, period INTEGER, stage INTEGER, origin TEXT, arrivals INTEGER,
            completions INTEGER, returns INTEGER, approvals INTEGER, automated_completions INTEGER, rework_touch_ms INTEGER,
            touch_sum_ms INTEGER, touch_n INTEGER, wait_sum_ms INTEGER, wait_n INTEGER, touch_sum_s REAL,
            wait_sum_s REAL, rework_touch_s REAL, state BLOB) STRICT
        """,
        """
        CREATE TABLE output (
            id INTEGER PRIMARY KEY, period INTEGER, stream TEXT, stage INTEGER, origin TEXT, items INTEGER,
            bytes INTEGER, redundant_items INTEGER, redundant_bytes INTEGER, exact_items INTEGER,
            near_items INTEGER, partial_items INTEGER, compared_items INTEGER, quoted_bytes INTEGER,
            authors INTEGER, state BLOB) STRICT
        """,
        """
        CREATE TABLE engagement (
            id INTEGER PRIMARY KEY, period INTEGER, stream TEXT, stage INTEGER, origin TEXT, sent INTEGER,
            recipients INTEGER, delivered INTEGER, reads INTEGER, clicks INTEGER, replies INTEGER, shares INTEGER,
            soft_bounces INTEGER, hard_bounces INTEGER, unsubscribes INTEGER, complaints INTEGER,
            state BLOB) STRICT
        """,
        """
        CREATE TABLE cohort (
            id INTEGER PRIMARY KEY, period INTEGER, stage INTEGER, origin TEXT, sent INTEGER, replies_7d INTEGER,
            reads_7d INTEGER, mature INTEGER, state BLOB) STRICT
        """,
        """
        CREATE TABLE outcome (
            id INTEGER PRIMARY KEY, period INTEGER, stage INTEGER, result INTEGER, outcomes INTEGER,
            state BLOB) STRICT
        """,
        """
        CREATE TABLE handoff (
            id INTEGER PRIMARY KEY, period INTEGER, from_stage INTEGER, to_stage INTEGER, cases INTEGER,
            share_of_inflow REAL, share_of_outflow REAL, wait_p50_s REAL, first_seen INTEGER, state BLOB) STRICT
        """,
        """
        CREATE TABLE team_activity (
            id INTEGER PRIMARY KEY, period INTEGER, team INTEGER, human_events INTEGER,
            after_hours_events INTEGER, members INTEGER, suppressed INTEGER, contents INTEGER, copies INTEGER,
            state BLOB) STRICT
        """,
        "CREATE TABLE stage_week (id INTEGER PRIMARY KEY, period INTEGER, stage INTEGER, state BLOB) STRICT",
        """
        CREATE TABLE measure (
            id INTEGER PRIMARY KEY, period INTEGER, stage INTEGER, measure INTEGER, value REAL, low REAL,
            high REAL, unit TEXT, missing TEXT, state BLOB) STRICT
        """,
    ]

    private static let things = [
        """
        CREATE TABLE stage (
            id INTEGER PRIMARY KEY, name TEXT, kind TEXT, owner TEXT, first_seen INTEGER, last_seen INTEGER,
            workers INTEGER, capacity_per_day REAL, capacity_low REAL, capacity_high REAL, capacity_source TEXT,
            tolerance_days REAL) STRICT
        """,
        // id = kind << 32 | index; kind 1 team, 2 result, 3 measure.
        "CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT) STRICT",
        """
        CREATE TABLE family (
            id INTEGER PRIMARY KEY, stream TEXT, first_seen INTEGER, last_seen INTEGER, copies INTEGER,
            exact_copies INTEGER, reads INTEGER, reads_per_copy REAL, authors INTEGER, bytes INTEGER, status TEXT,
            title TEXT, leader_item TEXT, readers INTEGER) STRICT
        """,
        """
        CREATE TABLE item (
            id INTEGER PRIMARY KEY, item TEXT, stream TEXT, stage INTEGER, team TEXT, owner TEXT, actor TEXT,
            origin TEXT, published_at INTEGER, bytes INTEGER, relation TEXT, family INTEGER, containment REAL,
            repeats INTEGER, containment_low REAL, containment_high REAL, copies INTEGER, reads INTEGER, reads_missing TEXT) STRICT
        """,
        // id = family << 14 | stage.
        """
        CREATE TABLE family_cost (
            id INTEGER PRIMARY KEY, family INTEGER, stage INTEGER, touch_h REAL, touch_low REAL, touch_high REAL,
            coverage REAL) STRICT
        """,
        """
        CREATE TABLE rebound (
            id INTEGER PRIMARY KEY, stage INTEGER, period_start INTEGER, period_end INTEGER,
            expected_saving_h REAL, realised_saving_h REAL, rebound REAL, rebound_low REAL, rebound_high REAL,
            volume_part REAL, review_part REAL, rework_part REAL, downstream_part REAL, coverage REAL,
            verdict TEXT, estimated REAL) STRICT
        """,
    ]

    private static let operations = [
        """
        CREATE TABLE alert (
            id INTEGER PRIMARY KEY, rule TEXT, stage TEXT, owner TEXT, severity TEXT, state TEXT,
            pending_at INTEGER, firing_at INTEGER, resolved_at INTEGER, peak_at INTEGER, peak_value REAL,
            drained_at INTEGER, forecast_drain_low INTEGER, forecast_drain_high INTEGER, value REAL,
            threshold REAL, unit TEXT, cause TEXT, summary TEXT, evidence TEXT, acknowledged_by TEXT,
            useful INTEGER) STRICT
        """,
        """
        CREATE TABLE rule (
            id INTEGER PRIMARY KEY, rule TEXT, fired INTEGER, rated INTEGER, useful INTEGER, precision_low REAL,
            precision_high REAL, false_alarms_per_stage_quarter REAL, rate_source TEXT) STRICT
        """,
        """
        CREATE TABLE source (
            id INTEGER PRIMARY KEY, source TEXT, path TEXT, format TEXT, state TEXT, position INTEGER, size INTEGER,
            events INTEGER, rejected INTEGER, last_event_time INTEGER, lag_s REAL, behind_bytes INTEGER,
            detail TEXT, base_position INTEGER, base_time_ms INTEGER, outputs INTEGER, sort_limit INTEGER,
            pending BLOB, device INTEGER, inode INTEGER, modified_ns INTEGER, copy_of INTEGER,
            mark_offset INTEGER, mark_hash INTEGER, prefix BLOB, damage TEXT, remark TEXT,
            tail_bytes INTEGER, packing TEXT, host TEXT) STRICT
        """,
        // id = source << 1 | slot.
        """
        CREATE TABLE restart_point (
            id INTEGER PRIMARY KEY, source INTEGER, position INTEGER, taken_at INTEGER, data BLOB) STRICT
        """,
        """
        CREATE TABLE rejection (
            id INTEGER PRIMARY KEY, time INTEGER, source TEXT, position INTEGER, reason TEXT, count INTEGER,
            sample TEXT, host TEXT) STRICT
        """,
        """
        CREATE TABLE dictionary (
            id INTEGER PRIMARY KEY, view_name TEXT, column_name TEXT, unit TEXT, description TEXT,
            example TEXT) STRICT
        """,
        """
        CREATE TABLE state_segment (
            id INTEGER PRIMARY KEY, kind TEXT, version INTEGER, checksum INTEGER, data BLOB) STRICT
        """,
        "CREATE TABLE leader_segment (id INTEGER PRIMARY KEY, last_family INTEGER, data BLOB) STRICT",
        "CREATE TABLE setting (id INTEGER PRIMARY KEY, key TEXT UNIQUE, value TEXT) STRICT",
    ]
}
