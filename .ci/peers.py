#!/usr/bin/env python3
"""Runs file scenarios against Tailrace and other readers of logs, and prints a table of lines lost and repeated.

usage: peers.py TAILRACE FOLDER [ROW …]

Rows are names of scenarios (S4, K1), those of Tests/EndToEnd/Tailing; all by default. FOLDER must be on a file
system that gives a freed inode again, for S24 to mean anything (ext4 does, tmpfs does not). It needs no rights,
ends only what it started, and takes some twenty minutes.

PEERS_ROOT  a folder into which packages were unpacked by `dpkg -x`, looked at before PATH
PEERS_ONLY  names of readers, separated by commas
PEERS_SEED  of the moments at which readers are killed; 1 by default
PEERS_JOBS  runs at the same time; 6 by default

The peers are those that Debian 12 and PyPI have: rsyslog, syslog-ng (syslog-ng-core; the two packages exclude each
other, hence PEERS_ROOT), logtail, pygtail. Fluent Bit, Filebeat and Vector have no package there. A peer that is
not installed is left out, which is said. How each is configured stands at its class.

Every line that is written carries a number of its own. A reader's result is which numbers it delivered, and how
often; a line counts when it is delivered whole. Lines that damage may take (S16, S17) are not asked for. Where a
scenario wants a reader to be behind, it is stopped by SIGSTOP, or its next turn waits. A run is over when nothing
is missing for some time, or nothing has changed for `PATIENCE` seconds.

Each peer is run twice, over the whole folder (`logs/*`, which finds a log under its rotated name) and over the name
of the log alone, and has the better result of the two in each row; who uses it must choose one for all.

In the second half of the table the reader is killed by SIGKILL within 0.4 s of every step, and started again; of
the readers that cron would run, the next run is killed. K1 to K3 kill ten times at random moments of continuous
writing. A kill also ends a pause, and moments differ from run to run with the machine.
"""
import collections
import concurrent.futures
import glob
import gzip
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import traceback
import zlib

PATIENCE = 15.0
SEED = int(os.environ.get("PEERS_SEED", "1"))
ROOT = os.environ.get("PEERS_ROOT")
STARTED = set()


# What is written.

def line(number, stage="desk"):
    return (f'{{"time":{1_772_442_000_000 + 2 * number},"stream":"ticket","action":"schedule","item":"T-{number}",'
            f'"stage":"{stage}","note":"{number * 2654435761 % 4294967296:08x}{number * 40503 % 65536:04x}"}}\n'
            ).encode()


WHOLE = re.compile(rb'\s*\{"time":\d{13},"stream":"ticket","action":"schedule","item":"T-(\d+)","stage":"\w+",'
                   rb'"note":"[0-9a-f]{12}"\}\s*')
# Counted by no one; the same line each time.
NOISE = b'{"time":1772442000000,"stream":"document","action":"read","item":"N-1","stage":"noise"}\n'


# The readers. Each has start, stop, kill, pause, resume and delivered.

def program(name):
    """The path of a program, in PEERS_ROOT or on PATH; None where there is none."""
    for folder in ("usr/sbin", "usr/bin", "sbin", "bin"):
        path = os.path.join(ROOT or "/nonexistent", folder, name)
        if os.path.exists(path):
            return path
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def environment():
    """Libraries of unpacked packages are found too."""
    values = dict(os.environ)
    if ROOT:
        folders = glob.glob(f"{ROOT}/usr/lib/*-linux-gnu") + glob.glob(f"{ROOT}/lib/*-linux-gnu")
        values["LD_LIBRARY_PATH"] = ":".join(folders + [f"{ROOT}/usr/lib/syslog-ng"])
    return values


def first_line(command):
    result = subprocess.run(command, capture_output=True, env=environment(), timeout=30)
    return (result.stdout or result.stderr).decode(errors="replace").split("\n")[0].strip()


