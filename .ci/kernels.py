#!/usr/bin/env python3
"""Counts the instructions of the hot path's stages and compares them with what is allowed.

usage: kernels.py KERNELS SAMPLELOGS FOLDER [--write]

Instructions are counted by `valgrind --tool=callgrind`: the same binary and input give the same count, whatever else
the machine does. Each stage runs with one round and with three; half of the difference is one round. A count that is
a tenth higher than in `.ci/kernels.json` fails; one that is a tenth lower should be written there (`--write`).
Another compiler makes other instructions: then look at the difference, and write it.
"""
import json
import os
import re
import shutil
import subprocess
import sys

from measuring import table

STAGES = {"parse": "byte", "scan": "byte", "apply": "event", "index": "content"}
TOLERANCE = 0.10
MEGABYTES = 2


def instructions(kernels: str, stage: str, log: str, rounds: int) -> tuple[int, int, int]:
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", kernels, stage, log, str(rounds)]
    # Swift seeds its hash tables by chance, and the number of collisions with them.
    done = subprocess.run(command, capture_output=True, text=True,
                          env={**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"})
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    size, events = map(int, done.stdout.split())
    counted = int(re.search(r"Collected : (\d+)", done.stderr).group(1))
    return counted, size, events


def main() -> None:
    kernels, samplelogs, folder = sys.argv[1:4]
    if not shutil.which("valgrind"):
        print("note: no valgrind here; instructions are not counted")
        return
    limits_path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kernels.json")
    with open(limits_path, encoding="utf-8") as file:
        limits = json.load(file)
    os.makedirs(folder, exist_ok=True)
    log = os.path.join(folder, "kernels.ndjson")
    subprocess.run([samplelogs, "--load", log, "--megabytes", str(MEGABYTES)], check=True)
    rows, measured, problems = [], {}, []
    for stage, unit in STAGES.items():
        once, size, events = instructions(kernels, stage, log, 1)
        thrice, _, _ = instructions(kernels, stage, log, 3)
        value = (thrice - once) / 2 / (size if unit == "byte" else events)
        measured[stage] = round(value, 1) if unit == "byte" else round(value)
        allowed = limits.get(stage)
        rows.append([stage, f"{measured[stage]:,} per {unit}", "" if allowed is None else f"{allowed:,}"])
        if allowed is not None and value > allowed * (1 + TOLERANCE):
            problems.append(f"{stage} takes {measured[stage]:,} instructions per {unit}, {allowed:,} are allowed")
    print(table(["stage", "instructions", "allowed"], rows))
    if "--write" in sys.argv:
        with open(limits_path, "w", encoding="utf-8") as file:
            json.dump(measured, file, indent=2)
            file.write("\n")
    elif problems:
        sys.exit("kernels: " + "; ".join(problems) + "\n  make them fewer, or say why in the change that writes "
                 ".ci/kernels.json")


if __name__ == "__main__":
    main()
