"""What lies beside a journal and is one too, or may be: left by synchronising, by copying, by other programs."""

import glob
from pathlib import Path

from sqlalchemy import Connection, inspect

from . import keys, salvage, sqlite
from .copying import untouched
from .keys import Key

COMPANIONS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file


def of_file(path: Path) -> tuple[Path, ...]:
    """What belongs to a file by its name: its log, what was put aside of it, what was being put in its place."""
    return tuple(sorted(path.parent.glob(glob.escape(path.name) + "-*")))


def copies(path: Path, key: Key | None = None) -> tuple[Path, ...]:
    """The other files in the journal's folder that are a journal of this workbook, or may be. key: the journal's.

    A file that is called like the journal may be one, unless it opens as something else; a file of any name is one if
    it opens as one, or begins with the journal's own salt.
    """
    own = {path, *of_file(path)}
    others = (file for file in sorted(path.parent.iterdir()) if file.is_file() and file not in own)
    return tuple(file for file in others if not _is_companion(file) and _may_be_one(file, path, key))


def is_of_this_journal(copy: Path, journal: str, key: Key | None) -> bool:
    """False also where that cannot be told."""
    start = keys.head(copy)
    if key and start == key.salt:  # which no other file has
        return True
    return start == keys.PLAIN and salvage.found_in(copy, None).journal == journal


def unlocked(path: Path) -> tuple[Path, ...]:
    """Those that whoever finds them can read, and damaged files that were put aside, if so."""
    aside = (file for file in of_file(path) if not _is_companion(file))
    return tuple(file for file in (*aside, *copies(path)) if keys.head(file) == keys.PLAIN)


def _may_be_one(file: Path, path: Path, key: Key | None) -> bool:
    start = keys.head(file)
    if not start:
        return False
    if start == keys.PLAIN:
        with untouched(file) as finished:
            opens_as_one = sqlite.look(finished, None, _has_our_tables)
        if opens_as_one is not None:
            return opens_as_one
    return (path.suffix or path.name) in file.name or bool(key and start == key.salt)


def _has_our_tables(connection: Connection) -> bool:
    return {"meta", "entries", "drafts"} <= set(inspect(connection).get_table_names())


def _is_companion(file: Path) -> bool:
    return any(file.name.endswith(end) and file.with_name(file.name.removesuffix(end)).exists() for end in COMPANIONS)
