"""Holds a store of the sample logs to what they must show: expected.py STORE FOLDER. Prints what is not so."""

import json
import os
import sqlite3
import sys
from collections import Counter, defaultdict

# Rules that inform: of all others an alert of severity info is no alarm.
INFORMING = {"control-step-added", "bottleneck-moved", "pilot-state", "validation-share"}
CAUSES = {"arrivals": "more arrivals", "service": "slower service"}


def check_files(store, expected, folder):
    found = {path: (events, rejected) for path, events, rejected in
             store.execute("SELECT path, events, rejected FROM v1_sources")}
    reasons = defaultdict(Counter)
    for path, reason, count in store.execute("SELECT source, reason, count FROM v1_rejections"):
        reasons[path][reason] += count
    for file in expected["files"]:
        path = os.path.join(folder, file["path"])
        wanted = (file["events"], sum(file["rejected"].values()))
        if found.get(path) != wanted:
            yield f"{file['path']}: {found.get(path)} events and rejections, not {wanted}"
        if reasons[path] != Counter(file["rejected"]):
            yield f"{file['path']}: rejected {dict(reasons[path])}, not {file['rejected']}"
    if len(found) != expected["totals"]["files"]:
        yield f"{len(found)} files, not {expected['totals']['files']}"


def check_alerts(store, row):
    """Each alert that must fire began to fire in its span; none of the rule fires for a silent stage."""
    alerts = store.execute(
        "SELECT stage, pending_at, firing_at, resolved_at, severity, unit, cause, summary FROM v1_alerts"
        " WHERE rule = ? AND firing_at IS NOT NULL AND (severity <> 'info' OR ?) ORDER BY firing_at",
        (row["rule"], row["rule"] in INFORMING)).fetchall()
    for stage, pending, firing, resolved, *_ in alerts:
        if pending is None or not pending <= firing <= (resolved or firing):
            yield f"{row['rule']} {stage}: pending {pending}, firing {firing}, resolved {resolved} are not in order"
    for fire in row["fires"]:
        mine = [alert for alert in alerts if alert[0] == fire["stage"] and fire.get("currency", "") in alert[5]]
        first = mine[0][2] if mine else None
        if first is None or not fire["from"] <= first < fire["until"]:
            wanted = f"{fire['from']} to {fire['until']}"
            yield f"{row['rule']} {fire['stage']} {fire.get('currency', '')}: first fires at {first}, not in {wanted}"
        elif "cause" in row and CAUSES[row["cause"][fire["stage"]]] not in mine[0][6]:
            yield f"{row['rule']} {fire['stage']}: cause {mine[0][6]}, not {row['cause'][fire['stage']]}"
        if fire["stage"] in row.get("resolves", []) and not (mine and mine[-1][3]):
            yield f"{row['rule']} {fire['stage']}: is not resolved"
    for alert in alerts:
        if alert[0] in row["silent"]:
            yield f"{row['rule']} {alert[0]}: fires at {alert[2]}, must be silent: {alert[7]}"
    for event in row.get("events", []):
        # An excess is known when its hour closes at the latest, ten minutes of lateness later.
        if not any(a[5] == event["currency"] and a[1] <= event["time"] <= (a[3] or event["time"])
                   and a[2] <= event["time"] + 3600 + 600 for a in alerts):
            yield f"{row['rule']} {event['item']}: no alert covers {event['time']} {event['currency']}"


def check_families(store, row):
    """Each family that must be told is one family, whole and alone, with its status."""
    family_of = dict(store.execute("SELECT item, family FROM v1_family_items"))
    status = dict(store.execute("SELECT family, status FROM v1_families"))
    stage_of = dict(store.execute("SELECT item, stage FROM v1_family_items"))
    seen = Counter()
    for wanted in ("zombie", "living", "young"):
        for items in row[wanted + "_families"]:
            found = {family_of.get(item) for item in items}
            if len(found) != 1 or None in found:
                yield f"{wanted} family of {items[0]}: its items are in {found}"
                continue
            number = found.pop()
            seen[number] += 1
            if status[number] != wanted:
                yield f"{wanted} family of {items[0]}: is {status[number]}"
    if any(count > 1 for count in seen.values()):
        yield "two of the families are one in the store"
    for item in row["pasted_halves"]:
        if item in family_of:
            yield f"{item} holds half of another text; it is no member of family {family_of[item]}"
    for item, family in family_of.items():
        if stage_of[item] in row["silent"] and status[family] == "zombie":
            yield f"{item} of {stage_of[item]} is in a zombie family"


def main():
    store = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    folder = os.path.abspath(sys.argv[2])
    with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file)
    problems = list(check_files(store, expected, folder))
    for row in expected["rows"]:
        if row["available"]:
            problems += check_families(store, row) if "zombie_families" in row else check_alerts(store, row)
    print(*problems, sep="\n", end="\n" if problems else "")


main()
