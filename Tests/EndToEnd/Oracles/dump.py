"""Writes every v1_ view of a store as text, rows in the order in which they come: dump.py STORE [without-sources].

Columns that follow the clock of the machine are left out: lag_s, behind_bytes, state and detail of v1_sources.
With `without-sources` v1_sources, v1_rejections and what names a source are left out too: two files with the same
events under other names or in another order differ there.
"""

import sqlite3
import sys

EXEMPT = {"lag_s", "behind_bytes", "state", "detail"}

store = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
store.text_factory = bytes
skips = sys.argv[2:] == ["without-sources"]
views = [name.decode() for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")]
for view in views:
    if not view.startswith("v1_") or skips and view in ("v1_sources", "v1_rejections"):
        continue
    rows = store.execute(f"SELECT * FROM {view}")
    names = [column[0] for column in rows.description]
    kept = [i for i, name in enumerate(names) if view != "v1_sources" or name not in EXEMPT]
    print(f"## {view}: {' '.join(names[i] for i in kept)}")
    for row in rows:
        print(view, *(repr(row[i]) for i in kept), sep="\t")
