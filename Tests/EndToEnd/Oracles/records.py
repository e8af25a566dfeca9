"""Reads records of the format `tailrace` with Python's own json, and says what each of them is.

    records.py FILE

One line a record, as JSONDifferenceTests write it: its position, and `broken` (no JSON), `unfit` (no event), or the
event's fields. Where the scanner is meant to differ from json.loads, a rule below says so:

 1. Framing. A line ends at a line feed, one carriage return before it belongs to the line end. Zero bytes before a
    record are a hole. A line that is broken as a whole, and holds returns, two zero bytes in a row or a byte order
    mark at its start, is several records.
 2. A bare zero byte inside a string belongs to the string; any other control character breaks the record.
 3. More than 64 levels break a record.
 4. Half a surrogate pair is U+FFFD.
 5. Of a key that appears twice the last one counts, a null taking back what was there; numbers have no limit until
    somebody wants them.
 6. NaN and Infinity, which json.loads reads, are no JSON.
 7. Numbers are exact as far as an unsigned 64-bit integer holds their digits; further digits are dropped.
"""

import datetime
import json
import re
import sys

STREAMS = ["email", "ticket", "document"]
ACTIONS = """create revise send publish schedule assign start suspend resume complete return withdraw approve reject
    escalate read click reply share defer bounce unsubscribe complain outcome""".split()
ALIASES = {"enqueue": "schedule", "reopen": "return", "soft_bounce": "defer"}
TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?"
    r" ?(?:[Zz]|UTC|GMT|([+-])([0-9]{2})(?::?([0-9]{2}))?)")
BLANK = b" \t\n\v\f\r"
MARK = b"\xef\xbb\xbf"


class Broken(Exception):
    pass


class Unfit(Exception):
    pass


class Number(str):
    pass


class Members(list):
    pass


def refuse(_):
    raise Broken


def depth(value):
    deepest, todo = 0, [(value, 0)]
    while todo:
        value, level = todo.pop()
        if isinstance(value, Members):
            todo += [(member, level + 1) for _, member in value]
        elif isinstance(value, list):
            todo += [(element, level + 1) for element in value]
        else:
            continue
        deepest = max(deepest, level + 1)
    return deepest


def scalars(text):
    return "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in text)


