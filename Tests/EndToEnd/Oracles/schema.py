"""Checks a store's views against the names that are promised: schema.py STORE. Prints what is missing."""

import sqlite3
import sys

WINDOW = "time time_utc date_local week_local grain width_s closed "
ITEMS = "item stream stage team owner actor origin published_at bytes relation family containment containment_low"
ITEMS += " containment_high copies reads reads_missing"
PROMISED = {
    "v1_flow": WINDOW + "stage arrivals starts completions first_completions returns withdrawals unscheduled"
    " extra_completions late backlog waiting oldest_age_s wait_p50_s wait_p90_s touch_p50_s touch_p90_s cycle_p50_s"
    " cycle_p90_s workers capacity_per_day utilisation days_of_work",
    "v1_work": WINDOW + "stage origin arrivals completions returns approvals touch_sum_s touch_n wait_sum_s wait_n",
    "v1_output": WINDOW + "stream stage origin items bytes redundant_items redundant_bytes exact_items near_items"
    " partial_items authors",
    "v1_engagement": WINDOW + "stream stage origin sent recipients delivered reads clicks replies shares soft_bounces"
    " hard_bounces unsubscribes complaints",
    "v1_cohorts": "week_local stage origin sent replies_7d reads_7d mature",
    "v1_outcomes": WINDOW + "stage result outcomes",
    "v1_families": "family stream first_seen last_seen copies exact_copies reads reads_per_copy authors bytes status"
    " title leader_item",
    "v1_items": ITEMS,
    "v1_family_items": ITEMS,
    "v1_family_costs": "family stage touch_h touch_low touch_high coverage",
    "v1_stages": "stage kind owner first_seen last_seen workers capacity_per_day capacity_low capacity_high"
    " capacity_source tolerance_days",
    "v1_handoffs": WINDOW + "from_stage to_stage cases share_of_inflow share_of_outflow wait_p50_s first_seen",
    "v1_teams": WINDOW + "team human_events after_hours_events members suppressed",
    "v1_rebound": "stage period_start period_end expected_saving_h realised_saving_h rebound rebound_low rebound_high"
    " volume_part review_part rework_part downstream_part coverage verdict",
    "v1_alerts": "alert rule stage owner severity state pending_at firing_at resolved_at peak_at peak_value drained_at"
    " forecast_drain_low forecast_drain_high value threshold unit cause summary evidence acknowledged_by useful",
    "v1_rules": "rule fired rated useful precision_low precision_high false_alarms_per_stage_quarter",
    "v1_sources": "source path format state position size events rejected last_event_time lag_s behind_bytes detail",
    "v1_rejections": "time source position reason count sample",
    "v1_measures": WINDOW + "stage measure value low high unit missing",
    "v1_dictionary": "view_name column_name unit description example",
}

store = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
if not store.execute("PRAGMA application_id").fetchone()[0] or not store.execute("PRAGMA user_version").fetchone()[0]:
    print("application_id and user_version are not both set")
dictionary = {}
for view, column, *texts in store.execute("SELECT * FROM v1_dictionary"):
    dictionary.setdefault(view, []).append(column)
    # A flag or a key may have no unit to speak of, but has to say so.
    if not all(texts):
        print(f"{view}.{column}: the dictionary leaves unit, description or example empty: {texts}")
views = {name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
for view, names in PROMISED.items():
    if view not in views:
        print(f"{view}: there is no such view")
        continue
    columns = [column[0] for column in store.execute(f"SELECT * FROM {view} LIMIT 0").description]
    for name in names.split():
        if name not in columns:
            print(f"{view}.{name}: there is no such column")
    if columns != dictionary.get(view):
        print(f"{view}: has {columns}, the dictionary {dictionary.get(view)}")
for view in set(dictionary) - views:
    print(f"{view}: is in the dictionary alone")
for view in views - set(dictionary):
    print(f"{view}: is not in the dictionary")
