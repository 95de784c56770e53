"""A notebook read as a page: which cells are shown, and what stands in their place before a kernel runs."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import bleach
import mistune
import nbformat
from markupsafe import Markup, escape

VIEW = "application/vnd.jupyter.widget-view+json"
LAB_ONLY = "lab-only"
CALLS = "passage|exercise|reading|where_kept|way|archive|reminders|keep|next"
CALL = re.compile(rf"""\bpage\.({CALLS})\((?:["']([\w-]+)["'])?""")
ANCHORED = ("passage", "exercise", "reading", "archive", "reminders")  # what links lead to, by name
TAGS = {
    "a",
    "br",
    "code",
    "details",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
PROTOCOLS = {"http", "https", "mailto", "tel"}
ATTRIBUTES = {"a": ["href"], "div": ["class", "role"], "h2": ["id"]}


class _Prose(mistune.HTMLRenderer):
    """Markdown as our pages write it: what is quoted there is an evidence note, and a heading can be linked to."""

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        name = Markup(text).striptags().replace(" ", "-")  # noqa: S704 - JupyterLab's name for it; cleaned below
        return f'<h{level} id="{escape(name)}">{text}</h{level}>\n'

    def block_quote(self, text: str) -> str:
        return f'<div class="note" role="note">{text}</div>\n'


@lru_cache(maxsize=1)
def _markdown() -> Any:
    return mistune.create_markdown(renderer=_Prose(escape=False), plugins=["table"])


def prose(text: str) -> Markup:
    """Markdown as HTML. No script, event handler or address other than of web, telephone and mail survives."""
    html = _markdown()(text)
    return Markup(bleach.clean(html, TAGS, ATTRIBUTES, protocols=PROTOCOLS))  # noqa: S704 - cleaned


@dataclass(frozen=True)
class Cell:
    """One cell of a page.

    kind: "words" (Markdown) or, for code, what it shows: "passage", "exercise", "reading", "next", "other".
    html: what can be read before a kernel runs. title: of an exercise. height: its likely height, rem. anchor: the name
    a link leads to.
    """

    index: int
    kind: str
    html: str = ""
    title: str = ""
    height: int = 0
    anchor: str = ""


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """The notebook without the cells that are for JupyterLab only."""
    notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells = [c for c in notebook.cells if LAB_ONLY not in c.metadata.get("tags", [])]
    return notebook


def cells_of(notebook: nbformat.NotebookNode) -> list[Cell]:
    """The cells as they stand before any of them has run."""
    return [_cell(i, c) for i, c in enumerate(notebook.cells) if c.cell_type in ("markdown", "code")]


def _cell(index: int, cell: nbformat.NotebookNode) -> Cell:
    if cell.cell_type == "markdown":
        return Cell(index, "words", prose(cell.source))
    call = CALL.search(cell.source)
    kind = call[1] if call else "other"
    anchor = "-".join(filter(None, call.groups())) if call and kind in ANCHORED else ""
    stored = [o.data for o in cell.outputs if "data" in o]
    if kind in ("exercise", "archive", "reminders", "keep"):
        twin = "\n".join(data.get("text/plain", "") for data in stored).strip()
        if stored and not twin:  # not offered to the sample reader: perhaps not to this one either
            return Cell(index, kind, anchor=anchor)
        title, *rest = twin.splitlines() or ["This exercise"]
        return Cell(index, "exercise", title=title, height=min(48, 12 + 3 * len(rest)), anchor=anchor)
    texts = [data["text/markdown"] for data in stored if "text/markdown" in data and VIEW not in data]
    return Cell(index, kind, prose("\n\n".join(texts)), anchor=anchor)
