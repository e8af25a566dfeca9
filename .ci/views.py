#!/usr/bin/env python3
"""Compares the `v1_` views of stores, row by row.

usage: views.py STORE STORE …

Every store is compared with the first. What names files (v1_sources, v1_rejections) is compared by its sums, so that
one log may lie in one file or in many, packed or not. Exits with 1 where there is a difference.
"""
import itertools
import sqlite3
import sys
from collections.abc import Iterator

SUMS = {
    "v1_sources": "SELECT format, sum(events), sum(rejected), max(last_event_time) FROM v1_sources GROUP BY format",
    "v1_rejections": "SELECT reason, sum(count) FROM v1_rejections GROUP BY reason",
}


def view_rows(store: str) -> Iterator[tuple]:
    """All rows of all views, each with the view's name and its number."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
        names = [name for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'view' AND name LIKE 'v1\\_%' ESCAPE '\\' ORDER BY name")]
        for name in names:
            for number, row in enumerate(connection.execute(SUMS.get(name, f"SELECT * FROM {name}"))):
                yield (name, number, *row)
    connection.close()


def compare(one: str, other: str) -> str:
    """"same", or the first row that differs."""
    count = 0
    for left, right in itertools.zip_longest(view_rows(one), view_rows(other)):
        if left != right:
            view, number = (left or right)[:2]
            return f"{view}, row {number}: {left and left[2:]} / {right and right[2:]}"
        count += 1
    return "same" if count else "no rows at all"


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    results = {store: compare(sys.argv[1], store) for store in sys.argv[2:]}
    for store, result in results.items():
        print(f"{store}: {result}")
    sys.exit(any(result != "same" for result in results.values()))


if __name__ == "__main__":
    main()
