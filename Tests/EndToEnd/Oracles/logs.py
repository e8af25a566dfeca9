"""Reads logs by the words of the event line's description, with nothing of the program under test.

An event is a dictionary of the fields of the event line; `ms` is its time in whole milliseconds since 1970 and
`order` its place in the one order in which a replay applies events: time, file, position.
"""

import csv
import gzip
import json
import math
import os
import shutil
import subprocess
from collections import Counter
from datetime import datetime

STREAMS = {"email", "ticket", "document"}
ORIGINS = {"human", "assisted", "automated"}
ACTIONS = set(
    "create revise send publish schedule assign start suspend resume complete return withdraw approve reject escalate"
    " read click reply share defer bounce unsubscribe complain outcome".split()
)
ALIASES = {"enqueue": "schedule", "reopen": "return", "soft_bounce": "defer"}
# What the words of process miners' transitions mean; all others are unknown actions.
TRANSITIONS = {
    "schedule": "schedule", "start": "start", "complete": "complete", "suspend": "suspend", "resume": "resume",
    "withdraw": "withdraw", "assign": "assign", "awaiting assignment": "schedule", "assigned": "assign",
    "in progress": "start", "wait": "suspend", "wait - user": "suspend", "wait - implementation": "suspend",
    "wait - vendor": "suspend", "wait - customer": "suspend", "resolved": "complete", "closed": "complete",
    "in call": "complete", "cancelled": "withdraw", "unmatched": "withdraw",
}


class Rejected(Exception):
    """The record is no event; says why."""


def content(path):
    """The decompressed bytes of a file, told by its name; None where no program here can read it."""
    if path.endswith(".gz"):
        with gzip.open(path, "rb") as file:
            return file.read()
    if path.endswith(".zst"):
        if shutil.which("zstd") is None:
            return None
        return subprocess.run(["zstd", "-dc", path], check=True, stdout=subprocess.PIPE).stdout
    with open(path, "rb") as file:
        return file.read()


def milliseconds(value):
    """RFC 3339 with an offset, or a number: seconds since 1970, above 10^11 milliseconds."""
    if isinstance(value, bool):
        raise Rejected("bad-time")
    if isinstance(value, (int, float)):
        return math.floor(value if abs(value) > 1e11 else value * 1000)
    if not isinstance(value, str):
        raise Rejected("bad-field")
    try:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        raise Rejected("bad-time") from None
    if moment.tzinfo is None:
        raise Rejected("bad-time")
    since = moment - datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def event(fields):
    """Checks the required fields in the order of the event line's table."""
    for name in ("time", "stream", "action", "item"):
        if fields.get(name) in (None, ""):
            raise Rejected("missing-" + name)
        if name == "time":
            fields["ms"] = milliseconds(fields["time"])
        elif name == "stream" and fields["stream"] not in STREAMS:
            raise Rejected("unknown-stream")
        elif name == "action":
            fields["action"] = ALIASES.get(fields["action"], fields["action"])
            if fields["action"] not in ACTIONS:
                raise Rejected("unknown-action")
    fields.setdefault("stage", "")
    if fields.get("origin") not in ORIGINS:
        fields["origin"] = "unknown"
    return fields


def json_records(data):
    position = 0
    for line in data.split(b"\n"):
        if line.strip():
            try:
                fields = json.loads(line)
            except ValueError:
                fields = None
            yield position, fields if isinstance(fields, dict) else None
        position += len(line) + 1


def csv_records(data):
    """Rows of a CSV event log; the row number stands for the position."""
    for number, row in enumerate(csv.DictReader(data.decode().splitlines(keepends=True))):
        transition = row["transition"].strip().lower()
        fields = {
            "time": row["time"], "stream": "ticket", "action": TRANSITIONS.get(transition, "?" + transition),
            "case": row["case"], "stage": row["activity"], "actor": row.get("resource"), "team": row.get("group"),
            "item": row["case"] + "\x1f" + row["activity"] if row["case"] and row["activity"] else "",
        }
        yield number, fields


def walk(paths):
    """Files under the paths, by the bytes of their absolute names."""
    found = []
    for path in paths:
        if os.path.isdir(path):
            for folder, _, names in os.walk(path):
                found += [os.path.join(folder, name) for name in names if not name.startswith(".")]
        else:
            found.append(path)
    return sorted({os.path.abspath(path) for path in found}, key=os.fsencode)


def read(paths):
    """All events in the order of a replay, the counts of each file, and the files that could not be read here."""
    events, files, unread = [], {}, []
    for source, path in enumerate(walk(paths)):
        data = content(path)
        if data is None:
            unread.append(path)
            continue
        counts = files[path] = {"events": 0, "rejected": Counter(), "bytes": len(data)}
        records = csv_records(data) if ".csv" in os.path.basename(path) else json_records(data)
        for position, fields in records:
            try:
                if fields is None:
                    raise Rejected("syntax")
                one = event(fields)
            except Rejected as reason:
                counts["rejected"][str(reason)] += 1
                continue
            one["order"] = (one["ms"], source, position)
            counts["events"] += 1
            events.append(one)
    events.sort(key=lambda one: one["order"])
    return events, files, unread
