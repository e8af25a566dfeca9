#!/usr/bin/env python3
"""How well copies are named: bench-copies.py TAILRACE [options]. Prints tables in Markdown; takes two minutes.

Without `--labelled` and `--mbox`, sets that `copies.py` invents are measured: eight scripts, without and with a
disclaimer and signatures under every mail. Each set is replayed as a stream, every item retained.

An item is right if it is `exact`, `near` or `partial`, with at least the containment asked for, and the leader of its
family is of the same labelled family. Precision: right of those named. Recall: right of the items that had an item of
their family before them, every kind of copy among them, so at a high containment pastes and excerpts must be missed. A
containment is what share of the new item the older one has: of an excerpt under a sentence, most.

Beside it, where they are installed (`pip install datasketch py-tlsh`), over the same items in the same order, each
compared with all before it, not with leaders only:
- MinHash of 128 permutations (`datasketch`), over 5-word shingles, in scripts without spaces over 9-byte shingles; LSH
  of 64 bands of 2, and the estimated resemblance J of what it offers. The best is taken. J is about c/(2-c) of a
  containment c;
- TLSH (`py-tlsh`): the least distance to any.
MB/s of Tailrace are of the whole job, from NDJSON into the store, its start of some hundredths of a second included; of
the peers, of hashing and looking up texts that are in memory.
"""
import argparse
import collections
import email.header
import email.message
import gzip
import json
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import copies
import measuring
from measuring import table

try:
    import datasketch
except ImportError:
    datasketch = None
try:
    import tlsh
except ImportError:
    tlsh = None

CONTAINMENTS = (0.2, 0.3, 0.5, 0.7)
KIND_CONTAINMENT = 0.3
RESEMBLANCES = (0.2, 0.3, 0.5)
DISTANCES = (30, 70, 100)
SHINGLE_WORDS, SHINGLE_BYTES = 5, 9


class Set(NamedTuple):
    """Items in the order of their time, and whether words are told by spaces."""
    name: str
    items: Sequence[copies.Item]
    has_spaces: bool = True

    @property
    def megabytes(self) -> float:
        return sum(len(item.text.encode()) for item in self.items) / 1e6


class Name(NamedTuple):
    """What an item was taken for: the place of an earlier item, and how sure, the greater the surer."""
    score: float
    earlier: int


class Answers(NamedTuple):
    """A method's answers, one an item, None where it names none."""
    names: Sequence[Name | None]
    seconds: float


class Share(NamedTuple):
    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part / self.whole:.3f}" if self.whole else ""


def total(shares: Iterable[Share]) -> Share:
    return Share(*map(sum, zip((0, 0), *shares)))


# MARK: methods

def store_rows(tailrace: str, source: Path, folder: Path) -> tuple[sqlite3.Connection, dict]:
    """Replays a file with every item retained. The store's connection and the summary."""
    configuration, store = folder / "copies.yaml", folder / "copies.sqlite"
    configuration.write_text("retention: {items: all}\n")
    run = measuring.replay(tailrace, str(source), str(store), "--config", str(configuration))
    return sqlite3.connect(f"file:{store}?mode=ro", uri=True), json.loads(run.output)


def leaders(connection: sqlite3.Connection) -> dict[int, str]:
    """The leader of each family, also of one that has no row because it has no copies.

    Families are numbered as they are founded, by every item that is no copy. That is held against `v1_families`.
    """
    founders = connection.execute("SELECT item FROM v1_items WHERE relation NOT IN ('exact', 'near')")
    numbered = {number: item for number, (item,) in enumerate(founders, 1)}
    for family, leader in connection.execute("SELECT family, leader_item FROM v1_families"):
        if numbered.get(family) != leader:
            sys.exit(f"families are numbered otherwise now: {family} is led by {leader}, not by {numbered.get(family)}")
    return numbered


