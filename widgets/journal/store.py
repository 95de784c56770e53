"""The statements: what is asked of `entries` and `drafts` inside one transaction."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.sql.selectable import NamedFromClause

from . import sqlite
from .entry import SEALED, Draft, Entry, from_values, to_draft, to_row, to_text
from .schema import LATER, drafts, entries, meta


class Spoilt(NamedTuple):
    """A row that is not what was written."""

    table: str
    entry_id: str
    revision: int


COLUMNS = [entries.c[name] for name in (*SEALED, "checksum")]
OF_TABLE: ColumnElement[str] = literal_column('+entries."table"')  # a plus keeps SQLite from walking its index instead
TABLE, CREATED = SEALED.index("table"), SEALED.index("created_utc")
_first = entries.alias("first")
BEGUN = case(  # the number of an entry's first row; most entries have no other
    (entries.c.revision == 1, entries.c.number),
    else_=select(func.min(_first.c.number)).where(_first.c.entry_id == entries.c.entry_id).scalar_subquery(),
).label("begun")

Found = tuple[list[Entry], list[Spoilt]]  # what was good, what was not: one bad row never hides the rest


def current(connection: Connection, table: str, among: Select[tuple[str]] | Collection[str] | None = None) -> Found:
    """The newest revision of each entry, withdrawn ones too, oldest entry first. among: only of entries with these ids.

    Where the newest revision is spoilt, the newest whole one stands in for it: older words are better than none.
    """
    these = [entries.c.table == table] if among is None else [table == OF_TABLE, entries.c.entry_id.in_(among)]
    placed, bad = _placed(connection, *these, _is_newest())
    if bad:
        stand_ins = (newest(connection, spoilt.entry_id) for spoilt in bad)
        placed += [(to_text(e.created_utc), _begun(connection, e), e) for e in stand_ins if e and e.table == table]
        placed.sort(key=itemgetter(0, 1))
    return [entry for *_, entry in placed], bad


def all_revisions(connection: Connection, table: str | None = None, since: dt.datetime | None = None) -> Found:
    """Every revision, in the order of writing; of every table if none is named. since: saved then or later."""
    where = [] if table is None else [entries.c.table == table]
    return _read(connection, *where, *([] if since is None else [entries.c.saved_utc >= to_text(since)]))


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


def names(connection: Connection) -> set[str]:
    """What every entry is called in the file, and the moment that stands in each draft."""
    called = connection.scalars(select(entries.c.entry_id).distinct())
    return {*called, *connection.scalars(select(drafts.c.kept_utc))}


def next_revision(connection: Connection, entry_id: str) -> int:
    """The number of the revision to come; a spoilt one keeps its number."""
    return max(numbers(connection, entry_id), default=0) + 1


def append(connection: Connection, new: Iterable[Entry]) -> None:
    """Write revisions."""
    rows = [to_row(entry) for entry in new]
    if rows:
        connection.execute(insert(entries), rows)


def tables_of(connection: Connection, entry_id: str) -> set[str]:
    """The names of the tables in which an entry's revisions are."""
    return set(connection.scalars(select(entries.c.table).where(entries.c.entry_id == entry_id)))


def marks(connection: Connection, entry_id: str, exercises: Collection[str]) -> set[str]:
    """What stands in each row of an entry, and of these exercises' drafts, and in no other: to find their traces by."""
    kept = connection.scalars(select(drafts.c.kept_utc).where(drafts.c.exercise.in_(exercises)))
    return {*connection.scalars(select(entries.c.checksum).where(entries.c.entry_id == entry_id)), *kept}


def seals(connection: Connection) -> set[str]:
    """The checksum of each revision: two files with the same ones say the same."""
    return set(connection.scalars(select(entries.c.checksum)))


def remove(connection: Connection, entry_id: str, only: Collection[int] | None = None) -> set[str]:
    """Delete every revision of an entry, or only those of these numbers; the names of the tables they were in."""
    tables = tables_of(connection, entry_id)
    these = [] if only is None else [entries.c.revision.in_(only)]
    connection.execute(delete(entries).where(entries.c.entry_id == entry_id, *these))
    return tables


def is_whole(connection: Connection) -> bool:
    """True if SQLite finds the file sound, and every revision is what was written."""
    return sqlite.intact(connection) and not all_revisions(connection)[1]


