"""What the scripts that measure have in common: runs with their time and memory, rounds, tables, generated sections."""
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Run(NamedTuple):
    """One run of a command: wall seconds, peak resident MiB, what it printed."""
    seconds: float
    peak_mib: float
    output: bytes


class Failure(Exception):
    """A command that did not end well: its name and the end of what it said."""


def run(command: Sequence[str], keeps_output: bool = False) -> Run:
    """Runs a command to its end. Its output goes nowhere, unless it is kept.

    The kernel counts the memory of a process from before it became the command, when it was a copy of this one: no
    command seems to take less than this program does (`floor_mib`).
    """
    # Files, because a pipe can fill up while nobody reads it.
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        begun = time.monotonic()
        process = subprocess.Popen(command, stdout=output if keeps_output else subprocess.DEVNULL,
                                   stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            said = " / ".join(errors.read().decode(errors="replace").strip().splitlines()[-3:])
            raise Failure(f"{' '.join(command)[:200]} ended with {process.returncode}: {said}")
        return Run(seconds, usage.ru_maxrss / 1024, output.read())


def floor_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Progress:
    """How far a long measurement is, on standard error."""

    def __init__(self) -> None:
        self.begun = time.monotonic()

    def tell(self, text: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - self.begun), 60)
        print(f"{minutes:3d}:{seconds:02d}  {text}", file=sys.stderr, flush=True)


def remove_store(path: str) -> None:
    for suffix in ("", "-wal", "-shm", "-lock"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)


def replay(tailrace: str, path: str, store: str, *options: str) -> Run:
    """A replay into a new store. Its output is the summary as JSON."""
    remove_store(store)
    return run([tailrace, "replay", "--json", "--store", store, *options, path], keeps_output=True)


def rounds(cases: Mapping[str, Callable[[], Run]], count: int, name: str, progress: Progress) -> dict[str, list[Run]]:
    """Runs every case once a round, so that a drift of the machine's speed meets them all alike."""
    results: dict[str, list[Run]] = {case: [] for case in cases}
    for number in range(1, count + 1):
        for case, action in cases.items():
            results[case].append(action())
            progress.tell(f"{name}, round {number} of {count}: {case} {results[case][-1].seconds:.2f} s")
    return results


def median(runs: Sequence[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


def spread(runs: Sequence[Run]) -> str:
    """Median, and the least and most."""
    seconds = [run.seconds for run in runs]
    return f"{median(runs):.2f} ({min(seconds):.2f}–{max(seconds):.2f})"


def peak(runs: Sequence[Run]) -> str:
    """The highest of the peaks, in MiB; `<` where it is hidden by this program's own."""
    most = max(run.peak_mib for run in runs)
    return f"< {floor_mib() + 1:.0f}" if most <= floor_mib() + 1 else f"{most:.0f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], text_columns: int = 1) -> str:
    """A table of Markdown; the columns behind the first ones hold figures."""
    line = "|" + "|".join("---" if column < text_columns else "--:" for column in range(len(head))) + "|"
    return "\n".join(["| " + " | ".join(head) + " |", line, *("| " + " | ".join(row) + " |" for row in rows)])


def write_section(page: str, name: str, text: str) -> None:
    """Replaces what stands between the comments `begin: NAME` and `end: NAME` of a page."""
    begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
    with open(page, encoding="utf-8") as file:
        before, found, rest = file.read().partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        sys.exit(f"{page} has no lines `{begin}` and `{end}`; add them where the figures belong")
    with open(page + ".new", "w", encoding="utf-8") as file:
        file.write(f"{before}{begin}\n{text.strip()}\n{end}{after}")
    os.replace(page + ".new", page)