def ask_tailrace(tailrace: str, measured: Set, folder: Path) -> Answers:
    source = folder / "copies.ndjson"
    with open(source, "w", encoding="utf-8") as file:
        for item in measured.items:
            action = "send" if item.stream == "email" else "publish"
            event = {"time": item.time, "stream": item.stream, "action": action, "item": item.item,
                     "stage": "x", "actor": item.sender, "title": item.title, "text": item.text,
                     "bytes": len(item.text.encode())}
            file.write(json.dumps(event, ensure_ascii=False) + "\n")
    connection, summary = store_rows(tailrace, source, folder)
    if summary["rejected"]:
        sys.exit(f"{summary['rejected']} events of {measured.name} were rejected")
    places = {item.item: place for place, item in enumerate(measured.items)}
    led_by = leaders(connection)
    names: list[Name | None] = [None] * len(measured.items)
    for item, family, containment in connection.execute(
            "SELECT item, coalesce(repeats, family), containment FROM v1_items"
            " WHERE relation IN ('exact', 'near', 'partial') OR repeats IS NOT NULL"):
        names[places[item]] = Name(containment, places[led_by[family]])
    return Answers(names, summary["seconds"])


def shingles(text: str, has_spaces: bool) -> set[bytes]:
    if not has_spaces:
        data = "".join(text.split()).encode()
        return {data[at : at + SHINGLE_BYTES] for at in range(max(1, len(data) - SHINGLE_BYTES + 1))}
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[at : at + SHINGLE_WORDS]).encode() for at in range(max(1, len(words) - SHINGLE_WORDS + 1))}


def ask_minhash(measured: Set) -> Answers:
    begun = time.monotonic()
    lsh = datasketch.MinHashLSH(num_perm=128, params=(64, 2))
    hashes: list[datasketch.MinHash] = []
    names: list[Name | None] = []
    for place, item in enumerate(measured.items):
        minhash = datasketch.MinHash(num_perm=128)
        minhash.update_batch(shingles(item.text, measured.has_spaces))
        offered = lsh.query(minhash)
        names.append(max((Name(minhash.jaccard(hashes[at]), at) for at in offered), default=None,
                         key=lambda name: (name.score, -name.earlier)))
        hashes.append(minhash)
        lsh.insert(place, minhash)
    return Answers(names, time.monotonic() - begun)


def ask_tlsh(measured: Set) -> Answers:
    begun = time.monotonic()
    hashes: list[str] = []
    names: list[Name | None] = []
    for item in measured.items:
        digest = tlsh.hash(item.text.encode())
        names.append(max((Name(-tlsh.diff(digest, other), at) for at, other in enumerate(hashes)
                          if digest.startswith("T1") and other.startswith("T1")),
                         default=None, key=lambda name: (name.score, -name.earlier)))
        hashes.append(digest)
    return Answers(names, time.monotonic() - begun)


# MARK: measures

def followers(items: Sequence[copies.Item]) -> set[int]:
    """Places of the items that come after another of their family."""
    seen: set[str] = set()
    found = set()
    for place, item in enumerate(items):
        if item.family in seen:
            found.add(place)
        elif item.family is not None:
            seen.add(item.family)
    return found


def is_right(items: Sequence[copies.Item], place: int, name: Name) -> bool:
    return items[place].family is not None and items[place].family == items[name.earlier].family


def measure(measured: Set, answers: Answers, threshold: float) -> tuple[Share, Share]:
    """Precision and recall."""
    named = [(place, name) for place, name in enumerate(answers.names) if name and name.score >= threshold - 1e-9]
    right = sum(is_right(measured.items, place, name) for place, name in named)
    return Share(right, len(named)), Share(right, len(followers(measured.items)))


def recall_by_kind(measured: Set, answers: Answers, threshold: float) -> dict[str, Share]:
    shares: dict[str, Share] = {}
    for place in sorted(followers(measured.items)):
        name, kind = answers.names[place], measured.items[place].kind
        right = name is not None and name.score >= threshold - 1e-9 and is_right(measured.items, place, name)
        shares[kind] = total([shares.get(kind, Share(0, 0)), Share(int(right), 1)])
    return shares


def singles_flagged(measured: Set, answers: Answers, threshold: float) -> Share:
    singles = [name for item, name in zip(measured.items, answers.names) if item.kind == "single"]
    return Share(sum(name is not None and name.score >= threshold - 1e-9 for name in singles), len(singles))


# MARK: report

