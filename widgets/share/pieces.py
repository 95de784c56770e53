"""The pieces of a document, before it takes the form of a file."""

from dataclasses import dataclass

from widgets.controls.figures import Node


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
        return ". ".join(str(text) for part in told for text in part["in"])


@dataclass(frozen=True)
class Section:
    """A titled part; sections may stand in sections."""

    title: str
    parts: "tuple[Piece, ...]"


Piece = Words | Lines | Said | Answers | Sheet | Drawing | Section


@dataclass(frozen=True)
class Document:
    """A title, what is to be known beforehand, and the sections."""

    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