class Daemon:
    """A reader that runs all the time, one process."""

    def __init__(self, folder, paths):
        self.folder, self.process = folder, None
        self.command = self.configure(folder, paths)

    def start(self):
        with open(os.path.join(self.folder, "errors"), "ab") as errors:
            self.process = subprocess.Popen(self.command, stdout=errors, stderr=errors, stdin=subprocess.DEVNULL,
                                            env=environment(), cwd=self.folder)
        STARTED.add(self.process)

    def end(self, number):
        if self.process is None:
            return
        if self.process.poll() is not None:
            print(f"{self.folder}: the reader had ended by itself, status {self.process.returncode}", file=sys.stderr)
        self.process.send_signal(number)
        self.process.send_signal(signal.SIGCONT)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            print(f"{self.folder}: the reader did not end within 15 s", file=sys.stderr)
            self.process.kill()
            self.process.wait()
        STARTED.discard(self.process)
        self.process = None

    def stop(self):
        self.end(signal.SIGTERM)

    def kill(self):
        self.end(signal.SIGKILL)

    def crash(self, dice):
        self.kill()
        self.start()

    def pause(self):
        if self.process:
            self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        if self.process:
            self.process.send_signal(signal.SIGCONT)


class Delivered:
    """Numbers in a file of lines that a peer writes."""

    def __init__(self, path):
        self.path, self.place, self.rest, self.seen = path, 0, b"", collections.Counter()

    def look(self):
        """How often each number was delivered so far."""
        try:
            with open(self.path, "rb") as file:
                file.seek(self.place)
                fresh = file.read()
        except FileNotFoundError:
            return self.seen
        self.place += len(fresh)
        rows = (self.rest + fresh).split(b"\n")
        self.rest = rows.pop()
        for row in rows:
            match = WHOLE.fullmatch(row)
            if match:
                self.seen[int(match[1])] += 1
        return self.seen


class Tailrace(Daemon):
    """`tailrace run` with the folder as its source; what is delivered stands in the store."""
    name, path = "Tailrace", None

    @classmethod
    def version(cls):
        return first_line([cls.path, "--version"])

    def configure(self, folder, paths):
        self.store = os.path.join(folder, "store.sqlite")
        with open(os.path.join(folder, "t.yaml"), "w") as file:
            file.write(f'store: {self.store}\nsources:\n  - paths: ["{folder}/logs"]\n')
        return [self.path, "run", "--config", os.path.join(folder, "t.yaml")]

    def counts(self, needed, packed):
        """Lost and repeated of the lines that are asked for, and whether any of the packed came."""
        try:
            store = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True, timeout=5)
            try:
                arrivals, duplicates = store.execute(
                    "SELECT total(arrivals), total(duplicates) FROM v1_flow WHERE grain = 'hour' AND stage = 'desk'"
                ).fetchone()
            finally:
                store.close()
        except sqlite3.Error:
            arrivals, duplicates = 0, 0
        return len(needed) - int(arrivals), int(duplicates), int(arrivals) > len(needed) - len(packed)


class Lines:
    """A peer whose output is a file of lines."""

    def counts(self, needed, packed):
        seen = self.delivered.look()
        lost = sum(1 for number in needed if number not in seen)
        return lost, sum(count - 1 for count in seen.values()), any(number in seen for number in packed)


class Rsyslog(Lines, Daemon):
    """imfile with inotify, the state of a file written after each line, no queue between input and output."""
    name = "rsyslog"

    @classmethod
    def version(cls):
        cls.path = program("rsyslogd")
        return cls.path and first_line([cls.path, "-v"]).split("(")[0].strip().replace("d  ", " ")

    def configure(self, folder, paths):
        output = os.path.join(folder, "output")
        self.delivered = Delivered(output)
        os.makedirs(os.path.join(folder, "state"))
        inputs = "\n".join(
            f'input(type="imfile" file="{path}" tag="t" ruleset="out" persistStateInterval="1" '
            'persistStateAfterSubmission="on" reopenOnTruncate="on" escapeLF="off")' for path in paths)
        with open(os.path.join(folder, "rsyslog.conf"), "w") as file:
            file.write(f'''global(workDirectory="{folder}/state" maxMessageSize="64k")
module(load="imfile" mode="inotify")
template(name="raw" type="string" string="%msg%\\n")
ruleset(name="out" queue.type="Direct") {{
  action(type="omfile" file="{output}" template="raw" asyncWriting="off" flushOnTXEnd="on")
}}
{inputs}
''')
        command = [self.path, "-n", "-i", os.path.join(folder, "pid"), "-f", os.path.join(folder, "rsyslog.conf")]
        modules = glob.glob(f"{ROOT}/usr/lib/*/rsyslog") if ROOT else []
        return command + (["-M", modules[0]] if modules else [])