def report(sets: Sequence[Set], tailrace: str, folder: Path, misses: int, has_peers: bool) -> None:
    progress = measuring.Progress()
    own = []
    for measured in sets:
        own.append(ask_tailrace(tailrace, measured, folder))
        progress.tell(f"{measured.name}: {len(measured.items)} items, {measured.megabytes:.1f} MB")
    print("### Named by containment: precision (P) and recall (R)\n")
    head = ["set", "items", "copies", *(f"P ≥ {c}" for c in CONTAINMENTS), *(f"R ≥ {c}" for c in CONTAINMENTS),
            *(f"singles flagged ≥ {c}" for c in CONTAINMENTS[:2]), "MB/s"]
    rows = []
    for measured, answers in zip(sets, own):
        both = [measure(measured, answers, c) for c in CONTAINMENTS]
        rows.append([measured.name, f"{len(measured.items):,}", f"{len(followers(measured.items)):,}",
                     *(str(precision) for precision, _ in both), *(str(recall) for _, recall in both),
                     *(str(singles_flagged(measured, answers, c)) for c in CONTAINMENTS[:2]),
                     f"{measured.megabytes / answers.seconds:.0f}"])
    print(table(head, rows))
    print_kinds(f"Recall by kind, containment ≥ {KIND_CONTAINMENT}", sets, own, KIND_CONTAINMENT)

    print("\n### Precision and recall over thresholds, all sets together\n")
    rows = []
    for step in range(4, 21):
        both = [measure(measured, answers, step / 20) for measured, answers in zip(sets, own)]
        flagged = [singles_flagged(measured, answers, step / 20) for measured, answers in zip(sets, own)]
        rows.append([f"{step / 20:.2f}", *(str(total(shares)) for shares in zip(*both)), str(total(flagged))])
    print(table(["containment ≥", "precision", "recall", "singles flagged"], rows))
    if has_peers:
        report_peers(sets, own, progress)
    for measured, answers in zip(sets, own):
        print_misses(measured, answers, misses)


def print_kinds(title: str, sets: Sequence[Set], all_answers: Sequence[Answers], threshold: float) -> None:
    shares = [recall_by_kind(measured, answers, threshold) for measured, answers in zip(sets, all_answers)]
    kinds = sorted({kind for share in shares for kind in share}, key=lambda kind: (
        copies.COPY_KINDS.index(kind) if kind in copies.COPY_KINDS else len(copies.COPY_KINDS), len(kind), kind))
    print(f"\n### {title}\n")
    print(table(["set", *kinds], [[measured.name, *(str(share.get(kind, "")) for kind in kinds)]
                                  for measured, share in zip(sets, shares)]))


def report_peers(sets: Sequence[Set], own: Sequence[Answers], progress: measuring.Progress) -> None:
    print("\n### Beside others: precision / recall, MB/s\n")
    head = ["set", *(f"Tailrace c ≥ {c}" for c in CONTAINMENTS[:3]), "MB/s"]
    columns: list[tuple[Sequence[Answers], Sequence[float]]] = [(own, CONTAINMENTS[:3])]
    minhash = None
    if datasketch:
        minhash = [ask_minhash(measured) for measured in sets]
        columns.append((minhash, RESEMBLANCES))
        head += [*(f"MinHash J ≥ {j}" for j in RESEMBLANCES), "MB/s"]
        progress.tell("MinHash")
    if tlsh:
        columns.append(([ask_tlsh(measured) for measured in sets], [-distance for distance in DISTANCES]))
        head += [*(f"TLSH ≤ {distance}" for distance in DISTANCES), "MB/s"]
        progress.tell("TLSH")
    rows = []
    for at, measured in enumerate(sets):
        row = [measured.name]
        for answers, thresholds in columns:
            row += [" / ".join(map(str, measure(measured, answers[at], threshold))) for threshold in thresholds]
            row.append(f"{measured.megabytes / answers[at].seconds:.1f}")
        rows.append(row)
    print(table(head, rows))
    for name, module in (("datasketch", datasketch), ("py-tlsh", tlsh)):
        if not module:
            print(f"\n{name}: not installed")
    if minhash:
        print_kinds(f"Recall by kind, MinHash J ≥ {RESEMBLANCES[0]}", sets, minhash, RESEMBLANCES[0])


