"""A journal as plain files, made without the workbook running and without a change to the journal."""

import datetime as dt
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from widgets.catalogue import Table

from . import backups, bundle, copying, replacing, salvage, sqlite
from .errors import Damaged, JournalError, NotExported
from .keys import Key

DATABASE = "journal.sqlite"


def unlock(path: Path, key: Key | None, folder: Path, tables: Mapping[str, Table], now: dt.datetime) -> salvage.Found:
    """Write what a file holds into a new folder: the database itself, and what a bundle has, as files.

    Of a damaged file: whatever can still be read, without the database. The folder is this user's only; it is there
    whole or not at all. Raises Damaged where nothing can be read, NotExported.
    """
    found = salvage.found_in(path, key, reversed(backups.of_any_journal()))
    if not found.is_whole and not found.entries:
        raise Damaged(str(path))
    part = folder.with_name(folder.name + ".part")
    try:
        part.mkdir(mode=0o700)
        if found.is_whole:
            with copying.untouched(path) as copy:
                replacing.written_anew(copy, key, part / DATABASE, None)
        for name, text in bundle.files(found.entries, tables, now):
            (part / name).parent.mkdir(mode=0o700, exist_ok=True)
            with open(os.open(part / name, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8", newline="") as file:
                file.write(text)
        part.rename(folder)  # an empty folder of that name gives way; one that holds something does not
        return found
    except (OSError, JournalError, *sqlite.DATABASE_ERRORS):
        pass
    with suppress(OSError):
        shutil.rmtree(part)
    raise NotExported(folder)
