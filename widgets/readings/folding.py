"""Letters as a search sees them: without case and accents, and one kind of apostrophe, quotation mark and dash."""

import re
import unicodedata
from collections.abc import Sequence

ALIKE = {
    **dict.fromkeys("’‘‛ʼʹʻ′`´＇", "'"),
    **dict.fromkeys("“”„‟«»‹›″＂", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **{"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"},  # no accent by decomposition
}
UNSEEN = ("Mn", "Cf")  # accents; soft hyphens and joiners
SHORT = 3  # letters up to which a word is looked for at the beginning of words only: “he” is in every “the”
TERM = re.compile(r'"([^"]+)"|([^\s"]+)')
EDGES = ".,;:!?()[]…"

Span = tuple[int, int]


class _Folds(dict[int, str]):
    """Each letter's folding, worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


def _folded(letter: str) -> str:
    if letter.isspace():
        return " "
    plain = unicodedata.normalize("NFKD", ALIKE.get(letter, letter)).casefold()
    letters = unicodedata.normalize("NFKD", plain)
    return "".join(ALIKE.get(one, one) for one in letters if unicodedata.category(one) not in UNSEEN)


_FOLDS = _Folds()


def fold(text: str) -> str:
    """The text as a search sees it."""
    return text.translate(_FOLDS)


def patterns(words: str) -> tuple[re.Pattern[str], ...]:
    """What folded texts are searched for: each word, and whatever stands in quotation marks as a whole; each once."""
    terms = [phrase.strip() or word.strip(EDGES) or word for phrase, word in TERM.findall(fold(words))]
    return tuple(re.compile(_beginning(term) + re.escape(term)) for term in dict.fromkeys(filter(None, terms)))


def _beginning(term: str) -> str:
    is_short = len(term) <= SHORT and term.isascii() and term[0].isalnum()  # other scripts may have no spaces
    return r"(?<![^\W_])" if is_short else ""


def spans(text: str, wanted: tuple[re.Pattern[str], ...]) -> tuple[Span, ...]:
    """Where any of the patterns is found in the text as she wrote it: (start, end), ascending, none overlapping."""
    widths, origin = _places(text)
    found = []
    for match in (m for pattern in wanted for m in pattern.finditer(fold(text))):
        start, end = origin[match.start()], origin[match.end() - 1] + 1
        while end < len(text) and not widths[end]:  # an accent belongs to its letter
            end += 1
        found.append((start, end))
    return _merged(sorted(found))


def _places(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """How many letters each letter becomes, and for each of these, which one it was."""
    if all(len(_FOLDS[ord(letter)]) == 1 for letter in {*text}):  # nearly every text: none is longer or gone
        return [1] * len(text), range(len(text))
    widths = [len(_FOLDS[ord(letter)]) for letter in text]
    return widths, [place for place, width in enumerate(widths) for _ in range(width)]


def _merged(found: list[Span]) -> tuple[Span, ...]:
    apart: list[Span] = []
    for start, end in found:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)
