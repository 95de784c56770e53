"""Her own sentences before they leave: made plain, without what he said, and what could tell too much pointed out."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from widgets.catalogue import DATA, read_yaml

from .known import is_known

TAKEN_OUT = "[words left out]"  # his, a friend’s or her own: it cannot tell
OPENING, BEGINS = " “„‘\"'(«", ":·–—;\n"  # before the first word of a sentence
NEAR = 200  # letters shown on either side of a word
HER_OWN = 3  # words from “I” to the verb: I have never said
ADDRESSED = 2  # words from the verb to the quotation: I said to Ruth
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…](?!\s|$)[^.!?…\n]*)*[.!?…\n]*\s*")
_NO_QUOTE = r"(?!(?:cause|cos|em|til|tis|twas|n|bout|round|\d\ds?)\b)"  # ’em, ’90s


_UNUSUAL = {'"': "＂″‶〃", "“": "❝〝‟", "„": "⹂", "”": "❞〞〟", "'": "＇′‵`´ʼ", "‘": "❛‛", "’": "❜"}
_UNUSUAL |= {"「": "『﹁﹃｢", "」": "』﹂﹄｣", "«": "《", "»": "》", "‹": "〈", "›": "〉"}
_ALIKE = {ord(sign): mark for mark, signs in _UNUSUAL.items() for sign in signs}
_OPENS = re.compile(r"(?<!\w)”(?=”?\w)")  # ”so” and ''so''
_DOUBLED = (
    ("<<", "««"),
    (">>", "»»"),
    ("``", "““"),
    ("''", "””"),
    (",,", "„„"),
    ("‚‚", "„„"),
    ("‘‘", "““"),
    ("’’", "””"),
)
_NAMED = re.compile(r"&(?:quot|apos|[lrb]d?quo|[lrs]s?aquo|[lr]squo|sbquo|#\d{2,5}|#x[\da-f]{2,4});", re.IGNORECASE)


def _as_read(text: str) -> str:
    """The text letter for letter, with the usual quotation marks in place of others that are read so."""
    for doubled, mark in _DOUBLED:
        text = text.replace(doubled, mark)
    return _OPENS.sub("“", text.translate(_ALIKE))


def _single(opens: str, mark: str, closes: str) -> str:
    """Single quotation marks, whose closing one is an apostrophe too: don’t, and the boys’ house."""
    apostrophe = rf"(?<=\w){mark}(?=\w)|(?<=s){mark}(?=\s[^{opens}{mark}]*[^\s{opens}{mark}]{mark}(?!\w))"
    inside = rf"[^{opens}{mark}{closes}]|{apostrophe}"
    return rf"(?<!\w){opens}{_NO_QUOTE}(?=\S)(?:{inside}){{1,4000}}[{mark}{closes}](?!\w)"


_QUOTED = re.compile(
    "|".join(
        [
            r"[“„][^“„”\"\n]*[^\s“„”\"]\"(?!\w)",  # opened by the telephone, closed by hand
            r"“[^\s“”„](?:[^“”„\n]*[^\s“”„])?“(?!\w)",  # both marks the same
            r"“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|»[^«»]+«|‹[^‹›]+›|›[^‹›]+‹|「[^「」]+」|”[^“”\n]+”",
            r"(?<!\d)\"(?:[^\"\n]|\n(?!\s*\n))+\"",
            r"(?<![\w\"])\"(?=\S)[^\"]+(?<=\S)\"(?!\w)",  # over several paragraphs
            _single("‘", "’", "’"),
            _single("‚", "’", "‘’"),
            _single("'", "'", "'"),
            r"[“„«](?=[^\W_\[])[^“”„«»\n]+",  # to the end where none closes it
            r"(?<!\w)‘(?=[^\W_\[])(?:[^“”„«»‘’\n]|(?<=\w)’(?=\w))+",
            r"(?<![\w\"])\"(?=[^\W_\[])[^\"\n]+",
        ]
    )
)
CLOSING = "”“\"»«›‹」’‘'"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Told:
    """A word in her sentences, how often it stands there, and the sentences."""

    word: str
    count: int
    sentences: tuple[str, ...]


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    raw = read_yaml(DATA / "wording" / "share.yaml")
    return {name: frozenset(words) for name, words in raw.items() if isinstance(words, list)}


def plain(text: str) -> str:
    """`text` without characters that no file can hold; one line end for all."""
    return _UNSAFE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def without_his_words(text: str, names: Callable[[str], bool] = lambda text: False) -> tuple[str, int]:
    """What stands in quotation marks taken out, unless her sentence says that they are her own words, and how often
    that was. names: does a text name somebody?
    """
    text, taken = _taken_out(_NAMED.sub(lambda named: unescape(named[0]), text), names)
    if not taken:
        return text, 0
    text, more = without_his_words(text, names)  # quotations in one another part otherwise once one is out
    return text, taken + more


def _taken_out(text: str, names: Callable[[str], bool]) -> tuple[str, int]:
    taken = 0
    read = _as_read(text)

    def out(match: re.Match[str]) -> str:
        nonlocal taken
        written = text[match.start() : match.end()]
        closes = written[-1] if match[0][-1] in CLOSING else ""
        if written[1 : len(written) - len(closes)] == TAKEN_OUT:
            return written
        taken += 1
        return f"{written[0]}{TAKEN_OUT}{closes}"

    pieces, done = [], 0
    quotations = list(_QUOTED.finditer(read))
    place = 0
    for start, end in _sentences(text):
        inside = []
        while place < len(quotations) and quotations[place].start() < end:
            inside.append(quotations[place])
            place += 1
        may_be_hers = inside and _are_hers(_QUOTED.sub(" “ ", read[start:end]), names)
        for match in inside:
            if not (may_be_hers and _is_led(read[start : match.start()], match[0], read[match.end() : end])):
                pieces += [text[done : match.start()], out(match)]
                done = match.end()
    return "".join([*pieces, text[done:]]), taken


def _is_led(before: str, quotation: str, after: str) -> bool:
    """Does her own verb stand right at the quotation: I said to Ruth, “…”; “…,” I said?"""
    known, words = _words(), _plain_words(before)
    for place, word in list(enumerate(words))[-1 - ADDRESSED :]:
        lead = words[max(0, place - HER_OWN) : place]
        owner = max((n for n, one in enumerate(lead) if one in known["own"]), default=None)
        if _is_verb(word, lead) and owner is not None and known["others"].isdisjoint(lead[owner + 1 :]):
            return True
    follows = _plain_words(after)[:2]
    is_one_sentence = quotation.rstrip(CLOSING).endswith(",") or after.lstrip().startswith(",")
    return is_one_sentence and len(follows) == 2 and follows[0] in known["own"] and follows[1] in known["said"]


def _is_verb(word: str, lead: list[str]) -> bool:
    """Does it say or call? “answer” and “text” are things unless they follow “I”."""
    known = _words()
    return word in known["said"] | known["called"] or (word in known["said_by_i"] and bool({*lead[-1:]} & known["own"]))


def _plain_words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _are_hers(around: str, names: Callable[[str], bool]) -> bool:
    """Does she say, write or call it so herself (“I said”), and is nobody else there who could?"""
    words, known = _plain_words(around), _words()
    hers, others = False, False
    addressed = -1  # whom she says it to
    for place, word in enumerate(words):
        lead = words[max(0, place - HER_OWN) : place]
        if _is_verb(word, lead):
            if not known["own"].isdisjoint(lead):
                hers = True
                addressed = place + (2 if words[place + 1 : place + 2] == ["to"] else 1)
            elif word in known["said"]:
                others = True
        elif word in known["others"] and place != addressed:
            others = True
    return hers and not others and not names(around)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences are; a full stop within quotation marks ends none."""
    quoted = _QUOTED.sub(lambda match: "x" * len(match[0]), _as_read(text))
    return [match.span() for match in _SENTENCE.finditer(quoted) if match[0]]


