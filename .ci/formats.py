"""What `make bench` reads: one entry a format, and the programs that read the same files without Tailrace.

A further format is a further entry of `FORMATS`: how `samplelogs --load` writes it, and, where they can, how the
other programs count its events by kind and day.
"""
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

# Each prints the seconds of the query alone: who asks many does not start the program for each.
DUCKDB = """
import sys, time, duckdb
duckdb.sql("SET enable_progress_bar = false")
begun = time.monotonic()
duckdb.sql(sys.argv[1]).fetchall()
print(time.monotonic() - begun)
"""
POLARS = """
import sys, time, polars as pl
begun = time.monotonic()
path = sys.argv[2]
eval(sys.argv[1]).collect(engine="streaming")
print(time.monotonic() - begun)
"""


@dataclass(frozen=True)
class Format:
    name: str
    # The format definition that reads it.
    definition: str
    suffix: str
    # Options of `samplelogs --load`.
    load: Sequence[str] = ()
    # MB of plain text a second that are wanted.
    wanted: int = 500
    packings: Sequence[str] = ("gz", "zst", "plain")
    # Of the size that is asked for: short records make as many events of fewer bytes.
    share: float = 1
    # Program → its query; `{path}` is the .gz. A bare group-by of kind and day, and nothing else.
    queries: dict[str, str] = field(default_factory=dict)

    def megabytes(self, asked: int) -> int:
        return max(1, round(asked * self.share))


FORMATS = [
    Format("NDJSON", "tailrace", "ndjson", wanted=1000, queries={
        "DuckDB": "SELECT action, time[:10] AS day, count(*) FROM read_json('{path}', format = 'newline_delimited', "
                  "columns = {{time: 'VARCHAR', action: 'VARCHAR'}}) GROUP BY ALL",
        "polars": "pl.scan_ndjson(path, schema={{'time': pl.String, 'action': pl.String}})"
                  ".group_by('action', pl.col('time').str.slice(0, 10).alias('day')).len()",
        "clickhouse-local": "SELECT action, substring(time, 1, 10) AS day, count() "
                            "FROM file('{path}', 'JSONEachRow', 'time String, action String') GROUP BY action, day",
        "jq": "reduce inputs as $event ({{}}; .[$event.action] += 1)",
    }),
    Format("NDJSON, skewed", "tailrace", "skewed.ndjson", ("--skew", "0.8"), wanted=1000, packings=("gz",)),
    Format("CSV", "event-log", "csv", ("--format", "csv"), share=0.1, queries={
        "DuckDB": "SELECT transition, time[:10] AS day, count(*) FROM read_csv('{path}', header = true, "
                  "all_varchar = true) GROUP BY ALL",
        "polars": "pl.scan_csv(path, infer_schema=False)"
                  ".group_by('transition', pl.col('time').str.slice(0, 10).alias('day')).len()",
        "clickhouse-local": "SELECT transition, substring(time, 1, 10) AS day, count() "
                            "FROM file('{path}', 'CSVWithNames') GROUP BY transition, day",
    }),
]


class Programs:
    """The other programs, as far as they are installed."""

    def __init__(self, python: str | None) -> None:
        self.python = python if python and os.path.exists(python) else sys.executable
        self.versions = {name: version for name in ("gzip", "igzip", "zstd", "jq")
                         if (version := self._version([name, "--version"]))}
        for name in ("duckdb", "polars"):
            if version := self._version([self.python, "-c", f"import {name}; print('{name}', {name}.__version__)"]):
                self.versions[{"duckdb": "DuckDB"}.get(name, name)] = version
        for command in (["clickhouse-local"], ["clickhouse", "local"]):
            if version := self._version([*command, "--version"]):
                self.clickhouse, self.versions["clickhouse-local"] = command, version

    @staticmethod
    def _version(command: Sequence[str]) -> str | None:
        """The first line that a program says of itself; None where it is not installed."""
        if not shutil.which(command[0]):
            return None
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
        lines = done.stdout.strip().splitlines()
        return lines[0].strip("* ") if done.returncode == 0 and lines else None

    def has(self, name: str) -> bool:
        return name in self.versions

    def unpack(self, name: str, path: str) -> list[str]:
        return [name, "-dc", *(["-q"] if name == "zstd" else []), path]

    def query(self, name: str, text: str, path: str) -> tuple[list[str], bool]:
        """The command, and whether it prints its own seconds."""
        text = text.format(path=path)
        match name:
            case "DuckDB": return [self.python, "-c", DUCKDB, text], True
            case "polars": return [self.python, "-c", POLARS, text, path], True
            case "clickhouse-local": return [*self.clickhouse, "--query", text], False
            case "jq": return ["sh", "-c", 'gzip -dc "$1" | jq -n "$2"', "sh", path, text], False
        raise ValueError(name)