def print_misses(measured: Set, answers: Answers, count: int) -> None:
    """What is wrong, to be looked at: falsely named first, then copies without the right name."""
    after = followers(measured.items)
    for place, (item, name) in enumerate(zip(measured.items, answers.names)):
        right = name is not None and is_right(measured.items, place, name)
        if count == 0 or right or (name is None and place not in after):
            continue
        count -= 1
        taken = f"{measured.items[name.earlier].item} at {name.score:.3f}" if name else "nothing"
        print(f"\n{measured.name}: {item.item}, {item.kind}, {len(item.text):,} characters, taken for {taken}")


# MARK: labelled files

def labelled(path: str) -> Set:
    """A set of the user's own: JSON lines with `id`, `family` (null for none), `kind`, `text`, in the order of time.

    They name no senders; forty take turns.
    """
    items = []
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8") as file:
            lines = list(file)
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{path}: {error}")
    for at, line in enumerate(lines):
        try:
            row = json.loads(line)
            items.append(copies.Item(row["id"], row["family"], row["kind"], f"sender{at % copies.SENDERS}", row["id"],
                                     row["text"], copies.BEGIN + 60 * at))
        except (ValueError, KeyError, TypeError) as error:
            sys.exit(f"{path}:{at + 1}: {error!r}; a line is a JSON object with id, family, kind and text")
    return Set(re.sub(r"\.jsonl(\.gz)?$", "", Path(path).name), items)


# MARK: mail archives

class Mail(NamedTuple):
    item: str
    subject: str
    body: str  # letters only, of small case


def mails(paths: Iterable[str]) -> dict[str, Mail]:
    """Messages by their identifier, read by Python's own parser."""
    found: dict[str, Mail] = {}
    for path in paths:
        with gzip.open(path, "rb") if path.endswith(".gz") else open(path, "rb") as file:
            data = file.read()
        for raw in re.split(rb"(?:\A|\n\n)From [^\n]*\d\d:\d\d:\d\d[^\n]*\n", data)[1:]:
            message = email.message_from_bytes(re.sub(rb"(?m)^>(>*From )", rb"\1", raw))
            name = str(message["message-id"] or "").strip().strip("<>")
            if name and name not in found:
                found[name] = Mail(name, subject(message), "".join(filter(str.isalpha, body(message).casefold())))
    return found


def subject(message: email.message.Message) -> str:
    try:
        decoded = email.header.decode_header(str(message["subject"] or ""))
        text = "".join(part.decode(charset or "ascii", "replace") if isinstance(part, bytes) else part
                       for part, charset in decoded)
    except (LookupError, ValueError):
        text = str(message["subject"])
    return " ".join(text.split())


def body(message: email.message.Message) -> str:
    """The plain text parts."""
    texts = []
    for part in message.walk():
        if part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment":
            data = part.get_payload(decode=True) or b""
            try:
                texts.append(data.decode(part.get_content_charset("utf-8"), "replace"))
            except LookupError:
                texts.append(data.decode("latin-1"))
    return "\n".join(texts)


def patch(text: str) -> tuple[str, int, bool] | None:
    """Of a subject `[PATCH v2 3/7] title`: title, version, whether it says it is sent again. Replies are none."""
    match = re.match(r"((?:\[[^\]]*\]\s*)+)(.+)", text)
    if not match or not re.search(r"\b(patch|rfc)", match[1], re.IGNORECASE):
        return None
    version = re.search(r"\bv ?(\d+)\b", match[1], re.IGNORECASE)
    return (" ".join(match[2].casefold().split()), int(version[1]) if version else 1,
            bool(re.search("resend|repost", text, re.IGNORECASE)))