def gendered(texts: Iterable[str], own: Iterable[str] = ()) -> tuple[Told, ...]:
    """Pronouns and other words that say a person's sex, the most frequent first. own: further words to look for."""
    wanted = _words()["gendered"] | {word.lower() for word in own}
    return _told(texts, lambda word, first: word.lower() if word.lower() in wanted else "")


def maybe_names(texts: Iterable[str]) -> tuple[Told, ...]:
    """Words with a capital letter, some of which may be names that are not on her list. A sentence's first word, or one
    in capitals, only where it is no ordinary word and stands nowhere in small letters.
    """
    texts = list(texts)
    small = {word for text in texts for word in _WORD.findall(text) if word.islower()}

    def pick(word: str, first: bool) -> str:
        bare = re.sub(r"['’]s$", "", word)
        capital = bare[0].isupper() and bare.replace("’", "'").lower() not in _words()["no_names"]
        is_plain = (first or (bare.isupper() and len(bare) > 1)) and (is_known(bare) or bare.lower() in small)
        return bare if capital and not is_plain else ""

    return _told(texts, pick)


def _told(texts: Iterable[str], pick: Callable[[str, bool], str]) -> tuple[Told, ...]:
    counts: Counter[str] = Counter()
    places: dict[str, dict[str, None]] = {}
    for text in texts:
        for start, end in _sentences(text):
            sentence = text[start:end].strip()
            bare = re.sub(r"\[[^\[\]]*\]", lambda alias: " " * len(alias[0]), sentence)  # an alias tells nothing
            for match in _WORD.finditer(bare):
                if word := pick(match[0], _is_first(bare, match.start())):
                    counts[word] += 1
                    places.setdefault(word, {})[_around(sentence, match)] = None
    return tuple(Told(word, n, tuple(places[word])) for word, n in counts.most_common())


def _is_first(sentence: str, place: int) -> bool:
    """Does a sentence begin with the word that stands there?"""
    while place and sentence[place - 1] in OPENING:
        place -= 1
    return place == 0 or sentence[place - 1] in BEGINS


def _around(sentence: str, match: re.Match[str]) -> str:
    """The sentence; of a very long one what stands near the word."""
    start, end = max(0, match.start() - NEAR), min(len(sentence), match.end() + NEAR)
    return f"{'…' if start else ''}{sentence[start:end]}{'…' if end < len(sentence) else ''}"
