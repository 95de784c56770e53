"""What can still be read of a file, damaged or not, without changing a byte of it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from . import sqlite, store
from .entry import Entry, from_row
from .keys import Key
from .schema import drafts, entries
from .sqlite import DATABASE_ERRORS
from .store import Spoilt

SMALLEST_ROW = 64  # bytes; no entry takes less
NUMBERS = "SELECT number FROM entries INDEXED BY entries_by_table"  # the index lies on other pages than the rows


@dataclass(frozen=True)
class Found:
    """What a file still says. `is_whole`: all of it; `unread`: how many revisions cannot be read, None if unknown."""

    journal: str | None
    schema: str | None
    entries: list[Entry] = field(repr=False)
    drafts: list[dict[str, Any]] = field(repr=False)
    spoilt: tuple[Spoilt, ...]
    unread: int | None
    is_whole: bool


NOTHING = Found(None, None, [], [], (), None, False)


def found_in(path: Path, key: Key | None) -> Found:
    """Read everything, and where that fails, row by row. A file that cannot be opened at all says nothing."""
    with untouched(path) as copy:
        all_of_it = sqlite.look(copy, key, _everything)
        return all_of_it or sqlite.look(copy, key, lambda connection: _row_by_row(connection, copy)) or NOTHING


@contextmanager
def untouched(path: Path) -> Iterator[Path]:
    """A finished copy of a file and its log, readable by this user only: SQLite may empty a log by reading it.

    It lies beside the file where it may, so that no other disk gets to hold her words.
    """
    beside = path.parent if os.access(path.parent, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=beside, prefix=".reading-") as folder:  # 0700
        copy = Path(folder) / "journal.sqlite"
        shutil.copyfile(path, copy)
        log = sqlite.log_of(path)
        if log.exists() and log.stat().st_size:
            shutil.copyfile(log, sqlite.log_of(copy))
        yield copy


def _everything(connection: Connection) -> Found:
    notes = store.notes(connection)
    good, bad = store.all_revisions(connection)
    kept = [dict(row) for row in connection.execute(select(drafts)).mappings()]
    sound = sqlite.intact(connection)
    return Found(notes.get("journal"), notes.get("schema"), good, kept, tuple(bad), 0, sound and not bad)


def _row_by_row(connection: Connection, path: Path) -> Found:
    good: list[Entry] = []
    bad: list[Spoilt] = []
    unread = 0
    listed = _tried(lambda: connection.exec_driver_sql(NUMBERS).scalars().all())
    for number in listed or range(1, path.stat().st_size // SMALLEST_ROW):
        try:
            row = connection.execute(select(entries).where(entries.c.number == number)).mappings().first()
        except DATABASE_ERRORS:
            unread += 1
            continue
        if row is None:
            continue
        entry = from_row(dict(row))
        if entry:
            good.append(entry)
        else:
            bad.append(Spoilt(str(row["table"]), str(row["entry_id"]), row["revision"]))
    notes = _tried(lambda: store.notes(connection)) or {}
    kept = _tried(lambda: [dict(row) for row in connection.execute(select(drafts)).mappings()]) or []
    return Found(notes.get("journal"), notes.get("schema"), good, kept, tuple(bad), unread if listed else None, False)


def _tried(work: Any) -> Any:
    try:
        return work()
    except DATABASE_ERRORS:
        return None
