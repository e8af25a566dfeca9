#!/usr/bin/env python3
"""What fingerprints cost. Prints a table for docs/benchmarks.md; `make bench-fingerprints` writes the log.

The log, in Tailrace's own words, is replayed with its texts, and with a format that is the same but for `text`: the
texts are parsed and passed over. Beside both, `gzip -dc`; runs alternate, and medians are shown.
"""
import argparse
import json
import os
import subprocess
import sys

from measuring import Failure, Progress, median, peak, replay, rounds, run, spread, table

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("tailrace", help="the program")
parser.add_argument("folder", help="where stores and definitions are written")
parser.add_argument("log", help="NDJSON in Tailrace's own words, packed with gzip")
parser.add_argument("runs", type=int, help="how often each command runs, 1 or more")
options = parser.parse_args()
tailrace, folder, log = options.tailrace, options.folder, options.log
if options.runs < 1:
    parser.error("runs: 1 or more")
for path in (tailrace, folder, log):
    if not os.path.exists(path):
        parser.error(f"{path} does not exist; `make bench-fingerprints` makes everything")
definition = subprocess.run([tailrace, "formats", "show", "tailrace"], capture_output=True, text=True, check=True).stdout
fields = definition.split("samples:")[0].splitlines()
with open(os.path.join(folder, "without.yaml"), "w") as file:
    file.writelines(line.replace("format: tailrace", "format: without") + "\n" for line in fields if line != "  text: text")
with open(os.path.join(folder, "config.yaml"), "w") as file:
    file.write("formats: [without.yaml]\n")
store = os.path.join(folder, "store.sqlite")
cases = {
    "gzip -dc": lambda: run(["gzip", "-dc", log]),
    "tailrace, with fingerprints": lambda: replay(tailrace, log, store),
    "tailrace, without": lambda: replay(tailrace, log, store, "--config", os.path.join(folder, "config.yaml")),
}
try:
    results = rounds(cases, options.runs, "fingerprints", Progress())
except Failure as failure:
    sys.exit(str(failure))
events = json.loads(results["tailrace, without"][0].output)["events"]
print(table(["command", "seconds", "× `gzip -dc`", "ns per event", "peak MiB"], [
    [case, spread(of), f"{median(of) / median(results['gzip -dc']):.2f}", f"{median(of) / events * 1e9:,.0f}", peak(of)]
    for case, of in results.items()]))
