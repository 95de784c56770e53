"""The file: gathered, hidden, rendered, sealed, and read back from its own bytes."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from widgets.journal import Journal

from .as_html import as_html
from .as_markdown import as_markdown
from .as_notebook import as_notebook
from .as_pdf import as_pdf
from .choose import Choice, Gathered, gather
from .document import document, her_texts
from .errors import NothingChosen
from .pieces import Document
from .reading_back import read_back, unpacked
from .sealing import seal_files, seal_pdf
from .sentences import Told, gendered, maybe_names
from .shared_tables import SharedTables

Panels = Mapping[str, Sequence[Mapping[str, Any]]]
Says = Callable[[SharedTables, str], Sequence[Mapping[str, Any]]]  # what the pages say of one exercise's shared entries
NAME = "notes"  # a file's name says nothing
ENDINGS = {"html": ("html", "text/html"), "pdf": ("pdf", "application/pdf"), "markdown": ("md", "text/markdown")}
ZIP = ("zip", "application/zip")


@dataclass(frozen=True)
class Share:
    """A file as it would leave, and what is to be known about it before it does."""

    name: str
    type: str
    data: bytes = field(repr=False)
    parts: list[dict[str, Any]] = field(repr=False)  # what is read on the page
    left_out: tuple[str, ...]
    gendered: tuple[Told, ...] = field(repr=False)
    maybe_names: tuple[Told, ...] = field(repr=False)
    aside: str  # a sentence, where something in the file is not as it should be
    entries: int
    replaced: tuple[tuple[str, int], ...]  # what stands in brackets, how often it was put there

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return hashlib.sha256(self.data).hexdigest()


def make_share(
    journal: Journal, choice: Choice, form: str, password: str, says: Says, own_words: Sequence[str] = ()
) -> Share:
    """Make the file. form: html, pdf, markdown or notebook; own_words: her words for him. Raises ShareError."""
    gathered = gather(journal, choice)
    panels = {part.exercise.id: says(gathered.tables, part.exercise.id) for part in gathered.parts if part.entries}
    made = document(gathered, choice, panels)
    if not made.sections:
        raise NothingChosen
    data, aside = _rendered(made, gathered, form)
    ending, kind = ENDINGS.get(form, ZIP)
    name = f"{NAME}.{ending}"
    if password and form == "pdf":
        data = seal_pdf(data, password)
    elif password:
        data = seal_files(unpacked(data) if form == "notebook" else {name: data}, password)
        name, kind = f"{NAME}.zip", ZIP[1]
    texts = list(her_texts(made.sections))
    return Share(
        name=name,
        type=kind,
        data=data,
        parts=read_back(data, form, password),
        left_out=gathered.left_out,
        gendered=gendered(texts, own_words),
        maybe_names=maybe_names(texts),
        aside=aside,
        entries=sum(len(part.told) for part in gathered.parts),
        replaced=_replaced(texts, gathered.aliases),
    )


def _replaced(texts: Sequence[str], aliases: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often each alias stands in what is shared, the most frequent first."""
    counts = {alias: sum(text.count(alias) for text in texts) for alias in aliases}
    return tuple(sorted(((alias, n) for alias, n in counts.items() if n), key=lambda told: -told[1]))


def _rendered(made: Document, gathered: Gathered, form: str) -> tuple[bytes, str]:
    if form == "pdf":
        return as_pdf(made)
    if form == "notebook":
        return as_notebook(made, gathered.parts), ""
    return (as_html if form == "html" else as_markdown)(made), ""
