"""Writes a short piece of the sample logs: excerpt.py SAMPLES TARGET FROM UNTIL (local dates). For runs that are many.

TARGET gets tickets.ndjson.gz (many members), documents.ndjson.zst (plain where there is no zstd), mail.ndjson,
finance.ndjson.gz and loans.csv.gz (in no order); with `shuffled SEED` at the end, ordered.ndjson and
shuffled/ordered.ndjson instead, the same good records in two orders. Records of one moment keep their order there.
"""

import glob
import gzip
import os
import random
import shutil
import subprocess
import sys

import logs

samples, target, first, until, *shuffle = sys.argv[1:]


def lines(kind):
    """Lines of one kind of log between the dates; records without a time go with their neighbours."""
    kept = []
    is_inside = False
    for path in sorted(glob.glob(os.path.join(samples, kind, "*"))):
        for line in (logs.content(path) or b"").split(b"\n"):
            place = line.find(b'"time":"')
            if place >= 0 and line[place + 8 : place + 10] == b"20":
                is_inside = first.encode() <= line[place + 8 : place + 18] < until.encode()
            if is_inside and line:
                kept.append(line + b"\n")
    return kept


def write_gzip(name, parts):
    with open(os.path.join(target, name), "wb") as file:
        for part in parts:
            file.write(gzip.compress(part, mtime=0))


def write_shuffled(seed):
    good = []
    for number, (_, fields) in enumerate(records := list(logs.json_records(b"".join(lines("tickets"))))):
        try:
            good.append((logs.event(dict(fields or {}))["ms"], number))
        except logs.Rejected:
            continue
    good.sort()
    text = [line for line in b"".join(lines("tickets")).split(b"\n") if line.strip()]
    assert len(text) == len(records)
    mixed = good[:]
    random.Random(seed).shuffle(mixed)
    in_order = {}
    for moment, number in good:
        in_order.setdefault(moment, []).append(number)
    for moment in in_order:
        in_order[moment].reverse()
    mixed = [(moment, in_order[moment].pop()) for moment, _ in mixed]
    os.makedirs(os.path.join(target, "shuffled"))
    for name, order in (("ordered.ndjson", good), ("shuffled/ordered.ndjson", mixed)):
        with open(os.path.join(target, name), "wb") as file:
            file.writelines(text[number] + b"\n" for _, number in order)


if shuffle:
    write_shuffled(int(shuffle[1]))
else:
    tickets = lines("tickets")
    write_gzip("tickets.ndjson.gz", [b"".join(tickets[at : at + 500]) for at in range(0, len(tickets), 500)])
    write_gzip("finance.ndjson.gz", [b"".join(lines("finance"))])
    with open(os.path.join(target, "mail.ndjson"), "wb") as file:
        file.writelines(lines("mail"))
    rows = logs.content(os.path.join(samples, "loans", "2026-h1.csv.gz")).split(b"\n")
    kept = [row for row in rows[1:] if any(first.encode() <= field[:10] < until.encode() for field in row.split(b","))]
    write_gzip("loans.csv.gz", [b"\n".join([rows[0]] + kept) + b"\n"])
    documents = b"".join(lines("documents"))
    if shutil.which("zstd"):
        with open(os.path.join(target, "documents.ndjson.zst"), "wb") as file:
            subprocess.run(["zstd", "-qc"], input=documents, stdout=file, check=True)
    else:
        with open(os.path.join(target, "documents.ndjson"), "wb") as file:
            file.write(documents)
