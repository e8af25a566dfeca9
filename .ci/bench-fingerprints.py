#!/usr/bin/env python3
"""What fingerprints cost: bench-fingerprints.py TAILRACE FOLDER LOG RUNS. Prints a table for docs/benchmarks.md.

The log, in Tailrace's own words, is replayed with its texts, and with a format that is the same but for `text`: the
texts are parsed and passed over. Beside both, `gzip -dc`; runs alternate, and medians are shown.
"""
import json
import os
import subprocess
import sys

from measuring import Progress, median, peak, replay, rounds, run, spread, table

tailrace, folder, log, runs = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
definition = subprocess.run([tailrace, "formats", "show", "tailrace"], capture_output=True, text=True, check=True).stdout
fields = definition.split("samples:")[0].splitlines()
with open(os.path.join(folder, "without.yaml"), "w") as file:
    file.writelines(line.replace("format: tailrace", "format: without") + "\n" for line in fields if line != "  text: text")
with open(os.path.join(folder, "config.yaml"), "w") as file:
    file.write("formats: [without.yaml]\n")
store = os.path.join(folder, "store.sqlite")
results = rounds({
    "gzip -dc": lambda: run(["gzip", "-dc", log]),
    "tailrace, with fingerprints": lambda: replay(tailrace, log, store),
    "tailrace, without": lambda: replay(tailrace, log, store, "--config", os.path.join(folder, "config.yaml")),
}, runs, "fingerprints", Progress())
events = json.loads(results["tailrace, without"][0].output)["events"]
print(table(["command", "seconds", "× `gzip -dc`", "ns per event", "peak MiB"], [
    [case, spread(of), f"{median(of) / median(results['gzip -dc']):.2f}", f"{median(of) / events * 1e9:,.0f}", peak(of)]
    for case, of in results.items()]))
