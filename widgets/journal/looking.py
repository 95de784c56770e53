"""Reading from the journal: a whole table, or no more of it than a page shows; once, for as long as nothing changes."""

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
from sqlalchemy import Connection

from widgets.catalogue import Catalogue, Table

from . import narrow, sqlite, store
from .clock import Clock
from .columns import Columns
from .entry import Entry
from .file import JournalFile
from .frames import frame_of
from .memory import Memory
from .tables import Tables

T = TypeVar("T")
WAY_BACK = (
    "A backup may still hold it: “Go back to a backup” on the page Keep & share, or second-thoughts restore, brings it "
    "back and keeps what is here."
)
UNSOUND = f"The journal’s file is damaged. What you see on the pages could be read; other parts may not be. {WAY_BACK}"

LACKING = (
    "When this journal was opened, the log beside it was damaged. Everything that could be read is here; something "
    "saved just before may be missing. The damaged file is kept in {aside}. Once you have seen that nothing is "
    "missing, delete it, and this is not said again."
)


class Looking(Tables):
    """The half of a journal that only reads. What is declared in Tables says there what it gives."""

    def __init__(self, file: JournalFile, catalogue: Catalogue, clock: Clock) -> None:
        self.place = file.place
        self.catalogue = catalogue
        self.clock = clock
        self._file = file
        self._memory = Memory()
        self._spoilt: set[store.Spoilt] = set()
        self._is_sound = True  # as far as has been looked

    @property
    def name(self) -> str:
        """What this journal was called when it was made, a uuid: the same for as long as it lives."""
        return self._notes()["journal"]

    @property
    def is_sample(self) -> bool:
        """True if the invented reader wrote it."""
        return self._notes().get("sample") == "yes"

    @property
    def problem(self) -> str | None:
        """A sentence, if rows read so far are not what was written, or the file is known to be damaged; else None."""
        if not self._spoilt:
            return self._lacking() if self._is_sound else UNSOUND
        tables = ", ".join(sorted({spoilt.table for spoilt in self._spoilt}))
        return (
            f"Some of what you wrote can no longer be read ({len(self._spoilt)} in {tables}): the disk changed it. "
            f"All else is safe and shown, with an earlier version in its place where there is one. {WAY_BACK}"
        )

    def _lacking(self) -> str | None:
        """For as long as the damaged file is there: something may be in it that could not be taken over."""
        name = self._notes().get("incomplete")
        aside = Path(self.place).with_name(name) if name else None
        return LACKING.format(aside=aside) if aside and aside.exists() else None

    def _entries_of(self, owner: str, wanted: narrow.Part, newest: int | None) -> list[Entry]:
        if newest is not None:
            return self._newest(owner, wanted, lambda found: [*islice(found, newest)])[::-1]
        found = self._find((owner, wanted), [owner], lambda connection: narrow.current(connection, owner, wanted))
        return list(self._whole(found))

    def counts(self, *, withdrawn: bool = False) -> dict[str, int]:
        """How many entries `entries` gives of each table that has any, without reading one: a spoilt one counts too."""
        found = self._find("counts", None, store.counts)
        gone = {} if withdrawn else self._find("withdrawn", None, store.withdrawn)
        return {table: standing for table, number in found.items() if (standing := number - gone.get(table, 0))}

    def count(self, table: str, *, says: Mapping[str, Any] | None = None, open_on: dt.date | None = None) -> int:
        """The same of a part of one table, as in `entries`."""
        owner, wanted = self._table(table).name, narrow.part(says=says, open_on=open_on)
        return self._find(
            ("count", owner, wanted), [owner], lambda connection: store.count(connection, owner, wanted.counted())
        )

    def newest(
        self,
        table: str,
        *,
        says: Mapping[str, Any] | None = None,
        has: str | None = None,
        suits: Callable[[Entry], bool] = lambda entry: True,
    ) -> Entry | None:
        wanted = narrow.part(says=says, has=has)
        return self._newest(self._table(table).name, wanted, lambda found: next(filter(suits, found), None))

    def _newest(self, owner: str, wanted: narrow.Part, take: Callable[[Iterator[Entry]], T]) -> T:
        def work(connection: Connection) -> T:
            name, state = ("newest", owner, wanted), sqlite.state(connection)
            known = self._memory.find(state, name, [owner], lambda: narrow.NewestFirst(owner, wanted))
            found = take(known.entries(connection))
            self._spoilt.update(known.spoilt)
            return found

        return self._file.read(work)

    def newest_days(self, table: str, count: int, until: dt.date) -> list[dt.date]:
        owner = self._table(table).name
        days, found = self._find(
            ("days", owner, count, until),
            [owner],
            lambda connection: narrow.newest_days(connection, owner, count, until),
        )
        self._whole(found)
        return list(days)

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
        declared, owner = self._table(name), self._owner(name)
        wanted = narrow.part(on, since, says)
        shape = None if columns is None else tuple(columns)

        def made() -> pd.DataFrame:
            if shape and wanted == narrow.ALL and newest is None and Columns.can_give(declared, shape):
                quick = self._file.read(lambda connection: self._columns(connection, declared, shape))
                if quick is not None:
                    return quick
            return Tables.table(self, name, on=on, since=since, says=says, newest=newest, columns=shape)

        frame = self.while_unchanged(("frame", name, wanted, newest, shape), [owner], made)
        return frame.copy(deep=False)  # pandas copies what a caller would change

    def _columns(self, connection: Connection, table: Table, names: Sequence[str]) -> pd.DataFrame | None:
        """Read on from where it was read to, for as long as rows are only appended."""
        name, state = ("columns", table.name, names), sqlite.state(connection)
        return self._memory.find(state, name, (), lambda: Columns(table, names)).frame(connection)

    def while_unchanged(self, name: Hashable, tables: Collection[str], make: Callable[[], T]) -> T:
        state = self._file.read(sqlite.state)
        return self._memory.find(state, name, [self._owner(table) for table in tables], make)

    def revisions(self, entry_id: str) -> list[Entry]:
        """All versions of one entry, the first one first; none for an unknown entry. Raises NotRead."""
        return list(self._find(("revisions", entry_id), None, lambda c: store.revisions(c, entry_id)))

    def history(
        self, name: str, *, since: dt.datetime | None = None, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        declared, owner = self._table(name), self._owner(name)

        def made() -> pd.DataFrame:
            found = self._find(("history", owner, since), [owner], lambda c: store.all_revisions(c, owner, since))
            return frame_of(declared, self._whole(found), history=True, columns=columns)

        shape = None if columns is None else tuple(columns)
        return self.while_unchanged(("history frame", name, since, shape), [owner], made).copy(deep=False)

    def written_tables(self) -> set[str]:
        """Names of the tables in which something of hers stands."""
        return set(self._find("written", None, store.written_tables))

    def _notes(self) -> dict[str, str]:
        return self._find("notes", None, store.notes)

    def _find(self, name: Hashable, tables: Collection[str] | None, work: Callable[[Connection], T]) -> T:
        """What the work finds in the file, looked up once for as long as these tables (None: the file) are the same."""
        return self._file.read(
            lambda connection: self._memory.find(sqlite.state(connection), name, tables, lambda: work(connection))
        )

    def _whole(self, found: store.Found) -> list[Entry]:
        good, bad = found
        self._spoilt.update(bad)
        return good
