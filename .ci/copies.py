"""Writes the mails and documents of an invented organisation, with copies whose originals are known.

The words are invented in eight scripts, out of each script's own letters and with lengths as they are in running text;
the commonest little words are real. What makes the copies hard to tell is in the text: families of one topic use the
same words and stock phrases, words have favourite successors, and the organisation has phrases of its own.

A text is a list of sentences, a sentence a list of tokens: edits work on words, in scripts without spaces as well.
"""
import random
import re
import textwrap
from collections.abc import Callable, Sequence
from typing import NamedTuple

COPY_KINDS = ("exact", "quote", "digits", "names3", "names5", "reword5", "reword10", "reword20", "sentshuffle",
              "paste50", "paste25")
KINDS_A_FAMILY = 6
# A working day; the labelled span is sixty of them.
DAY, DAYS, BEGIN = 86_400, 60, 1_767_600_000
DOCUMENT_BYTES = 100_000
SENDERS = 40


class Item(NamedTuple):
    """A mail or a document. `family` is None for what has no copies."""
    item: str
    family: str | None
    kind: str
    sender: str
    title: str
    text: str
    time: int
    stream: str = "email"


class Token(NamedTuple):
    kind: str  # word, name or number
    text: str


Text = list[list[Token]]
Invent = Callable[[random.Random], str]


class Script(NamedTuple):
    """How texts of a script are made: `word` and `person` invent one, `little` are the commonest words."""
    name: str
    word: Invent
    person: Invent
    little: Sequence[str]
    space: str = " "
    stop: str = "."
    comma: str = ","
    digits: Sequence[str] = ("0123456789",)
    wrote: str = "{date}, {name}:"


# MARK: words

def syllabic(onsets: str, vowels: str, codas: str, endings: str, counts: tuple[int, ...]) -> Invent:
    """Words of syllables; `counts` weighs one, two, … of them. Codas are rare but at the end; `_` is none."""
    onset, vowel, coda, ending = (part.replace("_", "").split(" ") for part in (onsets, vowels, codas, endings))

    def word(rng: random.Random) -> str:
        count = rng.choices(range(1, len(counts) + 1), counts)[0]
        stem = "".join(rng.choice(onset) + rng.choice(vowel) + (rng.choice(coda) if rng.random() < 0.3 else "")
                       for _ in range(count))
        return stem + (rng.choice(ending) if count > 1 else rng.choice(coda))
    return word


def characters(first: int, last: int, common: int, counts: tuple[int, ...]) -> Invent:
    """Words of some characters of a block, of which the first are the commonest."""
    chosen = random.Random(first).sample([chr(code) for code in range(first, last)], common)
    weights = [1 / (rank + 20) for rank in range(common)]
    return lambda rng: "".join(rng.choices(chosen, weights, k=rng.choices(range(1, len(counts) + 1), counts)[0]))


def arabic(rng: random.Random) -> str:
    """A root of three consonants in one of the usual patterns."""
    root = [rng.choice("بتثجحخدذرزسشصضطعغفقكلمنهوي") for _ in range(3)]
    patterns = "123 1ا23 م12و3 ت12ي3 است12ا3 12ا3ة م1ا23ة 12ي3 ا12ا3 1و3ات م12ون"
    pattern = rng.choice(patterns.split())
    stem = "".join(root[int(letter) - 1] if letter in "123" else letter for letter in pattern)
    return ("ال" if rng.random() < 0.4 else "") + stem


def thai(rng: random.Random) -> str:
    consonants = "กขคงจชซดตถทนบปผพฟมยรลวสหอ"
    word = ""
    for _ in range(rng.choices((1, 2, 3), (60, 33, 7))[0]):
        before = rng.choice("เแโไใ") if rng.random() < 0.3 else ""
        tone = rng.choice("่้") if rng.random() < 0.3 else ""
        after = "" if before else rng.choice("าะิีุูัำ")
        marks = tone + after if after in "าะำ" else after + tone
        word += before + rng.choice(consonants) + marks + (rng.choice("นงมกดบยว") if rng.random() < 0.5 else "")
    return word


def japanese() -> Invent:
    kanji = characters(0x4E00, 0x9FA0, 1200, (1, 8, 1))
    kana = syllabic("カ キ ク コ サ シ ス タ テ ト ナ ネ ノ ハ フ マ ミ メ ラ リ ル レ ロ", "_ ー ン _", "_ ッ", "ト ル ス ム ド ー", (0, 3, 4, 2))
    endings = ("する", "した", "して", "される", "された", "しています", "しました", "します", "できる", "について", "による", "ため", "など", "い", "り")

    def word(rng: random.Random) -> str:
        kind = rng.random()
        return kana(rng) if kind < 0.1 else kanji(rng) + (rng.choice(endings) if kind < 0.35 else "")
    return word