class SyslogNG(Lines, Daemon):
    """wildcard-file() with inotify for a folder, file() for a name; asked ten times a second; flow control."""
    name = "syslog-ng"

    @classmethod
    def version(cls):
        cls.path = program("syslog-ng")
        if not cls.path:
            return None
        cls.modules = (glob.glob(f"{ROOT}/usr/lib/syslog-ng/*/libaffile.so") if ROOT else []) or [None]
        command = [cls.path, "-V"] + (["--module-path", os.path.dirname(cls.modules[0])] if cls.modules[0] else [])
        text = first_line(command)
        found = re.search(r"(\d+\.\d+)(\.\d+)*", text.replace("syslog-ng 3 ", "").replace("syslog-ng 4 ", ""))
        cls.language = found[1]
        return f"syslog-ng {found[0]}"

    def configure(self, folder, paths):
        output = os.path.join(folder, "output")
        self.delivered = Delivered(output)
        options = "follow-freq(0.1) flags(no-parse) log-iw-size(10000) log-msg-size(65536)"
        sources = "\n".join(
            f'  wildcard-file(base-dir("{os.path.dirname(path)}") filename-pattern("*") recursive(no) max-files(100) '
            f"monitor-method(inotify) {options});" if path.endswith("*") else f'  file("{path}" {options});'
            for path in paths)
        with open(os.path.join(folder, "syslog-ng.conf"), "w") as file:
            file.write(f'''@version: {self.language}
options {{ flush-lines(1); time-reopen(1); log-fifo-size(100000); stats-freq(0); }};
source s {{
{sources}
}};
destination d {{ file("{output}" template("${{MESSAGE}}\\n")); }};
log {{ source(s); destination(d); flags(flow-control); }};
''')
        command = [self.path, "-F", "--no-caps"]
        for flag, name in (("-f", "syslog-ng.conf"), ("-R", "persist"), ("-c", "control"), ("-p", "pid")):
            command += [flag, os.path.join(folder, name)]
        return command + (["--module-path", os.path.dirname(self.modules[0])] if self.modules[0] else [])


class CommandLine(Lines):
    """A reader that cron would run: every 0.2 s here, for each file that the patterns name, in turn."""

    def __init__(self, folder, paths):
        self.folder, self.paths = folder, paths
        self.output = os.path.join(folder, "output")
        self.delivered = Delivered(self.output)
        os.makedirs(os.path.join(folder, "state"))
        self.thread, self.turn, self.dice, self.usual, self.is_paused = None, threading.Lock(), None, 0.05, False

    def start(self):
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self.loop, daemon=True)
        self.thread.start()

    def loop(self):
        while not self.ending.is_set():
            with self.turn:
                for path in sorted(name for pattern in self.paths for name in glob.glob(pattern)):
                    if os.path.isfile(path) and not self.ending.is_set():
                        self.read(path)
            self.ending.wait(0.2)

    def read(self, path):
        state = os.path.join(self.folder, "state", os.path.basename(path))
        with open(self.output, "ab") as output, open(os.path.join(self.folder, "errors"), "ab") as errors:
            begun = time.monotonic()
            process = subprocess.Popen(self.command(path, state), stdout=output, stderr=errors,
                                       stdin=subprocess.DEVNULL, env={**os.environ, "PYTHONUNBUFFERED": "1"})
            STARTED.add(process)
            dice, self.dice = self.dice, None
            if dice:
                try:
                    process.wait(dice.uniform(0, self.usual))
                except subprocess.TimeoutExpired:
                    pass
                process.kill()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if not dice:
                self.usual = time.monotonic() - begun
            STARTED.discard(process)

    def stop(self):
        self.resume()
        if self.thread:
            self.ending.set()
            self.thread.join()
            self.thread = None

    def kill(self):
        self.crash(random.Random(SEED))
        self.stop()

    def crash(self, dice):
        """Kills the next run at a random moment of it."""
        self.resume()
        self.dice = random.Random(dice.random())
        end = time.monotonic() + 2
        while self.dice and time.monotonic() < end:
            time.sleep(0.005)
        self.dice = None

    def pause(self):
        if not self.is_paused:
            self.turn.acquire()
            self.is_paused = True

    def resume(self):
        if self.is_paused:
            self.is_paused = False
            self.turn.release()


