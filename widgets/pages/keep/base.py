"""What every card of “Keep” shares."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd

from widgets.catalogue import Exercise, InvalidEntry
from widgets.journal import Journal, clock_from_environment
from widgets.readings.words import day

Message = dict[str, Any]
Fields = dict[str, Any]


class Card:
    """One card: what it says and offers, and what its tasks do."""

    title = ""

    def __init__(self, journal: Journal | None, fill: Callable[[str], str], problem: str = "") -> None:
        """fill: puts her wording into ours. problem: why the journal could not be opened, where it is None."""
        self.problem = problem
        self.fill = fill
        self._journal = journal
        self.clock = journal.clock if journal else clock_from_environment()

    @property
    def journal(self) -> Journal:
        """The open journal."""
        assert self._journal is not None
        return self._journal

    def content(self) -> Message:
        """`{"title", "blocks", "tasks"}` as things stand now."""
        blocks, tasks = ([self.problem], self.closed()) if self._journal is None else self.open()
        return {"title": self.title, "blocks": blocks, "tasks": tasks}

    def open(self) -> tuple[list[str], list[Message]]:
        """What it says and offers over an open journal."""
        raise NotImplementedError

    def closed(self) -> list[Message]:
        """What can be done with a journal that could not be opened."""
        return []

    def look(self) -> bool:
        """Look at what takes a while, once the card stands there; True if there is something to tell."""
        return False

    def does(self) -> dict[str, Callable[[Fields], Message]]:
        """What each task does: from its fields to `{"said", "next"}`. Raises InvalidEntry, JournalError."""
        raise NotImplementedError

    def earlier(self) -> Message:
        """All options of the field of which it shows the newest: `{"options", "earlier"}`."""
        raise NotImplementedError

    def run(self, task: str, fields: Fields) -> Message:
        """Do it."""
        return self.does()[task](fields)

    @property
    def damage(self) -> list[str]:
        """One block, if the journal is known to be damaged."""
        return [self.journal.problem] if self.journal.problem else []

    def name_of(self, table: str) -> str:
        """A table by the titles of its exercises."""
        return " / ".join(self.fill(exercise.title) for exercise in self.exercises_of(table))

    def exercises_of(self, table: str) -> list[Exercise]:
        """The exercises that keep their answers there."""
        catalogue = self.journal.catalogue
        return [catalogue.exercise(name) for name in catalogue.tables[table].exercises]

    def when(self, moment: dt.datetime) -> str:
        """ "Sunday 22 November, 21:14", in her zone."""
        now = self.clock.now()
        here = moment.astimezone(now.tzinfo)
        return f"{day(pd.Timestamp(here.date()), pd.Timestamp(now.date()))}, {here:%H:%M}"


def refused(item: str, message: str) -> InvalidEntry:
    """One field is not as it should be."""
    return InvalidEntry({item: message})


def secret(name: str, ask: str, hint: str = "") -> Message:
    """A field for a passphrase."""
    return {"id": name, "kind": "secret", "ask": ask, "hint": hint}
