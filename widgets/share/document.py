"""What is shared, as a document: titles, answers, lines, tables and figures, before it takes the form of a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from widgets.catalogue import Item
from widgets.journal import Entry

from .answers import asked, day_words, fill, in_words, is_told, line_of
from .choose import Choice, Gathered, Part
from .panels import said
from .pieces import Answers, Document, Piece, Said, Section, Sheet, Words

TITLE = "A part of my notes"
ALIASES = (
    "Names, and whatever leads to a person, are replaced: what is in [brackets] is an alias, or says what was left out "
    "there."
)
THEY = "Where the words are the workbook’s, “you” is me, and “they” is the person I left."
MOVED = "All days are moved together by some weeks. Weekdays and distances are true, the dates are not."
REAL = "The dates are the real ones."
WIDEST = 5  # answers beside the day in one table: more do not fit a page
FEWEST = 3  # entries of a series that make a table


def document(gathered: Gathered, choice: Choice, readings: Mapping[str, Sequence[Mapping[str, Any]]]) -> Document:
    """readings: exercise -> what the pages say of its shared entries, as panels (`blocks`, `cannot_tell`)."""
    notes = (ALIASES, THEY, MOVED if choice.days else REAL)
    sections = []
    for part in gathered.parts:
        if part.told:
            above = frozenset(text.lower() for entry in part.told for text in _answered(part.items, entry.answers))
            panels = (section for panel in readings.get(part.exercise.id, ()) for section in said(panel, above))
            sections.append(Section(fill(part.exercise.title), (*_entries(part), *panels)))
    return Document(TITLE, notes, tuple(sections))


def her_texts(pieces: Iterable[Piece]) -> Iterator[str]:
    """What she wrote herself, in order."""
    for piece in pieces:
        match piece:
            case Words(text, True):
                yield text
            case Said(lines):
                yield from (text for line in lines for text in line if text)
            case Answers(pairs):
                yield from (answer for _, answer, hers in pairs if hers)
            case Section(_, parts):
                yield from her_texts(parts)


# ---- entries ---------------------------------------------------------------------------------------------------------


def _entries(part: Part) -> Iterator[Piece]:
    if part.exercise.kind == "list":
        yield Said(tuple(line_of(part.items, entry.answers) for entry in _in_time(part)))
        return
    short = [item for item in part.items if not item.is_written]
    if part.exercise.kind == "series" and len(part.told) >= FEWEST and len(short) > 1:
        yield from _sheets(part, short)
        return
    for entry in part.told:
        answers = Answers(
            tuple(
                (asked(item), in_words(item, entry.answers.get(item.id)), item.is_written)
                for item in part.items
                if is_told(item, entry.answers.get(item.id))
            )
        )
        yield answers if part.exercise.kind == "single" else Section(day_words(entry.local_date), (answers,))


def _sheets(part: Part, short: Sequence[Item]) -> Iterator[Piece]:
    """Short answers by day, as many tables as they need; what she wrote follows, day by day."""
    used = [i for i in short if any(is_told(i, entry.answers.get(i.id)) for entry in part.told)]
    for first in range(0, len(used), WIDEST):
        items = used[first : first + WIDEST]
        rows = tuple(
            (day_words(entry.local_date), *(in_words(i, entry.answers.get(i.id), in_table=True) for i in items))
            for entry in part.told
            if any(is_told(item, entry.answers.get(item.id)) for item in items)
        )
        yield Sheet(_caption(items), ("Day", *(asked(item) for item in items)), rows)
    for entry in part.told:
        written = [i for i in part.items if i.is_written and is_told(i, entry.answers.get(i.id))]
        if written:
            pairs = tuple((asked(item), in_words(item, entry.answers[item.id]), True) for item in written)
            yield Section(day_words(entry.local_date), (Answers(pairs),))


def _answered(items: Iterable[Item], answers: Mapping[str, Any]) -> Iterator[str]:
    """What stands in a part, text by text: what is asked, and what is answered."""
    for item in items:
        value = answers.get(item.id)
        if not is_told(item, value):
            continue
        yield asked(item)
        yield in_words(item, value)
        if item.type == "rows":
            yield from (text for row in value or () for text in _answered(item.items, row))


def _in_time(part: Part) -> Sequence[Entry]:
    """The lines of a list in order of the day they tell, where they tell one."""
    when = next((item.id for item in part.items if item.type == "date"), None)
    return sorted(part.told, key=lambda e: e.answers[when] or "") if when else part.told


def _caption(items: Sequence[Item]) -> str:
    """The questions in full and the ends of their scales, for the names in the head are short."""
    scales = (f" ({i.range[0]:g} to {i.range[1]:g})" if i.type == "scale" and i.range else "" for i in items)
    return " · ".join(f"{fill(item.ask)}{scale}" for item, scale in zip(items, scales, strict=True))
