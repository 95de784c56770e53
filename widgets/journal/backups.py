"""Rolling copies in the reader's own data folder: a deleted clone must not take both the journal and its backups."""

import datetime as dt
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_data_path
from sqlalchemy import Connection

from . import sqlite, store
from .errors import NotBackedUp
from .keys import Key

T = TypeVar("T")
KEPT = 10


def folder() -> Path:
    """Where backups go: WORKBOOK_BACKUPS, else the data folder of this user."""
    given = os.environ.get("WORKBOOK_BACKUPS")
    return Path(given) if given else user_data_path("second-thoughts", appauthor=False) / "backups"


def of_journal(journal: str) -> tuple[Path, ...]:
    """The backups of the journal with this id, oldest first. Other journals may keep theirs in the same folder."""
    return tuple(sorted(folder().glob(f"journal-{journal[:8]}-*.sqlite")))


def back_up(connection: Connection, key: Key | None, now: dt.datetime) -> Path:
    """Copy what this transaction sees, read the copy back, then let it count. Raises NotBackedUp.

    A journal with spoilt rows is copied too, but takes no older backup's place.
    """
    journal = store.notes(connection)["journal"]
    earlier = of_journal(journal)
    whole = _content(connection)
    if earlier and _look(earlier[-1], key, _content) == whole:
        return earlier[-1]
    target = folder() / f"journal-{journal[:8]}-{now.astimezone(dt.UTC):%Y%m%dT%H%M%S%fZ}.sqlite"
    part = target.with_suffix(".part")
    try:
        sqlite.copy_whole(connection, part, key)
        if _look(part, key, _content) == whole:
            _settle(part, target)
            if not whole[-1]:
                for old in of_journal(journal)[:-KEPT]:
                    old.unlink()
            return target
    except sqlite.DATABASE_ERRORS:
        pass
    with suppress(OSError):
        part.unlink()
    raise NotBackedUp(folder())


def holds(backup: Path, entry_id: str, key: Key | None) -> bool:
    """True if the entry is in this backup, or if that cannot be told."""
    return _look(backup, key, lambda connection: store.has_entry(connection, entry_id)) is not False


def _content(connection: Connection) -> tuple[Any, ...]:
    _, spoilt = store.all_revisions(connection)
    return sqlite.intact(connection), *store.fingerprint(connection), tuple(spoilt)


def _look(path: Path, key: Key | None, work: Callable[[Connection], T]) -> T | None:
    """What the work finds in a finished file; None if the file cannot be read."""
    engine = sqlite.engine_for(path, key, finished=True)
    try:
        with engine.connect() as connection:
            connection.execution_options(reading=True)
            with connection.begin():
                return work(connection)
    except sqlite.DATABASE_ERRORS:
        return None
    finally:
        engine.dispose()


def _settle(part: Path, target: Path) -> None:
    """Give the finished file its name once it is on the disk."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
