"""Everything she wrote, looked through: which entries have all of her words, and the sentence around them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import Any

import pandas as pd

from .folding import Span, fold, patterns, spans

NEEDED = ("entry_id", "revision", "local_date", "saved_utc", "withdrawn")
GAP = re.compile(  # between two sentences; where a script has no spaces, there is none
    r"""[.!?…]+["”’»)\]]*(?P<space>\s+)|[。！？]+[」』”]*(?P<none>)|(?P<line>\s*\n\s*)"""
)
MOST = 240  # letters of a sentence that are shown
BEFORE = 80  # of these, at most so many before what was found


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence; `found` if it is what was looked for."""

    text: str
    found: bool


@dataclass(frozen=True)
class Place:
    """Where in an entry it was found: the sentence in `pieces`, without what was cut off before and after.

    `row`: of a child table, else None. `more`: further sentences of the same answer that have it too.
    """

    table: str
    column: str
    row: int | None
    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool
    more: int


@dataclass(frozen=True)
class Hit:
    """An entry that has all the words, in its newest revision that has them.

    `is_newest`: that is its newest one. `is_withdrawn`: the entry is not among the current rows. `said`: its answers
    that have one, `wanted`: what was looked for; the places are worked out when they are shown: there may be thousands.
    """

    entry_id: str
    revision: int
    date: pd.Timestamp
    saved_utc: pd.Timestamp
    is_newest: bool
    is_withdrawn: bool
    said: tuple["_Answer", ...] = field(repr=False)
    wanted: tuple[re.Pattern[str], ...]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where in the entry it was found, an answer each."""
        return tuple(_place(*one, self.wanted) for one in self.said)


@dataclass(frozen=True)
class _Version:
    date: pd.Timestamp
    saved_utc: pd.Timestamp
    is_withdrawn: bool


_Answer = tuple[str, str, int | None, str]  # table, column, row, text
_Answers = dict[tuple[str, int], list[_Answer]]


def search(words: str, histories: Mapping[str, pd.DataFrame], columns: Mapping[str, Sequence[str]]) -> tuple[Hit, ...]:
    """The entries in which each word stands somewhere, the newest day first; without words, all entries.

    words: what she looks for; what stands in quotation marks is one word. Case, accents and kinds of apostrophe make no
    difference; words of up to three letters are looked for where a word begins. histories: by table, every revision:
    `entry_id`, `revision`, `local_date` (datetime64), `saved_utc`, `withdrawn` (boolean), the texts named in `columns`,
    and for rows inside an entry `row`; NA is no text. ValueError names the columns that are missing.
    """
    wanted = patterns(words)
    if words.strip() and not wanted:
        return ()
    versions, answers = _read(histories, columns)
    hits = []
    for entry_id, known in versions.items():
        newest = max(known)
        for revision in sorted(known, reverse=True):
            said = answers.get((entry_id, revision), [])
            folded = [fold(text) for *_, text in said]
            if all(any(map(one.search, folded)) for one in wanted):
                at = known[revision]
                is_had = [any(one.search(text) for one in wanted) for text in folded]
                having = tuple(compress(said, is_had))
                is_newest, is_gone = revision == newest, known[newest].is_withdrawn
                hits.append(Hit(entry_id, revision, at.date, at.saved_utc, is_newest, is_gone, having, wanted))
                break
    return tuple(sorted(hits, key=lambda hit: (hit.date, hit.saved_utc, hit.entry_id), reverse=True))


def _read(
    histories: Mapping[str, pd.DataFrame], columns: Mapping[str, Sequence[str]]
) -> tuple[dict[str, dict[int, _Version]], _Answers]:
    versions: dict[str, dict[int, _Version]] = {}
    answers: _Answers = {}
    for table, frame in histories.items():
        names = list(columns.get(table, ()))
        if not len(frame) and not len(frame.columns):
            continue
        if missing := [name for name in (*NEEDED, *names) if name not in frame.columns]:
            raise ValueError(f"{table}: no column {', '.join(missing)}.")
        for entry_id, revision, date, saved, withdrawn, row, *texts in _rows(frame, names):
            versions.setdefault(entry_id, {})[revision] = _Version(date, saved, bool(withdrawn))
            said = [(table, name, row, text) for name, text in zip(names, texts, strict=True) if _is_text(text)]
            answers.setdefault((entry_id, revision), []).extend(said)
    return versions, answers


def _rows(frame: pd.DataFrame, names: list[str]) -> Iterator[tuple[Any, ...]]:
    rows = [int(n) for n in frame["row"]] if "row" in frame.columns else [None] * len(frame)
    kept = [frame[name].to_list() for name in NEEDED]
    return zip(*kept, rows, *(frame[name].to_list() for name in names), strict=True)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _place(table: str, column: str, row: int | None, text: str, wanted: tuple[re.Pattern[str], ...]) -> Place:
    found = spans(text, wanted)
    sentences = _sentences(text)
    having = {_sentence_of(sentences, span) for span in found}
    start, end = _sentence_of(sentences, found[0])
    end = max(end, found[0][1])  # a phrase may go on in the next sentence
    first, last = _shown(text, start, end, found[0])
    inside = [span for span in found if first <= span[0] and span[1] <= last]
    pieces = tuple(_pieces(text, first, last, inside))
    return Place(table, column, row, pieces, first > start, last < end, len(having) - 1)


def _sentences(text: str) -> list[Span]:
    gaps = [match.span(match.lastgroup or 0) for match in GAP.finditer(text)]
    starts = [0, *(end for _, end in gaps)]
    return list(zip(starts, [*(start for start, _ in gaps), len(text)], strict=True))


def _sentence_of(sentences: list[Span], span: Span) -> Span:
    return next(sentence for sentence in reversed(sentences) if sentence[0] <= span[0])


def _shown(text: str, start: int, end: int, span: Span) -> Span:
    """The part of a long sentence around what was found, cut between words where there are any."""
    if end - start <= MOST:
        return start, end
    first = max(start, min(span[0] - BEFORE, end - MOST))
    last = min(end, max(first + MOST, span[1]))
    if first > start:
        first = next((n + 1 for n in range(first, span[0]) if text[n].isspace()), first)
    if last < end:
        last = next((n for n in range(last, span[1], -1) if text[n].isspace()), last)
    return first, last


def _pieces(text: str, first: int, last: int, found: list[Span]) -> Iterator[Piece]:
    here = first
    for start, end in found:
        if here < start:
            yield Piece(text[here:start], found=False)
        yield Piece(text[start:end], found=True)
        here = end
    if here < last:
        yield Piece(text[here:last], found=False)
