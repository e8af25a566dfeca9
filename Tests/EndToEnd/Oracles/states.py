"""Compares weekly queues with the rows of a log that shows states: states.py STORE LOG. Prints what differs.

A record is in the queue of the group that its last row names, as long as that row's state is no end.
"""

import csv
import gzip
import sqlite3
import sys
from collections import Counter
from datetime import datetime, timezone

OPEN = {"New", "Active", "Awaiting User Info", "Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence"}
ENDED = {"Resolved", "Closed"}

with gzip.open(sys.argv[2], "rt") as file:
    rows = csv.reader(file)
    columns = next(rows)
    state, group = columns.index("ident_state"), columns.index("assignment_group")
    looks = []
    for number, row in enumerate(rows):
        if row[state] in OPEN | ENDED:
            time = datetime.strptime(row[columns.index("sys_updated_at")], "%d/%m/%Y %H:%M")
            place = "" if row[group] == "?" else row[group]
            looks.append((time.replace(tzinfo=timezone.utc).timestamp(), number, row[0], row[state] in OPEN, place))
looks.sort()

store = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
found = {}
for stage, end, backlog in store.execute("SELECT stage, time + width_s, backlog FROM v1_flow WHERE grain = 'week'"):
    found.setdefault(end, {})[stage] = backlog

standing = {}
queues = Counter()
at = compared = 0
for end in sorted(found):
    while at < len(looks) and looks[at][0] < end:
        _, _, record, is_open, place = looks[at]
        if record in standing:
            queues[standing[record]] -= 1
            del standing[record]
        if is_open:
            standing[record] = place
            queues[place] += 1
        at += 1
    for stage, backlog in found[end].items():
        compared += 1
        if backlog is not None and backlog != queues[stage]:
            print(f"{stage} at {end}: {backlog} instead of {queues[stage]}")
if compared < 1000:
    print(f"only {compared} windows to compare")
