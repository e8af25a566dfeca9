#!/usr/bin/env python3
"""How fast each format is read: bench-formats.py TAILRACE FOLDER [MEGABYTES] [RUNS]. Prints a table for docs/benchmarks.md.

Each format's own samples are written over and over until the file has its size, and packed with gzip. `tailrace formats
try` then reads it to its end, unpacking and parsing on one thread and storing nothing, beside `gzip -dc` of the same
file; runs alternate, and medians are shown. Samples that repeat pack better than real logs, so `gzip -dc` is fast here.
"""
import json
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

tailrace, folder = sys.argv[1], Path(sys.argv[2])
megabytes = int(sys.argv[3]) if len(sys.argv) > 3 else 300
runs = int(sys.argv[4]) if len(sys.argv) > 4 else 3
folder.mkdir(parents=True, exist_ok=True)


def samples(definition: str) -> list[str]:
    """The records of a definition's samples, as a log would have them."""
    found, block, depth = [], None, 0
    for line in definition.split("\n") + ["end"]:
        if block is not None:
            if not line.strip() or len(line) - len(line.lstrip()) > depth:
                block.append(line)
                continue
            indentation = min(len(text) - len(text.lstrip()) for text in block if text.strip())
            found.append("\n".join(text[indentation:] for text in block).rstrip("\n") + "\n")
            block = None
        start = re.match(r"( *)- record: \|", line)
        if start:
            block, depth = [], len(start.group(1)) + 2
    return found


def write(name: str, record: str, definition: str, path: Path) -> int:
    parts = samples(definition)
    header = ""
    if record == "CSV":
        # One header; samples under another one are of another log.
        lines = [line for line in parts[0].split("\n") if line]
        first = next(at for at, line in enumerate(lines) if not line.startswith("#") or "Fields:" in line)
        header = "\n".join(lines[: first + 1]) + "\n"
        parts = ["\n".join(lines[first + 1 :]) + "\n"]
    elif record == "mbox":
        parts = [part + "\n" for part in parts]
    block = "".join(parts).encode()
    count = max(1, megabytes * 1_000_000 // len(block))
    with open(path, "wb") as file:
        packer = subprocess.Popen(["gzip", "-6"], stdin=subprocess.PIPE, stdout=file)
        packer.stdin.write(header.encode())
        chunk = max(1, 1_000_000 // len(block))
        for _ in range(count // chunk):
            packer.stdin.write(block * chunk)
        packer.stdin.write(block * (count % chunk))
        packer.stdin.close()
        packer.wait()
    return len(header) + len(block) * count


def seconds(command: list[str]) -> float:
    begun = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - begun


formats = json.loads(subprocess.run([tailrace, "formats", "--json"], capture_output=True, check=True).stdout)
print("| format | records | MB/s | `gzip -dc`, MB/s | time ÷ `gzip -dc` |")
print("|---|---|--:|--:|--:|")
for row in formats:
    shown = subprocess.run([tailrace, "formats", "show", row["name"]], capture_output=True, check=True, text=True)
    path = folder / f"{row['name']}.gz"
    size = write(row["name"], row["record"], shown.stdout, path) / 1_000_000
    own, other = [], []
    for _ in range(runs):
        own.append(seconds([tailrace, "formats", "try", row["name"], str(path), "--events", "0"]))
        other.append(seconds(["gzip", "-dc", str(path)]))
    mine, theirs = statistics.median(own), statistics.median(other)
    print(f"| {row['name']} | {row['record']} | {size / mine:.0f} | {size / theirs:.0f} | {mine / theirs:.2f} |", flush=True)
    path.unlink()
