"""The tables of the file. Adding an exercise changes none of them: its types come from the catalogue, on reading."""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.schema import CreateIndex

KIND = "kind"  # an item of this name tells entries of one table apart
UNTIL = "sealed_until"  # one of this name holds the day before which she does not want to come upon an entry
SCHEMA = 1  # raised when an older workbook could no longer read the file

metadata = MetaData()


def is_newer(version: str | None) -> bool:
    """True of what a file says of itself that a later version of the workbook wrote."""
    return (version or "").isdecimal() and int(version or 0) > SCHEMA


entries = Table(
    "entries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),  # order of writing; says nothing else
    Column("entry_id", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("table", String(64), nullable=False),
    Column("answers", Text, nullable=False),  # JSON
    Column("created_utc", String(32), nullable=False),
    Column("saved_utc", String(32), nullable=False),
    Column("local_date", String(10), nullable=False),
    Column("tz", String(64), nullable=False),
    Column("late", Integer, nullable=False),
    Column("branch_then", String(16), nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("checksum", String(32), nullable=False),
    UniqueConstraint("entry_id", "revision"),
)
Index("entries_by_table", entries.c.table)
Index("entries_by_day", entries.c.table, entries.c.local_date, entries.c.entry_id)
Index("entries_by_saving", entries.c.table, entries.c.saved_utc, entries.c.entry_id)
Index("entries_by_writing", entries.c.table, entries.c.created_utc, entries.c.entry_id)
LATER = entries.c.revision > literal_column("1")  # a bound 1 would not be seen to fit the index
Index(
    "entries_later", entries.c.table, entries.c.entry_id, entries.c.revision, entries.c.withdrawn, sqlite_where=LATER
)  # few: what is counted besides rows


def told(item: str) -> ColumnElement[Any]:
    """What an item says, word for word as in the index below, or SQLite would not see that it is the same."""
    return literal_column(f"CASE WHEN json_valid(answers) THEN json_extract(answers, '$.{item}') END")


Index(
    "entries_by_kind",
    entries.c.table,
    told(KIND),
    entries.c.withdrawn,
    told(UNTIL),
    entries.c.entry_id,
    entries.c.revision,
    sqlite_where=told(KIND).is_not(None),
)  # so that letters are counted and none is read

drafts = Table(
    "drafts",
    metadata,
    Column("exercise", String(64), primary_key=True),
    Column("writer", String(64), nullable=False),
    Column("answers", Text, nullable=False),  # JSON
    Column("kept_utc", String(32), nullable=False),
)

meta = Table(  # schema: number; journal: its id; sample: "yes"; views: which views are there
    "meta",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("value", Text, nullable=False),
)


def index_names() -> list[str]:
    """The indexes of `entries`: they say nothing of their own, so a file without one is made up for on opening."""
    return sorted(str(index.name) for index in entries.indexes)


def make_indexes(connection: Connection) -> None:
    """Make those that are not there."""
    for index in entries.indexes:
        connection.execute(CreateIndex(index, if_not_exists=True))
