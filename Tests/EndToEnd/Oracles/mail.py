"""Compares decoded messages with Python's reading of the same mbox: mail.py MBOX DECODED. Prints what differs.

DECODED holds one JSON object a line for each message, in order: subject, text, from, thread, parent, attachments,
recipients. Which parts count is told here again, in the words of Python's `email`; everything is decoded by it.
"""

import email.header
import email.policy
import email.utils
import gzip
import html.parser
import json
import mailbox
import re
import sys
import tempfile

told = {}


def tell(kind, number, text):
    told.setdefault(kind, []).append((number, text))


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("script", "style", "title")
        self.texts.append(" ")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style", "title") and self.hidden > 0
        self.texts.append(" ")

    def handle_data(self, data):
        if not self.hidden:
            self.texts.append(data)


def decoded(payload, charset):
    """As people see it: what is unlabelled is UTF-8, or else what Windows writes."""
    charset = (charset or "").lower()
    if charset in ("", "us-ascii", "ascii", "utf-8", "utf8"):
        try:
            return payload.decode("utf-8")
        except UnicodeDecodeError:
            return payload.decode("utf-8" if charset.startswith("utf") else "cp1252", "replace")
    charset = {"iso-8859-1": "cp1252", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "gb2312": "gb18030"}.get(charset, charset)
    try:
        return payload.decode(charset, "replace")
    except LookupError:
        try:
            return payload.decode("utf-8")
        except UnicodeDecodeError:
            return payload.decode("cp1252", "replace")


def texts(part):
    """The text of a part, and how many attachments it has."""
    if part.get_content_type() == "message/rfc822" or part.get_content_maintype() == "message":
        return "", 1
    if part.is_multipart():
        found = [texts(child) + (child,) for child in part.get_payload()]
        if part.get_content_type() == "multipart/alternative":
            best = None
            for text, _, child in found:
                plain = child.get_content_maintype() == "text" and child.get_content_type() != "text/html"
                if text.strip() and (plain or best is None or not best[1]):
                    best = (text, plain)
            return (best[0] if best else ""), sum(count for _, count, _ in found)
        return "\n".join(text for text, _, _ in found if text), sum(count for _, count, _ in found)
    if part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
        return "", 1
    payload = part.get_payload(decode=True)
    text = decoded(payload, part.get_content_charset())
    if part.get_content_type() == "text/html":
        page = Page()
        page.feed(text)
        page.close()
        text = "".join(page.texts)
    return text, 0


def header(message, name):
    value = message.get(name)
    if value is None:
        return ""
    parts = []
    raw = str(value) if not isinstance(value, email.header.Header) else value
    try:
        for text, charset in email.header.decode_header(raw):
            if isinstance(text, str):
                text = text.encode("utf-8", "surrogateescape")
            parts.append(decoded(text, None if charset in (None, "unknown-8bit") else charset))
    except (email.errors.HeaderParseError, ValueError):
        return None
    return "".join(parts)


def identifiers(message, name):
    value = message.get(name)
    return [found.strip() for found in re.findall(r"<([^>]*)>", str(value or "")) if found.strip()]


def plain(text):
    return re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip()


def letters(text):
    return "".join(character for character in text if character.isalpha()).lower()


with tempfile.NamedTemporaryFile() as unpacked:
    with gzip.open(sys.argv[1]) as packed:
        unpacked.write(packed.read())
    unpacked.flush()
    messages = list(mailbox.mbox(unpacked.name, create=False))
with open(sys.argv[2], encoding="utf-8") as file:
    found = [json.loads(line) for line in file]
if len(messages) != len(found):
    print(f"{len(found)} messages instead of {len(messages)}")

threads = set()
for number, (message, mine) in enumerate(zip(messages, found)):
    own = identifiers(message, "message-id") or [str(message.get("message-id", ""))]
    references, answered = identifiers(message, "references"), identifiers(message, "in-reply-to")
    parent = (references or answered or [""])[-1]
    thread = references[0] if references else parent or own[0]
    threads.add(thread)
    text, attachments = texts(message)
    text = re.sub(r"(?m)^>(>*From )", r"\1", text)
    senders = [address for _, address in email.utils.getaddresses([str(message.get("from", ""))]) if address]
    expected = {
        "subject": plain(header(message, "subject") or ""),
        "thread": thread,
        "parent": parent,
        "attachments": attachments,
        "from": senders[0] if senders else "",
    }
    for name, value in expected.items():
        given = plain(mine[name]) if isinstance(mine[name], str) else mine[name]
        if given != value:
            tell(name, number, f"{given!r} instead of {value!r}")
    if letters(mine["text"]) != letters(text):
        mine_letters, letters_of = letters(mine["text"]), letters(text)
        at = next((i for i, (a, b) in enumerate(zip(mine_letters, letters_of)) if a != b), min(len(mine_letters), len(letters_of)))
        tell("text", number, f"{mine_letters[max(0, at - 20):at + 30]!r} instead of {letters_of[max(0, at - 20):at + 30]!r}")
    elif plain(mine["text"]) != plain(text):
        a, b = plain(mine["text"]), plain(text)
        at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        tell("spaces", number, f"{a[max(0, at - 20):at + 30]!r} instead of {b[max(0, at - 20):at + 30]!r}")
if len(threads) != len({mine["thread"] for mine in found}):
    print(f"{len({mine['thread'] for mine in found})} threads instead of {len(threads)}")
for kind, cases in told.items():
    print(f"{kind}: {len(cases)} of {len(found)}")
    for number, text in cases[:4]:
        print(f"  message {number}: {text}")
