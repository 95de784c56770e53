"""A document as Markdown. Her words stand as quotations, and nothing in them becomes Markdown or HTML."""

import re
from collections.abc import Iterator

from .pieces import Answers, Document, Drawing, Lines, Piece, Said, Section, Sheet, Words

_SIGNS = re.compile(r"[\\`*_<>&|~$#]|(?<=\])[(\[:]")
_BEGINS = re.compile(r"^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)  # a list, or a heading of the line before


def as_markdown(document: Document) -> bytes:
    """The file."""
    lines = [f"# {document.title}", "", *(f"- {_text(note)}" for note in document.notes), ""]
    for section in document.sections:
        lines += _piece(section, 2)
    return ("\n".join(lines).rstrip() + "\n").encode()


def _piece(piece: Piece, level: int) -> Iterator[str]:
    match piece:
        case Words(text, hers):
            yield from _quoted(text) if hers else (_text(text), "")
        case Lines(items):
            yield from (*(f"- {_line(item)}" for item in items), "")
        case Said(lines):
            for words, facts in lines:
                first, *rest = (_text(words) or _line(facts)).split("\n")
                yield f"- {first}"
                yield from (f"  {line}" for line in rest)
                yield from ("", f"  *{_line(facts)}*", "") if words and facts else ()
            yield ""
        case Answers(pairs):
            for question, answer, hers in pairs:
                yield f"**{_line(question)}**" + ("" if hers else f" {_line(answer)}")
                yield ""
                yield from _quoted(answer) if hers else ()
        case Sheet():
            yield from _sheet(piece)
        case Drawing(table=table):  # what tells how to read a figure would stand there without one
            yield from _sheet(table)
        case Section(title, parts):
            yield from (f"{'#' * min(level, 6)} {_line(title)}", "")
            for part in parts:
                yield from _piece(part, level + 1)


def _quoted(text: str) -> Iterator[str]:
    yield from (f"> {line}".rstrip(" ") for line in _text(text).split("\n"))
    yield ""


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield from (_line(sheet.caption), "")
    yield f"| {' | '.join(map(_line, sheet.head))} |"
    yield f"|{' --- |' * len(sheet.head)}"
    yield from (f"| {' | '.join(map(_line, row))} |" for row in sheet.rows)
    yield ""


def _line(text: str) -> str:
    return " ".join(_text(text).replace("\\\n", " ").split())


def _text(text: str) -> str:
    """Text as Markdown that reads as this text: signs escaped, a line end where she made one."""
    safe = _SIGNS.sub(r"\\\g<0>", text)
    safe = _BEGINS.sub(lambda begin: begin[1] + (f"\\{begin[2]}" if not begin[2].isdigit() else f"{begin[2]}\\"), safe)
    safe = re.sub(r"^[ \t]+", lambda blank: "&nbsp;" * len(blank[0]), safe, flags=re.MULTILINE)
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", "\\\\\n", safe)
