"""Compares a merger of stores with the store of all logs, view by view: merged.py ALL MERGED.

Prints `VIEW ROWS` where all rows are equal, `VIEW ROWS -MISSING +OTHER` where not: rows of the one that the other does
not have. Numbers of alerts are left out, for a merger gives its own, as are hosts and what follows the machine's clock.
"""

import sqlite3
import sys
from collections import Counter

IGNORED = {
    "v1_sources": {"lag_s", "behind_bytes", "state", "detail", "host"},
    "v1_rejections": {"host"},
    "v1_alerts": {"alert"},
}


def rows(path, view):
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found = store.execute(f"SELECT * FROM {view}")
    names = [column[0] for column in found.description]
    kept = [i for i, name in enumerate(names) if name not in IGNORED.get(view, ())]
    return Counter(tuple(row[i] for i in kept) for row in found)


store = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
views = "SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE 'v1%' ORDER BY name"
for (view,) in store.execute(views).fetchall():
    whole, merged = rows(sys.argv[1], view), rows(sys.argv[2], view)
    missing, other = whole - merged, merged - whole
    line = f"{view} {whole.total()}"
    if missing or other:
        line += f" -{missing.total()} +{other.total()}"
    print(line)
