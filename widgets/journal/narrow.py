"""Parts of a table: read so that the cost is that of the part, and found as the same part of the whole would be.

Which entries may belong is asked of every revision, not only of the newest: where that one is spoilt, an earlier one
stands in for it and counts. What is read is then judged itself. So a part is what the same choice among all entries is.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from . import store
from .entry import Entry, to_text
from .schema import entries
from .store import Found

FIRST, FASTER = 4, 4  # entries that the first step towards older ones takes, and how much longer each step is
VALID = func.json_valid(entries.c.answers)


@dataclass(frozen=True)
class Part:
    """Which entries: about one of the days `on`, saved `since` then, and whose answers say what `says` says.

    An item left out says None. What is not asked for does not restrict.
    """

    on: frozenset[dt.date] | None = None
    since: dt.datetime | None = None
    says: tuple[tuple[str, Any], ...] = field(default=(), repr=False)

    def holds(self, entry: Entry) -> bool:
        """Whether the entry belongs."""
        return (
            (self.on is None or entry.local_date in self.on)
            and (self.since is None or entry.saved_utc >= self.since)
            and all(entry.answers.get(item) == value for item, value in self.says)
        )

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same of a revision, as far as SQL can tell."""
        found: list[ColumnElement[bool]] = []
        if self.on is not None:
            found.append(entries.c.local_date.in_([day.isoformat() for day in self.on]))
        if self.since is not None:
            found.append(entries.c.saved_utc >= to_text(self.since))
        return found + [_says(item, value) for item, value in self.says]


ALL = Part()


def part(
    on: Collection[dt.date] | None = None, since: dt.datetime | None = None, says: Mapping[str, Any] | None = None
) -> Part:
    """The part that these describe."""
    return Part(None if on is None else frozenset(on), since, tuple(sorted((says or {}).items())))


def current(connection: Connection, table: str, wanted: Part = ALL) -> Found:
    """The newest revisions of the entries that belong, withdrawn ones too, oldest first; and what could not be read."""
    conditions = wanted.conditions()
    candidates = select(entries.c.entry_id).where(entries.c.table == table, *conditions) if conditions else None
    good, bad = store.current(connection, table, candidates)
    return [entry for entry in good if wanted.holds(entry)], bad


class NewestFirst:
    """The entries of a part that are not withdrawn, from the newest to older ones, read as far as anybody asked."""

    def __init__(self, table: str, wanted: Part) -> None:
        self._table = table
        self._wanted = wanted
        self._read: list[Entry] = []
        self._asked = 0  # rows that the last step looked at; None once there is nothing older
        self._is_all = False
        self.spoilt: list[store.Spoilt] = []

    def entries(self, connection: Connection) -> Iterator[Entry]:
        """One after the other. connection: sees the same content each time."""
        told = 0
        while True:
            while told < len(self._read):
                yield self._read[told]
                told += 1
            if self._is_all:
                return
            self._further(connection)

    def _further(self, connection: Connection) -> None:
        self._asked = self._asked * FASTER or FIRST
        asked = (
            select(entries.c.entry_id, entries.c.created_utc)
            .where(entries.c.table == self._table, *self._wanted.conditions())
            .order_by(entries.c.created_utc.desc())
            .limit(self._asked)
        )
        rows = connection.execute(asked).all()
        self._is_all = len(rows) < self._asked
        good, self.spoilt = store.current(connection, self._table, {entry_id for entry_id, _ in rows})
        self._read = [
            entry
            for entry in reversed(good)
            if not entry.withdrawn
            and self._wanted.holds(entry)
            and (self._is_all or to_text(entry.created_utc) > rows[-1].created_utc)  # or an older row may yet beat it
        ]


def newest_days(connection: Connection, table: str, count: int, until: dt.date) -> tuple[list[dt.date], Found]:
    """The newest days, at most so many, up to a day, that entries are about; ascending. And the entries about them."""
    asked = count
    while True:
        days = list(
            connection.scalars(
                select(entries.c.local_date)
                .where(entries.c.table == table, entries.c.local_date <= until.isoformat())
                .distinct()
                .order_by(entries.c.local_date.desc())
                .limit(asked)
            )
        )
        good, bad = store.current(
            connection,
            table,
            select(entries.c.entry_id).where(entries.c.table == table, entries.c.local_date.in_(days)),
        )
        about = {entry.local_date for entry in good if not entry.withdrawn and entry.local_date <= until}
        known = sorted(day for day in about if len(days) < asked or day.isoformat() >= days[-1])
        if len(known) >= count or len(days) < asked:
            return known[-count:], (good, bad)
        asked *= FASTER


def _says(item: str, value: Any) -> ColumnElement[bool]:
    said = func.json_extract(entries.c.answers, f'$."{item}"')
    told = said.is_(None) if value is None else said == value
    return and_(VALID == 1, case((VALID == 1, told), else_=False))