class Logtail(CommandLine):
    """logtail2, which looks for the rotated file by itself."""
    name = "logtail"

    @classmethod
    def version(cls):
        cls.path = shutil.which("logtail2", path=os.environ.get("PATH", "") + ":/usr/sbin")
        return cls.path and "logtail " + (first_line(["dpkg-query", "-W", "-f", "${Version}", "logtail"]) or "unknown")

    def command(self, path, state):
        return [self.path, "-f", path, "-o", state]


class Pygtail(CommandLine):
    """Whole lines only; its place is written after each line, and nothing waits in memory.

    It opens names in .gz, but under Python 3 ends with a TypeError at their first line, with these options or without.
    """
    name = "pygtail"

    @classmethod
    def version(cls):
        cls.path = shutil.which("pygtail")
        return cls.path and first_line([cls.path, "--version"]).replace("version ", "")

    def command(self, path, state):
        return [self.path, "--full_lines", "--paranoid", "-o", state, path]


# A run of one scenario with one reader.

class Run:
    def __init__(self, folder, kind, paths, names, kills, seed):
        self.folder, self.kills = folder, kills
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("logs", "data"):
            os.makedirs(os.path.join(folder, name))
        self.dice = random.Random(seed)
        # Numbers of the same length, so that the same count of lines is the same size.
        self.next, self.needed, self.packed, self.given_up = 1000, set(), set(), 0
        self.is_stopped = False
        self.note = ""
        wanted = [os.path.join(folder, "logs", name) for name in names] if paths == "name" else [f"{folder}/logs/*"]
        self.reader = kind(folder, wanted)

    def path(self, name):
        return os.path.join(self.folder, name if "/" in name else "logs/" + name)

    # Lines.

    def lines(self, count, is_needed=True, is_packed=False):
        numbers = range(self.next, self.next + count)
        self.next += count
        if is_needed:
            self.needed.update(numbers)
        if is_needed and is_packed:
            self.packed.update(numbers)
        return b"".join(line(number, "desk" if is_needed else "spare") for number in numbers)

    def add(self, name, content):
        """Appends bytes by one call, as a writer of logs does."""
        descriptor = os.open(self.path(name), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(descriptor, view):]
        finally:
            os.close(descriptor)
        self.between()

    def append(self, name, count):
        self.add(name, self.lines(count))

    def member(self, name, count):
        self.add(name, gzip.compress(self.lines(count, is_packed=True)))

    def rewrite(self, name, count):
        content = self.lines(count)
        with open(self.path(name), "wb", buffering=0) as file:
            file.write(content)
        self.between()

    # Names.

    def rename(self, name, to):
        os.rename(self.path(name), self.path(to))
        self.between()

    def copy_truncate(self, name, to):
        shutil.copyfile(self.path(name), self.path(to))
        os.truncate(self.path(name), 0)
        self.between()

    def remove(self, name):
        os.remove(self.path(name))
        self.between()

    def link(self, name, to):
        fresh = self.path("data/fresh")
        os.symlink(self.path(to), fresh)
        os.rename(fresh, self.path(name))
        self.between()

    def execute(self, *command):
        subprocess.run(command, check=True, timeout=60)
        self.between()

    def take_inode(self, name, inode, content):
        """A new file of that inode; tells whether there was such a one to be had."""
        others = []
        found = False
        for number in range(200):
            other = self.path(f"data/inode-{number}")
            with open(other, "wb", buffering=0) as file:
                file.write(content)
            if os.stat(other).st_ino == inode:
                os.rename(other, self.path(name))
                found = True
                break
            others.append(other)
        for other in others:
            os.remove(other)
        if not found:
            self.add(name, content)
            self.note = "inode not reused"

    # The reader.

    def between(self):
        """After each step; where the run kills, the reader is killed within half a second, and started again."""
        if self.kills and not self.is_stopped:
            time.sleep(self.dice.uniform(0, 0.4))
            self.reader.crash(self.dice)

    def stop(self):
        self.is_stopped = True
        if self.kills:
            self.reader.kill()
        else:
            self.reader.stop()

    def start(self):
        self.reader.start()
        self.is_stopped = False

    def settle(self, quiet=0.5, patience=PATIENCE):
        """Waits until nothing is missing, or nothing more comes. What is given up once is not waited for again."""
        before, changed = None, time.monotonic()
        end = changed + 90
        while time.monotonic() < end:
            now = self.reader.counts(self.needed, self.packed)
            if now != before:
                before, changed = now, time.monotonic()
            since = time.monotonic() - changed
            if since > (quiet if now[0] <= self.given_up else patience):
                break
            time.sleep(0.05)
        self.given_up = max(self.given_up, before[0])

    def result(self):
        lost, repeated, has_packed = self.reader.counts(self.needed, self.packed)
        is_unread = lost == len(self.needed) or bool(self.packed) and not has_packed
        return Result(lost, repeated, is_unread, self.note)


