"""A visit to a page without a browser: its cells, all that is opened and shown on it; then what a reader does."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from benchmarks.years import LAST
from widgets.controls import Control
from widgets.journal import Journal
from widgets.pages.page import Page

ROOT = Path(__file__).parent.parent
NOW = LAST.replace(minute=30)


@contextmanager
def at(journal: Path) -> Iterator[None]:
    """Pages open this journal, half an hour after its last day."""
    before = dict(os.environ)
    os.environ |= {"WORKBOOK_JOURNAL": f"sqlite:///{journal}", "WORKBOOK_NOW": NOW.isoformat(), "WORKBOOK_TZ": "UTC"}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def cells(name: str) -> list[str]:
    """The cells of a notebook that the app runs."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    return [c.source for c in notebook.cells if c.cell_type == "code" and "lab-only" not in c.metadata.get("tags", [])]


def told(control: Control, **request: Any) -> dict[str, Any]:
    """What a control answers; a refusal is none."""
    answered = control.answer(request)
    assert answered["ok"], answered
    return answered


class Visit:
    """One page, opened as the app opens it. What it asks goes the way that a browser's requests go."""

    def __init__(self, name: str) -> None:
        space: dict[str, Any] = {}
        for cell in cells(name):
            exec(cell, space)
        self.page: Page = space["page"]
        assert self.page.following.journal is not None
        self.journal: Journal = self.page.following.journal
        self._forms = {desk.exercise.id: form for desk, form in self.page.following.forms}

    def open(self) -> None:
        """Every form, handout, card and reading asks for what it shows."""
        following = self.page.following
        for control in (*self._forms.values(), *(handout for _, handout in following.handouts), *following.cards):
            told(control, do="open")
        self.look()

    def look(self) -> None:
        """Every reading asks for its content."""
        for reading in self.page.following.readings:
            told(reading, do="open")

    def ask(self, exercise: str, **request: Any) -> dict[str, Any]:
        """A form's request; its answer."""
        return told(self._forms[exercise], **request)

    def close(self) -> None:
        """Let go of the journal."""
        self.journal.close()
