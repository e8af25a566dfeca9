#!/usr/bin/env python3
"""Measures `tailrace run` on files that grow, and prints tables.

usage: bench-tail.py TAILRACE FOLDER [CASE …]

Cases: latency (append → committed), idle (processor time without news), restart (inside a large .gz), many (10,000
files, 20,000 renamed in, 256 descriptors), bomb (10 GB at 1000:1). All by default. Needs some 3 GB of room in FOLDER.
"""
import gzip
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
import zlib
from collections.abc import Callable

from measuring import Progress, remove_store, replay, table

CONFIG = "store: {store}\nsources:\n  - paths: [\"logs\"]\n"


def line(number: int) -> bytes:
    second = number // 20
    return (
        f'{{"time":"2026-03-{2 + second // 86400 % 28:02d}T{second // 3600 % 24:02d}:{second // 60 % 60:02d}:'
        f'{second % 60:02d}Z","stream":"ticket","action":"schedule","item":"T-{number}","stage":"desk",'
        f'"note":"{number * 2654435761 % 4294967296:08x}{number * 40503 % 65536:04x}"}}\n').encode()


class Daemon:
    """`tailrace run` in a folder of its own."""

    def __init__(self, tailrace: str, folder: str, descriptors: int | None = None) -> None:
        self.tailrace, self.folder, self.descriptors = tailrace, folder, descriptors
        self.store = os.path.join(folder, "store.sqlite")
        os.makedirs(os.path.join(folder, "logs"), exist_ok=True)
        with open(os.path.join(folder, "t.yaml"), "w") as file:
            file.write(CONFIG.format(store=self.store))
        self.reader: sqlite3.Connection | None = None

    def start(self) -> None:
        def limit() -> None:
            if self.descriptors:
                resource.setrlimit(resource.RLIMIT_NOFILE, (self.descriptors, self.descriptors))
        self.errors = open(os.path.join(self.folder, "errors"), "ab")
        self.process = subprocess.Popen(
            [self.tailrace, "run", "--config", os.path.join(self.folder, "t.yaml")], stderr=self.errors,
            preexec_fn=limit)

    def events(self) -> int:
        try:
            if self.reader is None:
                self.reader = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)
            return self.reader.execute("SELECT sum(events) FROM v1_sources").fetchone()[0] or 0
        except sqlite3.OperationalError:
            self.reader = None
            return 0

    def wait_for(self, count: int, seconds: float = 900) -> None:
        end = time.monotonic() + seconds
        while self.events() < count:
            if time.monotonic() > end or self.process.poll() is not None:
                sys.exit(f"waited in vain for {count} events, have {self.events()}; see {self.folder}/errors")
            time.sleep(0.0005)

    def version(self) -> int:
        return self.reader.execute("PRAGMA data_version").fetchone()[0]

    def status(self, key: str) -> float:
        with open(f"/proc/{self.process.pid}/status") as file:
            for row in file:
                if row.startswith(key):
                    return int(row.split()[1]) / 1024
        return 0

    def processor_seconds(self) -> float:
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self, number: int = signal.SIGTERM) -> None:
        self.process.send_signal(number)
        self.process.wait()
        self.errors.close()


def fresh(folder: str) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.join(folder, "logs"))
    return folder


def latency(tailrace: str, folder: str) -> None:
    rows, progress = [], Progress()
    for files in (1, 100, 1000):
        daemon = Daemon(tailrace, fresh(os.path.join(folder, f"latency-{files}")))
        paths = [os.path.join(daemon.folder, "logs", f"{n}.ndjson") for n in range(files)]
        number = 0
        for path in paths:
            with open(path, "wb") as file:
                file.write(line(number))
            number += 1
        daemon.start()
        daemon.wait_for(number)
        time.sleep(3)
        taken = []
        dice = random.Random(7)
        for _ in range(300):
            path = dice.choice(paths)
            begun = time.monotonic()
            with open(path, "ab", buffering=0) as file:
                file.write(line(number))
            number += 1
            seen = daemon.version()
            while daemon.events() < number:
                while daemon.version() == seen:
                    time.sleep(0.0003)
                seen = daemon.version()
            taken.append((time.monotonic() - begun) * 1000)
            time.sleep(dice.uniform(0, 0.15))
        daemon.stop()
        taken.sort()
        rows.append([f"{files:,}", str(len(taken)), f"{statistics.median(taken):.0f}",
                     f"{taken[int(len(taken) * 0.99)]:.0f}", f"{taken[-1]:.0f}"])
        progress.tell(f"latency, {files} files: p50 {rows[-1][2]} ms")
    print(table(["files", "appends", "p50 ms", "p99 ms", "most ms"], rows, text_columns=0), flush=True)


def idle(tailrace: str, folder: str) -> None:
    daemon = Daemon(tailrace, fresh(os.path.join(folder, "idle")))
    for number in range(1000):
        with open(os.path.join(daemon.folder, "logs", f"{number}.ndjson"), "wb") as file:
            file.write(line(number))
    daemon.start()
    daemon.wait_for(1000)
    time.sleep(5)
    before, seconds = daemon.processor_seconds(), 60
    time.sleep(seconds)
    used = daemon.processor_seconds() - before
    print(f"1,000 files without news: {100 * used / seconds:.3f} % of a core over {seconds} s, "
          f"{daemon.status('VmRSS'):.0f} MiB resident", flush=True)
    daemon.stop()


