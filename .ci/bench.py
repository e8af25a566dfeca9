#!/usr/bin/env python3
"""Measures a replay against the decompressors of the same file, in turn, and prints a table.

usage: bench.py TAILRACE SAMPLELOGS FOLDER [MEGABYTES] [RUNS]

The file is made by `samplelogs --load`, packed by `gzip -6` and, where it is installed, `zstd -3`.
Each round runs every command once, so that a drift of the machine's speed meets them all alike.
"""
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time


def run(command):
    """Wall seconds and peak resident MiB of one run."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    if status != 0:
        sys.exit(f"{command[0]} failed: {errors.decode(errors='replace')}")
    return seconds, usage.ru_maxrss / 1024


def main():
    tailrace, samplelogs, folder = sys.argv[1:4]
    megabytes = int(sys.argv[4]) if len(sys.argv) > 4 else 300
    runs = int(sys.argv[5]) if len(sys.argv) > 5 else 5
    os.makedirs(folder, exist_ok=True)
    plain = os.path.join(folder, f"load-{megabytes}.ndjson")
    if not os.path.exists(plain + ".gz"):
        print(f"making {plain} …", file=sys.stderr)
        subprocess.run([samplelogs, "--load", plain, "--megabytes", str(megabytes)], check=True)
        subprocess.run(["gzip", "-6", "-k", "-f", plain], check=True)
    has_zstd = shutil.which("zstd") is not None
    if has_zstd and not os.path.exists(plain + ".zst"):
        subprocess.run(["zstd", "-q", "-f", "-3", plain], check=True)
    store = os.path.join(folder, "bench.sqlite")

    def replay(path):
        for suffix in ("", "-wal", "-shm", "-lock"):
            if os.path.exists(store + suffix):
                os.remove(store + suffix)
        return run([tailrace, "replay", "--json", "--store", store, path])

    cases = [("gzip -dc", lambda: run(["gzip", "-dc", plain + ".gz"]))]
    if shutil.which("igzip"):
        cases.append(("igzip -dc", lambda: run(["igzip", "-dc", plain + ".gz"])))
    cases.append(("tailrace replay .gz", lambda: replay(plain + ".gz")))
    if has_zstd:
        cases.append(("zstd -dc", lambda: run(["zstd", "-dc", "-q", plain + ".zst"])))
        cases.append(("tailrace replay .zst", lambda: replay(plain + ".zst")))
    cases.append(("tailrace replay plain", lambda: replay(plain)))
    results = {name: [] for name, _ in cases}
    for round_ in range(runs):
        for name, case in cases:
            print(f"round {round_ + 1} of {runs}: {name}", file=sys.stderr)
            results[name].append(case())

    size = os.path.getsize(plain)
    reference = statistics.median(seconds for seconds, _ in results["gzip -dc"])
    print(f"{size / 1e6:.0f} MB of NDJSON, {os.path.getsize(plain + '.gz') / 1e6:.0f} MB as .gz; "
          f"{platform.machine()}, {os.cpu_count()} cores; medians of {runs} interleaved runs (least–most)\n")
    print("| command | seconds | MB/s unpacked | × `gzip -dc` | peak MiB |")
    print("|---|---|---|---|---|")
    for name, _ in cases:
        seconds = [value for value, _ in results[name]]
        median = statistics.median(seconds)
        memory = max(value for _, value in results[name])
        print(f"| {name} | {median:.2f} ({min(seconds):.2f}–{max(seconds):.2f}) | {size / 1e6 / median:.0f} "
              f"| {median / reference:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
