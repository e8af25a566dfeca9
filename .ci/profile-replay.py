#!/usr/bin/env python3
"""Shows where the time of a replay goes, by `perf record`.

usage: profile-replay.py TAILRACE LOG FOLDER

Writes into FOLDER: `profile.txt`, the functions in which most time is spent, in all and by what the thread does;
`flames.svg`, the same with their callers; `perf.data`, for `perf report`. Callers are found by frame pointers:
libraries that are built without them (SQLite, often) stand without the ones who call them.
"""
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict

from flames import draw
from measuring import remove_store

SHOWN, SHOWN_OF_ROLE = 40, 15
SAMPLES_A_SECOND = 997
# Threads of a pool do now this, now that: what a sample belongs to is told by a word in the name of a function that it
# is in, or by the sample before it on the same thread.
ROLES = {"CheckpointWriter": "writer", "ChunkReader": "reader", "ExternalSorter": "sorter", "Replay.run": "applier"}
Stack = tuple[tuple[str, str], ...]


def call(command: list[str], text: str | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, input=text, errors="replace", check=False)
    if done.returncode != 0:
        sys.exit(f"profile: {' '.join(command[:2])} failed: {done.stderr.strip()[-300:]}\n"
                 "  where perf may not look, run `sysctl kernel.perf_event_paranoid=1` as root")
    return done.stdout


def readable(symbols: set[str]) -> dict[str, str]:
    """Swift's names as they stand in the source, where `swift demangle` is installed."""
    names = sorted(symbols)
    swift = shutil.which("swift") or "/opt/swift/usr/bin/swift"
    if not os.path.exists(swift):
        return dict(zip(names, names))
    lines = call([swift, "demangle", "--compact", "--simplified"], "\n".join(names) + "\n").splitlines()
    return {name: re.sub(r"^((specialized|merged|closure #\d+ in|partial apply for) )+", "", line)
            for name, line in zip(names, lines)}


def samples(text: str) -> dict[str, Counter[Stack]]:
    """Stacks, outermost first, by role; from the output of `perf script`, which is in order of time."""
    raw = []
    for block in text.split("\n\n"):
        head, *lines = block.strip("\n").split("\n")
        frames = [match.groups() for line in lines if (match := re.match(r"\s*[0-9a-f]+ (.+) \((.*)\)$", line))]
        if frames:
            raw.append((head.split()[-1], frames))
    names = readable({symbol for _, frames in raw for symbol, _ in frames})
    roles: dict[str, str] = {}
    stacks: dict[str, Counter[Stack]] = defaultdict(Counter)
    for thread, frames in raw:
        stack = tuple((names[symbol], kind(binary)) for symbol, binary in reversed(frames)
                      if symbol != "[unknown]" or len(frames) == 1)
        found = (role for word, role in ROLES.items() if any(word in name for name, _ in stack))
        roles[thread] = next(found, roles.get(thread, "start"))
        stacks[roles[thread]][stack] += 1
    return stacks


def kind(binary: str) -> str:
    return "kernel" if "[kernel" in binary else "library" if ".so" in binary or binary == "[unknown]" else "own"


def listing(stacks: Counter[Stack], whole: int, shown: int) -> list[str]:
    own = Counter()
    for stack, count in stacks.items():
        if stack:
            own[stack[-1]] += count
    return [f"{count / whole:7.1%}  {kind_:8} {name[:150]}" for (name, kind_), count in own.most_common(shown)]


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    tailrace, log, folder = sys.argv[1:]
    if not shutil.which("perf"):
        sys.exit("profile: perf is not installed; Debian has it as linux-perf, Ubuntu as linux-tools-generic")
    os.makedirs(folder, exist_ok=True)
    store, data = os.path.join(folder, "profile.sqlite"), os.path.join(folder, "perf.data")
    remove_store(store)
    call(["perf", "record", "-q", "-F", str(SAMPLES_A_SECOND), "-g", "-o", data,
          tailrace, "replay", "--json", "--store", store, log])
    remove_store(store)
    stacks = samples(call(["perf", "script", "-i", data, "-F", "comm,tid,ip,sym,dso"]))
    everything: Counter[Stack] = sum(stacks.values(), Counter())
    whole = everything.total()
    text = [f"{whole:,} samples, {whole / SAMPLES_A_SECOND:.1f} s of processor time; {log}", "", "Everything, by self:",
            *listing(everything, whole, SHOWN)]
    flames: Counter[Stack] = Counter()
    for name, own in sorted(stacks.items(), key=lambda item: -item[1].total()):
        text += ["", f"{name}: {own.total() / whole:.0%}, {own.total() / SAMPLES_A_SECOND:.1f} s",
                 *listing(own, whole, SHOWN_OF_ROLE)]
        flames.update({((name, "thread"), *stack): count for stack, count in own.items()})
    with open(os.path.join(folder, "profile.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(text) + "\n")
    with open(os.path.join(folder, "flames.svg"), "w", encoding="utf-8") as file:
        file.write(draw(flames, f"tailrace replay {os.path.basename(log)}: {whole / SAMPLES_A_SECOND:.1f} s"))
    print("\n".join(text))
    print(f"\nwritten: {folder}/profile.txt, {folder}/flames.svg, {folder}/perf.data")


if __name__ == "__main__":
    main()