def is_worth_keeping(connection: Connection) -> bool:
    """True if something of hers is in the file, saved or not."""
    is_hers = notes(connection).get("sample") != "yes"
    return is_hers and any(connection.scalar(select(func.count()).select_from(table)) for table in (entries, drafts))


def has_entry(connection: Connection, entry_id: str) -> bool:
    """True if any revision of it is there."""
    return connection.scalar(select(entries.c.number).where(entries.c.entry_id == entry_id).limit(1)) is not None


def written_tables(connection: Connection) -> set[str]:
    """Tables with at least one entry that is not withdrawn."""
    found, name = set(), ""
    while name := connection.scalar(select(func.min(entries.c.table)).where(entries.c.table > name)) or "":
        stands = select(entries.c.number).where(entries.c.table == name, _is_newest(), entries.c.withdrawn == 0)
        if connection.scalar(stands.limit(1)) is not None:
            found.add(name)
    return found


def counts(connection: Connection) -> dict[str, int]:
    """How many entries are in each table that has any, withdrawn ones too, told by the indexes alone."""
    found = Counter(_rows(connection))  # nearly all are the first and only one of their entry
    found.subtract(_rows(connection, LATER, _follows_another()))
    return {table: number for table, number in found.items() if number}


def withdrawn(connection: Connection) -> dict[str, int]:
    """How many of these are withdrawn."""
    return _rows(connection, LATER, entries.c.withdrawn == 1, _is_newest())


def count(connection: Connection, table: str, conditions: Sequence[ColumnElement[bool]]) -> int:
    """The number of a table's entries whose newest revision is not withdrawn, and like this."""
    stands = (entries.c.table == table, entries.c.withdrawn == 0, _is_newest())
    return connection.scalar(select(func.count()).where(*stands, *conditions)) or 0


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


def mark(connection: Connection) -> None:
    """One more write, of this journal: a log beside the file can be told from another's, and from an older one."""
    journal, written = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in sqlite.MARK)
    if not journal:
        connection.exec_driver_sql(f"PRAGMA {sqlite.MARK[0]} = {_number_of(notes(connection)['journal'])}")
    connection.exec_driver_sql(f"PRAGMA {sqlite.MARK[1]} = {written + 1}")


def _number_of(journal: str) -> int:
    return int.from_bytes(hashlib.blake2b(journal.encode(), digest_size=4).digest(), "big") >> 1 or 1


def _rows(connection: Connection, *where: ColumnElement[bool]) -> dict[str, int]:
    asked = select(entries.c.table, func.count()).where(*where).group_by(entries.c.table)
    return {table: number for table, number in connection.execute(asked)}


def _read(connection: Connection, *where: ColumnElement[bool]) -> Found:
    placed, bad = _placed(connection, *where)
    return [entry for *_, entry in placed], bad


def _placed(connection: Connection, *where: ColumnElement[bool]) -> tuple[list[tuple[str, int, Entry]], list[Spoilt]]:
    """Each whole revision with what says where it stands: entries by the time they were begun, then as written."""
    good, bad = [], []
    rows: Iterable[Any] = connection.execute(select(*COLUMNS, entries.c.number, BEGUN).where(*where)).all()
    for *kept, _, begun in sorted(rows, key=_place):
        entry = from_values(kept)
        if entry:
            good.append((kept[CREATED], begun or 0, entry))
        else:
            bad.append(Spoilt(str(kept[TABLE]), str(kept[0]), kept[1]))
    return good, bad


def _place(row: Sequence[Any]) -> tuple[str, int, int]:
    return str(row[CREATED]), row[-1] or 0, row[-2]  # a damaged index may not know when an entry was begun


def _begun(connection: Connection, entry: Entry) -> int:
    return min(connection.scalars(select(entries.c.number).where(entries.c.entry_id == entry.entry_id)), default=0)


def _is_newest() -> ColumnElement[bool]:
    later = entries.alias("later")
    return ~exists().where(_same_entry(later), later.c.revision > entries.c.revision)


def _follows_another() -> ColumnElement[bool]:
    before = entries.alias("before")
    return exists().where(_same_entry(before), before.c.revision < entries.c.revision)


def _same_entry(other: NamedFromClause) -> ColumnElement[bool]:
    return and_(other.c.entry_id == entries.c.entry_id, other.c.table == entries.c.table)