def report_archive(paths: Sequence[str], tailrace: str, folder: Path, seed: int) -> None:
    known = mails(paths)
    inbox = folder / "archive"
    inbox.mkdir(exist_ok=True)
    for at, path in enumerate(paths):
        (inbox / f"{at}-{Path(path).name}").write_bytes(Path(path).read_bytes())
    connection, summary = store_rows(tailrace, inbox, folder)
    led_by = leaders(connection)
    rows = connection.execute(
        "SELECT item, relation, coalesce(repeats, CASE WHEN relation IN ('exact', 'near') THEN family END), containment"
        " FROM v1_items").fetchall()
    bodies: set[str] = set()
    titles: dict[str, list[tuple[int, str]]] = {}
    repeats = {"in the store and by the count": 0, "by the count only": 0, "in the store only": 0}
    outcomes: collections.Counter[str] = collections.Counter()
    unread = 0
    hits, missed = [], []
    for item, relation, family, containment in rows:
        mail = known.get(item)
        if mail is None:
            unread += 1
            continue
        # A message of HTML alone has no body here, and is not counted.
        is_repeat = mail.body in bodies and mail.body != ""
        if is_repeat and relation == "exact":
            repeats["in the store and by the count"] += 1
        elif is_repeat:
            repeats["by the count only"] += 1
        elif relation == "exact":
            repeats["in the store only"] += 1
        bodies.add(mail.body)
        if (described := patch(mail.subject)) is None:
            continue
        title, version, is_again = described
        earlier = titles.setdefault(title, [])
        if earlier and (is_again or any(other < version for other, _ in earlier)):
            outcomes[relation] += 1
            leader = known.get(led_by.get(family, "")) if family is not None else None
            told = patch(leader.subject) if leader else None
            line = (mail.subject, relation, f"{containment:.2f}" if containment is not None else "",
                    leader.subject if leader else "", mail.item)
            if told and told[0] == title:
                outcomes["taken for one of the same title"] += 1
            (hits if leader else missed).append(line)
        earlier.append((version, mail.item))
    print(f"\n### Mail archive: {len(rows):,} messages with content, {summary['bytes'] / 1e6:.1f} MB, "
          f"{summary['bytes'] / 1e6 / summary['seconds']:.0f} MB/s\n")
    print(table(["exact repeats of bodies", "messages"],
                [[name, str(count)] for name, count in repeats.items()] + [["not read by the count", str(unread)]]))
    print()
    print(table(["resends, and patches of a later version", "messages"],
                [[name, str(count)] for name, count in sorted(outcomes.items())]
                + [["share taken for any earlier one", str(Share(len(hits), len(hits) + len(missed)))]]))
    rng = random.Random(seed)
    for title, lines in (("Ten hits", hits), ("Ten misses", missed)):
        print(f"\n### {title}\n")
        chosen = [[cell.replace("|", "\\|") for cell in line] for line in rng.sample(lines, min(10, len(lines)))]
        print(table(["subject", "relation", "containment", "taken for", "message"], chosen, text_columns=5))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tailrace", help="the program")
    parser.add_argument("--seed", type=int, default=1, help="of what is invented and sampled; 1 by default")
    parser.add_argument("--scripts", default=",".join(copies.SCRIPTS), help="some of " + ", ".join(copies.SCRIPTS))
    parser.add_argument("--families", type=int, default=60,
                        help="in each set, three times as many in the Latin one; 60 by default")
    parser.add_argument("--labelled", nargs="+", default=[], metavar="FILE", help="labelled sets (.jsonl, .jsonl.gz)")
    parser.add_argument("--mbox", nargs="+", default=[], metavar="FILE", help="mail archives (.mbox, .mbox.gz)")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print N wrong answers of each set")
    parser.add_argument("--without-peers", action="store_true", help="Tailrace alone")
    arguments = parser.parse_args()
    sets = [labelled(path) for path in arguments.labelled]
    if not sets and not arguments.mbox:
        print(f"Seed {arguments.seed}.\n")
        for name in arguments.scripts.split(","):
            script = copies.SCRIPTS[name]
            families = arguments.families * (3 if name == "Latin" else 1)
            for boilerplate in (False, True):
                items = copies.labelled_set(script, families=families, singles=families * 5 // 2,
                                            documents=max(1, families * 3 // 40), boilerplate=boilerplate,
                                            seed=arguments.seed)
                sets.append(Set(name + (", boilerplate" if boilerplate else ""), items, bool(script.space)))
    with tempfile.TemporaryDirectory() as folder:
        if sets:
            report(sets, arguments.tailrace, Path(folder), arguments.misses, not arguments.without_peers)
        if arguments.mbox:
            report_archive(arguments.mbox, arguments.tailrace, Path(folder), arguments.seed)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"bench-copies: {error}")
