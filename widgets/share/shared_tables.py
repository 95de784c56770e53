"""The tables a reading of a share goes by: of the journal only what is in the file."""

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from widgets.catalogue import Catalogue
from widgets.journal import Clock, Entry, Tables, frame_of
from widgets.journal.narrow import Part


class _Moved(Clock):
    """The clock of the moved days."""

    def __init__(self, now: dt.datetime) -> None:
        self._then = now

    def now(self) -> dt.datetime:
        return self._then


class SharedTables(Tables):
    """The journal as the recipient could know it: what readings read is what is in the file, and nothing else."""

    writes = 0  # nothing is written here

    def __init__(self, catalogue: Catalogue, now: dt.datetime, entries: Mapping[str, list[Entry]]) -> None:
        self.catalogue = catalogue
        self.clock: Clock = _Moved(now)
        self._entries = entries

    def _entries_of(self, owner: str, wanted: Part, newest: int | None) -> list[Entry]:
        found = [entry for entry in self._entries.get(owner, ()) if wanted.holds(entry)]
        return found if newest is None else found[len(found) - min(newest, len(found)) :]

    def history(
        self, name: str, *, since: dt.datetime | None = None, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """The shared rows once more: earlier versions are never shared."""
        found = self.entries(self._owner(name), since=since)
        return frame_of(self._table(name), found, history=True, columns=columns)
