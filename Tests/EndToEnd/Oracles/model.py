"""Counts what the views say, the slow way: one dictionary a row, one state a pair of item and stage.

Written from the description of what the numbers mean. Nothing here is fast, nothing is shared with the program.
"""

from collections import Counter, defaultdict
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

OPEN = {"waiting", "started", "suspended"}
QUEUE = {"schedule", "assign", "start", "suspend", "resume", "complete", "return", "withdraw"}
CONTENT = {"create", "revise", "send", "publish"}
ENGAGEMENT = {
    "read": "reads", "click": "clicks", "reply": "replies", "share": "shares", "defer": "soft_bounces",
    "bounce": "hard_bounces", "unsubscribe": "unsubscribes", "complain": "complaints",
}
DAY = 86_400


class Visit:
    """One item in one stage."""

    def __init__(self):
        self.state = "absent"
        self.entered = self.began = self.left = 0
        self.touched = 0
        self.has_start = self.was_completed = False
        self.last_entry = None

    @property
    def used(self):
        """The last change of state: what says nothing new keeps nothing alive."""
        return max(self.entered, self.began, self.left)


class Model:
    """Applies events in order; `flow[hour][stage]` and its sisters are Counters, `queue` the state at any moment."""

    def __init__(self, zone, office=None):
        """`office`: the hours (from, to) in which people work, Monday to Friday; None where nobody says."""
        self.zone = ZoneInfo(zone)
        self.office = office
        self.visits = {}
        self.origins = {}
        self.made_in = {}
        self.streams = {}
        self.output_seen = set()
        self.flow = defaultdict(Counter)
        self.work = defaultdict(Counter)
        self.output = defaultdict(Counter)
        self.engagement = defaultdict(Counter)
        self.outcomes = defaultdict(Counter)
        self.backlog = Counter()
        self.waiting = Counter()
        # By stage: when each item that stands there came, in milliseconds.
        self.standing = defaultdict(dict)
        # After the last event of each hour: backlog, waiting, oldest entry (ms), by stage.
        self.gauges = {}
        self.hour = None
        self.week_end = None

    # Time that somebody worked

    def worked(self, start, end):
        """Milliseconds of work between two moments: office hours, and evenings of up to four hours at both ends."""
        evening = 4 * 3_600_000
        if self.office is None or end - start <= evening:
            return end - start
        days = []
        day = datetime.fromtimestamp(start / 1000, self.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        day -= timedelta(days=8)
        while day.timestamp() * 1000 < end + 8 * DAY * 1000:
            if day.weekday() < 5:
                opening, closing = (day.replace(hour=hour) for hour in self.office)
                days.append((round(opening.timestamp() * 1000), round(closing.timestamp() * 1000)))
            day += timedelta(days=1)
        inside = sum(max(0, min(end, closing) - max(start, opening)) for opening, closing in days)
        if not inside:
            return evening
        before = next(max(0, opening - start) for opening, closing in days if start < closing)
        after = next(max(0, end - closing) for opening, closing in reversed(days) if end > opening)
        return inside + sum(stretch for stretch in (before, after) if stretch <= evening)

    # Windows

    def hour_of(self, ms):
        """Start of the hour of the local clock, seconds since 1970. Zones with whole hours only."""
        return ms // 3_600_000 * 3600

    def monday_after(self, seconds):
        local = datetime.fromtimestamp(seconds, self.zone)
        monday = local.date() - timedelta(days=local.weekday()) + timedelta(days=7)
        return int(datetime(monday.year, monday.month, monday.day, tzinfo=self.zone).timestamp())

    def windows(self, hour):
        """The day, week and month of an hour, as (grain, start)."""
        local = datetime.fromtimestamp(hour, self.zone)
        day = local.date()
        starts = {"day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}
        yield "hour", hour
        for grain, date in starts.items():
            yield grain, int(datetime(date.year, date.month, date.day, tzinfo=self.zone).timestamp())

    # Events

    def run(self, events, lateness=600):
        for one in events:
            self.cross(self.hour_of(one["ms"]))
            self.apply(one)
            # Forgetting happens when a week closes, which the allowed lateness delays.
            while one["ms"] // 1000 - lateness >= self.week_end:
                self.forget(self.week_end)
                self.week_end = self.monday_after(self.week_end)
        if self.hour is not None:
            self.take_gauges()

    def cross(self, hour):
        if self.hour is None:
            self.week_end = self.monday_after(hour)
        elif hour > self.hour:
            self.take_gauges()
        self.hour = hour

    def take_gauges(self):
        oldest = {stage: min(items.values()) for stage, items in self.standing.items() if items}
        self.gauges[self.hour] = (dict(self.backlog), dict(self.waiting), oldest)

    def forget(self, now):
        for key, visit in list(self.visits.items()):
            is_open = visit.state in OPEN
            if now - visit.used // 1000 > (400 if is_open else 90) * DAY:
                if is_open:
                    self.flow[self.hour, key[1]]["withdrawals"] += 1
                    self.backlog[key[1]] -= 1
                    del self.standing[key[1]][key[0]]
                    self.waiting[key[1]] -= visit.state == "waiting"
                del self.visits[key]
                self.output_seen.discard(key)

    def apply(self, one):
        hour, stage, item, action, ms = self.hour, one["stage"], one["item"], one["action"], one["ms"]
        self.flow[hour, stage]["events"] += 1
        self.streams.setdefault(item, one["stream"])
        if self.origins.get(item, "unknown") == "unknown":
            self.origins[item] = one["origin"]
        origin = self.origins[item]
        if action in QUEUE:
            self.queue(one, hour, stage, origin)
        if action in CONTENT:
            self.made_in.setdefault(item, stage)
            if (item, stage) not in self.output_seen:
                self.output_seen.add((item, stage))
                self.visits.setdefault((item, stage), Visit())
                visit = self.visits[item, stage]
                if visit.state == "absent":
                    visit.left = ms
                row = self.output[hour, one["stream"], stage, origin]
                row["items"] += 1
                row["bytes"] += one["bytes"] if "bytes" in one else len((one.get("text") or "").encode())
        if action == "approve":
            self.work[hour, stage, origin]["approvals"] += 1
        if action == "outcome":
            self.outcomes[hour, stage, one.get("result", "")]["outcomes"] += 1
        if action == "send":
            row = self.engagement[hour, one["stream"], stage, origin]
            row["sent"] += 1
            row["recipients"] += one.get("recipients", 1)
            row["delivered"] += one.get("recipients", 1)
        if action in ENGAGEMENT:
            target = one.get("refers_to") or item
            place = stage or self.made_in.get(target, "")
            stream = self.streams.get(target, one["stream"])
            row = self.engagement[hour, stream, place, self.origins.get(target, "unknown")]
            row[ENGAGEMENT[action]] += 1
            row["delivered"] -= action == "bounce"

    def queue(self, one, hour, stage, origin):
        action, ms = one["action"], one["ms"]
        visit = self.visits.setdefault((one["item"], stage), Visit())
        row, work = self.flow[hour, stage], self.work[hour, stage, origin]
        if self.is_repeat(visit, action, ms):
            row["duplicates"] += 1
            return
        before, was_waiting = visit.state in OPEN, visit.state == "waiting"
        entry = "returns" if visit.state != "absent" else "arrivals"
        if action in ("schedule", "return", "start") and not before:
            if action == "return":
                entry = "returns"
            row[entry] += 1
            work[entry] += 1
            visit.entered, visit.touched, visit.has_start, visit.last_entry = ms, 0, False, action
            visit.state = "waiting"
        elif action == "return":
            row["rework_cycles"] += 1
        if action == "start" or (action == "resume" and before):
            if visit.state != "started":
                if visit.state == "waiting":
                    row["starts"] += 1
                    if was_waiting:
                        work["wait_n"] += 1
                        work["wait_ms"] += ms - visit.entered
                visit.state, visit.began, visit.has_start = "started", ms, True
        elif action == "suspend" and visit.state == "started":
            visit.touched += self.worked(visit.began, ms)
            visit.state, visit.began = "suspended", ms
        elif action == "withdraw" and before:
            row["withdrawals"] += 1
            visit.state, visit.left = "withdrawn", ms
        elif action == "complete":
            self.complete(one, visit, row, work, before)
        self.backlog[stage] += (visit.state in OPEN) - before
        self.waiting[stage] += (visit.state == "waiting") - was_waiting
        if visit.state in OPEN:
            self.standing[stage][one["item"]] = visit.entered
        else:
            self.standing[stage].pop(one["item"], None)

    def complete(self, one, visit, row, work, before):
        if before:
            row["completions"] += 1
            work["completions"] += 1
            row["first_completions"] += not visit.was_completed
            if visit.state == "started":
                visit.touched += self.worked(visit.began, one["ms"])
            touch = visit.touched if visit.has_start else one["effort"] * 1000 if "effort" in one else None
            if touch is not None:
                work["touch_n"] += 1
                work["touch_ms"] += touch
        elif visit.state == "absent":
            row["unscheduled"] += 1
        else:
            row["extra_completions"] += 1
            return
        visit.state, visit.left, visit.was_completed = "done", one["ms"], True

    def is_repeat(self, visit, action, ms):
        """The same change at the same time, as overlapping exports have it."""
        if visit.state == "absent":
            return False
        return {
            "schedule": visit.entered == ms and visit.last_entry == "schedule",
            "return": visit.entered == ms and visit.last_entry == "return",
            "start": visit.began == ms and visit.state != "suspended",
            "resume": visit.began == ms and visit.state != "suspended",
            "suspend": visit.began == ms and visit.state == "suspended",
            "complete": visit.left == ms and visit.state == "done",
            "withdraw": visit.left == ms and visit.state == "withdrawn",
        }.get(action, False)
