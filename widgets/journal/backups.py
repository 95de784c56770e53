"""Rolling copies in the reader's own data folder: a deleted clone must not take both the journal and its backups."""

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import Connection

from . import sqlite, store
from .errors import JournalError, NotBackedUp
from .keys import Key
from .replacing import content, part_of, put_in_place, sync, written_anew

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

    A journal that is not whole is copied too, but takes no older backup's place.
    """
    journal = store.notes(connection)["journal"]
    earlier = of_journal(journal)
    whole = content(connection)
    if earlier and sqlite.look(earlier[-1], key, content) == whole:
        return earlier[-1]
    target = folder() / f"journal-{journal[:8]}-{now.astimezone(dt.UTC):%Y%m%dT%H%M%S%fZ}.sqlite"
    part = target.with_suffix(".part")
    try:
        sqlite.copy_whole(connection, part, key)
        if sqlite.look(part, key, content) == whole:
            sync(part)
            part.replace(target)
            if whole[0] and not whole[-1]:
                for old in of_journal(journal)[:-KEPT]:
                    old.unlink(missing_ok=True)  # another page may have been quicker
            return target
    except sqlite.DATABASE_ERRORS:
        pass
    with suppress(OSError):
        part.unlink()
    raise NotBackedUp(folder())


def holds(backup: Path, entry_id: str, key: Key | None) -> bool:
    """True if the entry is in this backup, or if that cannot be told."""
    return sqlite.look(backup, key, lambda connection: store.has_entry(connection, entry_id)) is not False


def under_another_key(journal: str, key: Key | None, new: Key | None) -> tuple[Path, ...]:
    """Lock, unlock or relock every backup as the journal was; those that could not be, and are as they were."""
    left = []
    for backup in of_journal(journal):
        part = part_of(backup)
        try:
            written_anew(backup, key, part, new)
            put_in_place(part, backup, wipes=key is None)
        except (JournalError, *sqlite.DATABASE_ERRORS):
            left.append(backup)
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return tuple(left)