class Result:
    def __init__(self, lost, repeated, is_unread, note):
        self.lost, self.repeated, self.is_unread, self.note = lost, repeated, is_unread, note

    def rank(self):
        return (self.is_unread, abs(self.lost) + self.repeated)

    def text(self):
        parts = []
        if self.is_unread:
            parts.append("not read")
        else:
            parts += [f"{self.lost} lost"] if self.lost > 0 else []
            # More than was written, and none of it known as a repetition.
            parts += [f"{-self.lost} too many"] if self.lost < 0 else []
        parts += [f"{self.repeated} repeated"] if self.repeated else []
        return (", ".join(parts) or "ok") + (f" ({self.note})" if self.note else "")


# Archives that are made in pieces.

def pieces(run, counts, sure=None):
    """Packed pieces that end with a flush, and the end of the member; lines after the first `sure` may be lost."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    made = []
    for index, count in enumerate(counts):
        content = run.lines(count, is_needed=sure is None or index < sure, is_packed=True)
        made.append(packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH))
    return made, packer.flush()


# The scenarios.

def s1(run):
    run.add("app.log", b"")
    time.sleep(0.3)
    run.append("app.log", 3)


def s2(run):
    run.append("app.log", 5)
    content = run.lines(1)
    run.add("app.log", content[:60])
    time.sleep(1.5)
    run.add("app.log", content[60:])
    run.append("app.log", 2)


def s4(run):
    run.append("app.log", 20)
    run.settle()
    run.rename("app.log", "app.log.1")
    run.append("app.log", 10)
    run.append("app.log.1", 10)


def s5(run):
    run.append("app.log", 30)
    run.settle()
    run.copy_truncate("app.log", "app.log.1")
    run.append("app.log", 10)
    run.settle()
    run.append("app.log", 40)


def s5a(run):
    run.append("app.log", 300)
    run.settle()
    run.reader.pause()
    run.append("app.log", 900)
    run.copy_truncate("app.log", "app.log.1")
    run.append("app.log", 10)
    run.reader.resume()


def s6(run, count=40):
    run.append("app.log", 40)
    run.settle()
    run.reader.pause()
    run.rewrite("app.log", count)
    run.reader.resume()
    run.settle()
    run.append("app.log", 5)


def s6a(run):
    s6(run, 70)


def rotated(run, *command):
    run.append("app.log", 200)
    run.settle()
    run.reader.pause()
    run.append("app.log", 1500)
    run.rename("app.log", "app.log.1")
    run.execute(*command, run.path("app.log.1"))
    run.append("app.log", 50)
    run.reader.resume()


def s7(run):
    rotated(run, "gzip")


def s8(run):
    run.append("app.log", 200)
    run.settle()
    run.stop()
    run.append("app.log", 700)
    run.rename("app.log", "app.log.1")
    run.execute("gzip", run.path("app.log.1"))
    run.append("app.log", 50)
    run.start()


def s9(run):
    rotated(run, "gzip")
    run.settle()
    run.rename("app.log.1.gz", "app.log.2.gz")
    run.rename("app.log", "app.log.1")
    run.append("app.log", 10)
    run.execute("gzip", run.path("app.log.1"))


def s10(run):
    rotated(run, "zstd", "-q", "--rm")


def s11(run):
    run.add("app.log.gz", gzip.compress(run.lines(60, is_packed=True)) + gzip.compress(run.lines(40, is_packed=True)))


def s12(run):
    run.member("app.log.gz", 60)
    run.settle()
    run.member("app.log.gz", 30)


def s13(run):
    made, end = pieces(run, [50, 50, 50, 50, 30])
    for piece in made:
        run.add("app.log.gz", piece)
        time.sleep(0.7)
    run.add("app.log.gz", end)


def s15(run):
    content = gzip.compress(run.lines(300, is_packed=True))
    cuts = [0, 5, len(content) // 3, len(content) - 20, len(content) - 8, len(content) - 3, len(content)]
    for start, end in zip(cuts, cuts[1:]):
        run.add("app.log.gz", content[start:end])
        time.sleep(0.25)


def s16(run):
    made, _ = pieces(run, [50, 50, 50], sure=2)
    run.add("app.log.gz", made[0] + made[1] + made[2][:len(made[2]) // 2])


def s17(run):
    made, end = pieces(run, [50, 50, 50, 50], sure=2)
    hurt = bytearray(made[2])
    hurt[len(hurt) // 2] ^= 0x10
    run.add("app.log.gz", made[0] + made[1] + bytes(hurt) + made[3] + end)
    run.member("app.log.gz", 40)


def s22(run):
    run.append("data/a", 20)
    run.link("app.log", "data/a")
    run.settle()
    run.append("data/a", 10)
    run.settle()
    run.append("data/b", 20)
    run.link("app.log", "data/b")
    run.settle()
    run.append("data/b", 10)


def s23(run):
    with open(run.path("app.log"), "ab", buffering=0) as file:
        file.write(run.lines(40))
        run.settle()
        os.remove(run.path("app.log"))
        file.write(run.lines(30))
        run.settle()
        file.write(run.lines(10))
        run.settle()


def s24(run, count=20):
    run.append("app.log", 20)
    run.settle()
    run.stop()
    inode = os.stat(run.path("app.log")).st_ino
    os.remove(run.path("app.log"))
    run.take_inode("app.log", inode, run.lines(count))
    run.start()


def s24a(run):
    s24(run, 35)


def s25(run):
    noise = NOISE * (65_536 // len(NOISE) + 1)
    run.add("app.log", noise + run.lines(20))
    run.add("other.log", noise + run.lines(20))
    run.settle()
    run.append("app.log", 5)
    run.append("other.log", 5)


def s29(run):
    run.append("app.log", 5)
    run.add("app.log", b"x" * (10 << 20) + b"\n" + run.lines(5))


def s33(run):
    run.append("app.log", 60)
    content = gzip.compress(open(run.path("app.log"), "rb").read())
    run.add("app.log.gz", content)
    run.settle()
    run.append("app.log", 40)
    run.settle()
    run.append("app.log", 40)


def killed(run, rotate):
    """12 s of 1,000 lines a second, a rotation every 1.5 s, ten kills at random moments."""
    begun, seconds = time.monotonic(), 12
    kills = sorted(run.dice.uniform(0.3, seconds - 0.3) for _ in range(10))
    rotations, count = 0, 0
    while (now := time.monotonic() - begun) < seconds or kills:
        run.append("app.log", 10)
        if now > 1.5 * (rotations + 1):
            rotations += 1
            rotate(run, rotations)
        if kills and now > kills[0]:
            kills.pop(0)
            run.reader.crash(run.dice)
            count += 1
        time.sleep(0.01)
    run.settle()


def shift(run, rotations, ending=lambda number: ""):
    for number in range(rotations - 1, 0, -1):
        os.rename(run.path(f"app.log.{number}{ending(number)}"), run.path(f"app.log.{number + 1}{ending(number)}"))


def k1(run):
    def rotate(run, rotations):
        shift(run, rotations)
        os.rename(run.path("app.log"), run.path("app.log.1"))
    killed(run, rotate)


def k2(run):
    def rotate(run, rotations):
        shift(run, rotations)
        shutil.copyfile(run.path("app.log"), run.path("app.log.1"))
        os.truncate(run.path("app.log"), 0)
    killed(run, rotate)


def k3(run):
    # As logrotate does with delaycompress: the file of the last rotation is packed at the next one.
    def rotate(run, rotations):
        shift(run, rotations, lambda number: "" if number == 1 else ".gz")
        os.rename(run.path("app.log"), run.path("app.log.1"))
        if rotations > 1:
            subprocess.run(["gzip", run.path("app.log.2")], check=True, timeout=60)
    killed(run, rotate)


ARCHIVE = ["app.log.gz"]
SCENARIOS = [
    # Name, what happens, steps, names of the logs, whether it is run live and with kills.
    ("S1", "an empty file gets lines", s1, None, "both"),
    ("S2", "a line comes in two parts", s2, None, "both"),
    ("S4", "renamed, a new file, both written", s4, None, "both"),
    ("S5", "copied and truncated", s5, None, "both"),
    ("S5a", "the same with an unread tail", s5a, None, "both"),
    ("S6", "truncated, written anew to the same size", s6, None, "both"),
    ("S6a", "the same, to a larger size", s6a, None, "both"),
    ("S7", "half read, renamed, gzip, new file", s7, None, "both"),
    ("S8", "the same while the reader is stopped", s8, None, "both"),
    ("S9", "S7, then `.1.gz` to `.2.gz` and a new `.1.gz`", s9, None, "both"),
    ("S10", "S7 with zstd", s10, None, "both"),
    ("S11", "two gzip members in one file", s11, ARCHIVE, "both"),
    ("S12", "a member after the end of a read archive", s12, ARCHIVE, "both"),
    ("S13", "one member, flushed every 50 lines", s13, ARCHIVE, "both"),
    ("S15", "gzip arrives in six pieces", s15, ARCHIVE, "kills"),
    ("S16", "gzip that never ends", s16, ARCHIVE, "both"),
    ("S17", "a flipped byte, then another member", s17, ARCHIVE, "both"),
    ("S22", "a link moves to the next log", s22, None, "both"),
    ("S23", "unlinked while read, and still written", s23, None, "live"),
    ("S24", "a new file of the same size takes the inode, reader stopped", s24, None, "both"),
    ("S24a", "the same, larger", s24a, None, "both"),
    ("S25", "two logs with the same first 64 KiB", s25, ["app.log", "other.log"], "both"),
    ("S29", "a line of 10 MB between others", s29, None, "both"),
    ("S33", "`gzip -c` beside a log that goes on", s33, None, "both"),
    ("K1", "ten kills while written and renamed", k1, None, "moments"),
    ("K2", "ten kills while written and copied and truncated", k2, None, "moments"),
    ("K3", "ten kills while written, renamed, and packed at the next turn", k3, None, "moments"),
]


def once(folder, kind, scenario, paths, kills):
    """The result of one run; of another where somebody else had taken the inode."""
    for _ in range(5):
        result = attempt(folder, kind, scenario, paths, kills)
        if not result.note:
            break
    return result


def attempt(folder, kind, scenario, paths, kills):
    name, _, steps, names, _ = scenario
    where = os.path.join(folder, "-".join([kind.name, name, paths] + (["kills"] if kills else [])))
    run = Run(where, kind, paths, names or ["app.log"], kills, f"{SEED} {name}")
    try:
        run.start()
        steps(run)
        run.settle(quiet=2.0)
        return run.result()
    finally:
        run.kills = False
        run.reader.stop()


def better(folder, kind, scenario, kills):
    """The text of a cell."""
    try:
        if kind is Tailrace:
            return once(folder, kind, scenario, "folder", kills).text()
        results = {paths: once(folder, kind, scenario, paths, kills) for paths in ("folder", "name")}
        best = min(results, key=lambda paths: results[paths].rank())
        return results[best].text() + (" ¹" if best == "name" and not results[best].is_unread else "")
    except Exception:
        traceback.print_exc()
        return "failed"


def main():
    Tailrace.path, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    only = os.environ.get("PEERS_ONLY", "").split(",") if os.environ.get("PEERS_ONLY") else None
    kinds, versions, absent = [], [], []
    for kind in (Tailrace, Rsyslog, SyslogNG, Logtail, Pygtail):
        version = kind.version()
        if version and (not only or kind.name in only):
            kinds.append(kind)
            versions.append(version if kind is not Tailrace else f"Tailrace {version}")
        elif not version:
            absent.append(kind.name)
    scenarios = [scenario for scenario in SCENARIOS if not sys.argv[3:] or scenario[0] in sys.argv[3:]]
    if not shutil.which("zstd"):
        scenarios = [scenario for scenario in scenarios if scenario[2] is not s10]
        absent.append("zstd (S10)")
    rows = [(scenario, False) for scenario in scenarios if scenario[4] in ("both", "live")]
    rows += [(scenario, scenario[4] != "moments") for scenario in scenarios if scenario[4] != "live"]
    cells = {}
    try:
        # Mostly they wait.
        with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("PEERS_JOBS", "6"))) as pool:
            tasks = {pool.submit(better, folder, kind, scenario, kills): (scenario[0], kills, kind)
                     for scenario, kills in rows for kind in kinds}
            for number, task in enumerate(concurrent.futures.as_completed(tasks)):
                name, kills, kind = tasks[task]
                cells[tasks[task]] = task.result()
                print(f"{number + 1} of {len(tasks)}: {name}{' with kills' if kills else ''}, {kind.name}: "
                      f"{task.result()}", file=sys.stderr)
    finally:
        for process in list(STARTED):
            process.kill()

    head = "| | what happens | " + " | ".join(kind.name for kind in kinds) + " |"
    rule = "|---|---|" + "---|" * len(kinds)
    halves = [("Live", [row for row in rows if row[0][4] in ("both", "live") and not row[1]]),
              ("With kill -9", [row for row in rows if row[1] or row[0][4] == "moments"])]
    for title, half in halves:
        if not half:
            continue
        print(f"### {title}\n\n{head}\n{rule}")
        for scenario, kills in half:
            texts = [cells[scenario[0], kills, kind] for kind in kinds]
            print(f"| {scenario[0]} | {scenario[1]} | {' | '.join(texts)} |")
        right = [sum(cells[scenario[0], kills, kind].split(" ¹")[0] == "ok" for scenario, kills in half)
                 for kind in kinds]
        print(f"| | **right, of {len(half)}** | {' | '.join(f'**{count}**' for count in right)} |\n")
    print(f"Lines lost or repeated. ¹ reads only the name of the log; without the mark the whole folder (`logs/*`). Each "
          f"peer has the better of the two in each row. Seed {SEED}. {'; '.join(versions)}."
          + (f" Not here: {', '.join(absent)}." if absent else ""))


if __name__ == "__main__":
    main()
