"""A document as PDF: tagged, with real text and vector figures, through typst. Her words reach it as data only."""

import json
import re
from dataclasses import asdict
from typing import Any, Final

from .as_html import TEMPLATES
from .drawing import LIGHT, svg_text
from .pieces import Document, Drawing, Piece, Section

STANDARD: Final = "ua-1"
SERIF = '"Libertinus Serif",serif'
MAY_BREAK = "\u200b"
UNBROKEN = re.compile(r"\S{60}(?=\S)")  # letters in a row that would leave the page
WITHOUT_MARK = (
    "Some of your text has characters that no font on this computer has, an emoji perhaps. They appear as empty boxes, "
    "and the file does not call itself PDF/UA, the standard for screen readers."
)


def as_pdf(document: Document) -> tuple[bytes, str]:
    """(the file, a sentence if something in it is not as it should be). A missing sign never loses the file."""
    import typst  # takes its time, and only this form needs it

    data = {"title": document.title, "notes": document.notes, "sections": [_plain(s) for s in document.sections]}
    inputs = {"data": json.dumps(data)}
    page = TEMPLATES / "page.typ"
    try:
        return typst.compile(page, sys_inputs=inputs, format="pdf", pdf_standards=STANDARD), ""
    except typst.TypstError:
        return typst.compile(page, sys_inputs=inputs, format="pdf"), WITHOUT_MARK


def _plain(piece: Piece) -> dict[str, Any]:
    kind = type(piece).__name__.lower()
    if isinstance(piece, Section):
        return {"kind": kind, "title": piece.title, "parts": [_plain(part) for part in piece.parts]}
    if isinstance(piece, Drawing):
        svg = svg_text(piece.svg, style=LIGHT.replace("SERIF", SERIF))
        table = _breakable(asdict(piece.table))
        return {"kind": kind, "svg": svg, "alt": piece.alt, "caption": piece.caption, "table": table}
    fields: dict[str, Any] = _breakable(asdict(piece))
    return {"kind": kind} | fields


def _breakable(value: Any) -> Any:
    """The same, where a line may break within what has no space for long."""
    if isinstance(value, str):
        return UNBROKEN.sub(lambda letters: letters[0] + MAY_BREAK, value)
    if isinstance(value, dict):
        return {name: _breakable(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return [_breakable(part) for part in value]
    return value
