"""Compares a store with the model: compare.py STORE ZONE PATH… Prints what differs, one line each; nothing is good."""

import sqlite3
import sys
from collections import Counter, defaultdict

import logs
import model

FLOW = "arrivals starts completions first_completions returns withdrawals unscheduled extra_completions".split()
FLOW += ["rework_cycles", "duplicates"]
WORK = "arrivals completions returns approvals touch_n wait_n".split()
ENGAGEMENT = "sent recipients delivered reads clicks replies shares soft_bounces hard_bounces unsubscribes complaints"


class Differences:
    """Says the first few of each kind and counts the rest."""

    def __init__(self):
        self.counts = Counter()

    def tell(self, kind, text):
        self.counts[kind] += 1
        if self.counts[kind] <= 5:
            print(f"{kind}: {text}")

    def rest(self):
        for kind, count in self.counts.items():
            if count > 5:
                print(f"{kind}: {count} differences in all")


def folded(hours, counted):
    """Rows of hours to rows of every grain: {(grain, time, *key): Counter}."""
    rows = defaultdict(Counter)
    memory = {}
    for (hour, *key), counts in hours.items():
        if hour not in memory:
            memory[hour] = list(counted.windows(hour))
        for grain, start in memory[hour]:
            rows[(grain, start, *key)].update(counts)
    return rows


def compare(store, differences, view, keys, columns, expected):
    names = ", ".join(["grain", "time"] + keys + columns)
    found = {}
    for row in store.execute(f"SELECT {names} FROM {view}"):
        key, values = row[: 2 + len(keys)], row[2 + len(keys) :]
        if key in found:
            differences.tell(view, f"two rows for {key}")
        found[key] = values
    for key in sorted(set(found) | set(expected)):
        wanted = expected.get(key, Counter())
        values = found.get(key)
        if values is None:
            if any(wanted[column] for column in columns):
                differences.tell(view, f"no row for {key}: expected {dict(wanted)}")
            continue
        for column, value in zip(columns, values):
            if value is None or abs(value - wanted[column]) > 1e-6 * max(1, abs(wanted[column])):
                differences.tell(f"{view}.{column}", f"{key}: store {value}, counted {wanted[column]}")


def compare_gauges(store, differences, counted):
    """Backlog, waiting and oldest age at the end of each hour in which something happened."""
    has_unscheduled = {key[1] for key, row in counted.flow.items() if row["unscheduled"]}
    rows = "SELECT time, width_s, stage, backlog, waiting, oldest_age_s FROM v1_flow WHERE grain = 'hour'"
    for time, width, stage, backlog, waiting, age in store.execute(rows):
        if time not in counted.gauges:
            continue
        backlogs, waitings, oldest = counted.gauges[time]
        if backlog is None:
            if stage not in has_unscheduled:
                differences.tell("backlog", f"{time} {stage}: null, though every item was seen to enter")
            continue
        if (backlog, waiting) != (backlogs.get(stage, 0), waitings.get(stage, 0)):
            told = (backlogs.get(stage, 0), waitings.get(stage, 0))
            differences.tell("backlog", f"{time} {stage}: store {(backlog, waiting)}, counted {told}")
        wanted = time + width - oldest[stage] // 1000 if stage in oldest else None
        if age != wanted:
            differences.tell("oldest_age_s", f"{time} {stage}: store {age}, counted {wanted}")


def compare_files(store, differences, files):
    found = {path: (events, rejected) for path, events, rejected in
             store.execute("SELECT path, events, rejected FROM v1_sources")}
    reasons = defaultdict(Counter)
    for path, reason, count in store.execute("SELECT source, reason, count FROM v1_rejections"):
        reasons[path][reason] += count
    for path, counts in files.items():
        wanted = (counts["events"], sum(counts["rejected"].values()))
        if found.get(path) != wanted:
            differences.tell("v1_sources", f"{path}: store {found.get(path)}, counted {wanted}")
        if reasons[path] != counts["rejected"]:
            differences.tell("v1_rejections", f"{path}: store {reasons[path]}, counted {counts['rejected']}")


def main():
    path, place, *inputs = sys.argv[1:]
    # A zone, and the office hours where there are any: "Europe/Berlin 9-17".
    zone, _, office = place.partition(" ")
    events, files, unread = logs.read(inputs)
    counted = model.Model(zone, tuple(int(hour) for hour in office.split("-")) if office else None)
    counted.run(events)
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    differences = Differences()
    compare_files(store, differences, files)
    if unread:
        # Counts of everything would need every file.
        print(f"unread: {' '.join(unread)}")
        return
    for row in counted.work.values():
        row["touch_sum_s"], row["wait_sum_s"] = row["touch_ms"] / 1000, row["wait_ms"] / 1000
    compare(store, differences, "v1_flow", ["stage"], FLOW, folded(counted.flow, counted))
    compare(store, differences, "v1_work", ["stage", "origin"], WORK + ["touch_sum_s", "wait_sum_s"],
            folded(counted.work, counted))
    compare(store, differences, "v1_output", ["stream", "stage", "origin"], ["items", "bytes"],
            folded(counted.output, counted))
    compare(store, differences, "v1_engagement", ["stream", "stage", "origin"], ENGAGEMENT.split(),
            folded(counted.engagement, counted))
    compare(store, differences, "v1_outcomes", ["stage", "result"], ["outcomes"], folded(counted.outcomes, counted))
    compare_gauges(store, differences, counted)
    differences.rest()


main()
