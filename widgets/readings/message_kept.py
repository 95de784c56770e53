"""3.3 The message as it is kept: its words counted, its text hashed, and the phrases she stands by."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .message import Review, review
from .message.rules import CAUTIONS

NEVER_MEANT = ("ultimatum", "crisis")  # no word of hers lets these pass
NEVER_NOTED = "crisis"  # help comes first, and nothing is written down about it


@dataclass(frozen=True)
class Kept:
    """Derived from a text. `flags`: the kinds of its cautions, without any word about a crisis.

    `confirmed`: those of which she stands by every phrase; `meant`: (kind, phrase) she stands by and that stand in it.
    """

    word_count: int
    sha256: str
    flags: tuple[str, ...]
    meant: tuple[tuple[str, str], ...]
    confirmed: tuple[str, ...]


def read_draft(text: str, meant: Iterable[Mapping[str, Any]]) -> Kept:
    """Derive what is kept beside a text. meant: rows `kind`, `phrase`; those that do not stand in it any more go."""
    found = [one for one in phrases(text, review(text)) if one[0] != NEVER_NOTED]
    said = {(row["kind"], row["phrase"]) for row in meant} & set(found)
    flags = tuple(kind for kind in CAUTIONS if any(kind == other for other, _ in found))
    confirmed = tuple(
        kind for kind in flags if kind not in NEVER_MEANT and {one for one in found if one[0] == kind} <= said
    )
    stands = tuple(one for one in dict.fromkeys(found) if one in said)
    return Kept(len(text.split()), sha256(text), flags, stands, confirmed)


def phrases(text: str, found: Review) -> list[tuple[str, str]]:
    """(kind, phrase) of each caution, in the order of the text."""
    return [(caution.kind, text[caution.start : caution.end]) for caution in found.cautions]


def is_rewritten(before: str, text: str) -> bool:
    """True if less than half of the words of `before` are left: then what was ticked was about another text."""
    words = _words(before)
    return 2 * (words & _words(text)).total() < words.total()


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.lower()))


def sha256(text: str) -> str:
    """The fingerprint of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
