"""Putting another file in a file's place: the same journal under another key, or a backup of it.

The new file is written beside the old one, read back, brought to the disk, and takes its name in one step. Whoever is
interrupted anywhere leaves exactly one of the two under that name. The caller sees to it that no page is at the file.
"""

import glob
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from . import sqlite, turns
from .errors import Busy, Damaged, NotChanged
from .keys import Key
from .wal import has_log, log_of

BLOCK = 1 << 20
COMPANIONS = ("-wal", "-shm")  # of a file that is open
BESIDE = "-new"  # at the end of a name: what will take that file's place


def part_of(path: Path) -> Path:
    """Where the file that will take a file's place is written."""
    return path.with_name(path.name + BESIDE)


def clear(path: Path) -> None:
    """Delete what whoever was killed meant to put in the file's place: it may be plain beside a locked one."""
    if part_of(path).exists():
        with suppress(OSError), turns.alone(path.parent):
            for left in path.parent.glob(glob.escape(part_of(path).name) + "*"):
                wipe(left)


def under_another_key(path: Path, key: Key | None, new: Key | None) -> None:
    """The same content, under the new key (None: plain). A plain file that gives way is overwritten first.

    Raises Busy, Damaged, NotChanged, OSError; then the file is as it was.
    """
    with held(path, key), unfinished(path) as part:
        written_anew(path, key, part, new)
        put_in_place(part, path, wipes=key is None)


def written_anew(path: Path, key: Key | None, target: Path, new: Key | None) -> None:
    """Write the content of a file into a new one under another key, and read it back. Raises Damaged, NotChanged."""
    before = sqlite.look(path, key, content)
    if before is None or not before[0]:
        raise Damaged(str(path))
    sqlite.make_file(target)
    source = sqlite.open_raw(path, key, "mode=rw" if log_of(path).exists() else "immutable=1")
    try:
        source.execute("ATTACH ? AS other KEY ?", (str(target), new.literal if new else ""))
        source.execute("PRAGMA other.secure_delete=ON")
        source.execute("SELECT sqlcipher_export('other')").fetchone()
        for name in sqlite.MARK:  # the export leaves these out
            source.execute(f"PRAGMA other.{name} = {source.execute(f'PRAGMA {name}').fetchone()[0]}")
        source.execute("DETACH other")
    finally:
        source.close()
    if sqlite.look(target, new, content) != before:
        raise NotChanged(str(path))


def content(connection: Connection) -> tuple[Any, ...]:
    """Says whether two files hold the same: whether SQLite finds it sound, and every row of every table."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"
    tables = connection.exec_driver_sql(asked).scalars().all()
    return sqlite.intact(connection), *((name, _digest(connection, name)) for name in tables)


def _digest(connection: Connection, table: str) -> str:
    digest = hashlib.blake2b()
    for row in connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY rowid'):  # noqa: S608 - a name of the file
        digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def put_in_place(part: Path, path: Path, *, wipes: bool = False) -> None:
    """Give a finished file the other's name, once it is on the disk; the other's log must be empty, and goes.

    wipes: overwrite what the other held, as far as a disk lets one.
    """
    sync(part)
    old = os.open(path, os.O_RDWR) if wipes else None
    for companion in COMPANIONS:
        path.with_name(path.name + companion).unlink(missing_ok=True)
    part.replace(path)
    sync(path.parent)
    if old is not None:
        with suppress(OSError), os.fdopen(old, "r+b") as file:  # the new file is there by now, whatever the disk says
            _overwrite(file)


def wipe(path: Path) -> None:
    """Overwrite a file, then delete it. What a disk has put elsewhere meanwhile stays there. Raises OSError."""
    with path.open("r+b") as file:
        _overwrite(file)
    path.unlink()


def sync(path: Path) -> None:
    """What was written to a file, or renamed in a folder, is on the disk."""
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def _overwrite(file: Any) -> None:
    left = os.fstat(file.fileno()).st_size
    while left > 0:
        left -= file.write(bytes(min(left, BLOCK)))
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def held(path: Path, key: Key | None) -> Iterator[None]:
    """The file's log is empty, and other programs cannot write. Raises Busy where one keeps reading."""
    connection = sqlite.open_raw(path, key, "mode=rw")
    try:
        if not sqlite.emptied(connection):
            raise Busy(str(path))
        connection.execute("BEGIN IMMEDIATE")
        if has_log(path):
            raise Busy(str(path))
        yield
    finally:
        connection.close()


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """Where the file that will take a file's place is written; nothing is left there in the end, nor a log of it."""
    part = part_of(path)
    try:
        part.unlink(missing_ok=True)
        yield part
    finally:
        with suppress(OSError):
            for left in (part, *(part.with_name(part.name + end) for end in COMPANIONS)):
                left.unlink(missing_ok=True)