def capital(word: Invent) -> Invent:
    """Full names in a script that has capitals, or none; one word as often as two."""
    return lambda rng: " ".join(word(rng).capitalize() for _ in range(rng.choice((1, 2))))


ENGLISH = syllabic("b c d f g h l m n p r s t v w b c d f l m n p r s t w br cl pr sh st th tr _ _ _",
                   "a e i o u a e i o a e i o ea ou", "_ _ n r s t l d nd nt st ck m",
                   "_ _ _ _ s s ed ing er ion ly al ment", (35, 47, 17, 1))
ACCENTED = syllabic("b d f g h k l m n p r s t v w z b d f g k l m n r s t br fr gr pr sch st tr _ _",
                    "a e i o u a e i e e ä ö ü é è ê ei au ou", "_ _ n r s t l nd nt ß rt m",
                    "_ _ _ en er e es ung lich keit ité ées ment", (28, 47, 22, 3))
CYRILLIC = syllabic("б в г д ж з к л м н п р с т ф х ч ш б в г д к л м н п р с т пр ст тр по _ _",
                    "а е и о у ы я ю а о и е", "_ н р с т л м в й",
                    "_ а у е ы ов ом ый ого ать ия ии ость ение ании", (22, 48, 26, 4))
GREEK = syllabic("β γ δ θ κ λ μ ν ξ π ρ σ τ φ χ ψ γ δ κ λ μ ν π ρ σ τ στ πρ κρ _ _",
                 "α ε η ι ο υ ω ά έ ή ί ό α ε ο ου αι ει",
                 "_ _ ν ρ σ λ μ", "ς η α ο ει ση ων ία εις ους ματα ικός", (22, 48, 26, 4))
CHINESE = characters(0x4E00, 0x9FA0, 2000, (15, 70, 10, 5))
KANJI = characters(0x4E00, 0x9FA0, 300, (0, 1))
JAPANESE = japanese()

SCRIPTS = {script.name: script for script in (
    Script("Latin", ENGLISH, capital(ENGLISH),
           "the of to and a in for is on that by this with you it not be are from at as your have we can our".split(),
           wrote="On {date}, {name} wrote:"),
    Script("accented", ACCENTED, capital(ACCENTED),
           "der die und in den von zu das mit sich für ist im dem nicht ein à été être les des une est pour où".split(),
           wrote="Am {date} schrieb {name}:"),
    Script("Cyrillic", CYRILLIC, capital(CYRILLIC),
           "и в на с по не что за к от для о из до при как мы вы это или бы он их так если".split(),
           wrote="{date} {name} пишет:"),
    Script("Greek", GREEK, capital(GREEK),
           "και το να του η της με που για των στο σε από θα είναι την τα δεν τον οι στη ως ή".split(),
           wrote="Στις {date}, {name} έγραψε:"),
    Script("Arabic", arabic, capital(arabic),
           "في من على إلى أن عن مع هذا هذه التي الذي كان لا ما أو ثم قد كل بعد بين".split(),
           comma="،", digits=("0123456789", "٠١٢٣٤٥٦٧٨٩"), wrote="في {date} كتب {name}:"),
    Script("Chinese", CHINESE, lambda rng: KANJI(rng) + rng.choice(("", KANJI(rng)[:1])),
           "的 了 在 是 和 有 我们 请 与 为 对 于 将 不 也 及 已 可以 进行".split(), "", "。", "，", wrote="{name} {date} 写道："),
    Script("Japanese", JAPANESE, lambda rng: KANJI(rng) + KANJI(rng),
           "は が を に で の と も から まで より や へ です ます こと".split(), "", "。", "、", ("0123456789", "０１２３４５６７８９"),
           wrote="{date} {name}："),
    Script("Thai", thai, lambda rng: thai(rng) + thai(rng),
           "ที่ และ ของ ใน เป็น ได้ ให้ จะ ไม่ มี การ ความ กับ ว่า จาก โดย นี้".split(), "", " ", " ",
           ("0123456789", "๐๑๒๓๔๕๖๗๘๙"), wrote="{date} {name} เขียนว่า"),
)}


# MARK: sentences

