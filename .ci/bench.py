#!/usr/bin/env python3
"""Measures replays beside the other readers of the same files, and writes the figures into a page.

Every log is written by `samplelogs --load`, a year of events for 1,000 MB, so that a larger log is a longer one, and
packed by `gzip -6` and `zstd -3`. What is compared is run in turn, round by round. Needs ten times MEGABYTES of room in
FOLDER; logs are kept there for the next time. Programs that are not installed are told as such.
"""
import argparse
import datetime
import glob
import hashlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence

import views
from formats import FORMATS, Format, Programs
from measuring import (Failure, Progress, Run, median, peak, remove_store, replay, rounds, run, spread, table,
                       write_section)

SECTION = "make bench"
HOURS_A_GIGABYTE = 8760
# A replay with default settings may take this much, MiB.
MEMORY = 256
# "Flat" and "the same" are within this factor.
EVEN = 1.3
STAGES = {
    "decode": "unpacking", "parse": "framing, parsing", "fingerprint": "fingerprints: letters, rolling hash",
    "windows": "items, queues, windows, closing", "families": "families: index, comparison, leaders",
    "store": "rows and states into the store", "rest": "order, rules, positions, the rest",
}


class Logs:
    """The logs that are read, made where they are missing."""

    def __init__(self, samplelogs: str, folder: str, progress: Progress) -> None:
        self.samplelogs, self.progress = samplelogs, progress
        with open(samplelogs, "rb") as file:
            # Another generator, other logs.
            self.folder = os.path.join(folder, "logs-" + hashlib.sha256(file.read()).hexdigest()[:8])
        for old in glob.glob(os.path.join(folder, "logs-*")):
            if old != self.folder:
                shutil.rmtree(old)
        os.makedirs(self.folder, exist_ok=True)

    def path(self, format_: Format, megabytes: int, packing: str = "plain", files: int = 1) -> str:
        """One log; with more than one file the folder that holds it."""
        name = f"{megabytes}.{format_.suffix}" if files == 1 else f"{megabytes}-{files}.{format_.suffix}"
        plain = os.path.join(self.folder, name)
        path = plain if packing == "plain" else f"{plain}.{packing}"
        if not os.path.exists(path):
            if packing == "plain":
                self._make(format_, megabytes, files, path)
            else:
                self._pack(self.path(format_, megabytes, "plain", files), packing, path)
        return path

    def _make(self, format_: Format, megabytes: int, files: int, path: str) -> None:
        self.progress.tell(f"writing {path}")
        self._discard(path + ".part")
        subprocess.run([self.samplelogs, "--load", path + ".part", "--megabytes", str(megabytes), "--files", str(files),
                        "--hours", str(max(1, round(megabytes / format_.share * HOURS_A_GIGABYTE / 1000))), *format_.load], check=True)
        os.rename(path + ".part", path)

    def _pack(self, plain: str, packing: str, path: str) -> None:
        self.progress.tell(f"packing {path}")
        packer, removes = {"gz": (["gzip", "-6"], []), "zst": (["zstd", "-q", "-3"], ["--rm"])}[packing]
        self._discard(path + ".part")
        if os.path.isfile(plain):
            with open(path + ".part", "wb") as file:
                subprocess.run([*packer, "-c", plain], stdout=file, check=True)
        else:
            # In place: many files are wanted in one packing only.
            os.rename(plain, path + ".part")
            subprocess.run(["find", path + ".part", "-type", "f", "-exec", *packer, *removes, "{}", "+"], check=True)
        os.rename(path + ".part", path)

    @staticmethod
    def _discard(path: str) -> None:
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.exists(path):
            os.remove(path)

    @staticmethod
    def warm(paths: Sequence[str]) -> None:
        """Reads the files once, so that all programs find them in memory, as far as they fit."""
        for path in paths:
            subprocess.run(["sh", "-c", 'find "$1" -type f -exec cat {} + > /dev/null', "sh", path], check=True)


