#!/usr/bin/env python3
"""The queue rule on real logs: episodes.py TAILRACE [FOLDER]. Prints tables in Markdown; takes a minute.

FOLDER holds logs that nobody here wrote (bpic2012-loans, bpic2013-incidents, servicenow-incidents, vdaf-issues); without
it nothing is measured, and that is no failure. Each is replayed into a store of its own, and two of them once more as
one queue: the cases of bpic2012, from their first record to their last, and all groups of servicenow together.

An episode is found by the first alert of its stage that fires between its first day and two weeks after its last; the
delay is counted from its first day. Alerts are counted from the tenth week of a log on, and until four weeks before its
end: the first weeks fill the pipe, and at the end cases no longer close. Alerts outside are told beside.
"""
import csv
import datetime
import gzip
import io
import os
import sqlite3
import subprocess
import sys
import tempfile

WEEK = 7 * 86400

# Log, stage, first and last day of a natural overload.
EPISODES = [
    ("bpic2012", "W_Nabellen offertes", "2011-12-26", "2012-01-15"),
    ("bpic2012", "W_Valideren aanvraag", "2011-12-26", "2012-01-22"),
    ("bpic2012", "W_Afhandelen leads", "2012-01-02", "2012-01-22"),
    ("bpic2012, whole cases", "all", "2011-12-26", "2012-01-15"),
    ("servicenow", "70", "2016-04-25", "2016-05-15"),
    ("servicenow", "66", "2016-04-04", "2016-04-24"),
    ("servicenow", "23", "2016-04-18", "2016-05-15"),
    ("vdaf", None, "2023-03-27", "2023-04-30"),
]


def seconds(day):
    return int(datetime.datetime.fromisoformat(day + "T00:00:00+00:00").timestamp())


def whole_cases(path, out):
    """One visit a case of an event log: in with its first record, out with its last."""
    spans = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as log:
        for row in csv.DictReader(log):
            time = datetime.datetime.fromisoformat(row["time"]).timestamp()
            low, high = spans.get(row["case"], (time, time))
            spans[row["case"]] = (min(low, time), max(high, time))
    moments = []
    for case, (low, high) in spans.items():
        moments += [(low, 0, case, "schedule"), (high, 1, case, "complete")]
    with open(out, "w", encoding="utf-8") as events:
        for time, _, case, action in sorted(moments):
            events.write(f'{{"time":{int(time * 1000)},"stream":"ticket","action":"{action}",'
                         f'"item":"{case}","stage":"all"}}\n')


