"""A notebook read as a page: which cells are shown, and what stands in their place before a kernel runs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import bleach
import mistune
import nbformat
from markupsafe import Markup, escape

from widgets.catalogue import Catalogue, Passage, Wording, load_catalogue

VIEW = "application/vnd.jupyter.widget-view+json"
LAB_ONLY = "lab-only"
MIDDLING = "c"  # a letter about as wide as letters are in English
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
    a link leads to. outline: of a passage that is not for everyone, so that it waits for the kernel: HTML that takes up
    its place, and holds none of its words.
    """

    index: int
    kind: str
    html: str = ""
    title: str = ""
    height: int = 0
    anchor: str = ""
    outline: str = ""


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """The notebook without the cells that are for JupyterLab only."""
    notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells = [c for c in notebook.cells if LAB_ONLY not in c.metadata.get("tags", [])]
    return notebook


def cells_of(notebook: nbformat.NotebookNode, page: str, catalogue: Catalogue | None = None) -> list[Cell]:
    """The cells of a page as they stand before any of them has run; None: the workbook's own catalogue."""
    passages = (catalogue or load_catalogue()).passages
    asked = {name: p for (on, name), p in passages.items() if on == page and not p.is_for_everyone}
    return [_cell(i, c, asked) for i, c in enumerate(notebook.cells) if c.cell_type in ("markdown", "code")]


def _cell(index: int, cell: nbformat.NotebookNode, asked: Mapping[str, Passage]) -> Cell:
    """asked: the passages of which the kernel says first how much this reader reads."""
    if cell.cell_type == "markdown":
        return Cell(index, "words", prose(cell.source))
    call = CALL.search(cell.source)
    kind = call[1] if call else "other"
    anchor = "-".join(filter(None, call.groups())) if call and kind in ANCHORED else ""
    if call and kind == "passage" and call[2] in asked:
        return Cell(index, kind, anchor=anchor, outline=_outline(asked[call[2]]))
    stored = [o.data for o in cell.outputs if "data" in o]
    if kind in ("exercise", "archive", "reminders", "keep"):
        twin = "\n".join(data.get("text/plain", "") for data in stored).strip()
        if stored and not twin:  # not offered to the sample reader: perhaps not to this one either
            return Cell(index, kind, anchor=anchor)
        title, *rest = twin.splitlines() or ["This exercise"]
        return Cell(index, "exercise", title=title, height=min(48, 12 + 3 * len(rest)), anchor=anchor)
    texts = [data["text/markdown"] for data in stored if "text/markdown" in data and VIEW not in data]
    return Cell(index, kind, prose("\n\n".join(texts)), anchor=anchor)


@lru_cache  # of texts that stay the same, while somebody waits for the first of the page
def _outline(passage: Passage) -> Markup:
    """As high as all of it in whatever type the reader's browser has: its words, with each letter made the same."""
    dimmed = [
        replace(
            p, text=_dimmed(p.text), notes=tuple(replace(n, text=_dimmed(n.text), source=MIDDLING) for n in p.notes)
        )
        for p in passage.told_to("way_open").paragraphs
    ]
    return prose(replace(passage, paragraphs=tuple(dimmed)).markdown(Wording()))


def _dimmed(text: str) -> str:
    return re.sub(r"[^\W\d_]", MIDDLING, Wording().fill(text))
