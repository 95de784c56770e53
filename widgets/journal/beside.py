"""What lies beside a journal and is one too, or may be: left by synchronising, by copying, by other programs."""

import glob
import os
import re
from collections.abc import Collection
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path

from sqlalchemy import Connection, inspect

from . import backups, copying, keys, salvage, sqlite
from .copying import untouched
from .keys import Key
from .restoring import ASIDE

COMPANIONS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file
OWN_ENDS = re.compile(rf"(-new|{ASIDE}\w+|-[0-9a-f]{{32}})?({'|'.join(COMPANIONS)})?")  # of names that we give
PACKED = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".zst")
LEAST_TELLING = 30  # letters of what is looked for anywhere: a moment to the microsecond
UUID = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def of_file(path: Path) -> tuple[Path, ...]:
    """What belongs to a file by its name: its log, what was put aside of it, what was being put in its place."""
    called_alike = path.parent.glob(glob.escape(path.name) + "-*")
    return tuple(sorted(file for file in called_alike if OWN_ENDS.fullmatch(file.name.removeprefix(path.name))))


def is_kept(target: Path, path: Path) -> bool:
    """True of a name under which the journal at this path, what belongs to it, or a backup lies, or is to lie."""
    folder, name = target.absolute().parent.resolve(), target.name
    for file in (path, path.resolve()):
        rest = name.removeprefix(file.name)
        if folder == file.parent.resolve() and name.startswith(file.name) and OWN_ENDS.fullmatch(rest):
            return True
    return folder == backups.folder().resolve() and target.match("journal-*.sqlite*")


def companions(path: Path) -> tuple[Path, ...]:
    """What SQLite keeps beside a file."""
    return tuple(file for end in COMPANIONS if (file := path.with_name(path.name + end)).exists())


def copies(path: Path, key: Key | None = None) -> tuple[Path, ...]:
    """The other files in the journal's folder that are a journal of this workbook, or may be. key: the journal's.

    A file of any name is one if it opens as one, or begins with the journal's own salt; it may be one if it begins as
    an unlocked one and does not open, if it is called like the journal, or is noise through and through as a locked one
    is. What opens as something else is none.
    """
    own = {path, *of_file(path)}
    return tuple(file for file in _files(path.parent) if file not in own and _may_be_one(file, path, key))


def among_backups(path: Path, key: Key | None = None) -> tuple[Path, ...]:
    """The same in the folder of the backups, without those that we made there."""
    strays = (file for file in _files(backups.folder()) if backups.made(file) is None)
    return tuple(file for file in strays if file != path and _may_be_one(file, path, key))


def torn(path: Path, names: Collection[str]) -> tuple[Path, ...]:
    """Files in both folders in which one of these names of entries, or moments of drafts, stands: pieces of it."""
    wanted = {name.encode() for name in names if UUID.fullmatch(name.encode()) or len(name) >= LEAST_TELLING}
    return tuple(file for folder in _both(path) for file in _files(folder) if _says(file, wanted))


def holds_any(path: Path, marks: Collection[str]) -> bool:
    """True if one of these stands anywhere in a file, be it in no row: SQLite may leave a copy where it moved one."""
    with suppress(OSError, ValueError), path.open("rb") as held, mmap(held.fileno(), 0, access=ACCESS_READ) as content:
        return any(content.find(mark.encode("utf-8", "replace")) >= 0 for mark in marks)
    return False


def packed(path: Path) -> tuple[Path, ...]:
    """Files in both folders that nobody can look into without unpacking them."""
    return tuple(file for folder in _both(path) for file in _files(folder) if file.suffix.lower() in PACKED)


def deeper(path: Path, key: Key | None = None) -> tuple[Path, ...]:
    """Copies, or what is called like one, in the folders within both: earlier versions that a synchronising keeps."""
    inner = (file for folder in _inner(path) for file in _files(folder))
    return tuple(file for file in inner if _is_called_or_begins_like(file, path, key))


def closed(path: Path) -> tuple[Path, ...]:
    """What the system does not let be looked into: both folders, files in them and one deeper, folders in them.

    Backups are not among these.
    """
    folders = (*_both(path), *_inner(path))
    files = (file for folder in folders for file in _within(folder) if file.is_file() and not _is_open(file))
    strays = (file for file in files if file.parent != backups.folder() or backups.made(file) is None)
    return (*strays, *(folder for folder in folders if not _is_open(folder)))


def _both(path: Path) -> list[Path]:
    return sorted(filter(Path.is_dir, {path.parent, backups.folder()}))


def _inner(path: Path) -> list[Path]:
    """The folders within both, but for those in which somebody is reading just now: these go with that."""
    both = _both(path)
    found = (inner for folder in both for inner in _within(folder) if not inner.name.startswith(copying.MARK))
    return [inner for inner in found if inner.is_dir() and inner not in both]


def _within(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if _is_open(folder) else []


def _is_open(path: Path) -> bool:
    return os.access(path, os.R_OK | os.X_OK if path.is_dir() else os.R_OK)


def _is_called_or_begins_like(file: Path, path: Path, key: Key | None) -> bool:
    start = keys.head(file)
    is_called = (path.suffix or path.name) in file.name
    return _may_be_one(file, path, key) if start == keys.PLAIN or is_called else bool(key and start == key.salt)


def _says(file: Path, names: Collection[bytes]) -> bool:
    with suppress(OSError, ValueError), file.open("rb") as held, mmap(held.fileno(), 0, access=ACCESS_READ) as content:
        if any(found[0] in names for found in UUID.finditer(content)):
            return True
        return any(content.find(moment) >= 0 for moment in names if not UUID.fullmatch(moment))
    return False


def is_of_this_journal(copy: Path, journal: str, key: Key | None) -> bool:
    """False also where that cannot be told."""
    start = keys.head(copy)
    if key and start == key.salt:  # which no other file has
        return True
    return start == keys.PLAIN and salvage.found_in(copy, None).journal == journal


def unlocked(path: Path) -> tuple[Path, ...]:
    """Those that whoever finds them can read, and damaged files that were put aside, if so."""
    aside = (file for file in of_file(path) if _is_open(file) and not _is_companion(file))
    return tuple(file for file in (*aside, *copies(path), *among_backups(path)) if keys.head(file) == keys.PLAIN)


def _files(folder: Path) -> list[Path]:
    """Those that may be read."""
    return [file for file in _within(folder) if file.is_file() and _is_open(file) and not _is_companion(file)]


def _may_be_one(file: Path, path: Path, key: Key | None) -> bool:
    start = keys.head(file)
    if not start:
        return False
    if start == keys.PLAIN:
        with untouched(file) as finished:
            opens_as_one = sqlite.look(finished, None, _has_our_tables)
        return opens_as_one is not False
    is_noise = keys.looks_locked(file) and not start.isascii()
    return is_noise or (path.suffix or path.name) in file.name or bool(key and start == key.salt)


def _has_our_tables(connection: Connection) -> bool:
    return {"meta", "entries", "drafts"} <= set(inspect(connection).get_table_names())


def _is_companion(file: Path) -> bool:
    return any(file.name.endswith(end) and file.with_name(file.name.removesuffix(end)).exists() for end in COMPANIONS)
