"""Parts of a table: read so that the cost is that of the part, and found as the same part of the whole would be.

Which entries may belong is asked of every revision, not only of the newest: where that one is spoilt, an earlier one
stands in for it and counts. What is read is then judged itself. So a part is what the same choice among all entries is.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Function, and_, case, func, select

from . import store
from .entry import Entry, to_text
from .schema import KIND, entries, told
from .schema import UNTIL as UNTIL  # for whoever asks whether an entry can be sealed
from .store import Found

FIRST, FASTER = 4, 4  # entries that the first step towards older ones takes, and how much longer each step is


@dataclass(frozen=True)
class Part:
    """Which entries: about one of the days `on`, saved `since` then, whose answers say what `says` says and anything of
    the item `has`, that are open on the day `open_on` and no longer sealed; of these `ids`; `withdrawn`: also those.

    An item left out says None. What is not asked for does not restrict.
    """

    on: frozenset[dt.date] | None = None
    since: dt.datetime | None = None
    says: tuple[tuple[str, Any], ...] = field(default=(), repr=False)
    has: str | None = None
    open_on: dt.date | None = None
    ids: frozenset[str] | None = None
    withdrawn: bool = False

    def holds(self, entry: Entry) -> bool:
        """Whether the entry belongs."""
        return (
            (self.on is None or entry.local_date in self.on)
            and (self.since is None or entry.saved_utc >= self.since)
            and all(entry.answers.get(item) == value for item, value in self.says)
            and (self.has is None or entry.answers.get(self.has) is not None)
            and (self.open_on is None or (entry.answers.get(UNTIL) or "") <= self.open_on.isoformat())
            and (self.ids is None or entry.entry_id in self.ids)
            and (self.withdrawn or not entry.withdrawn)
        )

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same of a revision, as far as SQL can tell; but for `withdrawn`, which nearly all are not."""
        found: list[ColumnElement[bool]] = []
        if self.on is not None:
            found.append(entries.c.local_date.in_([day.isoformat() for day in self.on]))
        if self.since is not None:
            found.append(entries.c.saved_utc >= to_text(self.since))
        if self.ids is not None:
            found.append(entries.c.entry_id.in_(sorted(self.ids)))
        if answered := [*self._answered()]:
            found.append(case((func.json_valid(entries.c.answers) == 1, and_(*answered)), else_=False))
        return found

    def counted(self) -> list[ColumnElement[bool]]:
        """The same for counting: a kind, and the day on which an entry of it opens, are told by their index."""
        kind = dict(self.says).get(KIND)
        if kind is None:
            return self.conditions()
        others = replace(self, says=tuple(one for one in self.says if one[0] != KIND), open_on=None)
        found = [told(KIND) == kind, *others.conditions()]
        return found if self.open_on is None else [*found, _is_open(told(UNTIL), self.open_on)]

    def _answered(self) -> Iterator[ColumnElement[bool]]:
        """What the answers say, where they can be read at all."""
        for item, value in self.says:
            yield _said(item).is_(None) if value is None else _said(item) == value
        if self.has is not None:
            yield _said(self.has).is_not(None)
        if self.open_on is not None:
            yield _is_open(_said(UNTIL), self.open_on)


ALL = Part()


def part(
    on: Collection[dt.date] | None = None,
    since: dt.datetime | None = None,
    says: Mapping[str, Any] | None = None,
    open_on: dt.date | None = None,
    ids: Collection[str] | None = None,
    *,
    has: str | None = None,
    withdrawn: bool = False,
) -> Part:
    """The part that these describe."""
    days, these = None if on is None else frozenset(on), None if ids is None else frozenset(ids)
    return Part(days, since, tuple(sorted((says or {}).items())), has, open_on, these, withdrawn)


def current(connection: Connection, table: str, wanted: Part = ALL) -> Found:
    """The newest revisions of the entries that belong, oldest first; and what could not be read."""
    conditions = wanted.conditions()
    candidates = select(entries.c.entry_id).where(entries.c.table == table, *conditions) if conditions else None
    good, bad = store.current(connection, table, candidates)
    return [entry for entry in good if wanted.holds(entry)], bad


class NewestFirst:
    """The entries of a part, from the newest to older ones, read as far as anybody asked."""

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
            if self._wanted.holds(entry)
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


def _said(item: str) -> Function[Any]:
    return func.json_extract(entries.c.answers, f'$."{item}"')


def _is_open(until: ColumnElement[Any], day: dt.date) -> ColumnElement[bool]:
    return func.coalesce(until, "") <= day.isoformat()