def one_group(path, out):
    """The same tickets as if one group had them all."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as log, open(out, "w", encoding="utf-8", newline="") as new:
        rows, writer = csv.reader(log), csv.writer(new)
        header = next(rows)
        writer.writerow(header)
        group = header.index("assignment_group")
        for row in rows:
            row[group] = "all"
            writer.writerow(row)


class Log:
    def __init__(self, name, program, path, folder):
        self.name = name
        store = os.path.join(folder, name.replace(" ", "_").replace(",", "") + ".sqlite")
        subprocess.run([program, "replay", "--store", store, path], check=True, stdout=subprocess.DEVNULL)
        self.store = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        self.begin, self.end = self.store.execute("SELECT min(time), max(time) FROM v1_flow WHERE grain = 'hour'").fetchone()
        self.begin += 10 * WEEK
        self.end -= 4 * WEEK
        self.alerts = self.store.execute(
            "SELECT stage, severity, firing_at, resolved_at, summary, peak_value, unit FROM v1_alerts "
            "WHERE rule = 'absorption-exceeded' AND firing_at IS NOT NULL ORDER BY firing_at").fetchall()

    def inside(self, alert):
        return self.begin <= alert[2] < self.end

    def counts(self):
        stages, hours = self.store.execute(
            "SELECT count(DISTINCT stage), count(*) FROM v1_flow WHERE grain = 'hour' AND backlog IS NOT NULL "
            "AND time >= ? AND time < ?", (self.begin, self.end)).fetchone()
        quarters = hours / (13 * 168)
        inside = [alert for alert in self.alerts if self.inside(alert)]
        pages = sum(alert[1] == "page" for alert in inside)
        rate = f"{pages / quarters:.3f}" if quarters else "–"
        return (f"| {self.name} | {stages} | {quarters:.1f} | {pages} | {len(inside) - pages} | {rate} | "
                f"{len(self.alerts) - len(inside)} |")

    def busiest(self, first, last):
        """The stage whose backlog rises most in the span."""
        rows = self.store.execute(
            "SELECT stage, max(CASE WHEN time = ? THEN backlog END) - max(CASE WHEN time = ? THEN backlog END) AS rise "
            "FROM v1_flow WHERE grain = 'hour' GROUP BY stage ORDER BY rise DESC LIMIT 1",
            (last + 86400 - 3600, first - 3600)).fetchone()
        return rows[0]

    def episode(self, stage, first_day, last_day):
        first, last = seconds(first_day), seconds(last_day)
        stage = self.busiest(first, last) if stage is None else stage
        weeks = [first + k * WEEK for k in range(-1, (last - first) // WEEK + 3)]
        curve = dict(self.store.execute(
            f"SELECT time + 3600, backlog FROM v1_flow WHERE grain = 'hour' AND stage = ? "
            f"AND time + 3600 IN ({','.join('?' * len(weeks))})", [stage, *weeks]))
        days = self.store.execute(
            "SELECT max(days_of_work) FROM v1_flow WHERE grain = 'hour' AND stage = ? AND time >= ? AND time < ?",
            (stage, first, last + 86400)).fetchone()[0]
        found = [a for a in self.alerts if a[0] == stage and first <= a[2] < last + 15 * 86400]
        told = "no"
        if found:
            told = f"{found[0][1]} after {(found[0][2] - first) / 86400:.0f} days"
            page = next((a for a in found if a[1] == "page"), None)
            if page is not None and page is not found[0]:
                told += f", page after {(page[2] - first) / 86400:.0f}"
        elif any(a[0] == stage and a[2] < first and (a[3] or 1 << 60) > first for a in self.alerts):
            told = "one was on before"
        line = ", ".join(str(curve.get(week, "–")) for week in weeks)
        return (f"| {self.name} | {stage} | {first_day} | {line} | {'–' if days is None else f'{days:.2f}'} | {told} |")


def main():
    program = sys.argv[1]
    folder = sys.argv[2] if len(sys.argv) > 2 else "../shared/data/ticket"
    files = {name: os.path.join(folder, file) for name, file in {
        "bpic2012": "bpic2012-loans.csv.gz", "bpic2013": "bpic2013-incidents.csv.gz",
        "servicenow": "servicenow-incidents.csv.gz", "vdaf": "vdaf-issues.ndjson.gz"}.items()}
    absent = [path for path in files.values() if not os.path.exists(path)]
    if absent:
        print(f"nothing measured: {absent[0]} is not there")
        return
    with tempfile.TemporaryDirectory() as work:
        joined = os.path.join(work, "cases.ndjson")
        whole_cases(files["bpic2012"], joined)
        files["bpic2012, whole cases"] = joined
        joined = os.path.join(work, "one-group.csv")
        one_group(files["servicenow"], joined)
        files["servicenow, one group"] = joined
        logs = {name: Log(name, program, path, work) for name, path in files.items()}
        print("| log | stages | stage-quarters | pages | tickets | pages a stage-quarter | alerts of the first ten and last four weeks |")
        print("|---|--:|--:|--:|--:|--:|--:|")
        for log in logs.values():
            print(log.counts())
        print("\n| log | stage | episode from | backlog at the week's turn, from a week before to two after | most days of work | found |")
        print("|---|---|---|---|--:|---|")
        for name, stage, first, last in EPISODES:
            print(logs[name].episode(stage, first, last))
        print("\n| log | stage | alert | fired | days | how it ended |")
        print("|---|---|---|---|--:|---|")
        for log in logs.values():
            for stage, severity, fired, over, summary, peak, unit in log.alerts:
                day = datetime.datetime.fromtimestamp(fired, datetime.timezone.utc).date()
                end = ("still on" if over is None else "rose again: another alert" if "rose again" in summary
                       else "new level" if "new level" in summary else "back to normal")
                lasted = "–" if over is None else f"{(over - fired) / 86400:.0f}"
                print(f"| {log.name} | {stage} | {severity}, peak {peak or 0:.1f} {unit} | {day} | {lasted} | {end} |")


main()