class Writer:
    """Writes the texts of the organisation: its vocabulary, topics, phrases and people are its own."""

    def __init__(self, script: Script, rng: random.Random) -> None:
        self.script, self.rng = script, rng
        self.common = [script.word(rng) for _ in range(1500)]
        self.topics = [[script.word(rng) for _ in range(300)] for _ in range(10)]
        self.people = [script.person(rng) for _ in range(300)]
        self.followers: dict[str, list[str]] = {}
        self.phrases = [[self.phrase(topic) for _ in range(15)] for topic in range(len(self.topics))]
        self.house = [self.phrase(rng.randrange(len(self.topics))) for _ in range(15)]

    def pick(self, words: Sequence[str]) -> str:
        """The earlier, the oftener: Zipf's law, but that the first few words are about as frequent (Mandelbrot)."""
        first = 4
        return words[int(first * ((len(words) + first) / first) ** self.rng.random()) - first]

    def next(self, word: str, topic: int) -> str:
        rng = self.rng
        if rng.random() < 0.25 and word:
            if word not in self.followers:
                self.followers[word] = [self.pick(self.topics[topic] + self.common) for _ in range(4)]
            return rng.choice(self.followers[word])
        if rng.random() < 0.4:
            return self.pick(self.script.little)
        return self.pick(self.topics[topic] if rng.random() < 0.5 else self.common)

    def phrase(self, topic: int) -> list[str]:
        words = [""]
        for _ in range(self.rng.randint(3, 6)):
            words.append(self.next(words[-1], topic))
        return words[1:]

    def number(self) -> Token:
        rng = self.rng
        return Token("number", rng.choice(("{0:,}", "{1}.{2:02}.2026", "{0}", "{1}:{3}", "#{0}")).format(
            rng.randint(100, 99_999), rng.randint(1, 28), rng.randint(1, 12), rng.randint(10, 59)))

    def sentence(self, topic: int, cast: Sequence[str]) -> list[Token]:
        rng, tokens = self.rng, []
        length = rng.randint(6, 22)
        while len(tokens) < length:
            chance = rng.random()
            if chance < 0.015:
                words = rng.choice(self.phrases[topic] if rng.random() < 0.7 else self.house)
                tokens += [Token("word", word) for word in words]
            elif chance < 0.045 and cast:
                tokens.append(Token("name", rng.choice(cast)))
            elif chance < 0.085:
                tokens.append(self.number())
            else:
                word = self.next(tokens[-1].text if tokens else "", topic)
                comma = self.script.comma if rng.random() < 0.06 else ""
                tokens.append(Token("word", word + comma))
        return tokens

    def text(self, topic: int, characters: int, byte_count: int = 0) -> Text:
        """Sentences of a topic, of about so many characters (or bytes), with three to eight people in them."""
        cast = self.rng.sample(self.people, self.rng.randint(5, 8) if characters > 600 else 3)
        text: Text = []
        size = 0
        while size < max(characters, byte_count):
            text.append(self.sentence(topic, cast))
            shown = self.render(text[-1:])
            size += len(shown.encode()) if byte_count else len(shown)
        for name in cast[:5]:
            if not any(token.text == name for sentence in text for token in sentence):
                sentence = self.rng.choice(text)
                sentence.insert(self.rng.randint(0, len(sentence)), Token("name", name))
        return text

    def render(self, text: Text) -> str:
        """The text as it is written; a new paragraph after every fourth sentence."""
        shown = []
        for at, sentence in enumerate(text):
            line = self.script.space.join(token.text for token in sentence).rstrip(self.script.comma) + self.script.stop
            shown.append(line[0].upper() + line[1:] + ("\n\n" if at % 4 == 3 else self.script.space))
        return "".join(shown).strip()

    def title(self, text: Text) -> str:
        return self.script.space.join(token.text for token in text[0][:5])

    def signature(self, name: str) -> str:
        """Name, office, street, telephone. Every second one stands under the dashes that mail programs know."""
        lines = [name, *(self.script.space.join(self.phrase(0)) for _ in range(2))]
        lines.append(f"+{self.rng.randint(10**9, 10**10)}")
        return ("-- \n" if self.rng.random() < 0.5 else "") + "\n".join(lines)


# MARK: edits

def renamed(text: Text, count: int, writer: Writer) -> Text:
    names = sorted({token.text for sentence in text for token in sentence if token.kind == "name"})
    chosen = writer.rng.sample(names, min(count, len(names)))
    others = {name: writer.rng.choice(writer.people) for name in chosen}
    return [[token._replace(text=others.get(token.text, token.text)) for token in sentence] for sentence in text]


def reworded(text: Text, percent: int, topic: int, writer: Writer) -> Text:
    places = [(at, place) for at, sentence in enumerate(text) for place, token in enumerate(sentence)
              if token.kind == "word"]
    chosen = set(writer.rng.sample(places, round(len(places) * percent / 100)))
    return [[Token("word", writer.pick(writer.topics[topic] + writer.common)) if (at, place) in chosen else token
             for place, token in enumerate(sentence)] for at, sentence in enumerate(text)]


def renumbered(text: Text, rng: random.Random) -> Text:
    def other(digit: re.Match[str]) -> str:
        return chr(ord(digit[0]) - int(digit[0]) + rng.randint(0, 9))
    return [[token._replace(text=re.sub(r"\d", other, token.text)) if token.kind == "number"
             else token for token in sentence] for sentence in text]


