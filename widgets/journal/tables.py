"""Her tables as readings ask for them: of a whole journal, or of what a file shares of it."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import pandas as pd

from widgets.catalogue import Catalogue, Table

from .clock import Clock
from .entry import Entry
from .errors import UnknownTable
from .frames import frame_of
from .narrow import Part, part

T = TypeVar("T")


class Tables(ABC):
    """What can be read. What follows from `entries` does so here; a journal has quicker ways to the same."""

    catalogue: Catalogue
    clock: Clock

    @property
    @abstractmethod
    def writes(self) -> int:
        """How often this object has written. As long as it is the same, only another page can have changed the file."""

    def entries(
        self,
        table: str,
        *,
        on: Collection[dt.date] | None = None,
        since: dt.datetime | None = None,
        says: Mapping[str, Any] | None = None,
        open_on: dt.date | None = None,
        ids: Collection[str] | None = None,
        newest: int | None = None,
        withdrawn: bool = False,
    ) -> list[Entry]:
        """The current entries of a table, oldest first. withdrawn: those too. Raises UnknownTable, NotRead.

        A page over many years reads no more than it shows: on: only those about these days; since: only those whose
        newest revision was saved then or later; says: only those with these answers (item id -> JSON value); open_on:
        only those that are not sealed on that day; ids: only these; newest: of all that, only so many.
        """
        return self._entries_of(
            self._table(table).name, part(on, since, says, open_on, ids, withdrawn=withdrawn), newest
        )

    @abstractmethod
    def _entries_of(self, owner: str, wanted: Part, newest: int | None) -> list[Entry]:
        """The entries of a table that has some of its own which belong to this part; newest: only so many."""

    @abstractmethod
    def history(
        self, name: str, *, since: dt.datetime | None = None, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Every revision ever, by entry and in order, with `withdrawn` besides. Raises UnknownTable, NotRead.

        since: only those saved then or later. columns: only these, in this order.
        """

    def newest(
        self,
        table: str,
        *,
        says: Mapping[str, Any] | None = None,
        has: str | None = None,
        suits: Callable[[Entry], bool] = lambda entry: True,
    ) -> Entry | None:
        """The newest current entry that suits, None if none does; nothing much older is read.

        says: as in `entries`. has: an item that is answered.
        """
        wanted = part(has=has)
        found = reversed(self.entries(table, says=says))
        return next((entry for entry in found if wanted.holds(entry) and suits(entry)), None)

    def newest_days(self, table: str, count: int, until: dt.date) -> list[dt.date]:
        """The newest days up to that one, so many at most, that current entries are about; ascending."""
        return sorted({entry.local_date for entry in self.entries(table) if entry.local_date <= until})[-count:]

    def table(
        self,
        name: str,
        *,
        on: Collection[dt.date] | None = None,
        since: dt.datetime | None = None,
        says: Mapping[str, Any] | None = None,
        newest: int | None = None,
        columns: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """The current rows of a table, oldest first; columns and dtypes as `frame_of` says. Raises UnknownTable.

        on, since, says, newest: as in `entries`; of a child table they speak of its parent. columns: only these, in
        this order; of a long table that is much quicker.
        """
        entries = self.entries(self._owner(name), on=on, since=since, says=says, newest=newest)
        return frame_of(self._table(name), entries, columns=columns)

    def while_unchanged(self, name: Hashable, tables: Collection[str], make: Callable[[], T]) -> T:
        """What `make` gave, for as long as none of these tables changes, here or elsewhere. It must not ask the time.

        name: of the thing, one among all that are kept like this.
        """
        return make()

    def _owner(self, name: str) -> str:
        parent = self._table(name).parent
        return parent[0] if parent else name

    def _table(self, name: str) -> Table:
        with suppress(KeyError):
            return self.catalogue.tables[name]
        raise UnknownTable(name, self.catalogue.tables)