class Bench:
    """The measurements, the tables that tell them, and the same as data."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.progress = Progress()
        self.programs = Programs(options.python)
        os.makedirs(options.folder, exist_ok=True)
        self.logs = Logs(options.samplelogs, options.folder, self.progress)
        self.sections: list[str] = []
        # What is wanted, what was measured, and whether it is reached.
        self.wanted: list[tuple[str, str, str, bool]] = []
        self.data: dict = {}
        # Replays whose store is still there: name → events.
        self.kept: dict[str, int] = {}
        # Views of replays: what was read → "same" or the difference to the first replay of the same events.
        self.same: dict[str, dict[str, str]] = {}

    # Parts: each measures, adds tables, and keeps the data.

    def formats(self) -> None:
        for format_ in FORMATS:
            self.format(format_)

    def format(self, format_: Format) -> None:
        """One log of each packing, beside the other programs."""
        options, programs = self.options, self.programs
        packings = [packing for packing in format_.packings if packing != "zst" or programs.has("zstd")]
        megabytes = format_.megabytes(options.megabytes)
        paths = {packing: self.logs.path(format_, megabytes, packing) for packing in packings}
        packed, plain = paths["gz"], self.logs.path(format_, megabytes)
        size, missing = os.path.getsize(plain), []
        cases: dict[str, Callable[[], Run]] = {}
        for packing, names in (("gz", ("gzip", "igzip")), ("zst", ("zstd",)), ("plain", ())):
            if packing not in format_.packings:
                continue
            for name in names:
                if programs.has(name):
                    cases[f"{name} -dc"] = lambda command=programs.unpack(name, paths[packing]): run(command)
                else:
                    missing.append(f"{name} -dc")
            if packing in paths:
                cases[f"tailrace, {packing}"] = self._replay(paths[packing], packing)
            if packing == "gz":
                for name, text in format_.queries.items():
                    if programs.has(name):
                        cases[f"{name}, gz"] = self._query(name, text, packed)
                    else:
                        missing.append(f"{name}, gz")
        self.logs.warm(list(paths.values()))
        results = rounds(cases, options.runs, format_.name, self.progress)
        for threads, name in ((1, "one thread"), (4, "four threads")):
            self._replay(packed, f"gz, {name}", "--threads", str(threads))()
            self.progress.tell(f"{format_.name}: {name}")
        events = self._compare(format_.name)
        self._tell_format(format_, results, missing, size, events, os.path.getsize(packed))

    def _tell_format(self, format_: Format, results: dict[str, list[Run]], missing: Sequence[str], size: int,
                     events: int, packed: int) -> None:
        def times(case: str, reference: str) -> str:
            has = case in results and reference in results
            return f"{median(results[case]) / median(results[reference]):.2f}" if has else ""

        rows = []
        for case, runs in results.items():
            if failed := [run_ for run_ in runs if not run_.seconds]:
                rows.append([case, f"failed: {failed[0].output.decode()}", *[""] * 5])
                continue
            rows.append([case, spread(runs), f"{size / 1e6 / median(runs):,.0f}", times(case, "gzip -dc"),
                         times(case, "igzip -dc"),
                         f"{median(runs) / events * 1e9:,.0f}" if case.startswith("tailrace") else "", peak(runs)])
        rows += [[case, "not installed", *[""] * 5] for case in missing]
        self.sections.append(
            f"### {format_.name}: {size / 1e6:,.0f} MB, {events:,} events, {packed / 1e6:,.0f} MB as .gz\n\n" + table(
                ["command", "seconds", "MB/s unpacked", "× `gzip -dc`", "× `igzip -dc`", "ns per event", "peak MiB"],
                rows))
        self.data.setdefault("formats", {})[format_.name] = {
            "bytes": size, "packed_bytes": packed, "events": events, "runs": self._plain(results)}
        self._judge(format_, results, size)

    def _judge(self, format_: Format, results: dict[str, list[Run]], size: int) -> None:
        name = format_.name
        if format_ is FORMATS[0]:
            for reference, limit in (("gzip -dc", 0.30), ("igzip -dc", 1.25)):
                if reference in results:
                    value = median(results["tailrace, gz"]) / median(results[reference])
                    self._want(f"{name} .gz, time ÷ `{reference}`", f"≤ {limit:.2f}", f"{value:.2f}", value <= limit)
            if "DuckDB, gz" in results and median(results["DuckDB, gz"]) > 0:
                value = median(results["DuckDB, gz"]) / median(results["tailrace, gz"])
                self._want(f"{name} .gz, times as fast as DuckDB", "≥ 3", f"{value:.2f}", value >= 3)
            if "tailrace, zst" in results:
                value = size / 1e6 / median(results["tailrace, zst"])
                self._want(f"{name} .zst, MB/s", f"≥ {format_.wanted:,}", f"{value:,.0f}", value >= format_.wanted)
        if "tailrace, plain" in results:
            value = size / 1e6 / median(results["tailrace, plain"])
            self._want(f"{name} plain, MB/s", f"≥ {format_.wanted:,}", f"{value:,.0f}", value >= format_.wanted)
        most = max(run_.peak_mib for case, runs in results.items() if case.startswith("tailrace") for run_ in runs)
        self._want(f"{name}, peak MiB", f"≤ {MEMORY}", f"{most:.0f}", most <= MEMORY)

    def sizes(self) -> None:
        """Logs of the same density and different length: the cost of an event."""
        format_, options = FORMATS[0], self.options
        start = os.path.join(self.logs.folder, "one-event.ndjson")
        with open(start, "w", encoding="utf-8") as file:
            file.write('{"time":1772439300,"stream":"ticket","action":"start","item":"T-1"}\n')
        paths = {"one event": start} | {f"{size:,} MB": self.logs.path(format_, size, "gz") for size in options.sizes}
        self.logs.warm(list(paths.values()))
        events: dict[str, int] = {}

        def case(name: str, path: str) -> Callable[[], Run]:
            def action() -> Run:
                measured = replay(options.tailrace, path, self._store("size"))
                events[name] = json.loads(measured.output)["events"]
                return measured
            return action

        # What is far larger than the rest is read once: it takes long enough to be no chance.
        large = {f"{size:,} MB" for size in options.sizes if size > 2 * options.megabytes}
        cases = {name: case(name, path) for name, path in paths.items()}
        results = rounds({name: cases[name] for name in cases if name not in large}, options.runs, "sizes",
                         self.progress)
        results |= rounds({name: cases[name] for name in cases if name in large}, 1, "sizes", self.progress)
        remove_store(self._store("size"))
        base = median(results["one event"])
        costs = {name: (median(runs) - base) / events[name] * 1e9 for name, runs in results.items() if events[name] > 1}
        self.sections.append(
            f"### Size: {format_.name} .gz, a year for 1,000 MB\n\n" + table(
                ["log", "events", "seconds", "ns per event, without the start", "peak MiB"],
                [[name, f"{events[name]:,}", spread(runs), f"{costs[name]:,.0f}" if name in costs else "", peak(runs)]
                 for name, runs in results.items()]))
        self.data["sizes"] = {"events": events, "ns_per_event": costs, "runs": self._plain(results)}
        self._even("cost of an event, most ÷ least over the sizes", list(costs.values()))

    def files(self) -> None:
        """The same events in one file and in many."""
        format_, options = FORMATS[0], self.options
        # A file holds an item at least.
        counts = [count for count in options.files if count <= options.megabytes * 600]
        for count in set(options.files) - set(counts):
            self.progress.tell(f"files: {options.megabytes} MB are too few for {count:,} files; left out")
        if not counts:
            return
        paths = {f"{count:,} {'file' if count == 1 else 'files'}":
                 self.logs.path(format_, options.megabytes, "gz", count) for count in counts}
        self.logs.warm(list(paths.values()))
        results = rounds({name: self._replay(path, name) for name, path in paths.items()}, options.runs, "files",
                         self.progress)
        self._compare("files")
        first = median(next(iter(results.values())))
        self.sections.append(
            f"### Files: {options.megabytes:,} MB of {format_.name} .gz\n\n" + table(
                ["log", "seconds", "× the first", "peak MiB"],
                [[name, spread(runs), f"{median(runs) / first:.2f}", peak(runs)] for name, runs in results.items()]))
        self.data["files"] = {"runs": self._plain(results)}
        self._even("time, most ÷ least over the numbers of files", [median(runs) for runs in results.values()])

    def stages(self) -> None:
        """The processor time of each stage, on one thread. It moves less than the wall clock: half the rounds do."""
        options = self.options
        cases = {}
        for format_ in FORMATS:
            log = self.logs.path(format_, format_.megabytes(options.megabytes), "gz")
            command = [options.stagetimes, format_.definition, log, self._store("stages")]
            cases[format_.name] = lambda command=command: run(command, keeps_output=True)
        self.data["stages"] = {}
        for name, runs in rounds(cases, (options.runs + 1) // 2, "stages", self.progress).items():
            measured = [json.loads(one.output) for one in runs]
            events = measured[0]["events"]
            costs = {stage: statistics.median(one["stages"][stage] for one in measured) / events * 1e9
                     for stage in measured[0]["stages"]}
            whole = sum(costs.values())
            self.sections.append(
                f"### Stages: {name} .gz, processor time on one thread, {events:,} events\n\n" + table(
                    ["stage", "ns per event", "share"],
                    [[STAGES[stage], f"{cost:,.0f}", f"{cost / whole:.0%}"] for stage, cost in costs.items()]
                    + [["**all**", f"**{whole:,.0f}**", ""]]))
            self.data["stages"][name] = {"events": events, "ns_per_event": costs}

    # The parts of the parts.

    def _store(self, name: str) -> str:
        return os.path.join(self.options.folder, f"store-{name.replace(' ', '-').replace(',', '')}.sqlite")

    def _replay(self, path: str, name: str, *options: str) -> Callable[[], Run]:
        """A replay whose store is kept until it is compared."""
        def action() -> Run:
            measured = replay(self.options.tailrace, path, self._store(name), *options)
            self.kept[name] = json.loads(measured.output)["events"]
            return measured
        return action

    def _query(self, name: str, text: str, path: str) -> Callable[[], Run]:
        command, prints_seconds = self.programs.query(name, text, path)

        def action() -> Run:
            try:
                measured = run(command, keeps_output=True)
            except Failure as failure:
                # Of somebody else's program: told in the table.
                return Run(0, 0, str(failure)[-120:].replace("|", " ").encode())
            return measured._replace(seconds=float(measured.output)) if prints_seconds else measured
        return action

    def _compare(self, name: str) -> int:
        """Compares the views of the stores that were kept, and removes them.
        Returns the number of events in each."""
        first, *others = self.kept
        found = {other: views.compare(self._store(first), self._store(other)) for other in others}
        self.same[f"{name}, {first}"] = found
        for other, result in found.items():
            self.progress.tell(f"{name}: views of {first} and {other}: {result}")
        events = self.kept[first]
        for kept in self.kept:
            remove_store(self._store(kept))
        self.kept.clear()
        return events

    @staticmethod
    def _plain(results: dict[str, list[Run]]) -> dict[str, dict[str, list[float]]]:
        return {case: {"seconds": [round(one.seconds, 4) for one in runs],
                       "peak_mib": [round(one.peak_mib, 1) for one in runs]} for case, runs in results.items()}

    def _want(self, name: str, wanted: str, measured: str, is_reached: bool) -> None:
        self.wanted.append((name, wanted, measured, is_reached))

    def _even(self, name: str, values: Sequence[float]) -> None:
        if len(values) > 1:
            value = max(values) / min(values) if min(values) > 0 else float("inf")
            self._want(name, f"≤ {EVEN}", f"{value:.2f}", value <= EVEN)

    def report(self) -> str:
        options = self.options
        described = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True,
                                   cwd=os.path.dirname(os.path.abspath(__file__)), check=False).stdout.strip()
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
        head = (f"{datetime.date.today()}, build {described or 'unknown'}; {platform.machine()}, {os.cpu_count()} "
                f"cores, {memory:.0f} GiB; medians of {options.runs} interleaved runs (least–most). Beside it: "
                + "; ".join(self.programs.versions.values()) + ". DuckDB, polars and clickhouse-local group by kind "
                "and day, jq counts kinds behind `gzip -dc`; of the first two the query alone is timed, of the others "
                "the whole command.")
        parts = [head]
        if self.wanted:
            parts.append("### Wanted and measured\n\n" + table(
                ["figure", "wanted", "measured", ""],
                [[name, wanted, measured, "yes" if is_reached else "**no**"]
                 for name, wanted, measured, is_reached in self.wanted]))
        parts += self.sections
        if self.same:
            rows = [[first, other, result] for first, found in self.same.items() for other, result in found.items()]
            parts.append("### The same views, row by row\n\n" + table(["of", "and", "are"], rows, text_columns=3))
        self.data |= {"build": described, "machine": platform.machine(), "cores": os.cpu_count(),
                      "versions": self.programs.versions, "same": self.same,
                      "wanted": [dict(zip(("figure", "wanted", "measured", "reached"), row)) for row in self.wanted]}
        return "\n\n".join(parts)


def numbers(text: str) -> list[int]:
    """A list such as 1,10,100."""
    values = [int(word) for word in text.split(",") if word]
    if any(value < 1 for value in values):
        raise ValueError("not above zero")
    return values


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=".build/release", help="folder of tailrace, samplelogs and stagetimes")
    parser.add_argument("--folder", default=".build/bench", help="where logs and stores are made")
    parser.add_argument("--megabytes", type=int, default=1000, help="size of the logs, of 10^6 bytes (1000)")
    parser.add_argument("--runs", type=int, default=5, help="rounds (5)")
    parser.add_argument("--sizes", type=numbers, default=[1, 10, 100, 1000],
                        help="MB of the logs whose events are to cost the same (1,10,100,1000)")
    parser.add_argument("--files", type=numbers, default=[1, 100, 10_000], help="numbers of files (1,100,10000)")
    parser.add_argument("--parts", default="formats,sizes,files,stages", help="what to measure (%(default)s)")
    parser.add_argument("--python", help="interpreter that has duckdb and polars (this one)")
    parser.add_argument("--page", help=f"page to write, between `begin: {SECTION}` and `end: {SECTION}`")
    parser.add_argument("--json", help="file for all figures as data")
    options = parser.parse_args()
    for name in ("tailrace", "samplelogs", "stagetimes"):
        path = os.path.abspath(os.path.join(options.build, name))
        if not os.path.exists(path):
            sys.exit(f"{path} is missing; run `make bench`, which builds it")
        setattr(options, name, path)
    options.folder = os.path.abspath(options.folder)
    if unknown := set(options.parts.split(",")) - set(parser.get_default("parts").split(",")):
        parser.error(f"no such part: {', '.join(unknown)}")
    if options.runs < 1 or options.megabytes < 1:
        parser.error("--runs and --megabytes begin at 1")
    bench = Bench(options)
    needed = (10 * options.megabytes + 1.5 * sum(options.sizes)) / 1000
    free = shutil.disk_usage(options.folder).free / 1e9
    if free < needed:
        sys.exit(f"{options.folder} has {free:.0f} GB of room, {needed:.0f} are needed; make room, or name another "
                 "--folder")
    failures = []
    for part in options.parts.split(","):
        try:
            bench.kept.clear()
            getattr(bench, part)()
        except Failure as failure:
            # What the other parts say is worth the time that they take.
            failures.append(f"{part}: {failure}")
            bench.progress.tell(failures[-1])
    text = bench.report()
    print(text)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(bench.data, file, indent=1, ensure_ascii=False)
    if failures:
        sys.exit("\n".join([*failures, "bench: no page was written"]))
    if options.page:
        write_section(options.page, SECTION, text)


if __name__ == "__main__":
    main()