def parse(record):
    try:
        text = record.decode("utf-8")
    except UnicodeDecodeError:
        raise Broken
    # Rule 2. Behind a backslash it is a broken escape.
    if re.search(r"(?<!\\)(?:\\\\)*\\\0", text):
        raise Broken
    text = text.replace("\0", "\\u0000")
    try:
        value = json.loads(
            text, object_pairs_hook=Members, parse_int=Number, parse_float=Number, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise Broken
    if not isinstance(value, Members) or depth(value) > 64:
        raise Broken
    return {scalars(key): member for key, member in value}


def decimal(text, decimals):
    whole, _, exponent = text.lower().partition("e")
    negative = whole.startswith("-")
    units, _, fraction = whole.lstrip("-").partition(".")
    scale = decimals + int(exponent or 0) - len(fraction)
    digits = (units + fraction).lstrip("0")
    mantissa, used = 0, 0
    while used < len(digits) and mantissa <= (2**64 - 10) // 10:
        mantissa, used = mantissa * 10 + int(digits[used]), used + 1
    scale += len(digits) - used
    if mantissa == 0:
        return 0
    if scale > 40:
        raise Unfit
    if scale >= 0:
        value = mantissa * 10**scale
    else:
        value = 0 if scale < -40 else (mantissa * 2 + 10**-scale) // (2 * 10**-scale)
    if value >= 2**63:
        raise Unfit
    return -value if negative else value


def moment(value):
    if isinstance(value, Number):
        scaled = decimal(value, 3)
        if scaled < 0:
            raise Unfit
        time = scaled // 1000 if scaled > 10**14 else scaled
    else:
        parts = TIME.fullmatch(value)
        if not parts:
            raise Unfit
        year, month, day, hour, minute, second = (int(part or 0) for part in parts.groups()[:6])
        try:
            days = (datetime.date(year, month, day) - datetime.date(1970, 1, 1)).days
        except ValueError:
            raise Unfit
        offset_h, offset_min = int(parts[9] or 0), int(parts[10] or 0)
        if hour > 23 or minute > 59 or second > 60 or offset_h > 23 or offset_min > 59:
            raise Unfit
        offset = (offset_h * 3600 + offset_min * 60) * (-1 if parts[8] == "-" else 1)
        time = (days * 86400 + hour * 3600 + minute * 60 + second - offset) * 1000
        time += int(((parts[7] or "") + "000")[:3])
    if not 0 <= time <= 4_102_444_799_999:
        raise Unfit
    return time


def text_of(members, name):
    value = members.get(name)
    if value is None:
        return b""
    if not isinstance(value, str) or isinstance(value, Number):
        raise Unfit
    return scalars(value).encode()


def name_of(members, name):
    text = text_of(members, name)
    if len(text) <= 200:
        return text
    return text[:200].decode("utf-8", "ignore").encode()


def number_of(members, name, decimals, absent, signed=False):
    value = members.get(name)
    if value is None:
        return absent
    if not isinstance(value, Number):
        raise Unfit
    number = decimal(value, decimals)
    if number < 0 and not signed:
        raise Unfit
    return number


def event(members):
    time = members.get("time")
    if not isinstance(time, str):
        raise Unfit
    stream, action = (text_of(members, name).decode() for name in ("stream", "action"))
    action = ALIASES.get(action, action)
    item = name_of(members, "item")
    if stream not in STREAMS or action not in ACTIONS or not item:
        raise Unfit
    origin, kind = (text_of(members, name).decode() for name in ("origin", "actor_kind"))
    content = text_of(members, "text")
    size, effort = number_of(members, "bytes", 0, -1), number_of(members, "effort", 3, -1)
    if size > 2**40 or effort > 10**12:
        raise Unfit
    names = ["stage", "actor", "team", "title", "category", "result", "reason", "currency"]
    fields = [moment(time), stream, action]
    fields += [origin if origin in ("human", "assisted", "automated") else "unknown"]
    fields += [kind if kind in ("human", "automated") else "unknown", item.hex()]
    fields += [str(name_of(members, name) in (b"", item)).lower() for name in ("case", "refers_to")]
    fields += [str(bool(text_of(members, "recipient"))).lower()]
    fields += [name_of(members, name).hex() for name in names]
    fields += [len(content) if size < 0 and content else size]
    fields += [min(number_of(members, "recipients", 0, -1), 2**31 - 1), effort]
    fields += [number_of(members, name, 4, -(2**63), signed=True) for name in ("amount", "limit")]
    fields += [str(bool(content)).lower()]
    return "|".join(str(field) for field in fields)


def told(record):
    try:
        return event(parse(record))
    except Broken:
        return "broken"
    except Unfit:
        return "unfit"


def is_seam(line, at, end):
    return line[at] == 13 or (line[at] == 0 and at + 1 < end and line[at + 1] == 0)


def records(data):
    """Rule 1: position and bytes of each record, and what it is."""
    start = 0
    while start < len(data):
        if data[start] == 0:
            start += 1
            continue
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        line = data[start:end]
        whole = line[:-1] if line.endswith(b"\r") else line
        if whole.strip(BLANK):
            verdict = told(whole)
            is_joined = whole.startswith(MARK) or any(is_seam(whole, at, len(whole)) for at in range(len(whole)))
            if verdict == "broken" and is_joined:
                at = 0
                while at < len(line):
                    if line[at] == 0:
                        at += 1
                    elif line.startswith(MARK, at):
                        at += 3
                    else:
                        stop = at
                        while stop < len(line) and not is_seam(line, stop, len(line)):
                            stop += 1
                        if line[at:stop].strip(BLANK):
                            yield start + at, told(line[at:stop])
                        at = stop + 1 if stop < len(line) and line[stop] == 13 else stop
            else:
                yield start, verdict
        start = end + 1


for position, verdict in records(open(sys.argv[1], "rb").read()):
    print(position, verdict)
