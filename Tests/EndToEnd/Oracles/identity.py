"""Checks what must hold between the rows of v1_flow: identity.py STORE. Prints what does not hold.

- backlog = previous backlog + arrivals + returns - completions - withdrawals - late_backlog, window by window of
  every grain; late_backlog sums to 0 and is 0 where nothing was late.
- Rows are dense: a stage has one row in every window from its first on.
- The gauges of a day, week and month are those of its last hour, its counts the sum of its hours.
- Where nothing happens the oldest item ages by the width of the window.
"""

import sqlite3
import sys
from collections import defaultdict

store = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
COUNTS = "arrivals returns completions withdrawals late_backlog late starts unscheduled extra_completions".split()
told = defaultdict(int)


def tell(kind, text):
    told[kind] += 1
    if told[kind] <= 5:
        print(f"{kind}: {text}")


last_time = dict(store.execute("SELECT grain, max(time) FROM v1_flow GROUP BY grain"))
rows = defaultdict(list)
columns = ", ".join(["grain", "stage", "time", "width_s", "backlog", "waiting", "oldest_age_s"] + COUNTS)
for grain, stage, *values in store.execute(f"SELECT {columns} FROM v1_flow ORDER BY grain, stage, time"):
    rows[grain, stage].append(values)

checked = 0
for (grain, stage), windows in rows.items():
    if windows[-1][0] != last_time[grain]:
        tell("dense", f"{grain} {stage} ends at {windows[-1][0]}, others at {last_time[grain]}")
    if sum(window[5 + COUNTS.index("late_backlog")] for window in windows):
        tell("late_backlog", f"{grain} {stage}: does not sum to 0")
    previous = None
    for window in windows:
        time, width, backlog, waiting, age, *counts = window
        count = dict(zip(COUNTS, counts))
        if previous is not None and time != previous[0] + previous[1]:
            tell("dense", f"{grain} {stage}: {previous[0]} + {previous[1]} is followed by {time}")
        before = 0 if previous is None else previous[2]
        if backlog is not None and before is not None:
            checked += 1
            change = count["arrivals"] + count["returns"] - count["completions"] - count["withdrawals"]
            if backlog != before + change - count["late_backlog"]:
                tell("identity", f"{grain} {stage} {time}: {before} {change:+d} gives {backlog}")
        if backlog is not None and not 0 <= waiting <= backlog:
            tell("waiting", f"{grain} {stage} {time}: {waiting} of {backlog} wait")
        if grain == "hour" and previous is not None and not any(counts) and None not in (age, previous[4]):
            if age != previous[4] + width:
                tell("oldest_age_s", f"{stage} {time}: {previous[4]} becomes {age} in {width} s without events")
        previous = window

for (grain, stage), windows in rows.items():
    if grain == "hour":
        continue
    hours = rows["hour", stage]
    place = 0
    for time, width, *values in windows:
        inside = []
        while place < len(hours) and hours[place][0] < time + width:
            inside.append(hours[place])
            place += 1
        sums = [sum(hour[5 + index] for hour in inside) for index in range(len(COUNTS))]
        if not inside or values[:3] != inside[-1][2:5] or values[3:] != sums:
            tell("grain", f"{grain} {stage} {time}: {values} is not that of its hours")

late = store.execute("SELECT count(*) FROM v1_flow WHERE late_backlog <> 0").fetchone()[0]
if late and not store.execute("SELECT sum(late) FROM v1_flow").fetchone()[0]:
    tell("late_backlog", f"{late} rows, but no event was late")
if not checked:
    tell("identity", "there was no row to check")
