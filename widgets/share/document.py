"""What is shared, as a document: titles, answers, lines, tables and figures, before it takes the form of a file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from widgets.catalogue import Item
from widgets.controls.figures import Node
from widgets.journal import Entry

from .answers import asked, day_words, fill, in_words, is_told, line_of
from .choose import Choice, Gathered, Part

TITLE = "A part of my notes"
SAYS = "What the workbook says about these answers"
CANNOT_TELL = "What this cannot tell"
ALIASES = (
    "Names, and whatever leads to a person, are replaced: what is in [brackets] is an alias, or says what was left out "
    "there."
)
THEY = "The person I left is “they” here, where the words are the workbook’s."
MOVED = "All days are moved together by some weeks. Weekdays and distances are true, the dates are not."
REAL = "The dates are the real ones."
HOUR = re.compile(r"(day \d{1,2} [A-Z][a-z]+(?: \d{4})?), \d\d:\d\d(?!\d)")  # Sunday 22 November, 21:14
WIDEST = 5  # answers beside the day in one table: more do not fit a page
FEWEST = 3  # entries of a series that make a table


@dataclass(frozen=True)
class Words:
    """A paragraph. `hers`: she wrote it."""

    text: str
    hers: bool = False


@dataclass(frozen=True)
class Lines:
    """A list in the workbook's words."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A list of hers: (what she wrote, what she answered beside it)."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answers:
    """(question, answer, did she write it?)"""

    pairs: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Sheet:
    """A table; the first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """A figure, with its title and description in it, how to read it, and the same as a table."""

    svg: Node
    caption: str
    table: Sheet

    @property
    def alt(self) -> str:
        """What it shows, for whoever hears it."""
        told = [part for part in self.svg["in"] if isinstance(part, dict) and part["tag"] in ("title", "desc")]
        return " ".join(str(text) for part in told for text in part["in"])


@dataclass(frozen=True)
class Section:
    """A titled part; sections may stand in sections."""

    title: str
    parts: "tuple[Piece, ...]"


Piece = Words | Lines | Said | Answers | Sheet | Drawing | Section
Block = Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    """A title, what is to be known beforehand, and the sections."""

    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]


def document(gathered: Gathered, choice: Choice, readings: Mapping[str, Sequence[Mapping[str, Any]]]) -> Document:
    """readings: exercise -> what the pages say of its shared entries, as panels (`blocks`, `cannot_tell`)."""
    notes = (ALIASES, THEY, MOVED if choice.days else REAL)
    sections = []
    for part in gathered.parts:
        if part.told:
            said = (section for panel in readings.get(part.exercise.id, ()) for section in _said(panel))
            sections.append(Section(fill(part.exercise.title), (*_entries(part), *said)))
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


def _in_time(part: Part) -> Sequence[Entry]:
    """The lines of a list in order of the day they tell, where they tell one."""
    when = next((item.id for item in part.items if item.type == "date"), None)
    return sorted(part.told, key=lambda e: e.answers[when] or "") if when else part.told


def _caption(items: Sequence[Item]) -> str:
    """The questions in full and the ends of their scales, for the names in the head are short."""
    scales = (f" ({i.range[0]:g} to {i.range[1]:g})" if i.type == "scale" and i.range else "" for i in items)
    return " · ".join(f"{fill(item.ask)}{scale}" for item, scale in zip(items, scales, strict=True))


# ---- what the pages say ----------------------------------------------------------------------------------------------


def _said(panel: Mapping[str, Any]) -> Iterator[Section]:
    """Sentences, lists, tables and figures, without the hours in them; not what stands above already, nor the ways to
    other pages.
    """
    pieces = tuple(_told(_without_hours(panel["blocks"])))
    if not pieces:
        return
    limits = tuple(filter(None, panel["cannot_tell"].split("\n")))
    yield Section(SAYS, (*pieces, *((Section(CANNOT_TELL, (Lines(limits),)),) if limits else ())))


def _told(blocks: Iterable[Block]) -> Iterator[Piece]:
    """A heading stands over the block after it, and goes where that one does."""
    heading = ""
    for block in blocks:
        pieces = tuple(_pieces(block))
        yield from (Section(heading, pieces),) if heading and pieces else pieces
        heading = block["text"] if block["kind"] == "heading" else ""


def _without_hours(node: Any) -> Any:
    """The workbook names an entry by its hour where a day has several: no hour leaves."""
    if isinstance(node, str):
        return HOUR.sub(r"\1", node) if ":" in node else node
    if isinstance(node, Mapping):
        return {name: _without_hours(part) for name, part in node.items()}
    return [_without_hours(part) for part in node] if isinstance(node, list | tuple) else node


def _pieces(block: Block) -> Iterator[Piece]:
    match block["kind"]:
        case "list":
            yield Lines(tuple(block["items"]))
        case "said" if block["label"].endswith("?"):  # the sentence after it is about this one
            yield Answers(((block["label"], block["text"], False),))
        case "text":
            yield Words(block["text"])
        case "pairs":
            yield Answers(tuple((pair["term"], pair["text"], False) for pair in block["pairs"]))
        case "table":
            yield _sheet(block)
        case "figure":
            yield Drawing(block["svg"], block["caption"], _sheet(block["table"]))
        case "section":
            inside = tuple(_told(block["blocks"]))
            if inside:
                yield Section(block["title"], inside)


def _sheet(table: Block) -> Sheet:
    return Sheet(table["caption"], tuple(table["head"]), tuple(tuple(row) for row in table["rows"]))