def pasted(text: Text, times: int, topic: int, writer: Writer) -> Text:
    """A new text `times` as long, with the old one somewhere between its sentences."""
    own = writer.text(topic, (times - 1) * len(writer.render(text)))
    at = writer.rng.randint(0, len(own))
    return own[:at] + text + own[at:]


def quoted(shown: str, name: str, writer: Writer, topic: int) -> str:
    """One to three sentences of one's own above the whole text behind quote marks, wrapped anew."""
    rng, script = writer.rng, writer.script
    own = writer.render([writer.sentence(topic, []) for _ in range(rng.randint(1, 3))])
    width = 72 if script.space else 36
    lines = [line for part in shown.split("\n") for line in textwrap.wrap(part, width, break_on_hyphens=False) or [""]]
    said = script.wrote.format(date=f"{rng.randint(1, 28)}.{rng.randint(1, 12)}.2026", name=name)
    return own + "\n\n" + said + "\n" + "\n".join("> " + line for line in lines)


# MARK: the set

def labelled_set(script: Script, families: int, singles: int, documents: int, boilerplate: bool,
                 seed: int) -> list[Item]:
    """Items in the order of their time. Same arguments, same items.

    Each family gets `KINDS_A_FAMILY` of the kinds of copies, a long document four excerpts of each of two lengths. With
    `boilerplate` every mail ends with its sender's signature and the one disclaimer; quotes quote both.
    """
    rng = random.Random(f"{seed} {script.name}")
    writer = Writer(script, rng)
    disclaimer = writer.render(writer.text(0, 420)).replace("\n\n", script.space)
    people = writer.people[:SENDERS]
    signatures = {name: writer.signature(name) for name in people}
    greeting, closing = (script.space.join(writer.phrase(2)[:2]) for _ in range(2))
    items: list[Item] = []

    def add(family: str | None, kind: str, text: Text | str, sender: str, time: int, title: str,
            stream: str = "email") -> str:
        shown = text if isinstance(text, str) else writer.render(text)
        if boilerplate and stream == "email":
            shown += f"\n\n{signatures[sender]}\n\n{disclaimer}"
        name = f"{family or 's'}-{kind}-{len(items)}"
        items.append(Item(name, family, kind, sender, title, shown, time, stream))
        return shown

    def moment(after: int = BEGIN, share: float = 1.0) -> int:
        return after + int(rng.random() * share * (BEGIN + DAYS * DAY - after))

    def length() -> int:
        """Of a mail, in characters; about 850 in the middle."""
        return int(min(2500, max(300, rng.lognormvariate(6.75, 0.6))))

    for number in range(families):
        topic, sender, family = rng.randrange(len(writer.topics)), rng.choice(people), f"f{number}"
        text = writer.text(topic, length())
        if script.digits[-1] != script.digits[0] and rng.random() < 0.5:
            table = str.maketrans(script.digits[0], script.digits[-1])
            text = [[token._replace(text=token.text.translate(table)) for token in sentence] for sentence in text]
        begun, title = moment(share=0.7), writer.title(text)
        if rng.random() < 0.7:
            text = [[Token("word", greeting)], *text, [Token("word", closing)]]
        shown = add(family, "base", text, sender, begun, title)
        for kind in rng.sample(COPY_KINDS, KINDS_A_FAMILY):
            other = rng.choice(people)
            copy: Text | str
            match kind:
                case "exact": copy, other = text, sender
                case "quote": copy = quoted(shown, sender, writer, topic)
                case "digits": copy = renumbered(text, rng)
                case "names3" | "names5": copy = renamed(text, int(kind[5:]), writer)
                case "sentshuffle": copy = rng.sample(text, len(text))
                case "paste50" | "paste25": copy = pasted(text, 100 // int(kind[5:]), topic, writer)
                case _: copy = reworded(text, int(kind[6:]), topic, writer)
            add(family, kind, copy, other, moment(begun + 60), title)
    for _ in range(singles):
        text = writer.text(rng.randrange(len(writer.topics)), length())
        add(None, "single", text, rng.choice(people), moment(), writer.title(text))
    for number in range(documents):
        topic, family = rng.randrange(len(writer.topics)), f"d{number}"
        text = writer.text(topic, 0, DOCUMENT_BYTES)
        begun = moment(share=0.3)
        shown = add(family, "document", text, rng.choice(people), begun, writer.title(text), stream="document")
        for size in (500, 1000) * 4:
            at = rng.randrange(len(shown) - size)
            excerpt = writer.render([writer.sentence(topic, [])]) + "\n\n" + shown[at : at + size]
            add(family, f"excerpt{size}", excerpt, rng.choice(people), moment(begun + 60), writer.title(text))
    return sorted(items, key=lambda item: (item.time, item.item))