def restart(tailrace: str, folder: str) -> None:
    """A growing .gz of 1 GB, one member: read to its present end, stopped, grown, started again."""
    daemon = Daemon(tailrace, fresh(os.path.join(folder, "restart")))
    path = os.path.join(daemon.folder, "logs", "log.ndjson.gz")
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    dice = random.Random(5)
    # Few events and much text that does not pack, so that the time is that of decoding.
    letters = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,"
    filler = bytes(dice.choice(letters) for _ in range(1 << 20))
    number, size = 0, 0
    with open(path, "wb") as file:
        while size < 1_000_000_000:
            start = dice.randrange(0, len(filler) - 60_000)
            text = bytearray(filler[start:start + 50_000])
            row = line(number)[:-2] + b',"pad":"' + bytes(text) + b'"}\n'
            number += 1
            packed = packer.compress(row)
            size += file.write(packed)
        size += file.write(packer.flush(zlib.Z_SYNC_FLUSH))
    print(f"{size / 1e9:.2f} GB .gz, one open member, {number:,} events; time from the start of the program to the "
          "first new event in the store", flush=True)
    daemon.start()
    daemon.wait_for(number)
    daemon.stop()
    rows = []
    for name, drops in (("with restart points", False), ("from the file's start", True)):
        for _ in range(3):
            if drops:
                store = sqlite3.connect(daemon.store)
                store.execute("DELETE FROM restart_point")
                store.commit()
                store.close()
            with open(path, "ab") as file:
                file.write(packer.compress(line(number)) + packer.flush(zlib.Z_SYNC_FLUSH))
            number += 1
            begun = time.monotonic()
            daemon.start()
            daemon.wait_for(number)
            rows.append([name, f"{time.monotonic() - begun:.2f}"])
            daemon.stop()
    print(table(["", "seconds"], rows), flush=True)


def many(tailrace: str, folder: str) -> None:
    """S31: 10,000 files at once, 20,000 .gz renamed in, 256 descriptors."""
    daemon = Daemon(tailrace, fresh(os.path.join(folder, "many")), descriptors=256)
    number = 0
    for name in range(10_000):
        with open(os.path.join(daemon.folder, "logs", f"{name}.ndjson"), "wb") as file:
            for _ in range(10):
                file.write(line(number))
                number += 1
    begun = time.monotonic()
    daemon.start()
    daemon.wait_for(number)
    print(f"10,000 files, {number:,} events: {time.monotonic() - begun:.1f} s, peak {daemon.status('VmHWM'):.0f} MiB",
          flush=True)
    staging = os.path.join(daemon.folder, "staging")
    os.makedirs(staging)
    for name in range(20_000):
        with open(os.path.join(staging, f"r{name}.ndjson.gz"), "wb") as file:
            rows = b"".join(line(number + n) for n in range(10))
            file.write(gzip.compress(rows, 1))
            number += 10
    begun = time.monotonic()
    for name in os.listdir(staging):
        os.rename(os.path.join(staging, name), os.path.join(daemon.folder, "logs", name))
    daemon.wait_for(number)
    print(f"20,000 .gz renamed in, {number:,} events in all: {time.monotonic() - begun:.1f} s, "
          f"peak {daemon.status('VmHWM'):.0f} MiB", flush=True)
    repeated = daemon.reader.execute("SELECT sum(duplicates) FROM v1_flow WHERE grain = 'hour'").fetchone()[0]
    arrivals = daemon.reader.execute("SELECT sum(arrivals) FROM v1_flow WHERE grain = 'hour'").fetchone()[0]
    print(f"lost {number - arrivals}, repeated {repeated}")
    daemon.stop()


def bomb(tailrace: str, folder: str) -> None:
    """10 GB that pack to 10 MB, between two events."""
    folder = fresh(os.path.join(folder, "bomb"))
    for name, byte in (("zeros", b"\0"), ("letters", b"x")):
        path = os.path.join(folder, f"{name}.gz")
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        block = byte * (1 << 20)
        with open(path, "wb") as file:
            file.write(packer.compress(line(0)))
            for _ in range(10_000):
                file.write(packer.compress(block))
            file.write(packer.compress(b"\n" + line(1)) + packer.flush())
        store = os.path.join(folder, f"{name}.sqlite")
        measured = replay(tailrace, path, store)
        remove_store(store)
        print(f"10 GB of {name} in {os.path.getsize(path) / 1e6:.0f} MB: {measured.seconds:.0f} s, "
              f"peak {measured.peak_mib:.0f} MiB, {json.loads(measured.output)['events']} events", flush=True)


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    tailrace, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    cases: dict[str, Callable[[str, str], None]] = {
        "latency": latency, "idle": idle, "restart": restart, "many": many, "bomb": bomb}
    if unknown := set(sys.argv[3:]) - set(cases):
        sys.exit(f"no such case: {', '.join(unknown)}; there are {', '.join(cases)}")
    for name in sys.argv[3:] or cases:
        print(f"\n### {name}\n")
        cases[name](tailrace, folder)


if __name__ == "__main__":
    main()
