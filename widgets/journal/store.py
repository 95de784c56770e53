"""The statements: what is asked of `entries` and `drafts` inside one transaction."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from .entry import Draft, Entry, from_row, to_draft, to_row
from .schema import drafts, entries, meta


class Spoilt(NamedTuple):
    """A row that is not what was written."""

    table: str
    entry_id: str
    revision: int


Found = tuple[list[Entry], list[Spoilt]]  # what was good, what was not: one bad row never hides the rest


def current(connection: Connection, table: str, on: Collection[dt.date] | None = None) -> Found:
    """The newest revision of each entry, withdrawn ones too, oldest entry first. on: only those about these days.

    Where the newest revision is spoilt, the newest whole one stands in for it: older words are better than none.
    """
    days = [] if on is None else [entries.c.local_date.in_([day.isoformat() for day in on])]
    good, bad = _read(connection, entries.c.table == table, *days, _is_newest())
    if bad:
        stand_ins = [newest(connection, spoilt.entry_id) for spoilt in bad]
        order = {e: place for place, e in enumerate(_order(connection, table))}
        good = sorted([*good, *(e for e in stand_ins if e and e.table == table)], key=lambda e: order[e.entry_id])
    return good, bad


def all_revisions(connection: Connection, table: str | None = None) -> Found:
    """Every revision, in the order of writing; of every table if none is named."""
    return _read(connection, *([] if table is None else [entries.c.table == table]))


def newest(connection: Connection, entry_id: str) -> Entry | None:
    """The newest whole revision."""
    good = revisions(connection, entry_id)
    return good[-1] if good else None


def revisions(connection: Connection, entry_id: str) -> list[Entry]:
    """All whole revisions of an entry, first one first."""
    good, _ = _read(connection, entries.c.entry_id == entry_id)
    return sorted(good, key=lambda e: e.revision)


def numbers(connection: Connection, entry_id: str) -> set[int]:
    """The numbers of all its revisions, spoilt ones too."""
    return set(connection.scalars(select(entries.c.revision).where(entries.c.entry_id == entry_id)))


def next_revision(connection: Connection, entry_id: str) -> int:
    """The number of the revision to come; a spoilt one keeps its number."""
    return max(numbers(connection, entry_id), default=0) + 1


def append(connection: Connection, new: Iterable[Entry]) -> None:
    """Write revisions."""
    rows = [to_row(entry) for entry in new]
    if rows:
        connection.execute(insert(entries), rows)


def remove(connection: Connection, entry_id: str) -> list[str]:
    """Delete every revision of an entry; the names of the tables they were in."""
    tables = connection.scalars(select(entries.c.table).where(entries.c.entry_id == entry_id).distinct()).all()
    connection.execute(delete(entries).where(entries.c.entry_id == entry_id))
    return list(tables)


def has_entry(connection: Connection, entry_id: str) -> bool:
    """True if any revision of it is there."""
    return connection.scalar(select(entries.c.number).where(entries.c.entry_id == entry_id).limit(1)) is not None


def written_tables(connection: Connection) -> set[str]:
    """Tables with at least one entry that is not withdrawn."""
    asked = select(entries.c.table).where(_is_newest(), entries.c.withdrawn == 0).distinct()
    return set(connection.scalars(asked))


def fingerprint(connection: Connection) -> tuple[Any, ...]:
    """Says whether two files hold the same: the checksums of all revisions, and all drafts."""
    sums = connection.scalars(select(entries.c.checksum).order_by(entries.c.number)).all()
    kept = connection.execute(select(drafts).order_by(drafts.c.exercise)).all()
    return tuple(sums), tuple(tuple(row) for row in kept)


def put_draft(connection: Connection, row: dict[str, Any]) -> None:
    """Keep a draft in place of the exercise's earlier one."""
    drop_drafts(connection, [row["exercise"]])
    connection.execute(insert(drafts).values(row))


def get_draft(connection: Connection, exercise: str) -> Draft | None:
    """The exercise's draft; None where there is none, or none that can be read."""
    row = connection.execute(select(drafts).where(drafts.c.exercise == exercise)).mappings().first()
    return to_draft(dict(row)) if row else None


def drop_drafts(connection: Connection, exercises: Sequence[str]) -> None:
    """Delete the drafts of these exercises."""
    connection.execute(delete(drafts).where(drafts.c.exercise.in_(exercises)))


def notes(connection: Connection) -> dict[str, str]:
    """What the file says about itself."""
    return {name: value for name, value in connection.execute(select(meta.c.name, meta.c.value))}


def note(connection: Connection, **values: str) -> None:
    """Write down something about the file, in place of what was said before."""
    connection.execute(delete(meta).where(meta.c.name.in_(list(values))))
    connection.execute(insert(meta), [{"name": name, "value": value} for name, value in values.items()])


def _read(connection: Connection, *where: ColumnElement[bool]) -> Found:
    good, bad = [], []
    first = entries.alias("first")
    begun = select(func.min(first.c.number)).where(first.c.entry_id == entries.c.entry_id).scalar_subquery()
    asked = select(entries).where(*where).order_by(entries.c.created_utc, begun, entries.c.number)
    for row in connection.execute(asked).mappings():
        entry = from_row(dict(row))
        if entry:
            good.append(entry)
        else:
            bad.append(Spoilt(str(row["table"]), str(row["entry_id"]), row["revision"]))
    return good, bad


def _is_newest() -> ColumnElement[bool]:
    other = entries.alias("other")
    highest = select(func.max(other.c.revision)).where(other.c.entry_id == entries.c.entry_id)
    return entries.c.revision == highest.scalar_subquery()


def _order(connection: Connection, table: str) -> list[str]:
    asked = (
        select(entries.c.entry_id)
        .where(entries.c.table == table)
        .group_by(entries.c.entry_id)
        .order_by(func.min(entries.c.created_utc), func.min(entries.c.number))
    )
    return list(connection.scalars(asked))
