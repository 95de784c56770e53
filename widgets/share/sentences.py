"""Her own sentences before they leave: made plain, without what he said, and what could tell too much pointed out."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from widgets.catalogue import DATA, read_yaml

TAKEN_OUT = "[their words]"
OPENING, BEGINS = " “„‘\"'(«", ":·–—;\n"  # before the first word of a sentence
NEAR = 200  # letters shown on either side of a word
HER_OWN = 3  # words from “I” to the verb: I have never said
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…](?!\s|$)[^.!?…\n]*)*[.!?…\n]*\s*")
_QUOTED = re.compile(
    r"“[^“”\n]{2,600}”|\"[^\"\n]{2,600}\"|„[^„“”\n]{2,600}[“”]|«[^«»\n]{2,600}»|(?<!\w)‘[^‘’\n]{2,600}’(?!\w)"
)
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
    return {name: frozenset(words) for name, words in raw.items()}


def plain(text: str) -> str:
    """`text` without characters that no file can hold; one line end for all."""
    return _UNSAFE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def without_his_words(text: str) -> tuple[str, int]:
    """What stands in quotation marks in a sentence about saying or writing taken out, and how often that was."""
    taken = 0

    def out(match: re.Match[str]) -> str:
        nonlocal taken
        if match[0][1:-1] == TAKEN_OUT:
            return match[0]
        taken += 1
        return f"{match[0][0]}{TAKEN_OUT}{match[0][-1]}"

    pieces = []
    for start, end in _sentences(text):
        sentence = text[start:end]
        pieces.append(_QUOTED.sub(out, sentence) if _somebody_says(sentence) else sentence)
    return "".join(pieces), taken


def _somebody_says(sentence: str) -> bool:
    """Is there a word for saying or writing in it that is not hers: not shortly after an “I”?"""
    around = [word.lower() for word in _WORD.findall(_QUOTED.sub(" ", sentence))]
    said = [place for place, word in enumerate(around) if word in _words()["said"]]
    return any("i" not in around[max(0, place - HER_OWN) : place] for place in said)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences are; a full stop within quotation marks ends none."""
    quoted = _QUOTED.sub(lambda match: "x" * len(match[0]), text)
    return [match.span() for match in _SENTENCE.finditer(quoted) if match[0]]


def gendered(texts: Iterable[str], own: Iterable[str] = ()) -> tuple[Told, ...]:
    """Pronouns and other words that say a person's sex, the most frequent first. own: further words to look for."""
    wanted = _words()["gendered"] | {word.lower() for word in own}
    return _told(texts, lambda word, first: word.lower() if word.lower() in wanted else "")


def maybe_names(texts: Iterable[str]) -> tuple[Told, ...]:
    """Words with a capital letter inside a sentence: some of them may be names that are not on her list."""
    return _told(texts, lambda word, first: re.sub(r"['’]s$", "", word) if not first and _is_maybe_name(word) else "")


def _is_maybe_name(word: str) -> bool:
    capital = unicodedata.category(word[0]) == "Lu" and not (word.isupper() and len(word) > 1)
    plainly = word.replace("’", "'").lower().removesuffix("'s")
    return capital and plainly not in _words()["no_names"]


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
