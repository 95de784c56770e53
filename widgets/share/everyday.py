"""Whether a name that is also an everyday word is written as a name: Will, and not “will you”. When unsure, it is."""

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from widgets.catalogue import DATA, read_yaml

from .folded import Folded

OPENING = " \0\"'“”„«»‹›(*_[{>#•-"  # may stand between the end of a sentence and the first word of the next
OPENING_MARK = re.compile(r"(?:^|[ \n\0])[\"'“„«‹»›(\[]\Z")  # what is quoted begins like a sentence
SENTENCE_ENDS = ".!?…:;\n。！？"
NEXT_WORD = re.compile(r"[ \n\0]+([\w']+)")
WORD_BEFORE = re.compile(r"((?:[^\W_]|')+)[ \n\0_-]+\Z")
NUMBER_AFTER = re.compile(r" (?:the )?\d|,? \d{4}")
NUMBER_BEFORE = re.compile(r"\d(?:st|nd|rd|th)? (?:of )?\Z")
BEFORE = 40  # letters looked back: a word or a date


@dataclass(frozen=True)
class Everyday:
    """The words and what tells them from names, as declared."""

    kinds: dict[str, frozenset[str]]
    stays_before: dict[str, frozenset[str]]
    month_after: frozenset[str]
    subject: frozenset[str]
    takes_person: frozenset[str]
    not_person: frozenset[str]


@lru_cache(maxsize=1)
def everyday() -> Everyday:
    """What `data/wording/everyday-names.yaml` declares."""
    raw = read_yaml(DATA / "wording" / "everyday-names.yaml")
    of_word: dict[str, set[str]] = {}
    for kind, words in raw["words"].items():
        for word in words:
            of_word.setdefault(word, set()).add(kind)
    return Everyday(
        {word: frozenset(kinds) for word, kinds in of_word.items()},
        {kind: frozenset(words) for kind, words in raw["stays_before"].items()},
        *(frozenset(raw[name]) for name in ("month_after", "subject", "takes_person", "not_person")),
    )


def is_everyday(letters: str) -> bool:
    """Is the name, in small letters, an everyday word?"""
    return letters in everyday().kinds


def written_as_name(folded: Folded, start: int, end: int, letters: str) -> bool:
    """Is the everyday word that stands in the folded text from `start` to `end` written as a name there?"""
    known = everyday()
    first, last = folded.span(start, end)
    written = normalize("NFKC", folded.original[first:last])
    text = folded.text
    if written.lower() != letters or text.startswith(
        "'s", end
    ):  # with an accent, or letters kept apart: no everyday word
        return True
    before = WORD_BEFORE.search(text, max(0, start - BEFORE), start)
    previous = before[1] if before else ""
    following = NEXT_WORD.match(text, end)
    after = following[1].rstrip("'") if following else ""
    if written.islower():
        return previous in known.takes_person and after not in known.not_person
    if written.isupper() and len(letters) > 1 and previous in known.subject:
        return False
    kinds = known.kinds[letters]
    if "month" in kinds and _is_month(text, start, end, previous):
        return False
    return not (_begins_sentence(text, start) and any(after in known.stays_before[kind] for kind in kinds))


def _is_month(text: str, start: int, end: int, previous: str) -> bool:
    by_number = NUMBER_AFTER.match(text, end) or NUMBER_BEFORE.search(text, max(0, start - BEFORE), start)
    return bool(by_number) or previous in everyday().month_after


def _begins_sentence(text: str, start: int) -> bool:
    if OPENING_MARK.search(text, max(0, start - 2), start):
        return True
    place = start
    while place and text[place - 1] in OPENING:
        place -= 1
    return place == 0 or text[place - 1] in SENTENCE_ENDS


def begins_sentence(folded: Folded, start: int) -> bool:
    """Is the word at `start` of the folded text the first of its sentence, whose capital says nothing?"""
    return _begins_sentence(folded.text, start)
